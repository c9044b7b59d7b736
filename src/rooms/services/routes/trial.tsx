import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { parse as parseYaml, stringify } from 'yaml'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { editDraft, tryDraft } from '../actions/draft.ts'
import type { Objection } from '../domain/form.ts'
import { movesFrom, say } from '../domain/held.ts'
import { nationalHolidays } from '../domain/holidays.ts'
import { parse } from '../domain/package/document.ts'
import type { Example } from '../domain/package/format/example.ts'
import type { Package } from '../domain/package/format/index.ts'
import { nameFrom } from '../domain/studio/documents.ts'
import { languagesOf } from '../domain/studio/fresh.ts'
import { asExample, durationOf, freshTrial, nextDue, played, triable } from '../domain/studio/trial.ts'
import { typedOf } from '../domain/typed.ts'
import { ExamplePage, ExamplesPage } from '../pages/example.tsx'
import { TrialPage } from '../pages/trial.tsx'
import { type Draft, findTrial } from '../store/draft.ts'
import { words } from '../text/index.ts'
import { documentAt, draftAt, judged, openedDraft, playedExamples, shownProblem } from './draft-parts.ts'
import { withMedia } from './media.ts'
import { type Asking, actOf, askMove, settleMove } from './moving.tsx'
import { signedIn } from './parts.ts'
import { caseShown, momentOf, stepsShown, today } from './trial-shown.ts'

export const routes = new Hono<Env>()
const holidays = nationalHolidays()

/** The draft of the address with what this person is trying; what is wrong first, where it cannot be tried yet. */
async function tried(c: C) {
  const draft = await openedDraft(c)
  const example =
    (await findTrial(c.get('ctx').db, draft, signedIn(c).id)) ??
    freshTrial(`${today(c.get('ctx').clock.now(), draft.zone)}T08:00`, draft.zone)
  return { draft, example, read: triable(draft.documents) }
}

async function trialPage(
  c: C,
  draft: Draft,
  example: Example,
  again: { refusal?: string | undefined; typed?: Form } = {},
) {
  const view = c.get('view')
  const { lang } = view
  const read = triable(draft.documents)
  const at = `${draftAt(draft)}/try`
  const shared = { view, draft, begins: example.begins, settings: settingsText(example), ...again }
  if (!read.ok) {
    const errors = read.problems.filter(({ level }) => level === 'error').map((one) => shownProblem(draft, one, lang))
    return <TrialPage {...shared} now="" steps={[]} cases={[]} opens={[]} next={null} errors={errors} />
  }
  const pkg = read.value
  const trial = played(pkg, example, holidays)
  const due = nextDue(pkg, example, trial, holidays)
  const opens = trial.cases.has(pkg.manifest.main)
    ? []
    : movesFrom(pkg, pkg.manifest.main, '').flatMap((move) =>
        move.roles.map((role) => ({
          href: `${at}/moves/${pkg.manifest.main}.${role}.${move.id}`,
          label: fill(words(lang).tryAs, {
            move: say(move.names, lang),
            role: say(pkg.roles.find(({ id }) => id === role)!.names, lang),
          }),
        })),
      )
  return (
    <TrialPage
      {...shared}
      now={momentOf(trial.now, example, lang)}
      steps={stepsShown(pkg, example, trial.steps, lang, false)}
      cases={[...trial.cases.values()].map((it) => caseShown(pkg, example, it, lang, at))}
      opens={opens}
      next={due === undefined ? null : momentOf(due, example, lang)}
      errors={[]}
    />
  )
}

const settingsText = ({ settings }: Example) => (Object.keys(settings).length > 0 ? stringify(settings).trimEnd() : '')

routes.get('/services/studio/drafts/:draft/try', async (c) => {
  const { draft, example } = await tried(c)
  return page(c, await trialPage(c, draft, example))
})

type Step = Example['steps'][number]

/** Go on with a trial by these steps, and show where it stands. */
async function goOn(c: C, change: (example: Example, pkg: Package) => Example | undefined) {
  const { draft, example, read } = await tried(c)
  const { form, ctx } = await readForm(c)
  const next = read.ok ? change(example, read.value) : undefined
  if (!next) return page(c, await trialPage(c, draft, example, { typed: form }), 422)
  return answer(c, await perform(tryDraft, ctx, draft.id, next), {
    onDone: `${draftAt(draft)}/try`,
    again: (_, refusal) => trialPage(c, draft, example, { refusal, typed: form }),
  })
}
const withStep = (example: Example, step: Step): Example => ({ ...example, steps: [...example.steps, step] })

routes.post('/services/studio/drafts/:draft/try/time', async (c) => {
  const form = await readForm(c)
  const amount = (name: string, most: number) => Math.min(most, Math.max(0, Math.trunc(Number(form.form[name]) || 0)))
  const [days, hours] = [amount('days', 3660), amount('hours', 87_840)]
  return goOn(c, (example, pkg) => {
    const trial = played(pkg, example, holidays)
    const due = form.form.until === 'next' ? nextDue(pkg, example, trial, holidays) : undefined
    const ms = due === undefined ? (days * 24 + hours) * 3_600_000 : Math.max(1000, due - trial.now)
    return ms > 0 ? withStep(example, { after: durationOf(ms) }) : undefined
  })
})

routes.post('/services/studio/drafts/:draft/try/back', (c) =>
  goOn(c, (example) => ({ ...example, steps: example.steps.slice(0, -1) })),
)

routes.post('/services/studio/drafts/:draft/try/withdrawals/:purpose', (c) =>
  goOn(c, (example, pkg) => {
    const withdraw = c.req.param('purpose')
    return pkg.purposes.some(({ id }) => id === withdraw) ? withStep(example, { withdraw }) : undefined
  }),
)

routes.post('/services/studio/drafts/:draft/try/again', async (c) => {
  const { form } = await readForm(c)
  return goOn(c, (example) => {
    const begins =
      /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(String(form.begins)) && !Number.isNaN(Date.parse(String(form.begins)))
        ? String(form.begins)
        : example.begins
    const { document } = parse('settings.yaml', new TextEncoder().encode(String(form.settings ?? '')))
    const settings = document?.content
    const given =
      settings && typeof settings === 'object' && !Array.isArray(settings) ? (settings as Example['settings']) : {}
    return freshTrial(begins, example.zone, given)
  })
})

/** A move of the trial: `flow.role.move`, as its links name it. */
async function triedMove(c: C) {
  const { draft, example, read } = await tried(c)
  if (!read.ok) throw new HTTPException(404)
  const pkg = read.value
  const [flow = '', role = '', id = ''] = (c.req.param('move') ?? '').split('.')
  const move = found(
    pkg.flows.find((one) => one.id === flow)?.moves.find((one) => one.id === id && one.roles.includes(role)),
  )
  const { cases } = played(pkg, example, holidays)
  const it = cases.get(flow)
  const view = c.get('view')
  const form = pkg.forms.find((one) => one.id === move.form)
  const asking: Asking = {
    pkg,
    move,
    title: fill(words(view.lang).tryAs, {
      move: say(move.names, view.lang),
      role: say(pkg.roles.find((one) => one.id === role)!.names, view.lang),
    }),
    action: `${draftAt(draft)}/try/moves/${flow}.${role}.${id}`,
    keeps: null,
    trail: [
      { href: '/services/studio', label: words(view.lang).studio },
      { href: draftAt(draft), label: draft.title },
      { href: `${draftAt(draft)}/try`, label: words(view.lang).tryIt },
    ],
    region: draft.region,
    typed: form && it ? (typedOf(form, it.data) as Form) : {},
    known: new Set(),
  }
  return { draft, example, pkg, flow, role, id, it, asking }
}

routes.get('/services/studio/drafts/:draft/try/moves/:move', async (c) => askMove(c, (await triedMove(c)).asking))

routes.post('/services/studio/drafts/:draft/try/moves/:move', async (c) => {
  const { draft, example, pkg, flow, role, asking } = await triedMove(c)
  const { form: typed, ctx } = await readForm(c)
  const asked = pkg.forms.find(({ id }) => id === asking.move.form)
  const form = await withMedia(c, null, asked, typed)
  const { move, answers, reason, despite } = actOf(asking, form)
  const step: Step = {
    do: move,
    as: role,
    ...(Object.keys(answers).length > 0 ? { with: answers } : {}),
    ...(reason ? { reason } : {}),
    ...(Object.keys(despite).length > 0 ? { despite } : {}),
    ...(flow === pkg.manifest.main ? {} : { in: flow }),
  }
  const last = played(pkg, withStep(example, step), holidays).steps.at(-1)!
  // A refusal of the form is mended on its page; any other is part of what was tried, and may be kept as an example.
  const mendable = form.keep !== 'ya' && last.refused !== undefined
  return settleMove<{ steps: number }>(
    c,
    asking,
    form,
    async (context, _raw, heard) => {
      if (mendable) {
        heard(last.objections as Objection[])
        const refusal =
          last.objections.length > 0
            ? 'form'
            : last.refused === 'reason-needed'
              ? 'reason-needed'
              : last.refused === 'guard'
                ? 'guard'
                : last.refused?.startsWith('rule:')
                  ? 'rule-failed'
                  : 'not-from-here'
        return { kind: 'refused', refusal }
      }
      const outcome = await perform(tryDraft, context, draft.id, withStep(example, step))
      return outcome.kind === 'refused' ? { kind: 'refused', refusal: 'not-from-here' } : outcome
    },
    ctx,
    { onDone: `${draftAt(draft)}/try` },
  )
})

routes.post('/services/studio/drafts/:draft/try/example', async (c) => {
  const { draft, example, read } = await tried(c)
  const { form, ctx } = await readForm(c)
  const name = String(form.name ?? '')
    .trim()
    .slice(0, 60)
  if (!read.ok || example.steps.length === 0 || name.length < 2)
    return page(c, await trialPage(c, draft, example, { refusal: 'name-needed', typed: form }), 422)
  const langs = languagesOf(draft.documents)
  const taken = new Set(Object.keys(draft.documents).map((path) => path.replace('examples/', '')))
  const id = nameFrom(name, taken)
  const kept = asExample(read.value, example, holidays, {
    id,
    names: Object.fromEntries(langs.map((lang) => [lang, name])),
  })
  // As it will be read again: dates and numbers as text has them.
  const document: unknown = parseYaml(stringify(kept))
  const edit = {
    revision: draft.revision,
    paths: [`examples/${id}`],
    change: (documents: Draft['documents']) => ({ ...documents, [`examples/${id}`]: document }),
  }
  return answer(c, await perform(editDraft(edit), ctx, draft.id, {}), {
    onDone: `${draftAt(draft)}/examples/${id}`,
    say: words(c.get('view').lang).trySaved,
    again: (_, refusal) => trialPage(c, draft, example, { refusal, typed: form }),
  })
})

routes.get('/services/studio/drafts/:draft/examples', async (c) => {
  const draft = await openedDraft(c)
  const view = c.get('view')
  const { pkg, problems } = judged(draft)
  const rows = playedExamples(draft).map(({ example, problems: wrong }) => {
    const found = pkg!.examples.find(({ id }) => id === example)!
    return {
      href: `${draftAt(draft)}/examples/${example}`,
      name: say(found.names, view.lang),
      steps: found.steps.length,
      problems: wrong.length,
    }
  })
  const errors = problems.filter(({ level }) => level === 'error').map((one) => shownProblem(draft, one, view.lang))
  return page(c, <ExamplesPage view={view} draft={draft} rows={rows} errors={errors} />)
})

routes.get('/services/studio/drafts/:draft/examples/:example', async (c) => {
  const draft = await openedDraft(c)
  const view = c.get('view')
  const id = c.req.param('example')
  const path = `examples/${id}`
  if (!Object.hasOwn(draft.documents, path)) throw new HTTPException(404)
  const { pkg } = judged(draft)
  const example = pkg?.examples.find((one) => one.id === id)
  // What cannot be read yet is mended first.
  if (!pkg || !example) return c.redirect(documentAt(draft, path), 303)
  const { steps } = played(pkg, example, holidays)
  return page(
    c,
    <ExamplePage
      view={view}
      draft={draft}
      name={say(example.names, view.lang)}
      steps={stepsShown(pkg, example, steps, view.lang, true)}
      editHref={documentAt(draft, path)}
    />,
  )
})
