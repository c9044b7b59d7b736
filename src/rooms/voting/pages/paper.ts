import { fill, formatDate, type Lang } from '#platform/text.ts'
import { openPaper } from '#platform/ui/paper.ts'
import { type Candidate, type Drawn, proofHash, shortHash } from '../domain/candidate.ts'
import { destroyed } from '../domain/destruction.ts'
import type { Election } from '../domain/election.ts'
import { conditions, type SignedReadiness } from '../domain/readiness.ts'
import { words } from '../text/index.ts'

export type Of = { lang: Lang; demo: boolean; election: Election }

/** A paper of an election: who gives it, what it is about, and that a practice is one. */
export function paperOf({ lang, demo, election }: Of, title: string, number: string, at: Date) {
  const w = words(lang)
  const paper = openPaper({
    lang,
    title: election.mode === 'practice' ? `${w['mode-practice']}: ${title}` : title,
    number,
    at,
    demo,
    from: { name: fill(w.paperCommittee, { village: election.villageName }), office: election.agencyName },
  })
  if (election.mode === 'practice') paper.paragraph(w.practiceNotice, { bold: true })
  paper.facts([
    [w.election, election.name],
    [w.waveHeld, formatDate(election.held, lang)],
    [w.district, `${election.districtName}, ${election.regencyName}`],
  ])
  return paper
}

/**
 * The sheet that a candidate signs: number, name, photograph, and the fingerprint of the three, which two of the committee type
 * from the signed paper (R37).
 */
export function proofSheet(of: Of, candidate: Candidate, photo: Uint8Array | undefined, at: Date) {
  const w = words(of.lang)
  const paper = paperOf(of, w.proofPaperTitle, `${candidate.number}`, at)
  paper.heading(`${candidate.number}. ${candidate.name}`)
  if (photo) paper.picture(photo, { width: 150, height: 200, alt: fill(w.photoOf, { name: candidate.name }) })
  paper.paragraph(w.proofPaperSays)
  paper.facts([
    [w.number, String(candidate.number)],
    [w.candidateName, candidate.name],
    [w.photoHash, candidate.photoHash ? shortHash(candidate.photoHash) : '–'],
  ])
  paper.sign([w.paperPlaceDateLine, `${w.proofPaperSign}: ${candidate.name}`])
  paper.heading(w.proofPaperHash)
  paper.paragraph(shortHash(proofHash(candidate)!), { bold: true })
  return paper.close()
}

export type DrawPaper = {
  version: number
  numbers: readonly Drawn[]
  place: string
  witnesses: string
  byName: string
  drawn: Date
  confirmedBy: string | null
  annulled: Date | null
  reason: string | null
}

/** Berita acara undian nomor urut. */
export function drawReport(of: Of, draw: DrawPaper) {
  const w = words(of.lang)
  const paper = paperOf(of, of.election.profile.rules.forms.value.undian ?? w.drawHead, `${draw.version}`, draw.drawn)
  if (draw.annulled) paper.paragraph(fill(w.drawAnnulledWhy, { reason: draw.reason ?? '' }), { bold: true })
  paper.paragraph(w.drawPaperSays)
  paper.facts([
    [w.drawPlace, draw.place],
    [w.drawWitnesses, draw.witnesses],
  ])
  paper.table(
    [
      { head: w.number, share: 1.4 },
      { head: w.candidate, share: 5 },
    ],
    draw.numbers.map(({ number, name }) => [String(number), name]),
  )
  paper.paragraph(fill(w.drawConfirmedBy, { first: draw.byName, second: draw.confirmedBy ?? '–' }), { soft: true })
  paper.sign([w.paperChair, ...draw.numbers.map(({ number, name }) => `${number}. ${name}`), w.paperWitness])
  return paper.close()
}

/** Berita acara kesiapan: the answers as they were signed (R29). */
export function readinessReport(of: Of, readiness: SignedReadiness) {
  const w = words(of.lang)
  const paper = paperOf(of, w.readinessPaperTitle, `${readiness.version}`, readiness.made)
  paper.paragraph(w.readinessSource, { soft: true })
  paper.table(
    [
      { head: w.readiness, share: 4 },
      { head: w.state, share: 2 },
      { head: w.groundHead, share: 5 },
    ],
    conditions.map((each) => [
      w[`condition-${each}`],
      readiness.content[each].met ? w.conditionMet : w.conditionUnmet,
      readiness.content[each].ground,
    ]),
  )
  paper.facts([[w.readinessPaperHash, shortHash(readiness.hash)]])
  for (const { side, name, at } of readiness.signatures)
    paper.paragraph(`${w.readinessSignedBy} ${name} (${w[`side-${side}`]}), ${formatDate(at, of.lang)}`)
  paper.sign([w.paperChair, w['side-regency']])
  return paper.close()
}

/** Berita acara pemusnahan: what was destroyed, and room for everybody who saw it. */
export function destructionReport(
  of: Of,
  destruction: { place: string; witnesses: string; done: Date; byName: string; confirmedBy: string | null },
) {
  const w = words(of.lang)
  const title = of.election.profile.rules.forms.value.pemusnahan ?? w.destructionTitle
  const paper = paperOf(of, title, of.election.id.slice(-12).toUpperCase(), destruction.done)
  paper.paragraph(w.destructionLead)
  paper.facts([
    [w.destructionPlace, destruction.place],
    [w.destructionWitnesses, destruction.witnesses],
  ])
  paper.table(
    [
      { head: w.number, share: 1.4 },
      { head: w.destructionWhat, share: 9 },
    ],
    destroyed.map((each, at) => [String(at + 1), w[`destroy-${each}`]]),
  )
  paper.sign([w.paperChair, destruction.byName, destruction.confirmedBy ?? w['role-member'], w.paperWitness])
  return paper.close()
}
