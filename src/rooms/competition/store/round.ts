import type { Db, Tx } from '#platform/db.ts'
import type { Rules } from '../domain/round.ts'
import { parseRules, readRules } from '../domain/round-reading.ts'
import type { Round, RoundState, StageRow } from '../domain/running-round.ts'

const parsed = new Map<string, Rules>()

/** The rules of a stored version. Once published they never change, so each is parsed once; a draft's do, and may be incomplete. */
function rulesOf(state: RoundState, round: string, version: number, stored: unknown): Rules {
  const written = state === 'draft' ? readRules(stored).rules : null
  if (written) return written
  const key = `${round}:${version}`
  let rules = parsed.get(key)
  if (!rules) {
    const result = parseRules(stored)
    if (!result.ok)
      throw new Error(`The stored rules of round ${key} do not parse: ${JSON.stringify(result.problems.slice(0, 3))}`)
    rules = result.rules
    parsed.set(key, rules)
    if (parsed.size > 200) parsed.delete(parsed.keys().next().value!)
  }
  return rules
}

async function withRules(
  db: Db | Tx,
  rows: readonly { id: string; key: string; state: RoundState; demo: boolean; version: number; rules: unknown }[],
): Promise<Round[]> {
  if (rows.length === 0) return []
  const extensions = await db
    .selectFrom('competition.extension')
    .select(['round', 'until', 'reason', 'at'])
    .where(
      'round',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('at')
    .execute()
  return rows.map((row) => ({
    ...row,
    rules: rulesOf(row.state, row.id, row.version, row.rules),
    extensions: extensions
      .filter((e) => e.round === row.id)
      .map(({ until, reason, at }) => ({ until: until.toISOString(), reason, at })),
  }))
}

const base = (db: Db | Tx) =>
  db
    .selectFrom('competition.round as r')
    .innerJoin('competition.round_version as v', (join) =>
      join.onRef('v.round', '=', 'r.id').onRef('v.version', '=', 'r.version'),
    )
    .select(['r.id', 'r.key', 'r.state', 'r.demo', 'r.version', 'v.rules'])

export async function findRound(db: Db | Tx, id: string): Promise<Round | undefined> {
  return (await withRules(db, await base(db).where('r.id', '=', id).execute()))[0]
}

/** The round with this key in its address. */
export async function findRoundByKey(db: Db | Tx, key: string): Promise<Round | undefined> {
  return (await withRules(db, await base(db).where('r.key', '=', key).execute()))[0]
}

/** Rounds, newest year first. Drafts only when asked for: they are the secretariat's own. */
export async function listRounds(db: Db, options: { drafts: boolean }): Promise<Round[]> {
  const rows = await base(db)
    .$if(!options.drafts, (q) => q.where('r.state', '!=', 'draft'))
    .execute()
  const rounds = await withRules(db, rows)
  return rounds.sort((a, b) => b.rules.year - a.rules.year || (a.key < b.key ? 1 : -1))
}

/** Where the round stands: which stages were opened and closed, and when. */
export function listStages(db: Db | Tx, round: string): Promise<StageRow[]> {
  return db
    .selectFrom('competition.stage')
    .select(['seq', 'kind', 'opened', 'closed'])
    .where('round', '=', round)
    .orderBy('seq')
    .execute()
}
