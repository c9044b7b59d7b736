import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Page, State, Table, TextArea } from '#platform/ui/index.ts'
import type { Counter } from '../domain/decision.ts'
import { cellKey, type PanelRound, type PlenaryKind, plenaryOf } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { byRank } from './nominees.tsx'
import { cellLabel, panelTrail } from './panel.tsx'
import { type PanelNote, type RowProblem, type SittingRow, SittingTable } from './sitting.tsx'

/** The plenary: per cluster every entry with its standing and notes, and beside it the decision with its reason. */
export function PlenaryPage({
  view,
  round,
  kind,
  rows,
  counters,
  notes,
  reader,
  mayDecide,
  mayRun,
  vacant,
  rowProblems = new Map(),
  refusal,
}: {
  view: View
  round: PanelRound
  kind: PlenaryKind
  rows: readonly SittingRow[]
  counters: readonly Counter[]
  notes: readonly PanelNote[]
  /** Who reads this page. */
  reader: string | null
  mayDecide: boolean
  mayRun: boolean
  /** Cells of a closed plenary in which a place is free again. */
  vacant: ReadonlySet<string>
  /** What was typed for a row that could not be saved, and why. */
  rowProblems?: ReadonlyMap<string, RowProblem>
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const plenary = plenaryOf(round, kind)
  const at = `/judging/rounds/${round.id}/plenary/${kind}`
  const moment = (date: Date) => formatDateTime(date, view.lang, view.zone)
  const running = plenary !== undefined && plenary.closed === null
  const undecided = rows.filter((row) => !row.decision).length
  const cells = [...new Map(rows.map((row) => [cellKey(row), row])).values()]
  return (
    <Page
      view={view}
      title={kind === 'finalists' ? w.plenaryFinalists : w.plenaryLevels}
      lead={w.plenaryLead}
      trail={panelTrail(round, view.lang)}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {rowProblems.size > 0 && (
        <ErrorSummary
          lang={view.lang}
          problems={Object.fromEntries(
            [...rowProblems].map(([id, { problem }]) => [`outcome-${id}`, { code: problem }]),
          )}
          words={w}
          labels={Object.fromEntries(rows.map((row) => [`outcome-${row.proposal}`, row.title]))}
        />
      )}
      <p>
        <State tone={running ? 'active' : plenary ? 'good' : 'calm'}>
          {running ? w.stepNow : plenary ? w.stepDone : w.stepNotYet}
        </State>{' '}
        {!plenary && w.plenaryNotYet}
        {running && fill(w.plenaryNow, { when: moment(plenary.opened) })}
        {plenary?.closed && fill(w.plenaryDone, { when: moment(plenary.closed) })}
      </p>
      {round.rules.select.priorities.length > 0 && (
        <Notice title={w.priorities}>
          <ul>
            {round.rules.select.priorities.map((priority) => (
              <li key={priority.key}>{priority.label[view.lang]}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Counters view={view} round={round} kind={kind} counters={counters} rows={rows} />
      {!plenary && mayRun && (
        <div class="actions">
          <ActionButton action={`${at}/open`}>{w.plenaryOpenDo}</ActionButton>
        </div>
      )}
      {rows.length === 0 && <p class="empty">{kind === 'finalists' ? w.noNominees : w['finalists-not-public']}</p>}
      {cells.map((cell) => {
        const open = mayDecide && (running || vacant.has(cellKey(cell)))
        const inCell = byRank(rows.filter((row) => cellKey(row) === cellKey(cell)))
        const own = kind === 'levels' ? inCell.sort((a, b) => (b.final?.total ?? -1) - (a.final?.total ?? -1)) : inCell
        const table = (
          <SittingTable
            view={view}
            round={round}
            kind={kind}
            rows={own}
            notes={notes}
            caption={cellLabel(round, cell, view.lang)}
            reader={reader}
            open={open}
            rowProblems={rowProblems}
          />
        )
        return (
          <section key={cellKey(cell)} id={cellKey(cell).replace('/', '-')}>
            <h2>{cellLabel(round, cell, view.lang)}</h2>
            {open ? (
              <Form action={`${at}/decisions`}>
                {table}
                <div class="actions">
                  <button type="submit">{w.plenarySaveDo}</button>
                </div>
              </Form>
            ) : (
              table
            )}
          </section>
        )
      })}
      {running && mayRun && rows.length > 0 && (
        <section>
          <h2>{w.plenaryCloseDo}</h2>
          <p>
            {undecided > 0 && <State tone="attention">{fill(w.leftUndecided, { n: undecided })}</State>}{' '}
            {w.plenaryCloseHint}
          </p>
          <Form action={`${at}/close`}>
            <TextArea name="minutes" label={w.minutes} rows={5} />
            <div class="actions">
              <button type="submit">{w.plenaryCloseDo}</button>
            </div>
          </Form>
        </section>
      )}
      {plenary?.minutes && (
        <section>
          <h2>{w.minutes}</h2>
          <p class="prose">{plenary.minutes}</p>
        </section>
      )}
      {kind === 'finalists' && plenary?.closed && !plenary.announced && mayRun && (
        <section>
          <h2>{w.announceTitle}</h2>
          <p>{w.announceHint}</p>
          <div class="actions">
            <ActionButton action={`/judging/rounds/${round.id}/finalists/announce`}>{w.announceDo}</ActionButton>
          </div>
        </section>
      )}
      {kind === 'levels' && plenary?.closed && !round.decree && mayRun && (
        <div class="actions">
          <a class="button" href={`/judging/rounds/${round.id}/decree`}>
            {w.decreeTitle}
          </a>
        </div>
      )}
    </Page>
  )
}

function Counters({
  view,
  round,
  kind,
  counters,
  rows,
}: {
  view: View
  round: PanelRound
  kind: PlenaryKind
  counters: readonly Counter[]
  rows: readonly SittingRow[]
}) {
  const w = panelWords(view.lang)
  const levels = round.rules.select.topLevels.map((level) => ({
    label: level.label[view.lang],
    places: level.count as number | null | string,
    taken: rows.filter((row) => row.decision?.outcome === level.key).length,
  }))
  // Clusters in which nothing can be given would only be in the way.
  const cells = counters
    .filter((c) => c.places !== 0 || c.taken > 0)
    .map((c) => ({ label: cellLabel(round, c, view.lang), places: c.places as number | null | string, taken: c.taken }))
  if (cells.length > 1)
    cells.push({
      label: w.total,
      places: counters.reduce((sum, c) => sum + (c.places ?? 0), 0),
      taken: counters.reduce((sum, c) => sum + c.taken, 0),
    })
  return (
    <Table
      caption={w.places}
      rows={kind === 'levels' ? levels : cells}
      columns={[
        { head: kind === 'levels' ? w.decision : w.cluster, cell: (c) => c.label, main: true },
        { head: w.places, cell: (c) => c.places ?? '–', number: true },
        { head: w.taken, cell: (c) => c.taken, number: true },
      ]}
    />
  )
}
