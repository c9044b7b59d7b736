import { Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db, Tx } from './db.ts'
import type { Files } from './files.ts'

/** Work that runs later or every night. A room offers its own jobs; names are `room.what`. */
/** `files`: where uploads lie, for jobs that remove them. */
export type Job = (payload: unknown, tools: { db: Db; files?: Files | undefined }) => Promise<void>
export type Jobs = Record<string, Job>
export type Cron = { task: string; pattern: string }

const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error('worker:', message)
})

/** Add a job in the transaction of the act that asks for it: both happen or neither. `key` keeps one of a kind. */
export async function enqueue(
  tx: Tx | Db,
  task: string,
  payload: unknown,
  options: { key?: string; at?: Date } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${task}, payload := ${JSON.stringify(payload)}::json, run_at := ${options.at ?? null}::timestamptz,
    job_key := ${options.key ?? null}::text, max_attempts := 10)`.execute(tx)
}

/** Create the queue's own tables. */
export async function migrateJobs(connectionString: string): Promise<void> {
  await runMigrations({ connectionString, logger })
}

/** Start the worker; `stop` lets running jobs end. */
export async function startWorker(
  connectionString: string,
  db: Db,
  jobs: Jobs,
  crons: readonly Cron[],
  files?: Files,
): Promise<{ stop: () => Promise<void> }> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, (payload: unknown) => job(payload, { db, files })]),
  )
  // A pool of our own, so that a database that stops first is a line in the log and not the end of the process.
  const pgPool = new pg.Pool({ connectionString, max: 4 })
  let stopping = false
  const lost = (error: Error) => {
    if (!stopping) console.error('worker: database connection lost:', error.message)
  }
  pgPool.on('error', lost)
  pgPool.on('connect', (client) => client.on('error', lost))
  const runner = await run({
    pgPool,
    logger,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList,
    parsedCronItems: parseCronItems(
      crons.map(({ task, pattern }) => ({ task, match: pattern, options: { backfillPeriod: 0 } })),
    ),
  })
  return {
    stop: async () => {
      stopping = true
      await runner.stop()
      await pgPool.end()
    },
  }
}

/** Run every waiting job now, once, in this process: for tests and for the seed. */
export async function drain(connectionString: string, db: Db, jobs: Jobs, files?: Files): Promise<void> {
  const { runOnce } = await import('graphile-worker')
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, (payload: unknown) => job(payload, { db, files })]),
  )
  await runOnce({ connectionString, logger, taskList, noHandleSignals: true })
}
