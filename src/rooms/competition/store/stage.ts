import type { Db, Tx } from '#platform/db.ts'
import type { StageKind } from '../domain/round.ts'
import type { StageRow } from '../domain/running-round.ts'

/** Is a stage of this kind running in the round now? */
export async function stageIsOpen(db: Db | Tx, round: string, kind: StageKind): Promise<boolean> {
  const row = await db
    .selectFrom('competition.stage')
    .select('seq')
    .where('round', '=', round)
    .where('kind', '=', kind)
    .where('opened', 'is not', null)
    .where('closed', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The stages of several rounds, by round. */
export async function stagesOf(db: Db | Tx, rounds: readonly string[]): Promise<Map<string, StageRow[]>> {
  const found = new Map<string, StageRow[]>(rounds.map((round) => [round, []]))
  if (rounds.length === 0) return found
  const rows = await db
    .selectFrom('competition.stage')
    .select(['round', 'seq', 'kind', 'opened', 'closed'])
    .where('round', 'in', [...rounds])
    .orderBy('seq')
    .execute()
  for (const { round, ...stage } of rows) found.get(round)!.push(stage)
  return found
}

/** Put the stages of a round in place; those already opened are left as they are. */
export async function saveStages(tx: Tx, round: string, stages: readonly StageRow[]): Promise<void> {
  await tx.deleteFrom('competition.stage').where('round', '=', round).where('opened', 'is', null).execute()
  const rows = stages.filter((stage) => !stage.opened).map((stage) => ({ ...stage, round }))
  if (rows.length > 0) await tx.insertInto('competition.stage').values(rows).execute()
}

export async function markStage(tx: Tx, round: string, seq: number, mark: 'opened' | 'closed', at: Date) {
  await tx
    .updateTable('competition.stage')
    .set({ [mark]: at })
    .where('round', '=', round)
    .where('seq', '=', seq)
    .execute()
}

/** Proposals that were received and wait for the outcome of the administrative selection. */
export async function countUndecided(db: Db | Tx, round: string): Promise<number> {
  const row = await db
    .selectFrom('competition.proposal')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('round', '=', round)
    .where('state', '=', 'submitted')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
