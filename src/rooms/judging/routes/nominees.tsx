import { Hono } from 'hono'
import { listPassed } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import type { Problems } from '#platform/problems.ts'
import { addNominee, nominate, proposalOf, settleTie } from '../actions/nominee.ts'
import { NomineesPage } from '../pages/nominees.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listNomineeRows, listNominees, releasedStandings } from '../store/nominee.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const nominees = new Hono<Env>()

type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }

async function nomineesPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  const rows = await listNomineeRows(db, round.id)
  const all = await listNominees(db, round.id)
  const entries = await listPassed(db, round.id)
  const standings = await releasedStandings(db, round.id)
  const proposed = proposalOf({ round, standings, nominees: all })
  const titles = new Map(entries.map((entry) => [entry.id, entry.title]))
  const removed = all.filter((n) => n.removed).map((n) => ({ ...n, title: titles.get(n.proposal) ?? '' }))
  return (
    <NomineesPage
      view={c.get('view')}
      round={round}
      rows={rows}
      removed={removed}
      proposal={proposed.ok ? { cells: proposed.change } : { missing: proposed.refusal }}
      others={entries}
      mayNominate={mayPanel.nominate(actor)}
      {...again}
    />
  )
}

nominees.get('/judging/rounds/:round/nominees', async (c) => page(c, await nomineesPage(c)))

nominees.post('/judging/rounds/:round/nominees', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(nominate, ctx, id, form), {
    onDone: `/judging/rounds/${id}/nominees`,
    say: panelWords(c.get('view').lang).nominated,
    again: (problems, refusal) => nomineesPage(c, { problems, refusal }),
  })
})

nominees.post('/judging/rounds/:round/nominees/tie', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(settleTie, ctx, id, form), {
    onDone: `/judging/rounds/${id}/nominees`,
    say: panelWords(c.get('view').lang).tieSettled,
    again: (problems, refusal) => nomineesPage(c, { typed: form, problems, refusal }),
  })
})

nominees.post('/judging/rounds/:round/nominees/add', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  const entry = typeof form.entry === 'string' && isId(form.entry) ? form.entry : undefined
  if (!entry && mayPanel.nominate(ctx.actor))
    return page(
      c,
      await nomineesPage(c, { typed: { ...form, entry: '' }, problems: { entry: { code: 'choose' } } }),
      422,
    )
  return answer(c, await perform(addNominee, ctx, entry ?? id, form), {
    onDone: `/judging/rounds/${id}/nominees`,
    say: panelWords(c.get('view').lang).nomineeAdded,
    again: (problems, refusal) => nomineesPage(c, { typed: form, problems, refusal }),
  })
})
