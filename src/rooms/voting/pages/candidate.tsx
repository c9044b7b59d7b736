import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
  type Tone,
} from '#platform/ui/index.ts'
import { type Candidate, type Drawn, type ProofState, proofHash, proofState, shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

const tones: Record<ProofState, Tone> = { none: 'attention', half: 'active', stale: 'bad', holds: 'good' }
const ProofSign = ({ view, candidate }: { view: View; candidate: Candidate }) => {
  const state = proofState(candidate)
  return <State tone={tones[state]}>{words(view.lang)[`proof-${state}`]}</State>
}

export const photoAddress = ({ election, id, photoHash }: Pick<Candidate, 'election' | 'id' | 'photoHash'>): string =>
  `/voting/elections/${election}/candidates/${id}/photos/${photoHash}`

/** A candidate's photograph in a fixed size. */
export function Photo({ view, candidate, large = false }: { view: View; candidate: Candidate; large?: boolean }) {
  const w = words(view.lang)
  if (!candidate.photoHash) return <span class="soft">{candidate.emptyBox ? '–' : w.photoNone}</span>
  const [width, height] = large ? [180, 240] : [60, 80]
  return (
    <img
      class="portrait"
      src={photoAddress(candidate)}
      width={width}
      height={height}
      loading="lazy"
      alt={fill(w.photoOf, { name: candidate.name })}
    />
  )
}

export type DrawRow = {
  version: number
  numbers: readonly Drawn[]
  place: string
  witnesses: string
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
  annulled: Date | null
  reason: string | null
}

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
  const labels = { name: w.candidateName, place: w.drawPlace, witnesses: w.drawWitnesses, reason: w.reason }
  const people = candidates.filter(({ emptyBox }) => !emptyBox)
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
      {keeps && !draw && (
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
      <h2>{w.drawHead}</h2>
      {keeps && !draw && <p>{w.drawLead}</p>}
      {keeps && !draw && people.length > 0 && (
        <Form action={`/voting/elections/${election.id}/draws`}>
          {people.map(({ id, name }) => (
            <TextField
              key={id}
              name={`number-${id}`}
              label={fill('{label}: {name}', { label: w.number, name })}
              inputmode="numeric"
              value={typedText(typed, `number-${id}`)}
              problem={problems[`numbers.${id}`] && sentence(problems[`numbers.${id}`]!, view.lang, w)}
            />
          ))}
          <TextField
            name="place"
            label={w.drawPlace}
            value={typedText(typed, 'place')}
            problem={problems.place && sentence(problems.place, view.lang, w)}
          />
          <TextArea
            name="witnesses"
            label={w.drawWitnesses}
            rows={3}
            value={typedText(typed, 'witnesses')}
            problem={problems.witnesses && sentence(problems.witnesses, view.lang, w)}
          />
          <div class="actions">
            <button type="submit">{w.drawRecord}</button>
          </div>
        </Form>
      )}
      {draws.map((each) => (
        <DrawPart key={each.version} view={view} election={election} draw={each} confirms={confirms && each === draw} />
      ))}
      {keeps && draw && (
        <details open={refusal !== undefined && typedText(typed, 'reason') !== ''}>
          <summary>{w.drawAnnulHead}</summary>
          <Form action={`/voting/elections/${election.id}/draws/annul`}>
            <TextArea
              name="reason"
              label={w.reason}
              rows={3}
              value={typedText(typed, 'reason')}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
            <div class="actions">
              <button type="submit" class="danger">
                {w.drawAnnul}
              </button>
            </div>
          </Form>
        </details>
      )}
    </Page>
  )
}

function DrawPart({
  view,
  election,
  draw,
  confirms,
}: {
  view: View
  election: Election
  draw: DrawRow
  confirms: boolean
}) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/draws`
  return (
    <section>
      <h3>{fill(w.drawVersion, { n: draw.version })}</h3>
      {draw.annulled && (
        <p>
          <State tone="bad">{fill(w.drawAnnulledWhy, { reason: draw.reason ?? '' })}</State>
        </p>
      )}
      <ol>
        {draw.numbers.map(({ candidate, name, number }) => (
          <li key={candidate} value={number}>
            {name}
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          [w.drawPlace, draw.place],
          [w.drawWitnesses, draw.witnesses],
        ]}
      />
      <p>
        {draw.confirmed
          ? fill(w.drawConfirmedBy, { first: draw.byName, second: draw.confirmedBy ?? '' })
          : fill(w.drawWaiting, { name: draw.byName })}
      </p>
      {confirms && !draw.confirmed && draw.by !== view.actor.id && (
        <ActionButton action={`${at}/confirm`}>{w.drawConfirm}</ActionButton>
      )}
      {draw.confirmed && (
        <p>
          <a href={`${at}/${draw.version}.pdf`}>{w.drawPaper}</a>
        </p>
      )}
    </section>
  )
}

/** One candidate: photograph, proof sheet, and the two who compared it. */
export function CandidatePage({
  view,
  election,
  candidate,
  keeps,
  drawn,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; candidate: Candidate; keeps: boolean; drawn: boolean } & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/candidates/${candidate.id}`
  const state = proofState(candidate)
  const labels = { name: w.candidateName, photo: w.photo, short: w.proofShort, scan: w.proofScan }
  return (
    <Page
      view={view}
      title={candidate.name}
      trail={[
        ...withinTrail(view, election),
        { href: `/voting/elections/${election.id}/candidates`, label: w.candidates },
      ]}
    >
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Photo view={view} candidate={candidate} large />
      <Facts
        facts={[
          [w.number, candidate.number ?? w.numberNone],
          [w.photoHash, candidate.photoHash ? <code>{shortHash(candidate.photoHash)}</code> : w.photoNone],
          [w.proof, <ProofSign view={view} candidate={candidate} />],
          ...(candidate.proof && state !== 'stale'
            ? ([
                [
                  w.proofBy,
                  candidate.proof.by
                    .map(({ name, at: when }) => `${name}, ${formatDateTime(new Date(when), view.lang, view.zone)}`)
                    .join('; '),
                ],
              ] as const)
            : []),
          ...(candidate.proof?.scan
            ? ([[w.proofScan, <a href={`${at}/scan/file`}>{w.proofScanKept}</a>]] as const)
            : []),
        ]}
      />
      {keeps && (
        <section>
          <h2>{w.photo}</h2>
          <Form action={`${at}/photo`} upload>
            <TextField
              name="photo"
              type="file"
              accept="image/jpeg"
              label={w.photo}
              hint={w.photoHint}
              problem={problems.photo && sentence(problems.photo, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.photoGive}</button>
            </div>
          </Form>
        </section>
      )}
      {keeps && !drawn && (
        <section>
          <h2>{w.candidateRename}</h2>
          <Form action={`${at}/rename`}>
            <TextField
              name="name"
              label={w.candidateName}
              hint={w.candidateNameHint}
              value={typed?.name === undefined ? candidate.name : typedText(typed, 'name')}
              problem={problems.name && sentence(problems.name, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.candidateRename}</button>
            </div>
          </Form>
          <ActionButton action={`${at}/remove`} kind="danger">
            {w.candidateRemove}
          </ActionButton>
        </section>
      )}
      {candidate.number !== null && (
        <section>
          <h2>{w.proof}</h2>
          <p>{w.proofLead}</p>
          <p>
            <a class="button quiet" href={`${at}/proof.pdf`}>
              {w.proofPaper}
            </a>
          </p>
          {keeps && state !== 'holds' && proofHash(candidate) && (
            <Form action={`${at}/proof`} upload autocomplete="off">
              <TextField
                name="short"
                label={w.proofShort}
                hint={w.proofShortHint}
                value={typedText(typed, 'short')}
                problem={problems.short && sentence(problems.short, view.lang, w)}
                autocomplete="off"
              />
              <TextField
                name="scan"
                type="file"
                accept="application/pdf,image/jpeg,image/png"
                label={w.proofScan}
                problem={problems.scan && sentence(problems.scan, view.lang, w)}
              />
              <div class="actions">
                <button type="submit">{w.proofConfirm}</button>
              </div>
            </Form>
          )}
        </section>
      )}
    </Page>
  )
}
