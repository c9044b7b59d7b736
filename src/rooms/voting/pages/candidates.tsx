import type { View } from '#platform/http.ts'
import { ErrorSummary, Form, Page, sentence, Table, TextField } from '#platform/ui/index.ts'
import { type Candidate, candidatesAllowed } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { registrationHolds } from '../domain/registration.ts'
import { words } from '../text/index.ts'
import { Photo, ProofSign } from './candidate.tsx'
import { DrawForm, DrawPart, type DrawRow } from './draw.tsx'
import { type Again, PracticeNotice, ReasonForm, typedText, withinTrail } from './parts.tsx'
import { RegistrationPart, registrationLabels } from './registration.tsx'

/** Candidates with the draw of their numbers and the sheets they signed. */
export function CandidatesPage({
  view,
  election,
  candidates,
  draws,
  keeps,
  confirms,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  candidates: readonly Candidate[]
  draws: readonly DrawRow[]
  /** May add, rename, draw. */
  keeps: boolean
  /** May confirm the draw that waits. */
  confirms: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/candidates`
  const draw = draws.find(({ annulled }) => annulled === null)
  const people = candidates.filter(({ emptyBox }) => !emptyBox)
  const labels = {
    ...{ name: w.candidateName, place: w.drawPlace, witnesses: w.drawWitnesses, reason: w.reason },
    ...registrationLabels(view, election),
  }
  const { least, most } = candidatesAllowed(election.kind, election.profile.rules)
  // Who deliberates draws no numbers; one candidate waits for the registration to be noted.
  const votes = election.kind !== 'deliberation'
  const ready = people.length >= least && (election.kind === 'contest' || registrationHolds(election.profile))
  return (
    <Page view={view} title={w.candidates} lead={w.candidatesLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Table
        caption={w.candidates}
        hideCaption
        rows={candidates}
        empty={<p>{w.candidatesNone}</p>}
        columns={[
          { head: w.number, cell: ({ number }) => number ?? <span class="soft">{w.numberNone}</span> },
          { head: w.photo, cell: (candidate) => <Photo view={view} candidate={candidate} /> },
          {
            head: w.candidate,
            main: true,
            cell: (candidate) =>
              candidate.emptyBox ? w.emptyBox : <a href={`${at}/${candidate.id}`}>{candidate.name}</a>,
          },
          { head: w.proof, cell: (candidate) => <ProofSign view={view} candidate={candidate} /> },
        ]}
      />
      {keeps && !draw && people.length < most && (
        <details open={typedText(typed, 'name') !== '' || candidates.length === 0}>
          <summary>{w.candidateAddHead}</summary>
          <Form action={at}>
            <TextField
              name="name"
              label={w.candidateName}
              hint={w.candidateNameHint}
              value={typedText(typed, 'name')}
              problem={problems.name && sentence(problems.name, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.candidateAdd}</button>
            </div>
          </Form>
        </details>
      )}
      <RegistrationPart
        view={view}
        election={election}
        people={people.length}
        keeps={keeps && !draw}
        typed={typed}
        problems={problems}
      />
      {votes && <h2>{w.drawHead}</h2>}
      {keeps && !draw && votes && <p>{ready ? w.drawLead : w.drawWaits}</p>}
      {keeps && !draw && votes && ready && (
        <DrawForm view={view} election={election} people={people} typed={typed} problems={problems} />
      )}
      {draws.map((each) => (
        <DrawPart key={each.version} view={view} election={election} draw={each} confirms={confirms && each === draw} />
      ))}
      {keeps && draw && (
        <ReasonForm
          view={view}
          open={refusal !== undefined || problems.reason !== undefined}
          action={`/voting/elections/${election.id}/draws/annul`}
          head={w.drawAnnulHead}
          send={w.drawAnnul}
          typed={typed}
          problem={problems.reason}
        />
      )}
    </Page>
  )
}
