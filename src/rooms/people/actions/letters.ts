import { linkTo } from '#platform/address.ts'
import type { Tx } from '#platform/db.ts'
import type { Letter } from '#platform/mail.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import type { Post } from '../domain/office.ts'
import { agencyNameOf } from '../store/role.ts'
import { words } from '../text/index.ts'

/** The letter with the one-time link; the link stands nowhere else. Letters are in Indonesian: the reader has no account yet. */
export function invitationLetter(
  invitation: Post & {
    name: string
    email: string
    hand_over: string | null
    expires: Date
    agencyName: string | null
    unitName: string | null
  },
  token: string,
): Letter {
  const w = words('id')
  const { name, email, role, agencyName, unitName, hand_over: handOver } = invitation
  const place = [unitName, agencyName].filter(Boolean).join(', ')
  const values = {
    name,
    post: fill(w.at, { role: w[role], place }).trim(),
    agency: agencyName ?? '',
    reason: handOver ?? '',
    until: formatDateTime(invitation.expires, 'id'),
    link: linkTo(`/people/invitations/${token}`),
  }
  return {
    to: { name, email },
    subject: fill(w['letter-invite-subject'], { role: w[role] }),
    body: fill(handOver === null ? w['letter-invite-body'] : w['letter-hand-over-body'], values),
    once: true,
  }
}

type Reached = { name: string; email: string }

/** Both sides of a hand-over are told, so that neither is surprised by it. */
export async function handedOverLetters(
  tx: Tx,
  agency: string,
  from: Reached,
  to: Reached,
  reason: string,
): Promise<Letter[]> {
  const w = words('id')
  const agencyName = await agencyNameOf(tx, agency)
  return [from, to].map((reader) => ({
    to: { name: reader.name, email: reader.email },
    subject: fill(w['letter-handed-over-subject'], { agency: agencyName }),
    body: fill(w['letter-handed-over-body'], {
      name: reader.name,
      agency: agencyName,
      from: from.name,
      to: to.name,
      reason,
    }),
  }))
}
