import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { adoptImprovement, declineImprovement } from '../actions/improvement.ts'
import { prepareAdoption } from '../domain/improving.ts'
import { changesBetween } from '../domain/package/changes.ts'
import { ImprovementPage, ImprovementsPage } from '../pages/improvement.tsx'
import { may } from '../permissions.ts'
import * as store from '../store/improvement.ts'
import { findUpgradable } from '../store/upgrade.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'
import { choicesOf } from './upgrade.tsx'

export const routes = new Hono<Env>()

routes.get('/services/improvements', async (c) => {
  const actor = signedIn(c)
  if (administered(actor).length === 0) throw new HTTPException(403)
  return page(c, <ImprovementsPage view={c.get('view')} rows={await store.listImprovements(c.get('ctx').db, actor)} />)
})

/** The improvement of the address for those who offered it or answer it, and what it would become here. */
async function improvement(c: C) {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  const row = found(await store.findImprovement(db, actor, idParam(c, 'improvement')))
  const answers = may.answerImprovement(actor, row)
  const own = answers && !row.answer ? await store.findRunningOf(db, row.upstream, row.package) : undefined
  return { row, answers, running: own && (await findUpgradable(db, own.id)) }
}

async function improvementPage(c: C, again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {}) {
  const { row, answers, running } = await improvement(c)
  const { basePkg, offered, agencyName } = row
  const given = { base: basePkg, offered, agencyName }
  const open = running && prepareAdoption(running, given, { change: row.reason }, {})
  const choices = open && again.typed ? choicesOf(open.conflicts, again.typed).choices : {}
  return (
    <ImprovementPage
      view={c.get('view')}
      row={{ ...row, pkg: basePkg }}
      base={basePkg}
      offered={offered}
      changes={changesBetween(basePkg, offered)}
      answers={answers}
      adoption={running && prepareAdoption(running, given, { change: row.reason }, choices)}
      ours={running?.pkg}
      {...again}
    />
  )
}

routes.get('/services/improvements/:improvement', async (c) => page(c, await improvementPage(c)))

routes.post('/services/improvements/:improvement/adopt', async (c) => {
  const { row, running, answers } = await improvement(c)
  if (!answers) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const given = { base: row.basePkg, offered: row.offered, agencyName: row.agencyName }
  const conflicts = running ? prepareAdoption(running, given, { change: row.reason }, {}).conflicts : []
  const { choices, problems } = choicesOf(conflicts, form)
  if (Object.keys(problems).length > 0) return page(c, await improvementPage(c, { typed: form, problems }), 422)
  const outcome = await perform(adoptImprovement, ctx, row.id, { credit: form.credit, choices })
  if (outcome.kind === 'done') flash(c, fill(words(c.get('view').lang).adopted, { version: outcome.change.version }))
  return answer(c, outcome, {
    onDone: `/services/improvements/${row.id}`,
    again: (wrong, refusal) => improvementPage(c, { typed: form, problems: wrong, refusal }),
  })
})

routes.post('/services/improvements/:improvement/decline', async (c) => {
  const { row } = await improvement(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(declineImprovement, ctx, row.id, form)
  return answer(c, outcome, {
    onDone: `/services/improvements/${row.id}`,
    say: words(c.get('view').lang).declineNoted,
    again: (problems, refusal) => improvementPage(c, { typed: form, problems, refusal }),
  })
})
