import type { Db, Tx } from '#platform/db.ts'
import { type FinalFigure, finalFigure, pointsOfStars } from '../domain/final-standing.ts'
import { interviewScore } from '../domain/interview.ts'
import type { NomineeRow } from '../domain/nominee.ts'
import type { PanelRound } from '../domain/panel.ts'
import { isUnsealed, meanOf } from '../domain/panel-reading.ts'
import { listOpenSheets } from './interview.ts'
import { listReadings } from './panel-reading.ts'
import { ratingSums } from './rating.ts'

/** Every finalist's figures of all stages joined. Sealed ones count as not given. Three queries. */
export async function finalFigures(
  db: Db | Tx,
  round: PanelRound,
  rows: readonly Pick<NomineeRow, 'proposal' | 'standing'>[],
): Promise<ReadonlyMap<string, FinalFigure>> {
  const sheets = await listOpenSheets(db, round.id)
  const feasibility = isUnsealed(round, 'feasibility') ? await listReadings(db, round.id, 'feasibility') : []
  const ratings = await ratingSums(db, round.id)
  const stage = round.rules.stages.find((each) => each.kind === 'public-rating')
  const least = stage?.kind === 'public-rating' ? stage.minRatings : 0
  return new Map(
    rows.map(({ proposal, standing }) => {
      const rating = ratings.get(proposal) ?? { n: 0, sum: 0 }
      const own = feasibility.filter((reading) => reading.proposal === proposal && reading.done)
      const figures = {
        scoring: standing?.figure ?? null,
        interview: interviewScore(round.rules, proposal, sheets).mean ?? null,
        'ministry-feasibility': meanOf(own.map((reading) => reading.score)),
        'public-rating': pointsOfStars(rating.sum, rating.n, least),
      }
      return [proposal, finalFigure(round.rules, figures)]
    }),
  )
}
