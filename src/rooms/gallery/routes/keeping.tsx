import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { administered } from '#people'
import { type Outcome, perform } from '#platform/action.ts'
import { tellEvent } from '#platform/events.ts'
import { answer, type C, type Env, type Form, flash, found, page, readForm } from '#platform/http.ts'
import { historyOf } from '#platform/log.ts'
import { fill } from '#platform/text.ts'
import * as actions from '../actions.ts'
import type { Innovation } from '../domain/shown.ts'
import { events } from '../events.ts'
import { KeepingPage, OwnPage, type Returned, type Section } from '../pages/keeping.tsx'
import { may } from '../permissions.ts'
import { findByCode } from '../store/innovation.ts'
import { findAgencyTyped, listOwn } from '../store/keeping.ts'
import { words } from '../text/index.ts'
import { codeParam } from './innovation.tsx'

export const routes = new Hono<Env>()

routes.get('/gallery/own', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const agencies = administered(actor)
  if (agencies.length === 0) throw new HTTPException(403)
  return page(c, <OwnPage view={c.get('view')} rows={await listOwn(db, agencies)} />)
})

/** The innovation, for its keeper. */
async function kept(c: C): Promise<Innovation> {
  const { db, actor } = c.get('ctx')
  const { innovation } = found(await findByCode(db, codeParam(c)))
  if (!actor.id) throw new HTTPException(401)
  if (!may.sayStatus(actor, innovation)) throw new HTTPException(403)
  return innovation
}

async function keepingPage(c: C, innovation: Innovation, returned?: Returned) {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const history = (await historyOf(db, innovation.id)).map((event) => ({
    at: event.at,
    who: event.actor,
    what: tellEvent(events, event, view.lang),
  }))
  return (
    <KeepingPage
      view={view}
      innovation={innovation}
      assigns={may.assignAgency(actor)}
      history={history}
      {...(returned && { returned })}
    />
  )
}

routes.get('/gallery/:code/edit', async (c) => page(c, await keepingPage(c, await kept(c))))

/** Answer a keeper's form: back to the record, or the page again with everything typed. */
async function settle<Change, Refusal extends string>(
  c: C,
  innovation: Innovation,
  section: Section,
  typed: Form,
  outcome: Outcome<Change, Refusal>,
  say: string,
) {
  return answer(c, outcome, {
    onDone: `/gallery/${innovation.code}`,
    say,
    again: (problems, refusal) => keepingPage(c, innovation, { section, typed, problems, refusal }),
  })
}

routes.post('/gallery/:code/status', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.sayStatus, ctx, innovation.id, form)
  return settle(c, innovation, 'status', form, outcome, words(c.get('view').lang).statusSaved)
})

routes.post('/gallery/:code/contact', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.giveContact, ctx, innovation.id, form)
  return settle(c, innovation, 'contact', form, outcome, words(c.get('view').lang).contactSaved)
})

routes.post('/gallery/:code/goals', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.chooseGoals, ctx, innovation.id, form)
  return settle(c, innovation, 'goals', form, outcome, words(c.get('view').lang).goalsSaved)
})

routes.post('/gallery/:code/story', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.addToStory, ctx, innovation.id, form)
  return settle(c, innovation, 'story', form, outcome, words(c.get('view').lang).storySaved)
})

routes.post('/gallery/:code/story/take', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.takeFromStory, ctx, innovation.id, form)
  return settle(c, innovation, 'story', {}, outcome, words(c.get('view').lang).storyTaken)
})

routes.post('/gallery/:code/agency', async (c) => {
  const innovation = await kept(c)
  const { form, ctx } = await readForm(c)
  const typed = String(form.agency ?? '').trim()
  const agency = typed ? await findAgencyTyped(ctx.db, typed) : undefined
  const outcome = await perform(actions.assignAgency, ctx, innovation.id, { agency: agency?.id ?? '' })
  const told =
    outcome.kind === 'invalid'
      ? { ...outcome, problems: { agency: { code: typed ? 'agency-unknown' : 'required' } } }
      : outcome
  return settle(c, innovation, 'agency', form, told, words(c.get('view').lang).agencySaved)
})

routes.post('/gallery/sync', async (c) => {
  const { ctx } = await readForm(c)
  if (!ctx.actor.id) throw new HTTPException(401)
  const outcome = await perform(actions.sync, ctx, actions.galleryId, {})
  if (outcome.kind !== 'done') throw new HTTPException(403)
  const { innovations = 0, added = 0 } = outcome.change.synced ?? {}
  flash(c, fill(words(c.get('view').lang).synced, { innovations, added }))
  return c.redirect('/gallery', 303)
})
