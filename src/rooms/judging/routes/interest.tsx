import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findAgencyNamed, findRegionNamed } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { declareInterest, withdrawInterest } from '../actions/interest.ts'
import { InterestsPage } from '../pages/interest.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { allInterestsOf } from '../store/member.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const interests = new Hono<Env>()
const place = '/judging/rounds/:round/interests'
const here = (c: C) => `/judging/rounds/${idParam(c, 'round')}/interests`

async function interestsPage(
  c: C,
  again: { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords } = {},
) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  if (!mayPanel.declareInterest(actor)) throw new HTTPException(404)
  const rows = await allInterestsOf(db, actor.id!)
  return <InterestsPage view={c.get('view')} round={round} rows={rows} {...again} />
}

interests.get(place, async (c) => page(c, await interestsPage(c)))

interests.post(place, async (c) => {
  const { form, ctx } = await readForm(c)
  const typed = (name: string) => (typeof form[name] === 'string' ? (form[name] as string).trim() : '')
  // Names become codes; `?` stands for a name that nothing has.
  const [agency, region] = [typed('agency'), typed('region')]
  const raw = {
    agency: agency && ((await findAgencyNamed(ctx.db, agency)) ?? '?'),
    region: region && ((await findRegionNamed(ctx.db, region)) ?? '?'),
  }
  return answer(c, await perform(declareInterest, ctx, idParam(c, 'round'), raw), {
    onDone: here(c),
    say: panelWords(c.get('view').lang).interestDeclared,
    again: (problems, refusal) => interestsPage(c, { typed: form, problems, refusal }),
  })
})

interests.post(`${place}/withdraw`, async (c) => {
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(withdrawInterest, ctx, idParam(c, 'round'), form), {
    onDone: here(c),
    say: panelWords(c.get('view').lang).interestWithdrawn,
    again: (problems, refusal) => interestsPage(c, { typed: form, problems, refusal }),
  })
})
