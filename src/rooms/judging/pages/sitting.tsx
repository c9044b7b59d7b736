import type { StageKind } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { State, sentence, Table } from '#platform/ui/index.ts'
import { type DecisionInForce, outcomesOf } from '../domain/decision.ts'
import type { FinalFigure } from '../domain/final-standing.ts'
import type { NomineeRow } from '../domain/nominee.ts'
import type { PanelRound, PlenaryKind } from '../domain/panel.ts'
import { panelWords } from '../text/panel.ts'
import { standingColumns } from './standing.tsx'

export type PanelNote = { proposal: string; member: string; score: number | null; note: string }
export type SittingRow = NomineeRow & {
  decision: DecisionInForce | undefined
  final: FinalFigure | undefined
  /** Members who declared a conflict with it and keep out of its decision. */
  keptOut: readonly { id: string; name: string }[]
}
export type RowProblem = { outcome?: string; reason?: string; problem: string }

export function SittingTable({
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
