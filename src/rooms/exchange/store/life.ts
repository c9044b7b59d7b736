import type { Db, Tx } from '#platform/db.ts'
import { type Heartbeat, heartbeatOf, outcomesOf } from '#replication'
import { type Running, runningOf } from '#services'

/** How these services live: what happened in each, and the stage that follows. Six queries at most, however many. */
export async function livesOf(
  db: Db | Tx,
  services: readonly string[],
  now: Date,
): Promise<Map<string, { running: Running; heart: Heartbeat }>> {
  const all = await runningOf(db, { services }, now)
  const outcomes = await outcomesOf(db, services)
  return new Map(
    all.map((running) => [
      running.service,
      { running, heart: heartbeatOf({ ...running, outcome: outcomes.get(running.service) ?? null }, now) },
    ]),
  )
}
export type Life = { running: Running; heart: Heartbeat }
