import { findRound, listPassed } from '#competition'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { PanelRound } from '../domain/panel.ts'
import type { Reading } from '../domain/reading.ts'
import type { Sheet } from '../domain/score.ts'
import type { RankingSnapshot } from '../domain/standing.ts'
import { holdPanelRound } from './panel.ts'
import { latestRanking } from './ranking.ts'
import { readingOf } from './reading.ts'
import { sealedSheets } from './sheet.ts'

export type Bundling = {
  round: PanelRound
  reading: Reading
  ranking: RankingSnapshot | undefined
  sheets: Sheet[]
  /** By entry: its sector, where readers are dealt by sector. */
  categories: ReadonlyMap<string, string | null>
  published: boolean
}

/** What a bundle is made of, once the scores are released. */
export async function holdBundling(tx: Tx, actor: Actor, id: string): Promise<Bundling | undefined> {
  const round = await holdPanelRound(tx, actor, id)
  const whole = round && (await findRound(tx, id))
  if (!round || !whole) return undefined
  const reading = await readingOf(tx, whole)
  const released = reading.released !== null
  const ranking = released ? await latestRanking(tx, id) : undefined
  const sheets = released ? await sealedSheets(tx, id) : []
  const categories = new Map((await listPassed(tx, id)).map((entry) => [entry.id, entry.category]))
  return { round, reading, ranking, sheets, categories, published: (await findBundle(tx, id)) !== undefined }
}

export type StoredBundle = { hash: Buffer; resultHash: Buffer; at: Date }

export async function findBundle(db: Db | Tx, round: string): Promise<StoredBundle | undefined> {
  return db
    .selectFrom('judging.bundle')
    .select(['hash', 'result_hash as resultHash', 'at'])
    .where('round', '=', round)
    .executeTakeFirst()
}

export async function bundleText(db: Db, round: string): Promise<string | undefined> {
  const row = await db.selectFrom('judging.bundle').select('text').where('round', '=', round).executeTakeFirst()
  return row?.text
}

/** Code by entry: for the letters of their owners, nobody else. */
export async function bundleCodes(db: Db | Tx, round: string): Promise<Record<string, string>> {
  const row = await db.selectFrom('judging.bundle').select('codes').where('round', '=', round).executeTakeFirst()
  return (row?.codes ?? {}) as Record<string, string>
}

export async function saveBundle(
  tx: Tx,
  round: string,
  bundle: { ranking: string; text: string; hash: Buffer; resultHash: Buffer; codes: Record<string, string> },
  by: string,
  at: Date,
): Promise<void> {
  const { ranking, text, hash, resultHash, codes } = bundle
  await tx
    .insertInto('judging.bundle')
    .values({ round, ranking, text, hash, result_hash: resultHash, codes: JSON.stringify(codes), by, at })
    .execute()
}
