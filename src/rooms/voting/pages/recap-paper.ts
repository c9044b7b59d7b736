import { fill, formatDate, formatNumber, formatPercent } from '#platform/text.ts'
import { shortHash } from '../domain/candidate.ts'
import { type Deciding, type Decision, standsAsDecided } from '../domain/decision.ts'
import type { CommitteeRole } from '../domain/election.ts'
import type { Officer } from '../domain/place.ts'
import { isOpen } from '../domain/village.ts'
import { words } from '../text/index.ts'
import { decidedText, movedText } from './decision.tsx'
import { type Of, paperOf } from './paper.ts'

/** Berita acara rekapitulasi desa: the results of the polling places, their sum, what was decided, and room for signatures. */
export function recapReport(
  of: Of,
  { candidates, places, result, results }: Pick<Deciding, 'candidates' | 'places' | 'result' | 'results'>,
  {
    decision,
    committee,
    officers,
    now,
  }: {
    decision: Decision | undefined
    committee: readonly { name: string; role: CommitteeRole }[]
    officers: readonly Officer[]
    now: Date
  },
) {
  const { lang, election } = of
  const w = words(lang)
  const n = (value: number) => formatNumber(value, lang)
  const held = decision?.confirmed ? decision : undefined
  const title = election.profile.rules.forms.value.rekap ?? w.recapTitle
  const paper = paperOf(of, title, `REKAP-${election.id.slice(-8).toUpperCase()}`, held?.confirmed ?? now)
  paper.paragraph(fill(w.recapSays, { n: n(places.length) }))
  if (!held) paper.paragraph(w.recapUndecided, { bold: true })
  else if (!standsAsDecided(held.content, result)) paper.paragraph(movedText(of, held.content), { bold: true })

  paper.heading(w.recapPerTps)
  const figure = (head: string) => ({ head, share: 1.2, number: true })
  const row = (name: string, voters: number, present: number, votes: readonly string[]) => [
    ...[name, n(voters), n(present)],
    ...votes,
  ]
  paper.table(
    [
      { head: w.tps, share: 1.6 },
      figure(w.recapRoll),
      figure(w.recapPresent),
      ...candidates.map(({ number }) => figure(String(number))),
      figure(w.recapBlank),
    ],
    [
      ...places.map((place) => {
        const votes = [...(place.votes ?? []), place.blank].map((each) => (isOpen(result, place) ? n(each) : '–'))
        return row(String(place.number), place.voters, place.present, votes)
      }),
      row(w.recapSum, result.voters, result.present, [...result.totals, result.blank].map(n)),
    ],
  )
  if (places.some((place) => !isOpen(result, place))) paper.paragraph(w.recapHidden, { soft: true })

  paper.heading(w.recapPerCandidate)
  paper.table(
    [
      { head: w.number, share: 1.4 },
      { head: w.candidate, share: 6 },
      { head: w.votes, share: 2, number: true },
    ],
    [
      ...candidates.map(({ number, name }, at) => [String(number), name, n(result.totals[at] ?? 0)]),
      ['', w.validVotes, n(result.valid)],
      ['', w.blankVotes, n(result.blank)],
    ],
  )
  const quorum = election.profile.rules.quorum.value
  const share = formatPercent(result.voters === 0 ? 0 : result.present / result.voters, lang, 1)
  const content = held?.content
  paper.facts([
    [
      w.recapQuorum,
      quorum ? fill(w.recapQuorumOf, { share, quorum: quorum.join('/') }) : fill(w.recapNoQuorum, { share }),
    ],
    ...(held && content
      ? ([
          [w.decisionOutcome, decidedText(of, content)],
          [w.decidedOn, formatDate(held.confirmed!, lang)],
          [w.decisionPlace, held.place],
          [w.decisionWitnesses, held.witnesses],
          [w.decisionHash, shortHash(held.hash)],
        ] as const)
      : []),
  ])
  if (result.outcome && 'steps' in result.outcome)
    for (const { step, why } of result.outcome.steps) paper.paragraph(`${w[`step-${step}`]}: ${w[`why-${why}`]}.`)

  paper.heading(w.recapSheets)
  paper.table(
    [
      { head: w.tps, share: 1 },
      { head: w.recapSheet, share: 5 },
    ],
    results.map(({ number, hash }) => [String(number), shortHash(hash)]),
  )

  paper.heading(w.recapSigns)
  paper.table(
    [
      { head: w.person, share: 4 },
      { head: w.committeeRole, share: 4 },
      { head: w.sheetSignature, share: 4 },
    ],
    [
      ...committee.map(({ name, role }) => [name, w[`role-${role}`], '\n ']),
      ...candidates
        .filter(({ emptyBox }) => !emptyBox)
        .map(({ number, name }) => ['', `${fill(w.recapWitness, { n: number })} (${name})`, '\n ']),
      ...officers
        .filter(({ role, tps }) => role === 'supervisor' && tps === null)
        .map(({ name }) => [name, w['duty-supervisor'], '\n ']),
      ['', w.recapReceives, '\n '],
    ],
  )
  return paper.close()
}
