import type { Db, Tx } from '#platform/db.ts'
import type { Finalist } from '../domain/decision.ts'
import type { Finding } from '../domain/verification.ts'

/** The findings of a round, newest visit first. */
export async function listFindings(db: Db | Tx, round: string): Promise<Finding[]> {
  const rows = await db
    .selectFrom('judging.finding')
    .select(['id', 'proposal', 'visited', 'online', 'panel', 'evaluators', 'verdict', 'text', 'photos', 'at'])
    .where('round', '=', round)
    .orderBy('visited', 'desc')
    .orderBy('id')
    .execute()
  return rows as Finding[]
}

/** The round's evaluators who did not withdraw, by name. */
export function listVisitors(db: Db | Tx, round: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('judging.evaluator as e')
    .innerJoin('people.person as p', 'p.id', 'e.person')
    .select(['p.id', 'p.name'])
    .where('e.round', '=', round)
    .where('e.withdrawn', 'is', null)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}

export async function saveFinding(
  tx: Tx,
  { agency, id: proposal, round }: Pick<Finalist, 'agency' | 'id' | 'round'>,
  finding: Omit<Finding, 'proposal' | 'at'>,
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.finding')
    .values({ agency, proposal, round, ...finding, by, at })
    .execute()
}

export async function findPhoto(db: Db, finding: string, photo: string): Promise<boolean> {
  const row = await db.selectFrom('judging.finding').select('photos').where('id', '=', finding).executeTakeFirst()
  return row?.photos.includes(photo) ?? false
}
