import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Page,
  Select,
  Strip,
  sentence,
  Table,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import type { Demand } from '../domain/demand.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import type { Assignment } from '../domain/owed.ts'
import type { Reading, Settings } from '../domain/reading.ts'
import type { ReviewGraph } from '../domain/review-graph.ts'
import type { RunState } from '../domain/run.ts'
import { words } from '../text/index.ts'
import { roundTrail, type Typed } from './evaluators.tsx'
import { GraphSection } from './graph.tsx'

export type AssignmentView = {
  view: View
  round: Round
  reading: Reading
  entries: readonly Entry[]
  /** One page of the entries, for the list of readers. */
  shown: readonly Entry[]
  pager: preact.ComponentChildren
  readings: readonly Assignment[]
  team: readonly Evaluator[]
  demands: readonly Demand[]
  third: number
  graph: ReviewGraph
  runs: readonly { id: string; state: RunState; begun: Date }[]
  typed?: Typed
  problems?: Problems
  refusal?: string | undefined
}

/** The assignment of a round: what is missing, settings, loads, how readings connect, and changes by hand. */
export function AssignmentPage(props: AssignmentView) {
  const { view, round, reading, readings, team, demands, third, graph, runs, problems = {}, refusal } = props
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}/assignment`
  const names = new Map(team.map((each) => [each.person, each.name]))
  const missing = demands.reduce((sum, demand) => sum + demand.extra, 0)
  const loads = Map.groupBy(
    readings.filter((each) => each.ended === null),
    (each) => each.evaluator,
  )
  const present = team.filter((each) => !each.withdrawn)
  return (
    <Page view={view} title={w.assignmentTitle} trail={roundTrail(view, round)}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          reviews: w.reviews,
          bridge: w.bridge,
          floor: w.floor,
          stopBelow: w.stopBelow,
          fairest: w.fairest,
          seed: w.seed,
          waves: w.waves,
          number: `${w.entry} (${w.number.toLowerCase()})`,
          from: w.from,
          to: w.to,
          reason: w.reason,
        }}
      />
      <div class="with-side">
        <div>
          <h2>{w.lackTitle}</h2>
          <p>
            {missing === 0
              ? w.nothingLacks
              : fill(w.lackFirst, {
                  n: formatNumber(missing, view.lang),
                  entries: formatNumber(demands.length, view.lang),
                })}
          </p>
          {third > 0 && <p>{fill(w.thirdCalled, { n: formatNumber(third, view.lang) })}</p>}
          {present.length > 0 && (
            <>
              <h2>{w.loads}</h2>
              <Strip
                lang={view.lang}
                caption={w.loads}
                labelHead={w.evaluator}
                valueHead={w.assigned}
                least={Math.min(...present.map((each) => each.minLoad))}
                most={Math.max(...present.map((each) => each.maxLoad))}
                items={present.map((each) => ({ label: each.name, value: loads.get(each.person)?.length ?? 0 }))}
              />
            </>
          )}
          <GraphSection view={view} round={round} graph={graph} names={names} entries={props.entries} />
          <ReadersTable {...props} names={names} />
        </div>
        <aside class="now stack">
          {missing > 0 && !reading.closed && (
            <ActionButton action={`${path}/runs`}>
              {fill(w.startRun, { n: formatNumber(missing, view.lang) })}
            </ActionButton>
          )}
          {!reading.opened && <SettingsForm {...props} />}
          {!reading.closed && <ManualForm {...props} />}
          {runs.length > 0 && (
            <>
              <h2>{w.runs}</h2>
              <ul class="plain">
                {runs.map((run) => (
                  <li key={run.id}>
                    <a href={`${path}/runs/${run.id}`}>{formatDateTime(run.begun, view.lang, view.zone)}</a>{' '}
                    <span class="soft">{w[run.state]}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </aside>
      </div>
    </Page>
  )
}

const typedSettings = (settings: Settings, typed: Typed): Record<string, string> => ({
  reviews: String(typed.reviews ?? settings.reviews),
  bridge: String(typed.bridge ?? settings.bridge),
  floor: String(typed.floor ?? settings.floor ?? ''),
  seed: String(typed.seed ?? settings.seed),
  waves: String(typed.waves ?? settings.waves.map((wave) => `${wave.proposals} x ${wave.extra}`).join('\n')),
  stopBelow: String(typed.stopBelow ?? settings.stopBelow * 100),
})

function SettingsForm({ view, round, reading, typed = {}, problems = {} }: AssignmentView) {
  const w = words(view.lang)
  const value = typedSettings(reading.settings, typed)
  const problem = (name: string) => {
    const found = problems[name]
    return found && sentence(found, view.lang, w)
  }
  const number = (name: 'reviews' | 'bridge' | 'floor' | 'stopBelow', hint?: string) => (
    <TextField
      name={name}
      type="number"
      inputmode="numeric"
      label={w[name]}
      hint={hint}
      value={value[name]}
      problem={problem(name)}
    />
  )
  return (
    <details open={Object.keys(problems).some((name) => name in value)}>
      <summary>{w.settings}</summary>
      <p class="hint">{w.settingsHint}</p>
      <Form action={`/judging/rounds/${round.id}/assignment/settings`}>
        {number('reviews')}
        {number('bridge', w.bridgeHint)}
        <Tick name="university" label={w.universityRule} checked={reading.settings.university} />
        {number('floor', w.floorHint)}
        <Tick
          name="fairest"
          label={w.fairest}
          hint={w.fairestHint}
          checked={typed.reviews === undefined ? (reading.settings.fairest ?? false) : typed.fairest !== undefined}
        />
        <TextField name="seed" label={w.seed} hint={w.seedHint} value={value.seed} problem={problem('seed')} />
        <TextArea
          name="waves"
          rows={3}
          label={w.waves}
          hint={w.wavesHint}
          value={value.waves}
          problem={problem('waves')}
        />
        {number('stopBelow')}
        <button type="submit" class="quiet">
          {w.saveSettings}
        </button>
      </Form>
    </details>
  )
}

function ManualForm({ view, round, entries, team, typed = {}, problems = {} }: AssignmentView) {
  const w = words(view.lang)
  const problem = (name: string) => {
    const found = problems[name]
    return found && sentence(found, view.lang, w)
  }
  const people = team.filter((each) => !each.withdrawn).map((each) => ({ value: each.person, label: each.name }))
  const chosen = entries.find((entry) => entry.id === typed.proposal)
  return (
    <details id="manual" open={Boolean(typed.proposal)}>
      <summary>{w.manual}</summary>
      <p class="hint">{w.manualHint}</p>
      <Form action={`/judging/rounds/${round.id}/assignment/change`}>
        <TextField
          name="number"
          type="number"
          inputmode="numeric"
          label={`${w.entry} (${w.number.toLowerCase()})`}
          value={(typed.number as string | undefined) ?? chosen?.number}
          problem={problem('proposal')}
        />
        <Select name="from" label={w.from} empty={w.noFrom} options={people} value={typed.from as string} />
        <Select
          name="to"
          label={w.to}
          empty={w.noTo}
          options={people}
          value={typed.to as string}
          problem={problem('to')}
        />
        <TextField
          name="reason"
          label={w.reason}
          hint={w.reasonHint}
          value={typed.reason as string}
          problem={problem('reason')}
        />
        <button type="submit" class="quiet">
          {w.changeButton}
        </button>
      </Form>
    </details>
  )
}

function ReadersTable({
  view,
  shown,
  pager,
  readings,
  names,
}: AssignmentView & { names: ReadonlyMap<string, string> }) {
  const w = words(view.lang)
  const byProposal = Map.groupBy(readings, (each) => each.proposal)
  const ended = (each: Assignment) =>
    each.ended_as === 'withdrawn' ? w['ended-withdrawn'] : each.ended_as === 'moved' ? w.moved : w.recused
  return (
    <>
      <h2>{w.readersOf}</h2>
      <Table
        caption={w.readersOf}
        hideCaption
        rows={shown}
        empty={w.nothingLacks}
        columns={[
          { head: w.number, number: true, cell: (entry) => entry.number },
          { head: w.entryTitle, main: true, cell: (entry) => entry.title },
          {
            head: w.readers,
            cell: (entry) => {
              const own = byProposal.get(entry.id) ?? []
              if (own.length === 0) return <span class="soft">{w.noReaders}</span>
              return own.map((each, i) => (
                <span key={each.evaluator}>
                  {i > 0 && ', '}
                  {each.ended ? (
                    <span class="soft">
                      <s>{names.get(each.evaluator)}</s> ({ended(each)})
                    </span>
                  ) : (
                    names.get(each.evaluator)
                  )}
                </span>
              ))
            },
          },
        ]}
      />
      {pager}
    </>
  )
}
