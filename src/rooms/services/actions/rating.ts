import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { dayOf } from '../domain/calendar.ts'
import { judgeRating } from '../domain/rating.ts'
import { ratingForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { type Held, holdFollowed } from '../store/held.ts'
import { findRating, type Rating, saveRating } from '../store/rating.ts'

/** Whoever followed a case to its end says how it was. The log knows that the service was rated, not by whom and not how. */
export const rateService: Action<
  Held & { closed: boolean; given: Rating | undefined },
  z.output<typeof ratingForm>,
  { what: Unsaid<Rating> },
  'rating-over'
> = {
  name: 'services.service-rated',
  find: async (tx, actor, id) => {
    const held = await holdFollowed(tx, actor, id)
    if (!held) return undefined
    return { ...held, closed: held.it.closedAt !== undefined, given: await findRating(tx, held.service, id) }
  },
  may: may.rateService,
  input: ratingForm,
  decide: ({ given, here }, { score, words }, { now }) => {
    const judged = judgeRating(given, dayOf(now.getTime(), here.place.zone))
    return judged.ok ? decide({ what: new Unsaid({ score, words, day: judged.change.day }) }) : judged
  },
  save: (tx, held, { what }) => saveRating(tx, held, what.value),
  tell: () => ({}),
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}
