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
  TextField,
  type Tone,
} from '#platform/ui/index.ts'
import { type Candidate, type ProofState, proofHash, proofState, shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, UploadForm, withinTrail } from './parts.tsx'

const tones: Record<ProofState, Tone> = { none: 'attention', half: 'active', stale: 'bad', holds: 'good' }
export const ProofSign = ({ view, candidate }: { view: View; candidate: Candidate }) => {
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
          <UploadForm
            action={`${at}/photo`}
            name="photo"
            accept="image/jpeg"
            label={w.photo}
            hint={w.photoHint}
            problem={problems.photo && sentence(problems.photo, view.lang, w)}
            send={w.photoGive}
          />
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
