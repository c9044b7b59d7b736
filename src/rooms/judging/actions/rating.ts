import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import { judgeRating } from '../domain/rating.ts'
import { ratingForm } from '../forms/verification.ts'
import { mayPanel } from '../permissions/panel.ts'
import { findFinalist, type PublicFinalist } from '../store/objection.ts'
import { saveRating } from '../store/rating.ts'

/** Rate how useful a finalist is. The stars pass the log by: it keeps that somebody rated, not how or who. */
export function rateEntry(
  voter: Buffer,
): Action<PublicFinalist, { stars: number }, object, 'no-such-stage' | 'stage-not-open'> {
  let stars = 0
  return {
    name: 'judging.entry-rated',
    // Nothing is held: a rating that crosses with the end of the stage is one that came a moment earlier.
    find: findFinalist,
    may: mayPanel.rate,
    input: ratingForm,
    decide: ({ round }, typed) => {
      const judged = judgeRating(round)
      if (!judged.ok) return judged
      stars = typed.stars
      return decide({})
    },
    save: (tx, { finalist }, _, { now }) => saveRating(tx, finalist, voter, stars, now),
    // Told of the round: an entry's history is not a ticker of its ratings.
    subject: (_, { round }) => round.id,
    tell: () => ({}),
    scope: () => null,
  }
}
