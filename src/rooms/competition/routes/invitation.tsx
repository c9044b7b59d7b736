import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform, performAll } from '#platform/action.ts'
import { answer, type C, type Env, flash, idParam, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { readGuests } from '../actions/guest-list.ts'
import { inviteToGroup, withdrawInvitation } from '../actions/invitation.ts'
import { invitedGroups, proposedFor } from '../domain/invitation.ts'
import type { Round } from '../domain/running-round.ts'
import { InvitationsPage } from '../pages/invitation.tsx'
import type { TypedGuests, WrongLine } from '../pages/invite.tsx'
import { roundPath } from '../pages/round-parts.tsx'
import { administers, may, writes } from '../permissions.ts'
import { listInvitations, listKnown, searchInvitable, standing } from '../store/invitation.ts'
import { words } from '../text/index.ts'
import { roundParam } from './round.tsx'

export const invitations = new Hono<Env>()

const nothing: TypedGuests = { group: '', pasted: '', agencies: [], innovations: [] }
type Back = {
  typed?: TypedGuests
  wrong?: readonly WrongLine[]
  withdrawal?: { id: string; reason: string; problem: string | undefined }
  refusal?: string | undefined
}

/** The invitations as this person may see them: the secretariat's page, or those of one's own agency. */
async function invitationsPage(c: C, round: Round, { typed = nothing, wrong = [], withdrawal, refusal }: Back = {}) {
  const { db, actor } = c.get('ctx')
  const listed = await listInvitations(db, actor, round.id)
  if (!may.inviteToGroup(actor))
    return <InvitationsPage view={c.get('view')} round={round} invitations={listed} refusal={refusal} />
  const asked = (c.req.query('q') ?? '').trim().slice(0, 100)
  const found = asked === '' ? { agencies: [], innovations: [] } : await searchInvitable(db, asked)
  const [register, given] = [await listKnown(db), await standing(db, round.id)]
  const proposed = new Map(
    invitedGroups(round.rules).map((group) => [group.key, proposedFor(group, register, given)] as const),
  )
  const steered = { search: { asked, ...found }, proposed, typed, wrong, withdrawal }
  return <InvitationsPage view={c.get('view')} round={round} invitations={listed} steered={steered} refusal={refusal} />
}

async function guestRound(c: C): Promise<Round> {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const round = await roundParam(c)
  if (!may.inviteToGroup(actor) && !writes(actor) && !administers(actor)) throw new HTTPException(403)
  return round
}

invitations.get('/competition/rounds/:round/invitations', async (c) =>
  page(c, await invitationsPage(c, await guestRound(c))),
)

const listOf = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat())

invitations.post('/competition/rounds/:round/invitations', async (c) => {
  const round = await guestRound(c)
  const { form, ctx } = await readForm(c)
  if (!may.inviteToGroup(ctx.actor)) throw new HTTPException(403)
  const typed: TypedGuests = {
    group: typeof form.group === 'string' ? form.group : '',
    pasted: typeof form.pasted === 'string' ? form.pasted : '',
    agencies: listOf(form.agencies),
    innovations: listOf(form.innovations),
  }
  const { guests, problems } = await readGuests(ctx.db, typed)
  if (problems.length > 0) return page(c, await invitationsPage(c, round, { typed, wrong: problems }), 422)
  if (guests.length === 0) return page(c, await invitationsPage(c, round, { typed, refusal: 'nothing-chosen' }), 422)
  const report = await performAll(
    inviteToGroup,
    ctx,
    guests.map((raw) => ({ id: round.id, raw })),
  )
  const done = report.filter(({ kind }) => kind === 'done').length
  if (done === 0) {
    const refusal = report.flatMap((each) => (each.kind === 'refused' ? each.refusal : []))[0]
    return page(c, await invitationsPage(c, round, { typed, refusal: refusal ?? 'nothing-chosen' }), 409)
  }
  const w = words(c.get('view').lang)
  const rest = report.length - done
  flash(c, fill(rest > 0 ? w.inviteDoneSome : w.inviteDone, { n: done, m: rest }))
  return c.redirect(`${roundPath(round.id)}/invitations`, 303)
})

invitations.post('/competition/rounds/:round/invitations/:invitation/withdrawal', async (c) => {
  const round = await guestRound(c)
  const id = idParam(c, 'invitation')
  const { form, ctx } = await readForm(c)
  const w = words(c.get('view').lang)
  return answer(c, await perform(withdrawInvitation, ctx, id, form), {
    onDone: `${roundPath(round.id)}/invitations`,
    say: w.uninviteDone,
    again: (problems, refusal) => {
      const reason = typeof form.reason === 'string' ? form.reason : ''
      const problem = problems.reason && w['reason-short']
      return invitationsPage(c, round, { refusal, ...(problem && { withdrawal: { id, reason, problem } }) })
    },
  })
})
