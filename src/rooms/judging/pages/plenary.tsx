import type { StageKind } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Page, State, sentence, Table, TextArea } from '#platform/ui/index.ts'
import { type Counter, type DecisionInForce, outcomesOf } from '../domain/decision.ts'
import type { FinalFigure } from '../domain/final-standing.ts'
import type { NomineeRow } from '../domain/nominee.ts'
import { cellKey, type PanelRound, type PlenaryKind, plenaryOf } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { byRank } from './nominees.tsx'
import { cellLabel, panelTrail } from './panel.tsx'
import { standingColumns } from './standing.tsx'

export type PanelNote = { proposal: string; member: string; score: number | null; note: string }
export type SittingRow = NomineeRow & {
  decision: DecisionInForce | undefined
  final: FinalFigure | undefined
  /** Members who declared a conflict with it and keep out of its decision. */
  keptOut: readonly { id: string; name: string }[]
}
export type RowProblem = { outcome?: string; reason?: string; problem: string }

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

function notesColumn(view: View, notes: readonly PanelNote[]) {
  return {
    head: panelWords(view.lang).panelNotes,
    cell: (row: SittingRow) =>
      notes
        .filter((note) => note.proposal === row.proposal)
        .map((note) => (
          <p key={note.member} class="small">
            <strong>{note.member}</strong>
            {note.score !== null && ` · ${formatNumber(note.score, view.lang)}`}
            {note.note && `: ${note.note}`}
          </p>
        )),
  }
}

export const outcomeLabel = (round: PanelRound, outcome: string, lang: View['lang']): string => {
  const w = panelWords(lang)
  if (outcome === 'finalist' || outcome === 'not' || outcome === 'none') return w[outcome]
  return round.rules.select.topLevels.find((level) => level.key === outcome)?.label[lang] ?? outcome
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

function SittingTable({
  view,
  round,
  kind,
  rows,
  notes,
  caption,
  reader,
  open,
  rowProblems,
}: {
  view: View
  round: PanelRound
  kind: PlenaryKind
  rows: readonly SittingRow[]
  notes: readonly PanelNote[]
  caption: string
  reader: string | null
  open: boolean
  rowProblems: ReadonlyMap<string, RowProblem>
}) {
  const w = panelWords(view.lang)
  const equal = (row: SittingRow) =>
    row.standing?.rank != null && rows.filter((other) => other.standing?.rank === row.standing?.rank).length > 1
  const decisionCell = (row: SittingRow) => {
    if (open && row.keptOut.some(({ id }) => id === reader))
      return (
        <p id={`outcome-${row.proposal}`}>
          <State tone="attention">{w.keptOutSelf}</State>
          <span class="hint">{w['member-conflict']}</span>
        </p>
      )
    if (open) return <Deciding view={view} round={round} kind={kind} row={row} typed={rowProblems.get(row.proposal)} />
    if (!row.decision) return w.undecided
    return (
      <>
        <strong>{outcomeLabel(round, row.decision.outcome, view.lang)}</strong>
        <span class="hint">{row.decision.reason}</span>
      </>
    )
  }
  return (
    <Table
      caption={caption}
      hideCaption
      rows={rows}
      columns={[
        {
          head: w.proposal,
          cell: (row) => (
            <>
              <a href={`/judging/entries/${row.proposal}/nominee`}>{`${row.number}. ${row.title}`}</a>
              <span class="hint">
                {[row.agencyName, row.regionName].filter(Boolean).join(' · ')}
                {equal(row) && ` · ${w.sameScore}`}
              </span>
            </>
          ),
          main: true,
        },
        ...(kind === 'levels' ? finalColumns(round, view.lang) : standingColumns<SittingRow>(round, view.lang)),
        ...(notes.length > 0 ? [notesColumn(view, notes)] : []),
        {
          head: w.decision,
          cell: (row) => (
            <>
              {row.keptOut.length > 0 && (
                <span class="hint">{fill(w.keptOut, { names: row.keptOut.map(({ name }) => name).join(', ') })}</span>
              )}
              {decisionCell(row)}
            </>
          ),
        },
      ]}
    />
  )
}

/** In the final plenary: what each stage gave, and the stages joined by their weights. */
function finalColumns(round: PanelRound, lang: View['lang']) {
  const w = panelWords(lang)
  const names: Partial<Record<StageKind, string>> = {
    scoring: w.stageScoring,
    interview: w.stageInterview,
    'ministry-feasibility': w.stageFeasibility,
    'public-rating': w.stageRating,
  }
  const number = (value: number | null | undefined) =>
    value == null ? w.scoreMissing : formatNumber(value, lang, round.rules.scoring.decimals)
  const weighted = round.rules.stages.filter((stage) => 'weight' in stage && stage.weight > 0)
  return [
    ...weighted.map((stage) => ({
      head: `${names[stage.kind] ?? stage.label[lang]} (${'weight' in stage ? stage.weight : 0} %)`,
      cell: ({ final }: SittingRow) => number(final?.parts.find((part) => part.kind === stage.kind)?.figure),
      number: true,
    })),
    { head: w.finalTotal, cell: ({ final }: SittingRow) => number(final?.total), number: true },
  ]
}

function Deciding({
  view,
  round,
  kind,
  row,
  typed,
}: {
  view: View
  round: PanelRound
  kind: PlenaryKind
  row: SittingRow
  typed: RowProblem | undefined
}) {
  const w = panelWords(view.lang)
  const outcome = typed?.outcome ?? row.decision?.outcome ?? ''
  const name = `outcome-${row.proposal}`
  return (
    <div class={typed ? 'field bad' : undefined}>
      {typed && <p class="problem">{sentence({ code: typed.problem }, view.lang, w)}</p>}
      <select id={name} name={name} aria-label={`${w.decision}: ${row.title}`}>
        <option value="">{w.undecided}</option>
        {outcomesOf(round.rules, kind, row.group).map((each) => (
          <option key={each} value={each} selected={each === outcome}>
            {outcomeLabel(round, each, view.lang)}
          </option>
        ))}
      </select>
      <input
        name={`reason-${row.proposal}`}
        aria-label={`${w.reason}: ${row.title}`}
        placeholder={w.reason}
        value={typed?.reason ?? row.decision?.reason ?? ''}
        maxlength={4000}
      />
    </div>
  )
}
