import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  History,
  Notice,
  Numbers,
  Page,
  Select,
  State,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Extension, isLate } from '../domain/deadline.ts'
import type { Reading } from '../domain/reading.ts'
import { stateOf } from '../domain/reading.ts'
import type { ReviewGraph } from '../domain/review-graph.ts'
import type { StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'
import { panelWords } from '../text/panel.ts'
import { GraphSection } from './graph.tsx'

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

function Next({
  view,
  round,
  reading,
  totals,
  waves,
  apart,
  typed,
  problems,
}: {
  view: View
  round: Round
  reading: Reading
  totals: Totals
  waves: readonly StoredWave[]
  apart: boolean
  typed: Record<string, string | string[]>
  problems: Problems
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}`
  const until = (label: string) => (
    <TextField
      name="until"
      type="date"
      label={label}
      hint={w.untilHint}
      value={
        (typed.until as string | undefined) ??
        (reading.until ?? (round.rules.calendar.scoringTo ? new Date(round.rules.calendar.scoringTo) : undefined))
          ?.toISOString()
          .slice(0, 10)
      }
      problem={problems.until && sentence(problems.until, view.lang, w)}
    />
  )
  switch (stateOf(reading)) {
    case 'preparing':
      return (
        <Form action={`${path}/open`}>
          <h2>{w.openReading}</h2>
          <p class="hint">{w.openReadingHint}</p>
          {until(w.until)}
          {apart && (
            <TextField
              name="apart"
              label={w.apartReason}
              hint={w.apartReasonHint}
              value={typed.apart as string}
              optional={platformWords(view.lang).optional}
            />
          )}
          <button type="submit">{w.openReading}</button>
        </Form>
      )
    case 'open':
      return (
        <>
          <Form action={`${path}/until`}>
            <h2>{w.extendTitle}</h2>
            <p class="hint">{w.extendHint}</p>
            {(reading.rule?.gapLimit !== null || waves.length > 0) && (
              <Select
                name="part"
                label={w.extendPart}
                value={typed.part as string}
                options={[
                  { value: 'round', label: w.partRound },
                  ...(reading.rule?.gapLimit !== null ? [{ value: 'third', label: w.partThird }] : []),
                  ...waves.map(({ seq }) => ({ value: `wave-${seq}`, label: fill(w.partWave, { n: seq }) })),
                ]}
              />
            )}
            {until(w.extendUntil)}
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              value={typed.reason as string}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
            <button type="submit" class="quiet">
              {w.moveUntil}
            </button>
          </Form>
          {totals.readings > totals.finished && (
            <p class="hint">{fill(w.closeReadingHint, { n: totals.readings - totals.finished })}</p>
          )}
          <ActionButton action={`${path}/close`}>{w.closeReading}</ActionButton>
        </>
      )
    case 'closed':
      return (
        <>
          <p class="hint">{w.releaseHint}</p>
          <ActionButton action={`${path}/release`}>{w.release}</ActionButton>
          <Form action={`${path}/reopen`}>
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              value={typed.reason as string}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
            <button type="submit" class="quiet">
              {w.reopenReading}
            </button>
          </Form>
        </>
      )
    case 'released':
      return (
        <Notice tone="good">
          <p>
            <a href={`${path}/ranking`}>{w.toRanking}</a>
          </p>
        </Notice>
      )
  }
}

/** The deadlines in force, and every decision that moved one: until when, why, and whose. */
function Deadlines({
  view,
  reading,
  extensions,
  waves,
}: {
  view: View
  reading: Reading
  extensions: readonly Extension[]
  waves: readonly StoredWave[]
}) {
  const w = words(view.lang)
  const time = (at: Date) => formatDateTime(at, view.lang, view.zone)
  const named = ({ part, wave }: Pick<Extension, 'part' | 'wave'>) =>
    part === 'wave' ? fill(w.partWave, { n: wave ?? '' }) : part === 'third' ? w.partThird : w.partRound
  const parts = [
    { label: w.partRound, due: reading.until },
    ...(reading.thirdUntil ? [{ label: w.partThird, due: reading.thirdUntil }] : []),
    ...waves
      .filter((each) => each.until)
      .map((each) => ({ label: fill(w.partWave, { n: each.seq }), due: each.until })),
  ]
  return (
    <>
      <h2>{w.deadlines}</h2>
      <Facts
        facts={parts.flatMap(({ label, due }) =>
          due
            ? [
                [
                  label,
                  <>
                    {time(due)}{' '}
                    {!reading.closed && isLate(due, view.now) && <State tone="attention">{w.deadlinePassed}</State>}
                  </>,
                ] as const,
              ]
            : [],
        )}
      />
      {extensions.length > 0 && (
        <>
          <h3>{w.extensions}</h3>
          <ul>
            {extensions.map((each) => (
              <li key={each.at.toISOString() + each.part}>
                {fill(w.extensionLine, {
                  part: named(each),
                  before: time(each.before),
                  until: time(each.until),
                  reason: each.reason,
                  by: each.byName,
                  at: time(each.at),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** The rounds whose judging the secretariat runs. */
export function RoundsPage({
  view,
  rounds,
  mayRun,
}: {
  view: View
  rounds: readonly { round: Round; state: 'preparing' | 'open' | 'closed' | 'released' }[]
  /** The secretariat runs the reading; the panel has its own half. */
  mayRun: boolean
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.judgingTitle} lead={w.judgingLead}>
      {rounds.length === 0 && <p class="empty">{w.noRounds}</p>}
      <ul class="cards">
        {rounds.map(({ round, state }) => (
          <li key={round.id}>
            <h2>
              <a href={`/judging/rounds/${round.id}${mayRun ? '' : '/panel'}`}>{round.rules.name[view.lang]}</a>
            </h2>
            <p class="meta">
              <span>{w[state]}</span>
              {mayRun && <a href={`/judging/rounds/${round.id}/panel`}>{panelWords(view.lang).toPanel}</a>}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
