import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Facts, Notice, Page, State, Table, type Tone } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import type { Gap, Step, StepState } from '../domain/preparation.ts'
import { words } from '../text/index.ts'
import { ElectionStateSign, electionTitle, heldOn, PracticeNotice, withinTrail } from './parts.tsx'

const tones: Record<StepState['state'], Tone> = { done: 'good', open: 'attention', waiting: 'calm' }
const folders: Record<Step, string> = {
  committee: 'committee',
  candidates: 'candidates',
  draw: 'candidates',
  proofs: 'candidates',
  places: 'places',
  officers: 'officers',
  roll: 'roll',
  readiness: 'readiness',
  order: 'ceremony',
  ceremony: 'ceremony',
  packages: 'packages',
}

/** What is missing, as a sentence. */
export function gapText(view: View, { code, values = {}, gaps = [] }: Gap): string {
  const w = words(view.lang)
  const said = gaps.map((each) => w[each as 'no-chair'] ?? each).join('; ')
  return fill(w[`gap-${code}`], { ...values, gaps: said })
}

/** Everything that must be there before an election can be sealed, in its order, with what is missing. */
export function OfficePage({
  view,
  election,
  steps,
  crowded,
}: {
  view: View
  election: Election
  steps: readonly StepState[]
  /** Polling places with more voters than the rule says (R34): worth a look, no obstacle. */
  crowded: readonly { number: number; voters: number }[]
}) {
  const w = words(view.lang)
  const said = { done: w.stepDone, open: w.stepOpen, waiting: w.stepWaiting }
  /** Nothing of the preparation moves any more. */
  const over = election.state !== 'preparing' && election.state !== 'sealed'
  const at = `/voting/elections/${election.id}`
  const preparation = (
    <Table
      caption={w.officeTitle}
      hideCaption
      rows={steps}
      columns={[
        {
          head: w.step,
          main: true,
          cell: ({ step }) => <a href={`/voting/elections/${election.id}/${folders[step]}`}>{w[`step-${step}`]}</a>,
        },
        { head: w.state, cell: ({ state }) => <State tone={tones[state]}>{said[state]}</State> },
        {
          head: w.stepMissing,
          cell: ({ gaps }) =>
            gaps.length === 0 ? (
              '–'
            ) : (
              <ul class="plain">
                {gaps.map((gap, at) => (
                  <li key={at}>{gapText(view, gap)}</li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  )
  return (
    <Page view={view} title={w.officeTitle} lead={electionTitle(view, election)} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <Facts
        facts={[
          [w.state, <ElectionStateSign view={view} state={election.state} />],
          [w.waveHeld, heldOn(view, election.held)],
          [w.rules, <a href={`/voting/elections/${election.id}/rules`}>{election.profile.name}</a>],
        ]}
      />
      {over ? (
        <details>
          <summary>{w.officePast}</summary>
          {preparation}
        </details>
      ) : (
        preparation
      )}
      {election.kind === 'deliberation' && (
        <p>
          <a href={`${at}/deliberation`}>{w.deliberationTitle}</a>
        </p>
      )}
      {election.state !== 'preparing' && election.kind !== 'deliberation' && (
        <ul>
          {over && (
            <>
              <li>
                <a href={`${at}/count`}>{w.countOffice}</a>
              </li>
              <li>
                <a href={`${at}/audit`}>{w.auditTitle}</a>
              </li>
            </>
          )}
          <li>
            <a href={`${at}/decision`}>{w.decisionTitle}</a>
          </li>
          <li>
            <a href={`${at}/destruction`}>{w.destructionTitle}</a>
          </li>
        </ul>
      )}
      {crowded.length > 0 && (
        <Notice tone="attention" title={w.warnHead}>
          <ul>
            {crowded.map(({ number, voters }) => (
              <li key={number}>
                {fill(w['warn-voters'], {
                  number,
                  voters: formatNumber(voters, view.lang),
                  most: formatNumber(election.profile.rules.votersPerTps.value, view.lang),
                })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Page>
  )
}
