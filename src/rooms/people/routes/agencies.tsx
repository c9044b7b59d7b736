import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { tellEvent } from '#platform/events.ts'
import { answer, type C, type Env, type Form, found, idParam, page, pageNumber, readForm } from '#platform/http.ts'
import * as actions from '../actions/agency.ts'
import { agencyKinds, type Region } from '../domain/agency.ts'
import { administered, isNational } from '../domain/office.ts'
import { events } from '../events.ts'
import { AgenciesPage, AgencyFormPage, type AgencyTyped } from '../pages/agencies.tsx'
import { AgencyPage } from '../pages/agency.tsx'
import { UnitFormPage } from '../pages/office-forms.tsx'
import { regionLabel } from '../pages/region.tsx'
import { may } from '../permissions.ts'
import { type AgencyFilter, findAgency, listAgencies } from '../store/agency.ts'
import { historyOfAgency } from '../store/audit.ts'
import { listInvitations } from '../store/invitation.ts'
import { findRegion, listProvinces } from '../store/region.ts'
import { listHolders } from '../store/role.ts'
import { listUnits } from '../store/unit.ts'
import { words } from '../text/index.ts'
import { again, only, signedIn, typed, withActs, withInvitationActs } from './parts.ts'
import { resolveRegion } from './regions.tsx'

export const agencies = new Hono<Env>()
const size = 50

/** The room's front door leads to where this reader works. */
agencies.get('/people', (c) => {
  const actor = only(c, (actor) => isNational(actor) || administered(actor).length > 0)
  return c.redirect(isNational(actor) ? '/people/agencies' : `/people/agencies/${administered(actor)[0]}`, 303)
})

agencies.get('/people/agencies', async (c) => {
  const actor = only(c, may.seeAgencies)
  const { db } = c.get('ctx')
  const q = c.req.query('q')?.trim().slice(0, 100)
  const kind = agencyKinds.find((kind) => kind === c.req.query('kind'))
  const province = /^\d\d$/.exec(c.req.query('province') ?? '')?.[0]
  const filter: AgencyFilter = { ...(q && { q }), ...(kind && { kind }), ...(province && { province }) }
  const number = pageNumber(c)
  const [list, provinces] = await Promise.all([listAgencies(db, actor, filter, number, size), listProvinces(db)])
  return page(
    c,
    <AgenciesPage view={c.get('view')} {...list} page={number} size={size} filter={filter} provinces={provinces} />,
  )
})

const anywhere = ['province', 'regency', 'city'] as const

function formPage(
  c: C,
  at: { agency?: { id: string; name: string } },
  shown: Omit<Parameters<typeof AgencyFormPage>[0], 'view' | 'action' | 'title' | 'button' | 'back'>,
) {
  const w = words(c.get('view').lang)
  const here = at.agency && `/people/agencies/${at.agency.id}`
  return (
    <AgencyFormPage
      view={c.get('view')}
      action={here ? `${here}/edit` : '/people/agencies'}
      title={here ? w.editAgency : w.addAgency}
      button={here ? w.save : w.addAgency}
      back={here ? { href: here, label: at.agency!.name } : { href: '/people/agencies', label: w.agencies }}
      {...shown}
    />
  )
}

/** What was typed, with the region found; `input` is what the action reads. */
async function readAgency(c: C, form: Form) {
  const resolved = await resolveRegion(c.get('ctx').db, typed(form, 'region'), typed(form, 'region_choice'), anywhere)
  const region: Region | null = resolved.region ?? null
  return {
    resolved,
    region,
    wanted: { code: typed(form, 'code'), name: typed(form, 'name') },
    input: { ...form, region: region?.code ?? null },
  }
}

agencies.get('/people/agencies/new', (c) => {
  only(c, may.addAgency)
  return page(c, formPage(c, {}, { typed: {} }))
})

agencies.post('/people/agencies', async (c) => {
  const { form, ctx } = await readForm(c)
  const actor = signedIn(c)
  const { resolved, region, wanted, input } = await readAgency(c, form)
  const shown = again(form) as AgencyTyped
  if (resolved.problem && may.addAgency(actor))
    return page(
      c,
      formPage(c, {}, { typed: shown, problems: { region: resolved.problem }, choices: resolved.choices }),
      422,
    )
  const outcome = await perform(actions.addAgency(wanted, region), ctx, actor.id, input)
  return answer(c, outcome, {
    onDone: ({ id }) => `/people/agencies/${id}`,
    say: words(c.get('view').lang).agencyAdded,
    again: (problems, refusal) => formPage(c, {}, { typed: shown, problems, ...(refusal && { refusal }) }),
  })
})

agencies.get('/people/agencies/:agency', async (c) => {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  const view = c.get('view')
  const agency = found(await findAgency(db, actor, idParam(c, 'agency')))
  const [units, held, invited, happened] = await Promise.all([
    listUnits(db, agency.id),
    listHolders(db, agency.id),
    listInvitations(db, agency.id),
    historyOfAgency(db, agency.id),
  ])
  const history = happened.map((event) => ({
    at: event.at,
    who: event.actor,
    what: tellEvent(events, event, view.lang),
  }))
  const holders = withActs(actor, held)
  const invitations = withInvitationActs(actor, invited)
  const hasAdmin = held.some((holder) => holder.role === 'local-admin' && !holder.ended)
  const invites = (role: 'unit' | 'local-admin') => may.invite(actor, { role, agency: agency.id })
  const acts = {
    invite: invites('unit') || (!hasAdmin && invites('local-admin')),
    addUnit: may.addUnit(actor, agency),
    renameUnit: may.renameUnit(actor, { agency: agency.id }),
    handOver: hasAdmin && may.handOver(actor, { agency: agency.id }),
    change: may.changeAgency(actor),
  }
  return page(c, <AgencyPage {...{ view, agency, units, holders, invitations, history, acts }} />)
})

agencies.get('/people/agencies/:agency/edit', async (c) => {
  const actor = only(c, may.changeAgency)
  const { db } = c.get('ctx')
  const agency = found(await findAgency(db, actor, idParam(c, 'agency')))
  const region = agency.region ? await findRegion(db, agency.region) : undefined
  const { code, kind, name } = agency
  return page(c, formPage(c, { agency }, { typed: { code, kind, name, region: region ? regionLabel(region) : '' } }))
})

agencies.post('/people/agencies/:agency/edit', async (c) => {
  const { form, ctx } = await readForm(c)
  const actor = signedIn(c)
  const agency = found(await findAgency(ctx.db, actor, idParam(c, 'agency')))
  const { resolved, region, wanted, input } = await readAgency(c, form)
  const shown = again(form) as AgencyTyped
  if (resolved.problem && may.changeAgency(actor)) {
    const problems = { region: resolved.problem }
    return page(c, formPage(c, { agency }, { typed: shown, problems, choices: resolved.choices }), 422)
  }
  const outcome = await perform(actions.editAgency(wanted, region), ctx, agency.id, input)
  return answer(c, outcome, {
    onDone: `/people/agencies/${agency.id}`,
    say: words(c.get('view').lang).agencySaved,
    again: (problems, refusal) => formPage(c, { agency }, { typed: shown, problems, ...(refusal && { refusal }) }),
  })
})

/** The agency whose unit is added or renamed; for whoever may not, there is no such page. */
async function agencyForUnits(c: C) {
  const actor = signedIn(c)
  const agency = found(await findAgency(c.get('ctx').db, actor, idParam(c, 'agency')))
  return { agency, back: { href: `/people/agencies/${agency.id}`, label: agency.name } }
}

agencies.get('/people/agencies/:agency/units/new', async (c) => {
  const { agency, back } = await agencyForUnits(c)
  only(c, (actor) => may.addUnit(actor, agency))
  return page(c, <UnitFormPage view={c.get('view')} action={`${back.href}/units`} renaming={false} back={back} />)
})

agencies.post('/people/agencies/:agency/units', async (c) => {
  const { form, ctx } = await readForm(c)
  const { agency, back } = await agencyForUnits(c)
  const outcome = await perform(actions.addUnit, ctx, agency.id, form)
  return answer(c, outcome, {
    onDone: ({ id }) => `${back.href}/invitations/new?unit=${id}`,
    say: words(c.get('view').lang).unitAdded,
    again: (problems, refusal) => (
      <UnitFormPage
        view={c.get('view')}
        action={`${back.href}/units`}
        renaming={false}
        back={back}
        name={typed(form, 'name')}
        problems={problems}
        {...(refusal && { refusal })}
      />
    ),
  })
})

async function unitOf(c: C, agency: string) {
  const units = await listUnits(c.get('ctx').db, agency)
  return found(units.find((unit) => unit.id === idParam(c, 'unit')))
}

agencies.get('/people/agencies/:agency/units/:unit/edit', async (c) => {
  const { agency, back } = await agencyForUnits(c)
  only(c, (actor) => may.renameUnit(actor, { agency: agency.id }))
  const unit = await unitOf(c, agency.id)
  const action = `${back.href}/units/${unit.id}/edit`
  return page(c, <UnitFormPage view={c.get('view')} action={action} renaming back={back} name={unit.name} />)
})

agencies.post('/people/agencies/:agency/units/:unit/edit', async (c) => {
  const { form, ctx } = await readForm(c)
  const { agency, back } = await agencyForUnits(c)
  const unit = await unitOf(c, agency.id)
  const outcome = await perform(actions.renameUnit, ctx, unit.id, form)
  return answer(c, outcome, {
    onDone: back.href,
    say: words(c.get('view').lang).unitRenamed,
    again: (problems, refusal) => (
      <UnitFormPage
        view={c.get('view')}
        action={`${back.href}/units/${unit.id}/edit`}
        renaming
        back={back}
        name={typed(form, 'name')}
        problems={problems}
        {...(refusal && { refusal })}
      />
    ),
  })
})
