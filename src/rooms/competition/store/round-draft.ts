import type { Db, Tx } from '#platform/db.ts'
import type { Rules } from '../domain/round.ts'
import type { Problem } from '../domain/round-consistency.ts'
import { readRules } from '../domain/round-reading.ts'
import type { Round } from '../domain/running-round.ts'
import { findRound } from './round.ts'

/** Rules being written. `revision` 0: nothing was changed since the version that it starts from. */
export type Draft = { base: number; revision: number; rules: Rules; problems: Problem[] }

/** Hold a round until the transaction ends, and read it. */
export async function lockRound(tx: Tx, id: string): Promise<Round | undefined> {
  const row = await tx.selectFrom('competition.round').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return row && findRound(tx, id)
}

/** What is being written for a round: its own draft, or the rules in force. */
export async function findDraft(db: Db | Tx, round: Round): Promise<Draft> {
  const row = await db
    .selectFrom('competition.round_draft')
    .select(['base', 'revision', 'rules'])
    .where('round', '=', round.id)
    .executeTakeFirst()
  const { rules, problems } = readRules(row?.rules ?? round.rules)
  if (!rules) throw new Error(`The draft of round ${round.id} has lost its shape: ${JSON.stringify(problems[0])}`)
  return { base: row?.base ?? round.version, revision: row?.revision ?? 0, rules, problems }
}

type Written = { by: string | null; at: Date }

/** Keep what was written. A draft round has no other rules, so its first version follows. */
export async function saveDraft(
  tx: Tx,
  round: Pick<Round, 'id' | 'state' | 'version'>,
  draft: Pick<Draft, 'base' | 'revision' | 'rules'>,
  { by, at }: Written,
): Promise<void> {
  const rules = JSON.stringify(draft.rules)
  const row = { base: draft.base, revision: draft.revision, rules, by, at }
  await tx
    .insertInto('competition.round_draft')
    .values({ round: round.id, ...row })
    .onConflict((c) => c.column('round').doUpdateSet(row))
    .execute()
  if (round.state === 'draft')
    await tx
      .updateTable('competition.round_version')
      .set({ rules })
      .where('round', '=', round.id)
      .where('version', '=', round.version)
      .execute()
}

export async function dropDraft(tx: Tx, round: string): Promise<void> {
  await tx.deleteFrom('competition.round_draft').where('round', '=', round).execute()
}
