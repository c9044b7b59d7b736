import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { State, Table, type Tone } from '#platform/ui/index.ts'
import type { Elsewhere } from '../domain/lineage.ts'
import { named, type Runner } from '../domain/shown.ts'
import type { Stage } from '../domain/stage.ts'
import { words } from '../text/index.ts'

const tones: Record<Stage, Tone> = {
  installed: 'calm',
  configured: 'calm',
  'first-case': 'active',
  active: 'good',
  outcome: 'good',
}

/** How far it has come, and that it sleeps where it does. */
export function StageState({ view, runner }: { view: View; runner: Runner }) {
  const w = words(view.lang)
  const { heart, retired } = runner
  if (!heart) return <State tone="calm">{runner.state ? w[`state-${runner.state}`] : w['stage-none']}</State>
  const day = (date: Date | string) => formatDate(date, view.lang, view.zone)
  return (
    <>
      <State tone={tones[heart.stage]}>{w[`stage-${heart.stage}`]}</State>
      {retired && <div class="small">{fill(w.retiredMark, { date: day(retired) })}</div>}
      <Asleep view={view} runner={runner} />
    </>
  )
}

/** Since when nothing happens, and what its agency answered when it was asked. */
export function Asleep({ view, runner: { heart, question } }: { view: View; runner: Runner }) {
  if (!heart?.asleep) return null
  const w = words(view.lang)
  const day = (date: Date | string) => formatDate(date, view.lang, view.zone)
  return (
    <>
      <div>
        <State tone="attention">{fill(w.asleep, { date: day(heart.asleep) })}</State>
      </div>
      {question && (
        <div class="small">
          {fill(w[`said-${question.answer}`], { date: question.until ? day(question.until) : '' })}
          {question.words && <>: {question.words}</>}
        </div>
      )}
    </>
  )
}

/** Name with its marks; the way to the service where there is one. */
export function RunnerName({ view, runner, all }: { view: View; runner: Runner; all: readonly Runner[] }) {
  const w = words(view.lang)
  const from = runner.learntFrom && all.find(({ process }) => process === runner.learntFrom)
  const marks = [
    runner.owner && w.ownerMark,
    runner.expansion && w.expansionMark,
    runner.demo && w.demoMark,
    from && fill(w.learntFrom, { from: named(from) }),
  ].filter(Boolean)
  return (
    <>
      {runner.service && !runner.retired ? <a href={`/services/${runner.service}`}>{named(runner)}</a> : named(runner)}
      {marks.length > 0 && <div class="small soft">{marks.join(' · ')}</div>}
    </>
  )
}

export function Runners({ view, rows }: { view: View; rows: readonly Runner[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.runnersHead}
      hideCaption
      empty={<p>{w.runnersNone}</p>}
      rows={rows}
      columns={[
        { head: w.runBy, main: true, cell: (runner) => <RunnerName view={view} runner={runner} all={rows} /> },
        { head: w.stage, cell: (runner) => <StageState view={view} runner={runner} /> },
        { head: w.since, cell: ({ since }) => formatDate(since, view.lang, view.zone) },
        {
          head: w.casesLast30,
          number: true,
          cell: ({ heart, casesLast30 }) => (heart ? fewOf(casesLast30, view.lang) : '–'),
        },
        {
          head: w.lastCase,
          cell: ({ lastCase }) => (lastCase ? formatDate(lastCase, view.lang, view.zone) : w.never),
        },
      ]}
    />
  )
}

/** Who runs it in other installations, as they report. */
export function Far({ view, rows }: { view: View; rows: readonly Elsewhere[] }) {
  if (rows.length === 0) return null
  const w = words(view.lang)
  return (
    <>
      <h3>{w.farHead}</h3>
      <Table
        caption={w.farHead}
        hideCaption
        rows={rows}
        columns={[
          { head: w.runBy, main: true, cell: ({ name }) => name },
          { head: w.farFrom, cell: ({ from }) => from },
          {
            head: w.stage,
            cell: ({ stage, asleep }) => (
              <State tone={asleep ? 'attention' : tones[stage]}>{asleep ? w.asleepCount : w[`stage-${stage}`]}</State>
            ),
          },
          { head: w.since, cell: ({ since }) => formatDate(since, view.lang) },
        ]}
      />
      <p class="hint">{w.farHint}</p>
    </>
  )
}

/** Fewer than five are not told, and others to the nearest five, so that two days tell nothing of single persons. */
export const fewOf = (n: number, lang: View['lang']) =>
  n === 0 ? '0' : n < 5 ? '< 5' : `± ${formatNumber(Math.round(n / 5) * 5, lang)}`
