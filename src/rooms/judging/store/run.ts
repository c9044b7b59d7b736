import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Progress, Run, RunResult, RunSettings, RunState } from '../domain/run.ts'
import { lockReading, type RoundReading } from './reading.ts'

const columns = ['round', 'id', 'settings', 'state', 'progress', 'beat', 'result', 'begun', 'ended'] as const
type Row = Omit<Run, 'settings' | 'progress' | 'result'> & { settings: unknown; progress: unknown; result: unknown }
const fromRow = (row: Row): Run => row as Run

export async function findRun(db: Db | Tx, round: string, id: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('judging.run')
    .select(columns)
    .where('round', '=', round)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** The latest computations of a round, newest first, without their results. */
export function listRuns(db: Db | Tx, round: string) {
  return db
    .selectFrom('judging.run')
    .select(['id', 'state', 'begun', 'ended'])
    .where('round', '=', round)
    .orderBy('begun', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute() as Promise<Pick<Run, 'id' | 'state' | 'begun' | 'ended'>[]>
}

export type HeldRun = RoundReading & { run: Run }

export async function holdRun(tx: Tx, actor: Actor, round: string, id: string): Promise<HeldRun | undefined> {
  if (!isNational(actor)) return undefined
  const held = await lockReading(tx, round)
  if (!held) return undefined
  const row = await tx
    .selectFrom('judging.run')
    .select(columns)
    .where('round', '=', round)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...held, run: fromRow(row) }
}

/** A computation that runs now, if any. One that has not been heard of for a minute died with its process. */
export async function runningRun(db: Db | Tx, round: string, now: Date): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('judging.run')
    .select('id')
    .where('round', '=', round)
    .where('state', '=', 'running')
    .where('beat', '>', new Date(now.getTime() - 60_000))
    .executeTakeFirst()
}

/** Begin one; one that died is closed, and older proposals are superseded. */
export async function beginRun(
  tx: Tx,
  run: { round: string; id: string; settings: RunSettings; at: Date; by: string },
): Promise<void> {
  const { round, id, settings, at, by } = run
  await tx
    .updateTable('judging.run')
    .set({ state: 'failed', ended: at })
    .where('round', '=', round)
    .where('state', '=', 'running')
    .execute()
  await tx
    .updateTable('judging.run')
    .set({ state: 'superseded' })
    .where('round', '=', round)
    .where('state', '=', 'proposed')
    .execute()
  await tx
    .insertInto('judging.run')
    .values({ round, id, settings: JSON.stringify(settings), state: 'running', beat: at, begun: at, by })
    .execute()
}

export async function noteProgress(db: Db, round: string, id: string, progress: Progress, at: Date): Promise<void> {
  await db
    .updateTable('judging.run')
    .set({ progress: JSON.stringify(progress), beat: at })
    .where('round', '=', round)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** End a running one; one that was cancelled meanwhile stays cancelled. */
export async function endRun(
  db: Db | Tx,
  run: { round: string; id: string; state: RunState; result: RunResult | null; at: Date },
): Promise<void> {
  await db
    .updateTable('judging.run')
    .set({ state: run.state, result: run.result === null ? null : JSON.stringify(run.result), ended: run.at })
    .where('round', '=', run.round)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .execute()
}

export async function markAccepted(tx: Tx, round: string, id: string): Promise<void> {
  await tx
    .updateTable('judging.run')
    .set({ state: 'accepted' })
    .where('round', '=', round)
    .where('id', '=', id)
    .execute()
}
