import { sql } from 'kysely'
import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Progress, Run, RunResult, RunSettings, RunState } from '../domain/run.ts'
import { lockReading, type RoundReading } from './reading.ts'

const columns = [
  'round',
  'id',
  'settings',
  'state',
  'progress',
  'process as worker',
  'result',
  'begun',
  'ended',
] as const
/** For how many milliseconds nobody heard of a computation, all by the clock of the database. */
const silent = sql<number>`(extract(epoch from clock_timestamp() - beat) * 1000)::float8`.as('silent')
type Row = Omit<Run, 'settings' | 'progress' | 'result'> & { settings: unknown; progress: unknown; result: unknown }
const fromRow = (row: Row): Run => row as Run

export async function findRun(db: Db | Tx, round: string, id: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('judging.run')
    .select(columns)
    .select(silent)
    .where('round', '=', round)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** The latest computations of a round, newest first, without their results. */
export function listRuns(db: Db | Tx, round: string) {
  return db
    .selectFrom('judging.run')
    .select(['id', 'state', 'process as worker', 'begun', 'ended'])
    .select(silent)
    .where('round', '=', round)
    .orderBy('begun', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute() as Promise<Pick<Run, 'id' | 'state' | 'worker' | 'silent' | 'begun' | 'ended'>[]>
}

export type HeldRun = RoundReading & { run: Run }

export async function holdRun(tx: Tx, actor: Actor, round: string, id: string): Promise<HeldRun | undefined> {
  if (!isNational(actor)) return undefined
  const held = await lockReading(tx, round)
  if (!held) return undefined
  const row = await tx
    .selectFrom('judging.run')
    .select(columns)
    .select(silent)
    .where('round', '=', round)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...held, run: fromRow(row) }
}

/** The computations whose rows say that they run, of one round or of all. */
export function listRunning(db: Db | Tx, round?: string) {
  return db
    .selectFrom('judging.run')
    .select(['round', 'id', 'process as worker'])
    .select(silent)
    .where('state', '=', 'running')
    .$if(round !== undefined, (q) => q.where('round', '=', round!))
    .execute()
}

/** Begin one; one that was cut off is closed, and older proposals are superseded. */
export async function beginRun(
  tx: Tx,
  run: { round: string; id: string; process: string; settings: RunSettings; at: Date; by: string },
): Promise<void> {
  const { round, id, process, settings, at, by } = run
  await tx
    .updateTable('judging.run')
    .set({ state: 'interrupted', ended: at })
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
    .values({ round, id, process, settings: JSON.stringify(settings), state: 'running', beat: alive, begun: at, by })
    .execute()
}

const alive = sql<Date>`clock_timestamp()`

/** Say that somebody works on it. */
export async function beatRun(db: Db, round: string, id: string): Promise<void> {
  await db
    .updateTable('judging.run')
    .set({ beat: alive })
    .where('round', '=', round)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** Say how far it is. */
export async function noteProgress(db: Db, round: string, id: string, progress: Progress): Promise<void> {
  await db
    .updateTable('judging.run')
    .set({ progress: JSON.stringify(progress), beat: alive })
    .where('round', '=', round)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** End a running one; one that was cancelled meanwhile stays cancelled. Says whether it ran. */
export async function endRun(
  db: Db | Tx,
  run: { round: string; id: string; state: RunState; result: RunResult | null; at: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable('judging.run')
    .set({ state: run.state, result: run.result === null ? null : JSON.stringify(run.result), ended: run.at })
    .where('round', '=', run.round)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export async function markAccepted(tx: Tx, round: string, id: string): Promise<void> {
  await tx
    .updateTable('judging.run')
    .set({ state: 'accepted' })
    .where('round', '=', round)
    .where('id', '=', id)
    .execute()
}
