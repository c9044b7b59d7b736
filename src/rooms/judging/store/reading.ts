import type { Round } from '#competition'
import { findRound, questionsFor } from '#competition'
import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { defaultSettings, type FixedRule, type Reading, type Settings } from '../domain/reading.ts'
import type { Criterion } from '../domain/score.ts'

export type RoundReading = { round: Round; reading: Reading }

const columns = [
  'round',
  'settings',
  'rule',
  'rule_hash',
  'opened',
  'until',
  'third_until as thirdUntil',
  'apart_reason as apartReason',
  'closed',
  'released',
] as const

type Row = Omit<Reading, 'settings' | 'rule' | 'ruleHash'> & {
  settings: unknown
  rule: unknown
  rule_hash: Buffer | null
}
const fromRow = ({ rule_hash, ...row }: Row): Reading => ({
  ...row,
  settings: row.settings as Settings,
  rule: row.rule as FixedRule | null,
  ruleHash: rule_hash,
})

/** The reading of a round as it stands; with the default settings when nobody has looked at it yet. */
export async function readingOf(db: Db | Tx, round: Round): Promise<Reading> {
  const row = await db.selectFrom('judging.reading').select(columns).where('round', '=', round.id).executeTakeFirst()
  if (row) return fromRow(row)
  const settings = defaultSettings(round.rules)
  return {
    round: round.id,
    settings,
    rule: null,
    ruleHash: null,
    opened: null,
    until: null,
    thirdUntil: null,
    apartReason: null,
    closed: null,
    released: null,
  }
}

/** A published round and its reading. Drafts are nobody's business here. */
export async function findReading(db: Db | Tx, id: string): Promise<RoundReading | undefined> {
  const round = await findRound(db, id)
  if (!round || round.state === 'draft') return undefined
  return { round, reading: await readingOf(db, round) }
}

/** Held still for an act of the secretariat; others do not find it. */
export async function holdReading(tx: Tx, actor: Actor, id: string): Promise<RoundReading | undefined> {
  if (!isNational(actor)) return undefined
  return lockReading(tx, id)
}

/** Held still, whoever acts: for acts that are found through something else. */
export async function lockReading(tx: Tx, id: string): Promise<RoundReading | undefined> {
  const round = await findRound(tx, id)
  if (!round || round.state === 'draft') return undefined
  await tx
    .insertInto('judging.reading')
    .values({ round: id, settings: JSON.stringify(defaultSettings(round.rules)) })
    .onConflict((c) => c.doNothing())
    .execute()
  const row = await tx
    .selectFrom('judging.reading')
    .select(columns)
    .where('round', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { round, reading: fromRow(row) }
}

/** Held against closing and releasing, but not against others who write at the same time: for every evaluator's own acts. */
export async function shareReading(tx: Tx, id: string): Promise<RoundReading | undefined> {
  const round = await findRound(tx, id)
  if (!round) return undefined
  const row = await tx
    .selectFrom('judging.reading')
    .select(columns)
    .where('round', '=', id)
    .forShare()
    .executeTakeFirst()
  return row && { round, reading: fromRow(row) }
}

export async function saveSettings(tx: Tx, round: string, settings: Settings): Promise<void> {
  await tx
    .updateTable('judging.reading')
    .set({ settings: JSON.stringify(settings) })
    .where('round', '=', round)
    .execute()
}

export async function openReading(
  tx: Tx,
  round: string,
  opening: { rule: FixedRule; hash: Buffer; until: Date; apart: string | null; at: Date; by: string },
): Promise<void> {
  await tx
    .updateTable('judging.reading')
    .set({
      rule: JSON.stringify(opening.rule),
      rule_hash: opening.hash,
      until: opening.until,
      apart_reason: opening.apart,
      opened: opening.at,
      opened_by: opening.by,
    })
    .where('round', '=', round)
    .execute()
}

export async function closeReading(tx: Tx, round: string, at: Date, by: string): Promise<void> {
  await tx.updateTable('judging.reading').set({ closed: at, closed_by: by }).where('round', '=', round).execute()
}

export async function reopenReading(tx: Tx, round: string): Promise<void> {
  await tx.updateTable('judging.reading').set({ closed: null, closed_by: null }).where('round', '=', round).execute()
}

export async function releaseReading(tx: Tx, round: string, at: Date, by: string): Promise<void> {
  await tx.updateTable('judging.reading').set({ released: at, released_by: by }).where('round', '=', round).execute()
}

/** The scored questions of a group with their weights: what an evaluator gives points for. */
export function criteriaOf(round: Round, group: string): Criterion[] {
  return questionsFor(round.rules, group)
    .filter((question) => question.scored)
    .map((question) => ({ id: question.key, weight: question.weight }))
}
