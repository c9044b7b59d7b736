import type { View } from '#platform/http.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Page,
  Select,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import type { Candidate } from '../domain/candidate.ts'
import { type CommitteeRole, committeeRoles, type Election } from '../domain/election.ts'
import type { Place } from '../domain/place.ts'
import { words } from '../text/index.ts'
import { Photo } from './candidate.tsx'
import {
  type Again,
  ElectionStateSign,
  electionTitle,
  electionTrail,
  heldOn,
  PracticeNotice,
  typedText,
  withinTrail,
} from './parts.tsx'
import { ruleText } from './rules.tsx'

/** One election, for everybody. */
export function ElectionPage({
  view,
  election,
  candidates,
  places,
  office,
}: {
  view: View
  election: Election
  /** None before the numbers hold. */
  candidates: readonly Candidate[]
  places: readonly Place[]
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
          [w.waveHeld, heldOn(view, election.held)],
          [w.hours, `${ruleText(view, rules, 'opens')}–${ruleText(view, rules, 'closes')}`],
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
      {election.state !== 'preparing' && (
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

type MemberRow = { person: string; name: string; role: CommitteeRole }

/** Who is in the committee; the regency appoints and dismisses. */
export function CommitteePage({
  view,
  election,
  members,
  appoints,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; members: readonly MemberRow[]; appoints: boolean } & Again) {
  const w = words(view.lang)
  const labels = { email: w.email, role: w.committeeRole }
  const at = `/voting/elections/${election.id}/committee`
  return (
    <Page view={view} title={w.committee} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Table
        caption={w.committee}
        hideCaption
        rows={members}
        empty={<p>{w.committeeNone}</p>}
        columns={[
          { head: w.person, main: true, cell: ({ name }) => name },
          { head: w.committeeRole, cell: ({ role }) => w[`role-${role}`] },
          ...(appoints
            ? [
                {
                  head: w.dismiss,
                  cell: ({ person }: MemberRow) => (
                    <ActionButton action={`${at}/${person}/dismiss`} kind="quiet">
                      {w.dismiss}
                    </ActionButton>
                  ),
                },
              ]
            : []),
        ]}
      />
      {appoints && (
        <section>
          <h2>{w.appointHead}</h2>
          <Form action={at}>
            <TextField
              name="email"
              type="email"
              label={w.email}
              value={typedText(typed, 'email')}
              problem={problems.email && sentence(problems.email, view.lang, w)}
            />
            <Select
              name="role"
              label={w.committeeRole}
              value={typedText(typed, 'role') || (members.length === 0 ? 'chair' : 'member')}
              options={committeeRoles.map((value) => ({ value, label: w[`role-${value}`] }))}
              problem={problems.role && sentence(problems.role, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.appoint}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
