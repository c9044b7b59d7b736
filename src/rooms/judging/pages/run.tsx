import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Page, State, Strip, type Tone } from '#platform/ui/index.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import type { NamedAdvice, NamedBlock, Run, RunResult, RunState } from '../domain/run.ts'
import { type JudgingWords, words } from '../text/index.ts'
import { roundTrail } from './evaluators.tsx'

const tones: Record<RunState, Tone> = {
  running: 'active',
  proposed: 'good',
  impossible: 'bad',
  undecided: 'attention',
  cancelled: 'calm',
  failed: 'bad',
  interrupted: 'attention',
  accepted: 'good',
  superseded: 'calm',
}

/** One computation: how far it is, what it proposes, or why nothing fits and what would help. */
export function RunPage({
  view,
  round,
  run,
  entries,
  team,
  loads,
  refusal,
}: {
  view: View
  round: Round
  run: Run
  entries: readonly Entry[]
  team: readonly Evaluator[]
  /** Readings each evaluator has now. */
  loads: ReadonlyMap<string, { assigned: number }>
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const base = `/judging/rounds/${round.id}/assignment`
  const trail = [...roundTrail(view, round), { href: base, label: w.assignmentTitle }]
  const phases = {
    floor: w.phaseFloor,
    prices: w.phasePrices,
    paths: w.phasePaths,
    search: w.phaseSearch,
    reasons: w.phaseReasons,
  }
  const { progress } = run
  return (
    <Page
      view={view}
      title={w.runTitle}
      trail={trail}
      lead={formatDateTime(run.begun, view.lang, view.zone, true)}
      islands={run.state === 'running' ? ['run-progress'] : []}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <p>
        <State tone={tones[run.state]}>{w[run.state]}</State>
      </p>
      {run.state === 'running' && (
        <run-progress src={`${base}/runs/${run.id}/events`}>
          <p role="status">
            {progress.phase ? phases[progress.phase] : w.running}{' '}
            <progress value={progress.done} max={progress.of} aria-label={w.running} />
          </p>
          <p class="hint">{w.keepsGoing}</p>
          <div class="actions">
            <a class="button" href={`${base}/runs/${run.id}`}>
              {w.look}
            </a>
            <ActionButton action={`${base}/runs/${run.id}/cancel`} kind="danger">
              {w.cancelRun}
            </ActionButton>
          </div>
        </run-progress>
      )}
      {(run.state === 'failed' || run.state === 'interrupted') && (
        <>
          <p>{run.state === 'failed' ? w.failedText : w.interruptedText}</p>
          <div class="actions">
            <ActionButton action={`${base}/runs`}>{w.startAgain}</ActionButton>
          </div>
        </>
      )}
      {run.result && <ResultSection {...{ view, round, run, entries, team, loads, result: run.result }} />}
    </Page>
  )
}

function ResultSection({
  view,
  round,
  run,
  entries,
  team,
  loads,
  result,
}: {
  view: View
  round: Round
  run: Run
  entries: readonly Entry[]
  team: readonly Evaluator[]
  loads: ReadonlyMap<string, { assigned: number }>
  result: RunResult
}) {
  const w = words(view.lang)
  const number = (n: number) => formatNumber(n, view.lang)
  const names = new Map(team.map((each) => [each.person, each.name]))
  const people = (ids: readonly string[]) =>
    list(
      w,
      ids.map((id) => names.get(id) ?? '?'),
    )
  const titles = new Map(entries.map((entry) => [entry.id, `${entry.number} ${entry.title}`]))
  const proposals = (ids: readonly string[]) =>
    list(
      w,
      ids.map((id) => titles.get(id) ?? '?'),
    )
  switch (result.outcome) {
    case 'assigned': {
      const extra = Map.groupBy(result.pairs, (pair) => pair.evaluator)
      const present = team.filter((each) => !each.withdrawn && each.confirmed)
      const before = run.state === 'accepted' ? () => 0 : (id: string) => loads.get(id)?.assigned ?? 0
      return (
        <>
          <p>
            {result.optimal
              ? w.optimal
              : fill(w.notOptimal, { total: number(result.total), bound: number(result.bound) })}
          </p>
          {result.floor !== undefined && <p>{fill(w.floorFound, { floor: number(result.floor) })}</p>}
          {result.scarce.length > 0 && <p>{fill(w.scarce, { names: people(result.scarce) })}</p>}
          <h2>{w.loadsProposed}</h2>
          <Strip
            lang={view.lang}
            caption={w.loadsProposed}
            labelHead={w.evaluator}
            valueHead={w.assigned}
            least={Math.min(...present.map((each) => each.minLoad))}
            most={Math.max(...present.map((each) => each.maxLoad))}
            items={present.map((each) => ({
              label: each.name,
              value: before(each.person) + (extra.get(each.person)?.length ?? 0),
            }))}
          />
          {run.state === 'proposed' && (
            <>
              <p>{fill(w.acceptHint, { n: number(result.pairs.length) })}</p>
              <div class="actions">
                <ActionButton action={`/judging/rounds/${round.id}/assignment/runs/${run.id}/accept`}>
                  {w.acceptRun}
                </ActionButton>
              </div>
            </>
          )}
        </>
      )
    }
    case 'impossible':
      return (
        <>
          <p>{fill(w.shortText, { n: number(result.short) })}</p>
          <h2>{w.whyTitle}</h2>
          <ul>
            {result.blocks.slice(0, 20).map((block, i) => (
              <li key={i}>{blockSentence(w, block, proposals, people)}</li>
            ))}
          </ul>
          {result.advice.length > 0 && (
            <>
              <h2>{w.whatHelps}</h2>
              <ul>
                {result.advice.map((each, i) => (
                  <li key={i}>
                    {adviceSentence(w, each, proposals, people)}:{' '}
                    {each.remaining === 0 ? w.adviceSolves : fill(w.adviceLeaves, { n: number(each.remaining) })}.
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )
    case 'undecided':
      return <p>{w.undecidedText}</p>
    case 'cancelled':
      return null
  }
}

/** A few names; the rest as a number. */
function list(w: JudgingWords, names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? fill(w.andMore, { names: shown, n: names.length - 5 }) : shown
}

type Names = (ids: readonly string[]) => string

/** Why something is impossible, in a sentence with its numbers. */
export function blockSentence(w: JudgingWords, block: NamedBlock, proposals: Names, people: Names): string {
  const rule = {
    conflict: w['rule-conflict'],
    floor: w['rule-floor'],
    university: w['rule-university'],
    bridge: w['rule-bridge'],
    'max-load': w['rule-max-load'],
    'min-load': w['rule-min-load'],
    fixed: w['rule-fixed-pairs'],
  }
  const texts = {
    fixed: w.blockFixed,
    panel: w.blockPanel,
    room: w.blockRoom,
    minimum: w.blockMinimum,
    sides: w.blockSides,
  }
  return fill(texts[block.kind], {
    proposals: proposals(block.proposals),
    people: people(block.evaluators),
    need: block.need,
    room: block.room,
    rules: block.rules.map((each) => rule[each]).join(', '),
  })
}

/** What would help, in a sentence. */
export function adviceSentence(w: JudgingWords, advice: NamedAdvice, proposals: Names, people: Names): string {
  const texts = {
    'raise-max-load': w.adviceRaise,
    'lower-min-load': w.adviceLower,
    'add-evaluators': w.adviceAdd,
    'lower-floor': w.adviceFloor,
    'waive-university': w.adviceUniversity,
    'waive-bridge': w.adviceBridge,
    'release-fixed': w.adviceRelease,
  }
  return fill(texts[advice.kind], {
    people: people(advice.evaluators ?? []),
    proposals: proposals(advice.proposals ?? []),
    by: advice.by ?? 0,
    count: advice.count ?? 0,
    maxLoad: advice.maxLoad ?? 0,
    to: advice.to ?? 0,
  })
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'run-progress': preact.HTMLAttributes<HTMLElement> & { src: string }
    }
  }
}
