import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { publishRound } from '../actions/round.ts'
import { createRound, dropChanges, editRound } from '../actions/round-edit.ts'
import { extendRound, publishVersion } from '../actions/round-version.ts'
import { affectedBy, notesDiffer } from '../domain/affected.ts'
import { ruleChanges } from '../domain/difference.ts'
import { columnsAt, sectionsOf } from '../domain/round-fields.ts'
import { applySection } from '../domain/round-form.ts'
import { afterRowAct, rowActOf } from '../domain/round-rows.ts'
import type { Round } from '../domain/running-round.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { RoundPage } from '../pages/round.tsx'
import { ChangesPage, ExtensionPage, NewRoundPage } from '../pages/round-decide.tsx'
import { EditRoundPage } from '../pages/round-edit.tsx'
import { roundPath } from '../pages/round-parts.tsx'
import { EditSectionPage } from '../pages/round-section.tsx'
import { may } from '../permissions.ts'
import { listOwners, listTakingPart } from '../store/affected.ts'
import { findRound, listRounds, listStages } from '../store/round.ts'
import { findDraft } from '../store/round-draft.ts'
import { words } from '../text/index.ts'

/** What the secretariat does with rounds. Comes before the addresses of single rounds, of which `new` would be one. */
export const roundEditing = new Hono<Env>()

function secretariatOnly(c: C) {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return may.editRound(actor)
}

/** The round in the address, for the secretariat: others learn of a draft nothing, of a published round that they may not. */
async function roundToEdit(c: C): Promise<Round> {
  const allowed = secretariatOnly(c)
  const round = await findRound(c.get('ctx').db, idParam(c, 'round'))
  if (!round || (round.state === 'draft' && !allowed)) throw new HTTPException(404)
  if (!allowed) throw new HTTPException(403)
  return round
}

type Typed = Record<string, string | string[] | undefined>

async function newPage(c: C, typed: Typed, problems: Problems = {}, refusal?: string) {
  const { lang } = c.get('view')
  const here = await listRounds(c.get('ctx').db, { drafts: true })
  const sources = [
    ...here.map(({ id, key, rules }) => ({ value: id, label: `${rules.name[lang]} (${key})` })),
    ...shippedRounds()
      .reverse()
      .filter(({ key }) => !here.some((round) => round.key === key))
      .map((rules) => ({ value: `shipped:${rules.key}`, label: rules.name[lang] })),
  ]
  return <NewRoundPage view={c.get('view')} sources={sources} typed={typed} problems={problems} refusal={refusal} />
}

roundEditing.get('/competition/rounds/new', async (c) => {
  if (!secretariatOnly(c)) throw new HTTPException(403)
  return page(c, await newPage(c, { year: String(c.get('view').now.getFullYear() + 1) }))
})

roundEditing.post('/competition/rounds/new', async (c) => {
  if (!secretariatOnly(c)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  // Where everything is a demonstration, so is what is made here: the gallery then never shows it as fact.
  const { demo } = c.get('view')
  return answer(c, await perform(createRound, ctx, 'new', { ...form, demo }), {
    onDone: ({ id }) => `${roundPath(id)}/edit`,
    say: words(c.get('view').lang).roundCreated,
    again: (problems, refusal) => newPage(c, form, problems, refusal),
  })
})

const editPage = async (c: C, round: Round, refusal?: string) => (
  <EditRoundPage view={c.get('view')} round={round} draft={await findDraft(c.get('ctx').db, round)} refusal={refusal} />
)

roundEditing.get('/competition/rounds/:round/edit', async (c) => page(c, await editPage(c, await roundToEdit(c))))

roundEditing.get('/competition/rounds/:round/preview', async (c) => {
  const round = await roundToEdit(c)
  const { db } = c.get('ctx')
  const { rules } = await findDraft(db, round)
  const stages = await listStages(db, round.id)
  const powers = { steer: false, write: false, hosted: false }
  return page(
    c,
    <RoundPage
      view={c.get('view')}
      round={{ ...round, rules }}
      stages={stages}
      versions={[]}
      powers={powers}
      preview
    />,
  )
})

roundEditing.post('/competition/rounds/:round/edit/discard', async (c) => {
  const round = await roundToEdit(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(dropChanges, ctx, round.id, {}), {
    onDone: roundPath(round.id),
    say: words(c.get('view').lang).changesDropped,
    again: (_, refusal) => editPage(c, round, refusal),
  })
})

async function sectionParam(c: C) {
  const round = await roundToEdit(c)
  const draft = await findDraft(c.get('ctx').db, round)
  const section = c.req.param('section') ?? ''
  if (!sectionsOf(draft.rules).includes(section)) throw new HTTPException(404)
  return { round, draft, section }
}

roundEditing.get('/competition/rounds/:round/edit/:section', async (c) =>
  page(c, <EditSectionPage view={c.get('view')} {...(await sectionParam(c))} />),
)

roundEditing.post('/competition/rounds/:round/edit/:section', async (c) => {
  const held = await sectionParam(c)
  const { form, ctx } = await readForm(c)
  // Nothing is saved: what a device kept is shown in its own rows.
  if (form.row === 'show') return page(c, <EditSectionPage view={c.get('view')} {...held} typed={form} />)
  const act = typeof form.row === 'string' ? rowActOf(form.row) : null
  const columns = act && columnsAt(held.draft.rules, held.section, act.path)
  if (act && columns) {
    const typed = afterRowAct(form, columns, act)
    return page(c, <EditSectionPage view={c.get('view')} {...held} typed={typed} touched={act.path} />)
  }
  const outcome = await perform(editRound(held.draft.rules, held.section), ctx, held.round.id, form)
  return answer(c, outcome, {
    onDone: `${roundPath(held.round.id)}/edit`,
    say: words(c.get('view').lang).sectionSaved,
    again: (problems, refusal) => {
      const applied = applySection(held.draft.rules, held.section, form)
      return (
        <EditSectionPage
          view={c.get('view')}
          {...held}
          typed={form}
          problems={problems}
          places={applied.ok ? [] : applied.places}
          refusal={refusal}
        />
      )
    },
  })
})

roundEditing.post('/competition/rounds/:round/publication', async (c) => {
  const round = await roundToEdit(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(publishRound, ctx, round.id, form), {
    onDone: roundPath(round.id),
    say: words(c.get('view').lang).published,
    again: (_, refusal) => editPage(c, round, refusal ?? 'rules-not-ready'),
  })
})

async function changesPage(c: C, round: Round, typed: Typed, problems: Problems = {}, refusal?: string) {
  const { db } = c.get('ctx')
  const draft = await findDraft(db, round)
  const changes = ruleChanges(round.rules, draft.rules)
  const [proposals, owners] = [await listTakingPart(db, round.id), await listOwners(db, round.id)]
  return (
    <ChangesPage
      view={c.get('view')}
      round={round}
      draft={draft}
      changes={changes}
      affected={affectedBy(changes, { before: round.rules, after: draft.rules }, proposals, owners)}
      notes={notesDiffer(round.rules, draft.rules)}
      typed={typed}
      problems={problems}
      refusal={refusal}
    />
  )
}

roundEditing.get('/competition/rounds/:round/changes', async (c) =>
  page(c, await changesPage(c, await roundToEdit(c), {})),
)

roundEditing.post('/competition/rounds/:round/changes', async (c) => {
  const round = await roundToEdit(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(publishVersion, ctx, round.id, form), {
    onDone: ({ rules }) => `${roundPath(round.id)}#version-${rules.version}`,
    say: words(c.get('view').lang).changesPublished,
    again: (problems, refusal) => changesPage(c, round, form, problems, refusal),
  })
})

roundEditing.get('/competition/rounds/:round/extension', async (c) =>
  page(c, <ExtensionPage view={c.get('view')} round={await roundToEdit(c)} typed={{}} />),
)

roundEditing.post('/competition/rounds/:round/extension', async (c) => {
  const round = await roundToEdit(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(extendRound, ctx, round.id, form), {
    onDone: `${roundPath(round.id)}#extensions`,
    say: words(c.get('view').lang).extended,
    again: (problems, refusal) => (
      <ExtensionPage view={c.get('view')} round={round} typed={form} problems={problems} refusal={refusal} />
    ),
  })
})
