import type { View } from '#platform/http.ts'
import { formatDate } from '#platform/text.ts'
import { Facts, Page, Table } from '#platform/ui/index.ts'
import type { Candidate } from '../domain/candidate.ts'
import type { Decision } from '../domain/decision.ts'
import type { Deliberation } from '../domain/deliberation.ts'
import type { Election } from '../domain/election.ts'
import type { Place } from '../domain/place.ts'
import { words } from '../text/index.ts'
import { Photo } from './candidate.tsx'
import { decidedText } from './decision.tsx'
import { deliberatedText } from './deliberation.tsx'
import { ElectionStateSign, electionTitle, electionTrail, heldOn, PracticeNotice } from './parts.tsx'
import { ruleText } from './rules.tsx'

/** One election, for everybody. */
export function ElectionPage({
  view,
  election,
  candidates,
  places,
  decision,
  deliberation,
  office,
}: {
  view: View
  election: Election
  /** None before the numbers hold. */
  candidates: readonly Candidate[]
  places: readonly Place[]
  decision: Decision | undefined
  deliberation: Deliberation | undefined
  office: boolean
}) {
  const w = words(view.lang)
  const { rules } = election.profile
  return (
    <Page view={view} title={electionTitle(view, election)} trail={electionTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <Facts
        facts={[
          [w.state, <ElectionStateSign view={view} state={election.state} />],
          ...(decision ? [[w.decisionOutcome, `${decidedText(view, decision.content)}.`] as const] : []),
          ...(deliberation
            ? [
                [w.deliberationOutcome, `${deliberatedText(view, deliberation)}.`] as const,
                [w.deliberationDay, formatDate(deliberation.day, view.lang)] as const,
              ]
            : []),
          ...(election.kind === 'deliberation'
            ? []
            : [
                [w.waveHeld, heldOn(view, election.held)] as const,
                [w.hours, `${ruleText(view, rules, 'opens')}–${ruleText(view, rules, 'closes')}`] as const,
              ]),
          [w.district, `${election.districtName}, ${election.regencyName}`],
          [w.electionKind, w[`kind-${election.kind}`]],
          [w.rules, <a href={`/voting/elections/${election.id}/rules`}>{w.rulesTitle}</a>],
        ]}
      />
      {candidates.length > 0 && (
        <section>
          <h2>{w.candidates}</h2>
          <Table
            caption={w.candidates}
            hideCaption
            rows={candidates}
            columns={[
              { head: w.number, cell: ({ number }) => number },
              { head: w.photo, cell: (candidate) => <Photo view={view} candidate={candidate} /> },
              {
                head: w.candidate,
                main: true,
                cell: ({ name, emptyBox }) => (emptyBox ? w.emptyBox : name),
              },
            ]}
          />
        </section>
      )}
      {places.length > 0 && (
        <section>
          <h2>{w.placesTitle}</h2>
          <Table
            caption={w.placesTitle}
            hideCaption
            rows={places}
            columns={[
              { head: w.placeNumber, main: true, cell: ({ number, place }) => `${number}. ${place}` },
              { head: w.address, cell: ({ address }) => address },
              { head: w.colour, cell: ({ colour }) => w[`colour-${colour}` as 'colour-hijau'] },
            ]}
          />
        </section>
      )}
      {deliberation && (
        <p>
          <a href={`/voting/elections/${election.id}/deliberation.pdf`}>{w.deliberationPaper}</a>
        </p>
      )}
      {election.state !== 'preparing' && election.kind !== 'deliberation' && (
        <p>
          <a href={`/voting/elections/${election.id}/result`}>{w.resultLink}</a>
        </p>
      )}
      {office && (
        <p>
          <a class="button" href={`/voting/elections/${election.id}/office`}>
            {w.officeOpen}
          </a>
        </p>
      )}
    </Page>
  )
}
