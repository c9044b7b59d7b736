import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ErrorSummary, History, Numbers, Page, Table } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Extension, isLate } from '../domain/deadline.ts'
import type { Reading } from '../domain/reading.ts'
import { stateOf } from '../domain/reading.ts'
import type { ReviewGraph } from '../domain/review-graph.ts'
import type { StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'
import { Deadlines } from './deadlines.tsx'
import { GraphSection } from './graph.tsx'
import { Next } from './round-now.tsx'

export type Totals = {
  entries: number
  evaluators: number
  unconfirmed: number
  readings: number
  finished: number
  lacking: number
}
export type ProgressRow = { name: string; assigned: number; finished: number }

/** The state of the reading as one sentence. */
export function stateSentence(view: View, reading: Reading): string {
  const w = words(view.lang)
  const time = (at: Date | null) => (at ? formatDateTime(at, view.lang, view.zone) : '')
  switch (stateOf(reading)) {
    case 'preparing':
      return w.statePreparing
    case 'open':
      return [
        fill(w.stateOpen, { opened: time(reading.opened), until: time(reading.until) }),
        isLate(reading.until, view.now) ? w.statePast : '',
      ]
        .join(' ')
        .trim()
    case 'closed':
      return fill(w.stateClosed, { closed: time(reading.closed) })
    case 'released':
      return fill(w.stateReleased, { released: time(reading.released) })
  }
}

/** Where the judging of a round stands, for the secretariat: counts, what to do now, progress of everybody. */
export function RoundPage({
  view,
  round,
  reading,
  totals,
  progress,
  history,
  extensions,
  waves,
  apart,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  reading: Reading
  totals: Totals
  progress: readonly ProgressRow[]
  history: readonly { at: Date; who: string | null; what: string }[]
  extensions: readonly Extension[]
  waves: readonly StoredWave[]
  /** Before reading opens: how the readings hang together, when they fall apart. */
  apart: { graph: ReviewGraph; names: ReadonlyMap<string, string>; entries: readonly Entry[] } | undefined
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}`
  return (
    <Page
      view={view}
      title={fill(w.roundTitle, { round: round.rules.name[view.lang] })}
      trail={[{ href: '/judging', label: w.judgingTitle }]}
      lead={stateSentence(view, reading)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ reason: w.reason, part: w.extendPart, apart: w.apartReason }}
      />
      <div class="with-side">
        <div>
          <Numbers
            lang={view.lang}
            items={[
              { value: totals.entries, label: w.entries, href: `${path}/assignment` },
              { value: totals.evaluators, label: w.evaluators, href: `${path}/evaluators` },
              { value: totals.unconfirmed, label: w.unconfirmed, href: `${path}/evaluators` },
              { value: totals.readings, label: w.readings, href: `${path}/assignment` },
              { value: totals.finished, label: w.finishedReadings },
              { value: totals.lacking, label: w.lackReadings, href: `${path}/assignment` },
            ]}
          />
          {apart && <GraphSection view={view} round={round} {...apart} />}
          {reading.apartReason && <p>{fill(w.apartOpened, { reason: reading.apartReason })}</p>}
          {reading.opened && <Deadlines view={view} reading={reading} extensions={extensions} waves={waves} />}
          {progress.length > 0 && (
            <>
              <h2>{w.progress}</h2>
              <p class="hint">{w.progressHint}</p>
              <Table
                caption={w.progress}
                hideCaption
                rows={progress}
                columns={[
                  { head: w.evaluator, main: true, cell: (p) => p.name },
                  { head: w.assigned, number: true, cell: (p) => formatNumber(p.assigned, view.lang) },
                  { head: w.finished, number: true, cell: (p) => formatNumber(p.finished, view.lang) },
                ]}
              />
            </>
          )}
          {history.length > 0 && (
            <>
              <h2>{platformWords(view.lang).history}</h2>
              <History items={history} lang={view.lang} zone={view.zone} />
            </>
          )}
        </div>
        <aside class="now stack">
          <ul class="plain">
            <li>
              <a href={`${path}/evaluators`}>{w.toEvaluators}</a>
            </li>
            <li>
              <a href={`${path}/assignment`}>{w.toAssignment}</a>
            </li>
            <li>
              <a href={`${path}/waves`}>{w.toWaves}</a>
            </li>
            <li>
              <a href={`${path}/rule`}>{w.toRule}</a>
            </li>
            {reading.released && (
              <>
                <li>
                  <a href={`${path}/ranking`}>{w.toRanking}</a>
                </li>
                <li>
                  <a href={`${path}/panel`}>{w.toPanel}</a>
                </li>
              </>
            )}
          </ul>
          <Next
            view={view}
            round={round}
            reading={reading}
            totals={totals}
            waves={waves}
            apart={apart !== undefined}
            typed={typed}
            problems={problems}
          />
        </aside>
      </div>
    </Page>
  )
}
