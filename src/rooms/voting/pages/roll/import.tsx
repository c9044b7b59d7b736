import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Numbers, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { type RowProblem, rollColumns } from '../../domain/roll/row.ts'
import { words } from '../../text/index.ts'
import { count, RollPart, rollAt } from './parts.tsx'

/** Upload a list of voters. */
export function RollImportPage({
  view,
  election,
  refusal,
  columns,
}: {
  view: View
  election: Election
  refusal?: string | undefined
  columns?: readonly string[]
}) {
  const w = words(view.lang)
  const problem = refusal && fill(w[refusal as 'columns-missing'] ?? refusal, { columns: columns?.join(', ') ?? '' })
  const here = `${rollAt(election)}/import`
  return (
    <RollPart view={view} election={election} title={w.rollImport} lead={w.rollImportLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={problem && refusal ? { ...w, [refusal]: problem } : w} />
      <Form action={here} upload>
        <TextField
          name="file"
          label={w.rollFile}
          hint={fill(w.rollImportHint, { columns: rollColumns.join(', ') })}
          type="file"
          accept=".csv,.xlsx"
          problem={problem}
        />
        <div class="actions">
          <button type="submit">{w.rollCheck}</button>
          {['xlsx', 'csv'].map((end) => (
            <a class="button quiet" key={end} href={`${here}/template.${end}`}>
              {w.rollTemplate} ({end.toUpperCase()})
            </a>
          ))}
        </div>
      </Form>
    </RollPart>
  )
}

const mostShown = 200

/** What the check found: each row that is left out with why, and how many can be taken. */
export function RollImportResultPage({
  view,
  election,
  id,
  file,
  takes,
  known,
  problems,
  taken,
  refusal,
}: {
  view: View
  election: Election
  id: string
  file: string
  takes: number
  known: number
  problems: readonly RowProblem[]
  /** How many came into the roll; null while the file waits for its answer. */
  taken: number | null
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const here = `${rollAt(election)}/import`
  const left = new Set(problems.map(({ row }) => row)).size
  const trail = [{ href: here, label: w.rollImport }]
  if (taken !== null)
    return (
      <RollPart view={view} election={election} title={w.rollImportResult} lead={file} trail={trail}>
        <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
        <Notice>
          <p>{taken > 0 ? w['import-done'] : w.rollImportGone}</p>
        </Notice>
      </RollPart>
    )
  return (
    <RollPart view={view} election={election} title={w.rollImportResult} lead={file} trail={trail}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Notice tone={left === 0 && takes > 0 ? 'good' : 'attention'}>
        <p>
          {takes === 0
            ? w.rollImportAll
            : left > 0
              ? fill(w.rollImportSome, { n: count(view, left) })
              : w.rollImportGood}
        </p>
      </Notice>
      <Numbers
        lang={view.lang}
        items={[
          { value: takes, label: w.rollTakes },
          { value: known, label: w.rollKnown },
          { value: left, label: w.rollLeft },
        ]}
      />
      <div class="actions">
        {takes > 0 && (
          <ActionButton action={`${here}/${id}`}>{fill(w.rollImportTake, { n: count(view, takes) })}</ActionButton>
        )}
        {left > 0 && (
          <a class="button quiet" href={`${here}/${id}/left-out.xlsx`}>
            {w.rollReport}
          </a>
        )}
        <a class="button quiet" href={here}>
          {w.rollImportAgain}
        </a>
      </div>
      {problems.length > 0 && (
        <Table
          caption={w.rollLeftRows}
          rows={[...Map.groupBy(problems, ({ row }) => row)].slice(0, mostShown)}
          columns={[
            { head: w.row, cell: ([row]) => fill(w.rowNo, { n: row }), main: true },
            {
              head: w.rowProblem,
              cell: ([, own]) => (
                <ul class="plain">
                  {own.map((p) => (
                    <li key={p.column}>
                      {p.column}: {fill(w[p.code], { with: p.with ?? '' })}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
      {left > mostShown && <p>{fill(w.rollRowsMore, { n: count(view, left - mostShown) })}</p>}
    </RollPart>
  )
}
