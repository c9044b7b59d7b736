import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Rules } from '../domain/round.ts'
import { readRules } from '../domain/round-reading.ts'
import type { RoundState } from '../domain/running-round.ts'

/** `by`: the name of whoever published it. */
export type Version = { version: number; rules: Rules; reason: string; at: Date; by: string | null }

/** All versions of a round, oldest first. */
export async function listVersions(db: Db | Tx, round: string): Promise<Version[]> {
  const rows = await db
    .selectFrom('competition.round_version as v')
    .leftJoin('people.person as p', 'p.id', 'v.by')
    .select(['v.version', 'v.rules', 'v.reason', 'v.at', 'p.name as by'])
    .where('v.round', '=', round)
    .orderBy('v.version')
    .execute()
  return rows.map((row) => {
    const { rules } = readRules(row.rules)
    if (!rules) throw new Error(`Version ${row.version} of round ${round} does not parse`)
    return { ...row, rules }
  })
}

/** The keys that rounds have, held until the transaction ends so that two of the same key cannot come into being. */
export async function lockKeys(tx: Tx): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(7020)`.execute(tx)
  return (await tx.selectFrom('competition.round').select('key').execute()).map(({ key }) => key)
}

export async function insertRound(
  tx: Tx,
  round: { id: string; key: string; demo: boolean; rules: Rules; reason: string; by: string | null; at: Date },
): Promise<void> {
  const { id, key, demo, rules, reason, by, at } = round
  await tx.insertInto('competition.round').values({ id, key, demo, state: 'draft', version: 1, added: at }).execute()
  await tx
    .insertInto('competition.round_version')
    .values({ round: id, version: 1, rules: JSON.stringify(rules), reason, by, at })
    .execute()
}

/** Publish a further version and make it the one in force. */
export async function insertVersion(
  tx: Tx,
  version: { round: string; rules: Rules; reason: string; by: string | null; at: Date },
): Promise<void> {
  const { round, rules, reason, by, at } = version
  await tx
    .insertInto('competition.round_version')
    .values({ round, version: rules.version, rules: JSON.stringify(rules), reason, by, at })
    .execute()
  await tx.updateTable('competition.round').set({ version: rules.version }).where('id', '=', round).execute()
}

/** The first publication: the draft's rules become version 1 as of now. */
export async function dateVersion(tx: Tx, round: string, version: number, by: string | null, at: Date) {
  await tx
    .updateTable('competition.round_version')
    .set({ by, at })
    .where('round', '=', round)
    .where('version', '=', version)
    .execute()
}

export async function saveState(tx: Tx, round: string, state: RoundState): Promise<void> {
  await tx.updateTable('competition.round').set({ state }).where('id', '=', round).execute()
}

export async function insertExtension(
  tx: Tx,
  extension: { id: string; round: string; until: string; reason: string; by: string; at: Date },
): Promise<void> {
  await tx.insertInto('competition.extension').values(extension).execute()
}
