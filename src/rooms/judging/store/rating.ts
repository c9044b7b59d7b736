import type { Db, Tx } from '#platform/db.ts'
import type { Finalist } from '../domain/decision.ts'

export type RatingSum = { n: number; sum: number }

/** How often and how high each finalist was rated, by entry. */
export async function ratingSums(db: Db | Tx, round: string): Promise<ReadonlyMap<string, RatingSum>> {
  const rows = await db
    .selectFrom('judging.rating')
    .select((eb) => ['proposal', eb.fn.countAll<string>().as('n'), eb.fn.sum<string>('stars').as('sum')])
    .where('round', '=', round)
    .groupBy('proposal')
    .execute()
  return new Map(rows.map((row) => [row.proposal, { n: Number(row.n), sum: Number(row.sum) }]))
}

/** What this voter gave, by entry. */
export async function ownRatings(db: Db, round: string, voter: Buffer): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('judging.rating')
    .select(['proposal', 'stars'])
    .where('round', '=', round)
    .where('voter', '=', voter)
    .execute()
  return new Map(rows.map((row) => [row.proposal, row.stars]))
}

/** One rating for each voter; the last counts. */
export async function saveRating(
  tx: Tx,
  { agency, id, round }: Pick<Finalist, 'agency' | 'id' | 'round'>,
  voter: Buffer,
  stars: number,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.rating')
    .values({ agency, proposal: id, round, voter, stars, at })
    .onConflict((c) => c.columns(['agency', 'proposal', 'voter']).doUpdateSet({ stars, at }))
    .execute()
}
