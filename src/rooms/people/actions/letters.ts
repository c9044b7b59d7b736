import type { Tx } from '#platform/db.ts'
import { type Letter, letterTo, type Reader } from '#platform/mail.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import type { Post } from '../domain/office.ts'
import { agencyNameOf } from '../store/role.ts'
import { words } from '../text/index.ts'

/** The letter with the one-time link; the link stands nowhere else. */
export function invitationLetter(
  invitation: Post &
    Reader & {
      hand_over: string | null
      expires: Date
      agencyName: string | null
      unitName: string | null
    },
  token: string,
): Letter {
  const { lang, role, agencyName, unitName, hand_over: handOver } = invitation
  const w = words(lang)
  const place = [unitName, agencyName].filter(Boolean).join(', ')
  const values = {
    post: fill(w.at, { role: w[role], place }).trim(),
    agency: agencyName ?? '',
    reason: handOver ?? '',
    until: formatDateTime(invitation.expires, lang),
  }
  const page = `/people/invitations/${token}`
  const letter = letterTo(invitation, {
    subject: fill(w['letter-invite-subject'], { role: w[role] }),
    body: fill(handOver === null ? w['letter-invite-body'] : w['letter-hand-over-body'], values),
    // The pages are Indonesian until somebody says otherwise, and whoever is invited has not had the chance.
    path: lang === 'id' ? page : `/bahasa/${lang}?ke=${page}`,
    ask: 'inviter',
  })
  return { ...letter, once: true }
}

/** Both sides of a hand-over are told, each in the own language, so that neither is surprised by it. */
export async function handedOverLetters(
  tx: Tx,
  agency: string,
  from: Reader,
  to: Reader,
  reason: string,
): Promise<Letter[]> {
  const agencyName = await agencyNameOf(tx, agency)
  return [from, to].map((reader) =>
    handedOverLetter(reader, { agency: agencyName, from: from.name, to: to.name, reason }),
  )
}

export function handedOverLetter(
  reader: Reader,
  told: { agency: string; from: string; to: string; reason: string },
): Letter {
  const w = words(reader.lang)
  return letterTo(reader, {
    subject: fill(w['letter-handed-over-subject'], told),
    body: fill(w['letter-handed-over-body'], told),
    path: '/akun',
    ask: 'secretariat',
  })
}

/** The link that replaces a forgotten password, for one hour. */
export function resetLetter(reader: Reader, token: string): Letter {
  const w = words(reader.lang)
  const [subject, body] = [w['letter-reset-subject'], w['letter-reset-body']]
  return { ...letterTo(reader, { subject, body, path: `/masuk/atur/${token}`, ask: 'secretariat' }), once: true }
}

/** The account is closed, and why. */
export function closedLetter(reader: Reader, reason: string): Letter {
  const w = words(reader.lang)
  const body = fill(w['letter-closed-body'], { reason })
  return letterTo(reader, { subject: w['letter-closed-subject'], body, path: '/', ask: 'secretariat' })
}

/** An admin made the old password void: a one-time link to a new one. */
export function passwordLetter(reader: Reader, token: string, expires: Date): Letter {
  const w = words(reader.lang)
  const body = fill(w['letter-password-body'], { until: formatDateTime(expires, reader.lang) })
  const letter = { subject: w['letter-password-subject'], body, path: `/masuk/atur/${token}` }
  return { ...letterTo(reader, { ...letter, ask: 'secretariat' }), once: true }
}

/** To a new address: the link that proves it; without one it is taken, and its owner is told without a name of the asker. */
export function newEmailLetter(
  { name, lang }: Reader,
  email: string,
  token: string | undefined,
  expires: Date,
): Letter {
  const w = words(lang)
  const reader = { name: token ? name : w['letter-email-owner'], email, lang }
  const letter = letterTo(reader, {
    subject: w['letter-email-subject'],
    body: fill(token ? w['letter-email-body'] : w['letter-email-taken-body'], { until: formatDateTime(expires, lang) }),
    path: token ? `/akun/surel/${token}` : '/masuk',
    ask: 'secretariat',
  })
  return { ...letter, once: true }
}

/** To the present address: another one was asked for, or counts from now on. */
export function emailLetter(kind: 'asked' | 'changed', reader: Reader, email: string): Letter {
  const w = words(reader.lang)
  return letterTo(reader, {
    subject: w[`letter-email-${kind}-subject`],
    body: fill(w[`letter-email-${kind}-body`], { email }),
    path: '/akun',
    ask: 'secretariat',
  })
}
