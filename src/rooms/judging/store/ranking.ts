import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { FixedRule } from '../domain/reading.ts'
import type { RankingResultRow, RankingSnapshot } from '../domain/standing.ts'

/** The latest ranking of a round; undefined before the first release. Whoever asks must first have asked `may.seeRanking`. */
export async function latestRanking(db: Db | Tx, round: string): Promise<RankingSnapshot | undefined> {
  const row = await db
    .selectFrom('judging.ranking')
    .select(['round', 'id', 'at', 'method', 'rule', 'result', 'hash'])
    .where('round', '=', round)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, rule: row.rule as FixedRule, result: row.result as RankingResultRow }
}

export async function keepRanking(
  tx: Tx,
  ranking: {
    round: string
    at: Date
    by: string | null
    method: string
    rule: FixedRule
    result: RankingResultRow
    hash: Buffer
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('judging.ranking')
    .values({ ...ranking, id, rule: JSON.stringify(ranking.rule), result: JSON.stringify(ranking.result) })
    .execute()
  return id
}
