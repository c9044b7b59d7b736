import type { Db } from '#platform/db.ts'
import chains from '../data/chains.json' with { type: 'json' }
import { type Branch, type Chain, familyOf, rootOf, treeOf, withElsewhere } from '../domain/lineage.ts'
import { adoptersElsewhere } from './elsewhere.ts'
import { listKnown } from './innovation.ts'
import { runnersOf } from './runner.ts'

type Told = { innovation: string; copies: (string | { agency: string })[]; source: string }
const shipped = chains as Told[]

/** What sources say, with the codes that the innovations carry in this gallery; those that are not there are left out. */
async function chainsOf(db: Db): Promise<Chain[]> {
  const names = shipped.flatMap(({ innovation, copies }) => [
    innovation,
    ...copies.flatMap((copy) => (typeof copy === 'string' ? [copy] : [])),
  ])
  const rows = await db.selectFrom('gallery.innovation').select(['code', 'name']).where('name', 'in', names).execute()
  const codes = new Map(rows.map(({ code, name }) => [name, code]))
  return shipped.flatMap(({ innovation, copies, source }) => {
    const code = codes.get(innovation)
    if (!code) return []
    const known = copies.flatMap((copy): Chain['copies'] => {
      if (typeof copy !== 'string') return [{ code: null, agency: copy.agency }]
      const own = codes.get(copy)
      return own ? [{ code: own, agency: null }] : []
    })
    return [{ innovation: code, copies: known, source }]
  })
}

/**
 * The lineage in which an innovation stands, from the first who had it: who copied it here, read from what runs, and what
 * public sources say. `undefined` where the gallery has no such innovation. Eleven queries at most, however large.
 */
export async function lineageOf(db: Db, innovation: string, now: Date = new Date()): Promise<Branch | undefined> {
  const told = await chainsOf(db)
  const root = rootOf(innovation, told)
  const family = await listKnown(db, familyOf(root, told))
  const known = new Map(family.map((one) => [one.code, one]))
  const tree = treeOf(root, { known, runners: await runnersOf(db, family, now), chains: told })
  const packages = family.flatMap(({ code, publication }) =>
    publication ? [[code, publication.package] as const] : [],
  )
  const adopters = await adoptersElsewhere(
    db,
    packages.map(([, name]) => name),
  )
  return tree && withElsewhere(tree, new Map(packages.map(([code, name]) => [code, adopters.get(name) ?? []])))
}

/** Every line that public sources tell of, by the code of its first. */
export const toldLines = async (db: Db): Promise<string[]> => [
  ...new Set((await chainsOf(db)).map(({ innovation }, _, all) => rootOf(innovation, all))),
]
