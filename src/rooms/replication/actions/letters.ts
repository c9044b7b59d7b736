import { type Letter, letterTo, type Reader } from '#platform/mail.ts'
import { fill, formatDate } from '#platform/text.ts'
import { words } from '../text/index.ts'

/** To the owner of an innovation: somebody wants to copy it, or has installed its package. */
export function copiedLetter(
  reader: Reader,
  {
    process,
    agency,
    innovation,
    installed,
  }: { process: string; agency: string; innovation: string; installed: boolean },
): Letter {
  const w = words(reader.lang)
  const body = fill(installed ? w.adoptedLetter : w.interestLetter, { agency, innovation })
  return letterTo(reader, {
    subject: w.ownerSubject,
    body,
    path: `/replication/processes/${process}`,
    ask: 'secretariat',
  })
}

/** To those who run a service in which nothing happens: does it still run? */
export function askLetter(reader: Reader, about: { question: string; unit: string; since: Date }): Letter {
  const w = words(reader.lang)
  const body = fill(w.askBody, { unit: about.unit, date: formatDate(about.since, reader.lang) })
  const path = `/replication/questions/${about.question}`
  return letterTo(reader, { subject: w.askSubject, body, path, ask: 'secretariat' })
}
