import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { markOf } from '#platform/secret.ts'

/** The rating of a case is found by the case, and the case never by the rating. */
const markOfCase = (id: string): Buffer => markOf('services.rating', id)

export type Rating = { score: number; words: string | null; day: string }

export async function findRating(db: Db | Tx, service: string, id: string): Promise<Rating | undefined> {
  return db
    .selectFrom('services.rating')
    .select(['score', 'words', sql<string>`day::text`.as('day')])
    .where('service', '=', service)
    .where('mark', '=', markOfCase(id))
    .executeTakeFirst()
}

export async function saveRating(
  tx: Tx,
  { agency, service, id }: { agency: string; service: string; id: string },
  { score, words, day }: Rating,
): Promise<void> {
  await tx
    .insertInto('services.rating')
    .values({ agency, service, mark: markOfCase(id), score, words, day })
    .onConflict((c) => c.columns(['service', 'mark']).doUpdateSet({ score, words }))
    .execute()
}

/**
 * The scores of a service in the order of their days, those before today: what came today counts from tomorrow on, so that
 * nobody sees the mean move when somebody has just been served. Within a day by chance, but always by the same.
 */
export async function scoresOf(db: Db, service: string, today: string): Promise<number[]> {
  const rows = await db
    .selectFrom('services.rating')
    .select('score')
    .where('service', '=', service)
    .where('day', '<', today)
    .orderBy('day')
    .orderBy('mark')
    .execute()
  return rows.map(({ score }) => score)
}

/** What was written, in no order that says anything. */
export async function wordsOf(db: Db, service: string): Promise<{ score: number; words: string }[]> {
  const rows = await db
    .selectFrom('services.rating')
    .select(['score', 'words'])
    .where('service', '=', service)
    .where('words', 'is not', null)
    .orderBy('mark')
    .limit(500)
    .execute()
  return rows.map(({ score, words }) => ({ score, words: words! }))
}
