import type { Entry } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Form,
  Notice,
  Page,
  Select,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import type { CellNominees, Nominee, NomineeRow } from '../domain/nominee.ts'
import { cellKey, type PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { cellLabel, panelTrail } from './panel.tsx'
import { standingColumns } from './standing.tsx'

/** Nominees: what the ranking proposes, ties to settle, and the list once it is set. */
export function NomineesPage({
  view,
  round,
  rows,
  removed,
  proposal,
  others,
  mayNominate,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  rows: readonly NomineeRow[]
  removed: readonly (Nominee & { title: string })[]
  /** What would be nominated now; or the name of what is missing. */
  proposal: { cells: readonly CellNominees[] } | { missing: keyof PanelWords }
  /** Passed entries that are not nominees, for adding by hand, and titles for the ties. */
  others: readonly Pick<Entry, 'id' | 'number' | 'title' | 'agencyName'>[]
  mayNominate: boolean
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}`
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  const named = (id: string) => {
    const entry = others.find((each) => each.id === id)
    return entry ? `${entry.number}. ${entry.title} · ${entry.agencyName}` : id
  }
  const cells = 'cells' in proposal ? proposal.cells : []
  const ties = cells.filter((cell) => cell.selection.tie)
  const wanted = cells.reduce((sum, cell) => sum + cell.selection.selected.length, 0)
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined)
  return (
    <Page view={view} title={w.nomineesTitle} lead={w.nomineesLead} trail={panelTrail(round, view.lang)}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ reason: w.reason, deciders: w.tieDeciders, chosen: w.tieChoose, entry: w.entryNumber }}
      />
      {rows.length === 0 && 'missing' in proposal && <Notice tone="attention">{w[proposal.missing]}</Notice>}
      {rows.length === 0 && cells.length > 0 && (
        <Table
          caption={w.places}
          rows={cells.filter((cell) => cell.wanted > 0)}
          columns={[
            { head: w.cluster, cell: (c) => cellLabel(round, c, view.lang), main: true },
            { head: w.nomineesWanted, cell: (c) => c.wanted, number: true },
            {
              head: w.taken,
              cell: (c) => c.selection.selected.length + (c.selection.tie?.places ?? 0),
              number: true,
            },
          ]}
        />
      )}
      {mayNominate &&
        ties.map((cell) => {
          const tie = cell.selection.tie!
          const mine = typed.cluster === cell.cluster && typed.group === cell.group
          return (
            <section key={cellKey(cell)}>
              <h2>{fill(w.tieTitle, { cluster: cellLabel(round, cell, view.lang) })}</h2>
              <p>
                {fill(w.tieText, {
                  n: tie.proposals.length,
                  places: tie.places,
                  score: formatNumber(tie.score, view.lang, round.rules.scoring.decimals),
                })}
              </p>
              <Form action={`${at}/nominees/tie`}>
                <input type="hidden" name="cluster" value={cell.cluster} />
                <input type="hidden" name="group" value={cell.group} />
                <Choices
                  name="chosen"
                  many
                  label={w.tieChoose}
                  options={tie.proposals.map((id) => ({ value: id, label: named(id) }))}
                  value={mine && Array.isArray(typed.chosen) ? (typed.chosen as string[]) : []}
                  problem={mine ? problem('chosen') : undefined}
                />
                <TextField
                  name="deciders"
                  label={w.tieDeciders}
                  hint={w.tieDecidersHint}
                  value={mine ? text('deciders') : ''}
                  problem={mine ? problem('deciders') : undefined}
                />
                <TextArea
                  name="reason"
                  label={w.reason}
                  hint={w.reasonHint}
                  rows={3}
                  value={mine ? text('reason') : ''}
                  problem={mine ? problem('reason') : undefined}
                />
                <div class="actions">
                  <button type="submit">{w.tieDo}</button>
                </div>
              </Form>
            </section>
          )
        })}
      {mayNominate && rows.length === 0 && cells.length > 0 && ties.length === 0 && (
        <>
          <p>{fill(w.nominateHint, { n: wanted })}</p>
          <div class="actions">
            <ActionButton action={`${at}/nominees`}>{w.nominateDo}</ActionButton>
          </div>
        </>
      )}
      {rows.length > 0 && <NomineeTable view={view} round={round} rows={rows} mayNominate={mayNominate} />}
      {round.ties.length > 0 && (
        <Table
          caption={w.tiesSettled}
          rows={round.ties}
          columns={[
            { head: w.cluster, cell: (t) => cellLabel(round, t, view.lang), main: true },
            { head: w.tieChoose, cell: (t) => t.chosen.map(named).join('; ') },
            { head: w.reason, cell: (t) => t.reason },
            { head: w.tieDeciders, cell: (t) => t.deciders },
            { head: w.when, cell: (t) => formatDateTime(t.at, view.lang, view.zone) },
          ]}
        />
      )}
      {mayNominate && rows.length > 0 && (
        <details open={typed.entry !== undefined}>
          <summary>{w.addNominee}</summary>
          <p class="hint">{w.addNomineeHint}</p>
          <Form action={`${at}/nominees/add`}>
            <Select
              name="entry"
              label={w.entryNumber}
              empty=""
              options={others
                .filter((entry) => !rows.some((row) => row.proposal === entry.id))
                .map((entry) => ({ value: entry.id, label: named(entry.id) }))}
              value={text('entry')}
              problem={problem('entry')}
            />
            <TextArea
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              rows={3}
              value={text('reason')}
              problem={problem('reason')}
            />
            <div class="actions">
              <button type="submit">{w.addDo}</button>
            </div>
          </Form>
        </details>
      )}
      {removed.length > 0 && (
        <Table
          caption={w.removedNominees}
          rows={removed}
          columns={[
            { head: w.proposal, cell: (n) => n.title, main: true },
            { head: w.reason, cell: (n) => n.removedReason },
          ]}
        />
      )}
    </Page>
  )
}

function NomineeTable({
  view,
  round,
  rows,
  mayNominate,
}: {
  view: View
  round: PanelRound
  rows: readonly NomineeRow[]
  mayNominate: boolean
}) {
  const w = panelWords(view.lang)
  const viaOf = (n: NomineeRow) =>
    n.via === 'manual' ? fill(w.viaManual, { reason: n.reason ?? '' }) : n.via === 'tie' ? w.viaTie : w.viaRanking
  const cells = new Map(rows.map((row) => [cellKey(row), row]))
  return [...cells].map(([key, cell]) => (
    <section key={key}>
      <h2>{cellLabel(round, cell, view.lang)}</h2>
      <Table
        caption={cellLabel(round, cell, view.lang)}
        hideCaption
        rows={byRank(rows.filter((row) => cellKey(row) === key))}
        columns={[
          {
            head: w.proposal,
            cell: (n) => <a href={`/judging/entries/${n.proposal}/nominee`}>{`${n.number}. ${n.title}`}</a>,
            main: true,
          },
          { head: w.agency, cell: (n) => n.agencyName },
          { head: w.region, cell: (n) => n.regionName ?? '' },
          ...standingColumns<NomineeRow>(round, view.lang),
          { head: w.via, cell: viaOf },
          ...(mayNominate
            ? [
                {
                  head: w.removeNominee,
                  cell: (n: NomineeRow) => <a href={`/judging/entries/${n.proposal}/nominee#keluar`}>{w.removeDo}</a>,
                },
              ]
            : []),
        ]}
      />
    </section>
  ))
}

/** Best rank first; entries without one at the end; of equals by number. */
export const byRank = <Row extends Pick<NomineeRow, 'standing' | 'number'>>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => (a.standing?.rank ?? 1e9) - (b.standing?.rank ?? 1e9) || a.number - b.number)
