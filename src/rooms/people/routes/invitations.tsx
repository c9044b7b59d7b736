import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Outcome, perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { storedToken } from '#platform/password.ts'
import { fill } from '#platform/text.ts'
import * as actions from '../actions/invitation.ts'
import { endRole, handOver } from '../actions/role.ts'
import { type RoleName, teamRoles } from '../domain/office.ts'
import { InvitationPage, TeamPage } from '../pages/invitation.tsx'
import { EndRolePage, HandOverPage, InvitePage } from '../pages/office-forms.tsx'
import { isNational, may } from '../permissions.ts'
import { findAgency } from '../store/agency.ts'
import { findInvitation, findInvitationByToken, listInvitations } from '../store/invitation.ts'
import { findOffice, listHolders } from '../store/role.ts'
import { listUnits } from '../store/unit.ts'
import { words } from '../text/index.ts'
import { again, only, signedIn, typed, withActs, withInvitationActs } from './parts.ts'
import { keepLanguage, signIn } from './sign-in.ts'

export const invitations = new Hono<Env>()

/** The roles that this person may invite to in an agency as it stands. */
async function openRoles(c: C, agency: string): Promise<RoleName[]> {
  const { actor, db } = c.get('ctx')
  const allowed = (['unit', 'deputy', 'local-admin'] as const).filter((role) => may.invite(actor, { role, agency }))
  const holders = allowed.includes('local-admin') ? await listHolders(db, agency) : []
  const hasAdmin = holders.some((holder) => holder.role === 'local-admin' && !holder.ended)
  return allowed.filter((role) => role !== 'local-admin' || !hasAdmin)
}

/** Where somebody is invited to: an agency with its units, or the national team. */
async function placeOf(c: C) {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  if (!c.req.param('agency')) {
    only(c, may.seeTeam)
    const back = { href: '/people/team', label: words(c.get('view').lang).team }
    return { id: actor.id, back, units: [], roles: teamRoles as readonly RoleName[] }
  }
  const agency = found(await findAgency(db, actor, idParam(c, 'agency')))
  const [units, roles] = await Promise.all([listUnits(db, agency.id), openRoles(c, agency.id)])
  return { id: agency.id, back: { href: `/people/agencies/${agency.id}`, label: agency.name }, units, roles }
}

for (const path of ['/people/agencies/:agency/invitations/new', '/people/team/invitations/new']) {
  invitations.get(path, async (c: C) => {
    const place = await placeOf(c)
    if (place.roles.length === 0) throw new HTTPException(404)
    const unit = c.req.query('unit')
    const shown = { ...place, typed: unit ? { unit } : {} }
    return page(c, <InvitePage view={c.get('view')} action={`${place.back.href}/invitations/new`} {...shown} />)
  })

  invitations.post(path, async (c: C) => {
    const { form, ctx } = await readForm(c)
    const place = await placeOf(c)
    const shown = { ...place, typed: again(form) }
    const action = `${place.back.href}/invitations/new`
    const role = (['unit', 'deputy', 'local-admin', ...teamRoles] as const).find((role) => role === form.role)
    const fits = role && (teamRoles as readonly RoleName[]).includes(role) === !c.req.param('agency')
    if (!role || !fits) {
      if (place.roles.length === 0) throw new HTTPException(403)
      return page(
        c,
        <InvitePage view={c.get('view')} action={action} {...shown} problems={{ role: { code: 'choose' } }} />,
        422,
      )
    }
    const outcome = await perform(actions.invite(role), ctx, place.id, form)
    return answer(c, outcome, {
      onDone: place.back.href,
      say: fill(words(c.get('view').lang).invited, { email: typed(form, 'email').trim() }),
      again: (problems, refusal) => (
        <InvitePage view={c.get('view')} action={action} {...shown} problems={problems} {...(refusal && { refusal })} />
      ),
    })
  })
}

/** Back to the list that the button stood in. */
const backTo = (agency: string | null) => (agency ? `/people/agencies/${agency}` : '/people/team')

/** The invitation that a button stands beside; only whoever may see it finds it. */
async function listed(c: C) {
  const actor = signedIn(c)
  return found(await findInvitation(c.get('ctx').db, actor, idParam(c, 'invitation')))
}

invitations.post('/people/invitations/:invitation/resend', async (c) => {
  const { ctx } = await readForm(c)
  const { id, agency } = await listed(c)
  return said(c, await perform(actions.resendInvitation, ctx, id, {}), backTo(agency), 'resent')
})

invitations.post('/people/invitations/:invitation/revoke', async (c) => {
  const { ctx } = await readForm(c)
  const { id, agency } = await listed(c)
  return said(c, await perform(actions.revokeInvitation, ctx, id, {}), backTo(agency), 'revoked')
})

/** A button has no form to show again: a refusal is said on the list it stands in. */
function said(
  c: C,
  outcome: Outcome<unknown, 'invitation-used' | 'invitation-revoked'>,
  back: string,
  word: 'resent' | 'revoked',
) {
  const w = words(c.get('view').lang)
  if (outcome.kind !== 'refused') return answer(c, outcome, { onDone: back, say: w[word], again: () => <></> })
  flash(c, w[outcome.refusal])
  return c.redirect(back, 303)
}

/** What a link opens. Guessing is hopeless (256 random bits), but noisy guessing is slowed all the same. */
async function opened(c: C) {
  const { db } = c.get('ctx')
  const token = c.req.param('token') ?? ''
  const invitation = /^[\w-]{43}$/.test(token) ? await findInvitationByToken(db, storedToken(token)) : undefined
  if (!invitation && !(await withinLimit(db, `invitation:address:${c.get('address')}`, 60, 900)))
    throw new HTTPException(429)
  return { token, invitation: found(invitation) }
}

invitations.get('/people/invitations/:token', async (c) => {
  const { token, invitation } = await opened(c)
  // The address carries the secret: it must not stay in a cache.
  c.header('Cache-Control', 'no-store')
  return page(c, <InvitationPage view={c.get('view')} token={token} invitation={invitation} />)
})

invitations.post('/people/invitations/:token', async (c) => {
  const { form, ctx } = await readForm(c)
  const { token, invitation } = await opened(c)
  const view = c.get('view')
  const shown = (problems: Parameters<typeof InvitationPage>[0]['problems'], refusal?: string) => (
    <InvitationPage
      view={view}
      token={token}
      invitation={invitation}
      typed={again(form)}
      {...(problems && { problems })}
      {...(refusal && { refusal })}
    />
  )
  const secret = storedToken(token)
  if (invitation.account) {
    if (!ctx.actor.id) return page(c, shown({}, 'sign-in-first'), 409)
    const outcome = await perform(actions.acceptAsSelf(secret), ctx, invitation.id, {})
    return answer(c, outcome, { onDone: '/', say: words(view.lang).roleAdded, again: shown })
  }
  // The token of a form is kept with the reader; the reader becomes somebody by this very act.
  const { once: _, ...plain } = ctx
  const outcome = await perform(actions.acceptAsNew(secret, view.lang), plain, invitation.id, form)
  const lang = outcome.kind === 'done' ? outcome.change.lang : view.lang
  if (outcome.kind === 'done') {
    await signIn(c, outcome.change.person, null)
    keepLanguage(c, lang)
  }
  return answer(c, outcome, { onDone: '/', say: words(lang).accepted, again: shown })
})

invitations.get('/people/team', async (c) => {
  const actor = only(c, may.seeTeam)
  const { db } = c.get('ctx')
  const [holders, open] = await Promise.all([listHolders(db, null), listInvitations(db, null)])
  return page(
    c,
    <TeamPage view={c.get('view')} holders={withActs(actor, holders)} invitations={withInvitationActs(actor, open)} />,
  )
})

/** The office to be ended, for whoever may end it. */
async function officeOf(c: C) {
  const actor = signedIn(c)
  const office = found(await findOffice(c.get('ctx').db, actor, idParam(c, 'role')))
  const w = words(c.get('view').lang)
  return { office, back: { href: backTo(office.agency), label: office.agency_name ?? w.team } }
}

invitations.get('/people/roles/:role/end', async (c) => {
  const { office, back } = await officeOf(c)
  only(c, (actor) => may.endRole(actor, office))
  return page(c, <EndRolePage view={c.get('view')} office={office} back={back} />)
})

invitations.post('/people/roles/:role/end', async (c) => {
  const { form, ctx } = await readForm(c)
  const { office, back } = await officeOf(c)
  const outcome = await perform(endRole, ctx, office.id, form)
  return answer(c, outcome, {
    onDone: isNational(ctx.actor) || back.href !== '/people/team' ? back.href : '/akun',
    say: words(c.get('view').lang).roleEnded,
    again: (problems, refusal) => (
      <EndRolePage
        view={c.get('view')}
        office={office}
        back={back}
        reason={typed(form, 'reason')}
        problems={problems}
        {...(refusal && { refusal })}
      />
    ),
  })
})

async function handOverPlace(c: C) {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  const agency = found(await findAgency(db, actor, idParam(c, 'agency')))
  const holders = await listHolders(db, agency.id)
  return { agency, deputies: holders.filter((holder) => holder.role === 'deputy' && !holder.ended) }
}

invitations.get('/people/agencies/:agency/hand-over', async (c) => {
  const place = await handOverPlace(c)
  only(c, (actor) => may.handOver(actor, { agency: place.agency.id }))
  return page(c, <HandOverPage view={c.get('view')} {...place} typed={{}} />)
})

invitations.post('/people/agencies/:agency/hand-over', async (c) => {
  const { form, ctx } = await readForm(c)
  const place = await handOverPlace(c)
  const outcome = await perform(handOver, ctx, place.agency.id, form)
  const w = words(c.get('view').lang)
  const waits = outcome.kind === 'done' && outcome.change.kind === 'invited'
  // Whoever handed the own office over no longer sees the agency.
  const stays = waits || isNational(ctx.actor)
  return answer(c, outcome, {
    onDone: stays ? `/people/agencies/${place.agency.id}` : '/akun',
    say: waits ? w.handOverInvited : w.handedOver,
    again: (problems, refusal) => (
      <HandOverPage
        view={c.get('view')}
        {...place}
        typed={again(form)}
        problems={problems}
        {...(refusal && { refusal })}
      />
    ),
  })
})
