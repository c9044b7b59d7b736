import { askedBy, type Letter, letterTo, type Reader } from '#platform/mail.ts'
import { type Both, fill, formatDateTime, type Zone } from '#platform/text.ts'
import { words } from '../text/index.ts'
import { panelWords } from '../text/panel.ts'

type Owner = Reader & { role: string }

/** To an evaluator: how many entries there are to read. No titles: a letter may be read by others. */
export function readerLetter(
  kind: 'opened' | 'more' | 'extended',
  reader: Reader,
  { round, n, until, reason = '' }: { round: Both; n: number; until: Date; reason?: string },
): Letter {
  const w = words(reader.lang)
  const values = { round: round[reader.lang], n, until: formatDateTime(until, reader.lang), reason }
  return letterTo(reader, {
    subject: fill(w[`${kind}Subject`], values),
    body: fill(w[`${kind}Body`], values),
    path: '/judging',
    ask: 'secretariat',
  })
}

/** To the owners of a finalist, at the announcement. `id` is the round's. */
export function finalistLetter(owner: Owner, { title, round, id }: { title: string; round: Both; id: string }): Letter {
  const w = panelWords(owner.lang)
  const values = { title, round: round[owner.lang] }
  return letterTo(owner, {
    subject: fill(w.finalistSubject, values),
    body: fill(w.finalistLetter, values),
    path: `/judging/rounds/${id}/finalists`,
    ask: askedBy(owner.role),
  })
}

/** The invitation to an interview, with its time in the zone of the agency. `id` is the entry's. */
export function interviewLetter(
  owner: Owner,
  { title, when, zone, place, id }: { title: string; when: Date; zone: Zone; place: string; id: string },
): Letter {
  const w = panelWords(owner.lang)
  const values = { title, when: formatDateTime(when, owner.lang, zone), place }
  return letterTo(owner, {
    subject: fill(w.inviteSubject, values),
    body: fill(w.inviteLetter, values),
    path: `/judging/entries/${id}/interview`,
    ask: askedBy(owner.role),
  })
}

/** The feedback is there to read. `id` is the entry's. */
export function feedbackLetter(owner: Owner, { title, round, id }: { title: string; round: Both; id: string }): Letter {
  const w = panelWords(owner.lang)
  const values = { title, round: round[owner.lang] }
  return letterTo(owner, {
    subject: fill(w.letterSubject, values),
    body: fill(w.letterMail, values),
    path: `/judging/entries/${id}/letter`,
    ask: askedBy(owner.role),
  })
}
