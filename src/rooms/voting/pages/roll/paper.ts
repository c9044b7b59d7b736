import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { openPaper } from '#platform/ui/paper.ts'
import type { Election } from '../../domain/election.ts'
import { type Counted, wholeAddress } from '../../domain/roll/fixed.ts'
import { words } from '../../text/index.ts'
import { tpsName } from './parts.tsx'

type Fixed = {
  kind: 'fixed' | 'additional'
  count: number
  additional: number
  places: readonly Counted[]
  hash: string
  at: Date
}

/** At the head of a committee's paper. */
const head = (view: View, election: Election, title: string, number: string, at: Date) =>
  openPaper({
    lang: view.lang,
    title,
    number,
    at,
    demo: view.demo || election.mode === 'practice',
    from: { name: election.name, office: `${election.districtName}, ${election.regencyName}` },
  })

/** Minutes of fixing the roll: numbers and hashes, and room for everybody's signature. */
export function rollSheet(
  view: View,
  election: Election,
  fixed: Fixed,
  people: {
    committee: readonly { name: string; role: string }[]
    candidates: readonly { name: string; number: number | null }[]
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const title = fixed.kind === 'fixed' ? w.sheetTitle : w.sheetTitleLater
  const paper = head(view, election, title, fixed.hash.slice(0, 12).toUpperCase(), fixed.at)
  paper.paragraph(
    fill(w.sheetBody, {
      date: formatDate(fixed.at, view.lang, view.zone),
      village: election.villageName,
      district: election.districtName,
      regency: election.regencyName,
      n: n(fixed.count),
      additional: n(fixed.additional),
    }),
  )
  paper.table(
    [
      { head: w.tpsOne, share: 2 },
      { head: w.rollVotersHead, share: 2, number: true },
      { head: w.rollAdditionalHead, share: 2, number: true },
      { head: w.rollHash, share: 7 },
    ],
    fixed.places.map(({ number, count, additional, hash }) => [
      tpsName(view, number),
      n(count),
      n(additional),
      hash.match(/.{8}/g)!.join(' '),
    ]),
  )
  paper.facts([[w.rollWholeHash, fixed.hash.match(/.{8}/g)!.join(' ')]])
  paper.paragraph(w.sheetSigns)
  const signs = [
    ...people.committee.map(({ name, role }) => [name, `${w.sheetCommittee}, ${w[`role-${role}` as 'role-chair']}`]),
    ...people.candidates.map(({ name, number }) => [name, `${w.signingCandidate}${number ? ` ${number}` : ''}`]),
  ]
  paper.table(
    [
      { head: w.voterName, share: 4 },
      { head: '', share: 3 },
      { head: w.sheetSignature, share: 4 },
    ],
    signs.map(([name, role]) => [name!, role!, '\n ']),
  )
  return paper.close()
}

/** The roll on paper: a line for each voter to sign, in the order of numbers. No NIK stands on it. */
export function attendancePaper(
  view: View,
  election: Election,
  place: { number: number; hash: string },
  voters: readonly { no: number; name: string; address: string; hamlet: string; rt: string; rw: string }[],
): Promise<Uint8Array<ArrayBuffer>> {
  const w = words(view.lang)
  const tps = tpsName(view, place.number)
  const paper = head(view, election, fill(w.attendanceTitle, { tps }), `TPS-${place.number}`, view.now)
  paper.paragraph(
    fill(w.attendanceBody, {
      village: election.villageName,
      date: formatDate(election.held, view.lang),
      n: formatNumber(voters.length, view.lang),
      hash: place.hash.match(/.{8}/g)!.join(' '),
    }),
  )
  paper.table(
    [
      { head: w.voterNo, share: 1.2, number: true },
      { head: w.voterName, share: 4 },
      { head: w.address, share: 5 },
      { head: w.sheetSignature, share: 3 },
    ],
    voters.map((voter) => [String(voter.no), voter.name, wholeAddress(voter), ' ']),
  )
  return paper.close()
}

/**
 * What a companion and the voter sign before they go to the booth (R46), empty: it says that somebody helped, and has no room
 * for the choice. What it is called and must say is local law that nobody has read: its name comes from the profile.
 */
export function assistancePaper(
  view: View,
  election: Election,
  place: { number: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const w = words(view.lang)
  const tps = tpsName(view, place.number)
  const title = (view.lang === 'id' && election.profile.rules.forms.value.pendamping) || w.assistanceTitle
  const paper = head(view, election, title, `TPS-${place.number}`, view.now)
  paper.paragraph(
    fill(w.assistanceBody, { village: election.villageName, tps, date: formatDate(election.held, view.lang) }),
  )
  const line = '.'.repeat(60)
  paper.facts([
    [w.assistanceVoter, line],
    [w.paperRollNo, line],
    [w.assistanceWhy, w.assistanceReasons],
    [w.assistanceName, line],
    [w.assistanceTie, line],
  ])
  paper.paragraph(w.assistanceVoterSays)
  paper.paragraph(w.assistanceSays)
  paper.sign([w.assistanceSignVoter, w.assistanceSignHelper, w.assistanceSignChair])
  paper.paragraph(w.assistanceSecret, { soft: true })
  return paper.close()
}
