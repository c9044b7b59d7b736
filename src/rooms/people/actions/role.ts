import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Lang } from '#platform/text.ts'
import { type Establishment, judgeEnd, judgePost, type Office } from '../domain/office.ts'
import { handOverForm, reasonForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { holdOffices } from '../store/care.ts'
import * as invitations from '../store/invitation.ts'
import * as roles from '../store/role.ts'
import { sendInvitations } from './invitation.ts'
import { handedOverLetters } from './letters.ts'

/** End somebody's office, with the reason. The row stays as history. */
export const endRole: Action<
  Office & { nationals: number },
  { reason: string },
  { reason: string },
  'role-over' | 'last-national'
> = {
  name: 'people.role-ended',
  find: roles.holdOffice,
  may: may.endRole,
  input: reasonForm,
  decide: (office, { reason }) => {
    const judged = judgeEnd(office, office.nationals)
    return judged.ok ? decide({ reason }) : judged
  },
  save: (tx, office, { reason }, { now, actor }) => roles.endRole(tx, office.id, { now, by: actor.id, reason }),
  tell: (_, { role, person }) => ({ role, person }),
  scope: ({ agency }) => agency,
}

type Head = Awaited<ReturnType<typeof roles.holdHeads>>[number]
type Agency = Establishment & { agency: string; heads: readonly Head[] }

async function holdAgencyWithHeads(...[tx, actor, id]: Parameters<typeof invitations.holdEstablishment>) {
  await holdOffices(tx, 'together')
  const establishment = await invitations.holdEstablishment(tx, actor, id)
  return establishment && { ...establishment, agency: id, heads: await roles.holdHeads(tx, id) }
}

type HandOver =
  | { kind: 'now'; present: Head; deputy: Head; reason: string }
  | {
      kind: 'invited'
      id: string
      name: string
      email: string
      lang: Lang
      secret: Unsaid<{ token: string; stored: Buffer }>
      reason: string
    }

/**
 * Hand the office of local admin over: to the deputy at once, or to somebody invited, who takes it by accepting. The
 * present local admin stays in office until then, so an agency is never without one.
 */
export const handOver: Action<
  Agency,
  z.output<typeof handOverForm>,
  HandOver,
  | 'no-admin-yet'
  | 'hand-over-choose'
  | 'role-held'
  | 'invitation-open'
  | 'admin-invited'
  | 'agency-has-admin'
  | 'unit-unknown'
> = {
  name: 'people.office-handed-over',
  find: holdAgencyWithHeads,
  may: may.handOver,
  input: handOverForm,
  decide: (at, input, { now }) => {
    const present = at.heads.find((head) => head.role === 'local-admin')
    if (!present) return refuse('no-admin-yet')
    if (input.invite) {
      const { name, email, lang } = input.invite
      const judged = judgePost(at, { role: 'local-admin', unit: null, email, handOver: true }, now)
      if (!judged.ok) return judged
      const { reason } = input
      return decide({ kind: 'invited', id: newId(), name, email, lang, secret: new Unsaid(newToken()), reason })
    }
    const deputy = at.heads.find((head) => head.role === 'deputy' && head.person === input.deputy)
    return deputy ? decide({ kind: 'now', present, deputy, reason: input.reason }) : refuse('hand-over-choose')
  },
  save: async (tx, at, change, { now, actor }) => {
    if (change.kind === 'invited') {
      const { id, name, email, lang, secret, reason } = change
      const office = { role: 'local-admin', agency: at.agency, unit: null } as const
      const invitation = { ...office, id, name, email, lang, secret, hand_over: reason }
      return sendInvitations(tx, [{ ...invitation, agencyName: at.agencyName, unitName: null }], { now, by: actor.id })
    }
    const { present, deputy, reason } = change
    for (const head of [present, deputy]) await roles.endRole(tx, head.id, { now, by: actor.id, reason })
    const office = { role: 'local-admin', agency: at.agency, unit: null } as const
    await roles.giveRole(tx, deputy.person, office, { now, by: actor.id })
    await post(tx, await handedOverLetters(tx, at.agency, present, deputy, reason))
  },
  tell: (change) =>
    change.kind === 'now'
      ? { from: change.present.person, to: change.deputy.person }
      : { invitation: change.id, waiting: true },
  scope: ({ agency }) => agency,
}
