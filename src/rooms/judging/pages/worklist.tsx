import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatDistance, formatNumber } from '#platform/text.ts'
import { hrefWith, Notice, Page, State, Table, Tabs } from '#platform/ui/index.ts'
import { deadlineOf, isLate } from '../domain/deadline.ts'
import type { Reading } from '../domain/reading.ts'
import { stateOf } from '../domain/reading.ts'
import type { Work } from '../domain/sheet.ts'
import { words } from '../text/index.ts'

export type Show = 'todo' | 'done' | 'all'

/** What an evaluator has to read: own progress, time left, and the way to the next sheet. */
export function WorklistPage({
  view,
  round,
  reading,
  rounds,
  work,
  show,
  criteriaOf,
}: {
  view: View
  round: Round | undefined
  reading: Reading | undefined
  /** Every round in which this evaluator reads. */
  rounds: readonly Round[]
  work: readonly Work[]
  show: Show
  criteriaOf: (work: Work) => number
}) {
  const w = words(view.lang)
  if (!round || !reading)
    return (
      <Page view={view} title={w.worklistTitle} lead={w.worklistLead}>
        <p class="empty">{w.noWork}</p>
      </Page>
    )
  const done = work.filter((each) => each.finished)
  const shown = show === 'all' ? work : work.filter((each) => (each.finished !== null) === (show === 'done'))
  const next = work.find((each) => !each.finished && !isLate(deadlineOf(reading, each), view.now))
  const state = stateOf(reading)
  const address = (query: Show) => hrefWith('/judging', { round: round.id, show: query === 'todo' ? '' : query })
  const stateWord = (each: Work) =>
    each.finished ? (
      <State tone="good">{w.sheetDone}</State>
    ) : each.given > 0 ? (
      <State tone="active">{fill(w.begun, { n: each.given, all: criteriaOf(each) })}</State>
    ) : (
      <State tone="calm">{w.notBegun}</State>
    )
  /** A deadline of its own, or that it has passed: what the general line above does not say. */
  const dueNote = (each: Work) => {
    const due = deadlineOf(reading, each)
    if (state !== 'open' || !due) return null
    if (isLate(due, view.now)) return <span class="hint">{w.partLate}</span>
    if (due.getTime() === reading.until?.getTime()) return null
    return <span class="hint">{fill(w.partDue, { until: formatDateTime(due, view.lang, view.zone) })}</span>
  }
  return (
    <Page view={view} title={w.worklistTitle} lead={w.worklistLead}>
      {rounds.length > 1 && (
        <Tabs
          label={w.judgingTitle}
          here={hrefWith('/judging', { round: round.id })}
          items={rounds.map((each) => ({
            href: hrefWith('/judging', { round: each.id }),
            label: each.rules.name[view.lang],
          }))}
        />
      )}
      {state === 'preparing' && (
        <Notice>
          <p>{w.notYetOpen}</p>
        </Notice>
      )}
      {state !== 'preparing' && state !== 'open' && (
        <Notice>
          <p>{w.nowClosed}</p>
          {state === 'released' && (
            <p>
              <a href={`/judging/rounds/${round.id}/offset`}>{w.ownOffset}</a>
            </p>
          )}
        </Notice>
      )}
      <section aria-label={w.own}>
        <p>
          <label>
            {fill(w.ownProgress, {
              done: formatNumber(done.length, view.lang),
              all: formatNumber(work.length, view.lang),
            })}{' '}
            <progress value={done.length} max={Math.max(1, work.length)} />
          </label>
        </p>
        {state === 'open' && reading.until && (
          <p>
            {!isLate(reading.until, view.now) ? (
              <>
                {w.timeLeft}: <strong>{formatDistance(reading.until, view.now, view.lang)}</strong>{' '}
                <span class="soft">({formatDateTime(reading.until, view.lang, view.zone)})</span>
              </>
            ) : (
              <strong>{fill(w.timeOver, { until: formatDateTime(reading.until, view.lang, view.zone) })}</strong>
            )}
          </p>
        )}
        {state === 'open' && next && (
          <div class="actions">
            <a class="button" href={`/judging/sheets/${next.proposal}`}>
              {w.readNext}
            </a>
          </div>
        )}
      </section>
      <Tabs
        label={w.filterState}
        here={address(show)}
        items={[
          { href: address('todo'), label: `${w.todo} (${work.length - done.length})` },
          { href: address('done'), label: `${w.done} (${done.length})` },
          { href: address('all'), label: `${w.allWork} (${work.length})` },
        ]}
      />
      <Table
        caption={w.worklistTitle}
        hideCaption
        rows={shown}
        empty={show === 'done' ? w.nothingDone : w.nothingTodo}
        columns={[
          { head: w.number, number: true, cell: (each) => each.number ?? '' },
          {
            head: w.entryTitle,
            main: true,
            cell: (each) => <a href={`/judging/sheets/${each.proposal}`}>{each.title}</a>,
          },
          { head: w.agencyOf, cell: (each) => each.agencyName },
          {
            head: w.state,
            cell: (each) => (
              <>
                {stateWord(each)}
                {dueNote(each)}
              </>
            ),
          },
        ]}
      />
    </Page>
  )
}
