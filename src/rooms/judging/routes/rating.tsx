import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { newToken, storedToken } from '#platform/password.ts'
import type { Problems } from '#platform/problems.ts'
import { rateEntry } from '../actions/rating.ts'
import { leastRatings, shownStars } from '../domain/rating.ts'
import { RatingPage } from '../pages/rating.tsx'
import { findFinalist } from '../store/objection.ts'
import { ownRatings, ratingSums } from '../store/rating.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'

export const ratings = new Hono<Env>()

const voterOf = (c: C): string | undefined => {
  const kept = getCookie(c, 'penilai')
  return kept && /^[\w-]{43}$/.test(kept) ? kept : undefined
}

async function ratingPage(c: C, again: { problems?: Problems; refusal?: keyof PanelWords } = {}) {
  const { db, actor } = c.get('ctx')
  const { round, finalist } = found(await findFinalist(db, actor, idParam(c, 'proposal')))
  const least = found(leastRatings(round.rules))
  const voter = voterOf(c)
  const own = voter ? (await ownRatings(db, round.id, storedToken(voter))).get(finalist.id) : undefined
  const sums = (await ratingSums(db, round.id)).get(finalist.id)
  return (
    <RatingPage
      view={c.get('view')}
      round={round}
      finalist={finalist}
      own={own}
      shown={shownStars(sums, least)}
      n={sums?.n ?? 0}
      least={least}
      {...again}
    />
  )
}

ratings.get('/judging/entries/:proposal/rating', async (c) => page(c, await ratingPage(c)))

ratings.post('/judging/entries/:proposal/rating', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  found(await findFinalist(ctx.db, ctx.actor, id))
  if (!(await withinLimit(ctx.db, `rating:address:${c.get('address')}`, 100, 3600)))
    return page(c, await ratingPage(c, { refusal: 'tooMany' }), 429)
  const voter = voterOf(c) ?? newToken().token
  setCookie(c, 'penilai', voter, { path: '/judging', httpOnly: true, sameSite: 'Lax', maxAge: 120 * 86_400 })
  return answer(c, await perform(rateEntry(storedToken(voter)), ctx, id, form), {
    onDone: `/judging/entries/${id}/rating`,
    say: panelWords(c.get('view').lang).rated,
    again: (problems, refusal) => ratingPage(c, { problems, refusal }),
  })
})
