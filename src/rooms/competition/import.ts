import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { record } from '#platform/log.ts'
import { type Problems, problemsOf } from '#platform/problems.ts'
import {
  awardKey,
  awardsOfRow,
  innovationRow,
  languageOf,
  planImport,
  provinceCode,
  type RegisterAward,
} from './domain/register.ts'
import { addAwards, holdRegister, listKnownAwards } from './store/winner.ts'

/** The register as a thing that acts are done to: its id in the log. */
export const registerId = '00000000-0000-7000-8000-000000007018'

export type Imported = { innovations: number; awards: number; newInnovations: number; newAwards: number }

/** The 142 real innovations that public sources name, each with its source, as the product ships them. */
export const shippedInnovations = (): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'data/innovations.json'), 'utf8'))

/** What is wrong with a row, counted from 1; row 0 is the file itself. */
export type RowProblem = { row: number; name: string; problems: Problems }

/** Read an import file. With any problem in it nothing may be imported. */
export function readInnovations(raw: unknown): { awards: RegisterAward[]; problems: RowProblem[] } {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > 50_000)
    return { awards: [], problems: [{ row: 0, name: '', problems: { file: { code: 'import-not-a-list' } } }] }
  const textOf = (each: unknown, key: string) =>
    each && typeof each === 'object' && key in each ? String((each as Record<string, unknown>)[key]) : ''
  const lang = languageOf(raw.map((each) => textOf(each, 'summary')).join(' '))
  const awards: RegisterAward[] = []
  const problems: RowProblem[] = []
  const seen = new Map<string, number>()
  for (const [i, each] of raw.entries()) {
    const row = i + 1
    const name = textOf(each, 'name').slice(0, 100)
    const parsed = innovationRow.safeParse(each)
    if (!parsed.success) {
      problems.push({ row, name, problems: problemsOf(parsed.error) })
      continue
    }
    const region = provinceCode(parsed.data.region)
    if (region === undefined) {
      problems.push({ row, name, problems: { region: { code: 'import-unknown-region' } } })
      continue
    }
    const found = awardsOfRow(row, parsed.data, region, lang)
    const earlier = found.map((award) => seen.get(awardKey(award))).find((other) => other !== undefined)
    if (earlier !== undefined)
      problems.push({ row, name, problems: { name: { code: 'import-twice', limit: earlier } } })
    for (const award of found) seen.set(awardKey(award), row)
    awards.push(...found)
  }
  return { awards, problems }
}

/** Put awards into the register, in the transaction of the act. What stands there already stays as it is. */
export async function saveImport(tx: Tx, awards: readonly RegisterAward[], by: string | null): Promise<Imported> {
  await holdRegister(tx)
  const plan = planImport(awards, await listKnownAwards(tx))
  const rows = plan.flatMap(({ innovation = newId(), fresh }) =>
    fresh.map((award) => ({
      innovation,
      name: award.name,
      agency_name: award.agency,
      agency: null,
      region_name: award.regionName,
      region: award.region,
      year: award.year,
      level: award.level,
      category: award.category,
      summary: award.summary,
      lang: award.lang,
      source: award.source,
      flags: award.flags,
      in_seed: award.inSeed,
    })),
  )
  return {
    innovations: plan.length,
    awards: awards.length,
    newInnovations: plan.filter((each) => each.innovation === undefined).length,
    newAwards: await addAwards(tx, rows, by),
  }
}

/**
 * Import a file into the register: all of it, or with any problem nothing. Doing it again adds nothing. Without a file
 * the shipped 142 innovations are imported.
 */
export async function importInnovations(
  db: Db,
  options: { raw?: unknown; now?: Date } = {},
): Promise<{ ok: true; imported: Imported } | { ok: false; problems: RowProblem[] }> {
  const { awards, problems } = readInnovations(options.raw ?? shippedInnovations())
  if (problems.length > 0) return { ok: false, problems }
  const imported = await db.transaction().execute(async (tx) => {
    const done = await saveImport(tx, awards, null)
    const event = {
      at: options.now ?? new Date(),
      actor: null,
      name: 'competition.winners-imported',
      subject: registerId,
      scope: null,
      particulars: done,
    }
    if (done.newAwards > 0) await record(tx, [event])
    return done
  })
  return { ok: true, imported }
}
