import { Hono } from 'hono'
import type { Db } from '#platform/db.ts'
import { type Env, page } from '#platform/http.ts'
import type { Problem } from '#platform/problems.ts'
import { type Region, type RegionKind, regionKinds } from '../domain/agency.ts'
import { RegionsPage } from '../pages/region.tsx'
import { findRegion, searchRegions } from '../store/region.ts'

export const regions = new Hono<Env>()

/** Regions are public knowledge: the same address answers a page, and JSON to whoever asks for it. */
regions.get('/people/regions', async (c) => {
  const q = (c.req.query('q') ?? '').slice(0, 100)
  const kinds = kindsIn(c.req.query('kind'))
  const wantsJson = c.req.header('accept')?.includes('application/json') || c.req.query('format') === 'json'
  const found = await searchRegions(c.get('ctx').db, q, kinds, wantsJson ? 12 : 50)
  c.header('Vary', 'Accept')
  if (wantsJson) return c.json(found)
  return page(
    c,
    <RegionsPage view={c.get('view')} q={q} kind={kinds.length === 1 ? kinds[0] : undefined} regions={found} />,
  )
})

const kindsIn = (text: string | undefined): RegionKind[] =>
  regionKinds.filter((kind) => (text ?? '').split(',').includes(kind))

export type Resolved =
  | { region: Region | null; problem?: never }
  | { region?: never; problem: Problem; choices: readonly Region[] }

/** The region that was typed or chosen; a problem, with choices, when it may be several or none. Empty is none at all. */
export async function resolveRegion(
  db: Db,
  typed: string,
  chosen: string,
  kinds: readonly RegionKind[],
): Promise<Resolved> {
  const code = /^\d\d(?:\.\d{2,4})*(?=$|\s)/.exec((chosen || typed).trim())?.[0]
  if (code) {
    const region = await findRegion(db, code)
    return region ? { region } : { problem: { code: 'region-unknown' }, choices: [] }
  }
  const text = typed.trim().toLowerCase()
  if (text === '') return { region: null }
  const found = await searchRegions(db, text, kinds, 10)
  const exact = found.filter((region) => region.name.toLowerCase() === text)
  const only = exact.length === 1 ? exact : found
  if (only.length === 1) return { region: only[0]! }
  return only.length === 0
    ? { problem: { code: 'region-unknown' }, choices: [] }
    : { problem: { code: 'region-ambiguous' }, choices: only }
}
