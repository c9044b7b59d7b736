import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs.ts'
import { post } from '#platform/mail.ts'
import { hashPassword, newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Lang } from '#platform/text.ts'
import { judgePassword } from '../domain/account.ts'
import {
  type Establishment,
  type Invitation,
  invitationDays,
  judgeInvitation,
  judgePost,
  type Post,
  type RoleName,
  teamRoles,
} from '../domain/office.ts'
import { acceptForm, inviteForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as accounts from '../store/account.ts'
import * as invitations from '../store/invitation.ts'
import * as roles from '../store/role.ts'
import { handedOverLetters, invitationLetter } from './letters.ts'

type Token = Unsaid<{ token: string; stored: Buffer }>
type NewInvitation = Post & {
  id: string
  name: string
  email: string
  lang: Lang
  hand_over: string | null
  secret: Token
}

export const expiryFrom = (now: Date) => new Date(now.getTime() + invitationDays * 86_400_000)

/** Write an invitation and post its letter. Used by a single invitation, a hand-over, and the import. */
export async function sendInvitations(
  tx: Parameters<typeof post>[0] & Parameters<typeof invitations.addInvitations>[0],
  list: readonly (NewInvitation & { agencyName: string | null; unitName: string | null })[],
  at: { now: Date; by: string | null },
): Promise<void> {
  const times = { sent: at.now, expires: expiryFrom(at.now) }
  const known = await invitations.knownLanguages(
    tx,
    list.map(({ email }) => email),
  )
  await invitations.addInvitations(
    tx,
    list.map(({ secret, agencyName: _, unitName: __, ...invitation }) => ({
      ...invitation,
      ...times,
      by: at.by,
      token: secret.value.stored,
    })),
  )
  await post(
    tx,
    list.map((each) =>
      invitationLetter(
        { ...each, lang: known.get(each.email) ?? each.lang, expires: times.expires },
        each.secret.value.token,
      ),
    ),
  )
}

type PostRefusal = 'unit-unknown' | 'agency-has-admin' | 'admin-invited' | 'role-held' | 'invitation-open'

/** Invite somebody to an office: of an agency (`id` is the agency's) or of the national team (`id` is one's own). */
export const invite = (
  role: RoleName,
): Action<Establishment, z.output<typeof inviteForm>, NewInvitation, PostRefusal> => ({
  name: 'people.person-invited',
  find: (teamRoles as readonly string[]).includes(role) ? invitations.holdTeam : invitations.holdEstablishment,
  may: (actor, { agency }) => may.invite(actor, { role, agency }),
  input: inviteForm,
  decide: (at, { name, email, lang, unit }, { now }) => {
    const wanted = { role, agency: at.agency, unit: role === 'unit' ? (unit ?? null) : null }
    const judged = judgePost(at, { ...wanted, email, handOver: false }, now)
    if (!judged.ok) return judged
    return decide({ ...wanted, id: newId(), name, email, lang, hand_over: null, secret: new Unsaid(newToken()) })
  },
  save: (tx, at, invitation, { now, actor }) => {
    const unitName = at.units.find((unit) => unit.id === invitation.unit)?.name ?? null
    return sendInvitations(tx, [{ ...invitation, agencyName: at.agencyName, unitName }], { now, by: actor.id })
  },
  // Names and addresses stay out of the record: it cannot be forgotten from.
  tell: ({ role, unit }) => ({ role, ...(unit && { unit }) }),
  scope: (at) => at.agency,
  subject: ({ id }) => id,
})

type Held = Invitation & { agency_name: string | null; unit_name: string | null }

/** A new link for an invitation that was lost or has expired. */
export const resendInvitation: Action<
  Held,
  Record<string, never>,
  { secret: Token },
  'invitation-used' | 'invitation-revoked'
> = {
  name: 'people.invitation-resent',
  find: invitations.holdInvitation,
  may: may.resendInvitation,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (invitation) => {
    if (invitation.used) return refuse('invitation-used')
    return invitation.revoked ? refuse('invitation-revoked') : decide({ secret: new Unsaid(newToken()) })
  },
  save: async (tx, invitation, { secret }, { now }) => {
    const fresh = { token: secret.value.stored, sent: now, expires: expiryFrom(now) }
    await invitations.renewInvitation(tx, invitation.id, fresh)
    const { agency_name: agencyName, unit_name: unitName } = invitation
    const lang = (await invitations.knownLanguages(tx, [invitation.email])).get(invitation.email) ?? invitation.lang
    await post(tx, [invitationLetter({ ...invitation, ...fresh, lang, agencyName, unitName }, secret.value.token)])
  },
  tell: (_, { role }) => ({ role }),
  scope: ({ agency }) => agency,
}

export const revokeInvitation: Action<Held, Record<string, never>, object, 'invitation-used' | 'invitation-revoked'> = {
  name: 'people.invitation-revoked',
  find: invitations.holdInvitation,
  may: may.revokeInvitation,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (invitation) => {
    if (invitation.used) return refuse('invitation-used')
    return invitation.revoked ? refuse('invitation-revoked') : decide({})
  },
  save: (tx, invitation, _, { now }) => invitations.revokeInvitation(tx, invitation.id, now),
  tell: (_, { role }) => ({ role }),
  scope: ({ agency }) => agency,
}

type Opened = NonNullable<Awaited<ReturnType<typeof invitations.holdInvitationByToken>>>
type AcceptRefusal =
  | 'invitation-used'
  | 'invitation-revoked'
  | 'invitation-expired'
  | 'agency-has-admin'
  | 'role-held'
  | 'account-closed'

function judgeAcceptance(opened: Opened, now: Date) {
  const judged = judgeInvitation(opened, now)
  if (!judged.ok) return judged
  if (opened.account?.closed) return refuse('account-closed')
  const own = opened.offices.filter((office) => office.person === opened.account?.id)
  if (own.some((o) => o.role === opened.role && o.agency === opened.agency && o.unit === opened.unit))
    return refuse('role-held')
  const taken = opened.offices.some((o) => o.role === 'local-admin' && o.agency === opened.agency)
  if (opened.role === 'local-admin' && taken && opened.hand_over === null) return refuse('agency-has-admin')
  return decide(null)
}

/** Take the office: for a hand-over the present local admin's ends in the same breath. */
async function takeOffice(
  tx: Parameters<typeof invitations.useInvitation>[0],
  opened: Opened,
  person: { id: string; name: string; lang: Lang },
  now: Date,
): Promise<void> {
  if (opened.hand_over !== null && opened.agency !== null) {
    const heads = await roles.holdHeads(tx, opened.agency)
    const present = heads.find((head) => head.role === 'local-admin')
    const deputy = heads.find((head) => head.role === 'deputy' && head.person === person.id)
    for (const head of [present, deputy])
      if (head) await roles.endRole(tx, head.id, { now, by: opened.by, reason: opened.hand_over })
    if (present)
      await post(
        tx,
        await handedOverLetters(tx, opened.agency, present, { ...person, email: opened.email }, opened.hand_over),
      )
  }
  await roles.giveRole(tx, person.id, opened, { now, by: opened.by })
  await invitations.useInvitation(tx, opened.id, person.id, now)
  // Rooms that wait for somebody of the national team are told.
  if (opened.agency === null)
    await enqueue(tx, 'people.office-taken', { person: person.id, role: opened.role, at: now.toISOString() })
}

/** Accept an invitation as somebody new: the account is made with a profile and a password of one's own. */
export const acceptAsNew = (
  token: Buffer,
  seen: Lang,
): Action<
  Opened,
  z.output<typeof acceptForm>,
  { person: string; name: string; lang: Lang; phone: Unsaid<string | null>; hash: Unsaid<string> },
  AcceptRefusal | 'sign-in-first' | 'password-short' | 'password-long' | 'password-known'
> => ({
  name: 'people.invitation-accepted',
  find: (tx, _, id) => invitations.holdInvitationByToken(tx, id, token),
  // Whoever holds the link may: it went to one mailbox, works once and expires.
  may: () => true,
  input: acceptForm,
  decide: async (opened, { name, password, lang, phone }, { now }) => {
    const judged = judgeAcceptance(opened, now)
    if (!judged.ok) return judged
    if (opened.account) return refuse('sign-in-first')
    const good = judgePassword(password, { name, email: opened.email })
    if (!good.ok) return good
    const hash = new Unsaid(await hashPassword(password))
    return decide({ person: newId(), name, lang: lang ?? seen, phone: new Unsaid(phone), hash })
  },
  save: async (tx, opened, { person, name, lang, phone, hash }, { now }) => {
    const account = { id: person, name, email: opened.email, password: hash.value, lang, phone: phone.value }
    await accounts.addAccount(tx, account, now)
    await takeOffice(tx, opened, { id: person, name, lang }, now)
  },
  tell: ({ person }, { role, hand_over }) => ({ role, person, ...(hand_over !== null && { handOver: true }) }),
  scope: ({ agency }) => agency,
})

/** Accept an invitation with the account one has: the office is added to it. */
export const acceptAsSelf = (
  token: Buffer,
): Action<Opened, Record<string, never>, { person: string; name: string }, AcceptRefusal | 'other-account'> => ({
  name: 'people.invitation-accepted',
  find: async (tx, actor, id) => (actor.id ? invitations.holdInvitationByToken(tx, id, token) : undefined),
  may: (actor) => actor.id !== null,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (opened, _, { actor, now }) => {
    const judged = judgeAcceptance(opened, now)
    if (!judged.ok) return judged
    return opened.account?.id === actor.id ? decide({ person: actor.id!, name: actor.name }) : refuse('other-account')
  },
  save: (tx, opened, person, { now }) =>
    takeOffice(tx, opened, { id: person.person, name: person.name, lang: opened.account?.lang ?? opened.lang }, now),
  tell: ({ person }, { role, hand_over }) => ({ role, person, ...(hand_over !== null && { handOver: true }) }),
  scope: ({ agency }) => agency,
})
