import type { Db, Tx } from '#platform/db.ts'
import type { StoredWave } from '../domain/waves.ts'

/** The waves sent out so far, in their order. */
export async function listWaves(db: Db | Tx, round: string): Promise<StoredWave[]> {
  const rows = await db
    .selectFrom('judging.wave')
    .select(['seq', 'extra', 'proposals', 'basis', 'minimum', 'until', 'at'])
    .where('round', '=', round)
    .orderBy('seq')
    .execute()
  return rows as StoredWave[]
}

export async function addWave(tx: Tx, round: string, wave: StoredWave, by: string): Promise<void> {
  const { proposals, minimum, ...rest } = wave
  await tx
    .insertInto('judging.wave')
    .values({ round, ...rest, proposals: JSON.stringify(proposals), minimum: JSON.stringify(minimum), by })
    .execute()
}
