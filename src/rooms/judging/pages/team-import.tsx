import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Numbers, Page, Table, TextField } from '#platform/ui/index.ts'
import type { CheckedTeam } from '../domain/team-import.ts'
import { words } from '../text/index.ts'
import { roundTrail } from './evaluators.tsx'

const trailTo = (view: View, round: Round) => [
  ...roundTrail(view, round),
  { href: `/judging/rounds/${round.id}/evaluators`, label: words(view.lang).teamTitle },
]

/** Upload a table of evaluators. */
export function TeamImportPage({
  view,
  round,
  refusal,
  columns,
}: {
  view: View
  round: Round
  refusal?: string | undefined
  columns?: readonly string[] | undefined
}) {
  const w = words(view.lang)
  const at = `/judging/rounds/${round.id}/evaluators/import`
  const problem = refusal && fill(w[refusal as 'columns-missing'] ?? refusal, { columns: columns?.join(', ') ?? '' })
  return (
    <Page view={view} title={w.teamImport} trail={trailTo(view, round)} lead={w.teamImportLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={problem && refusal ? { ...w, [refusal]: problem } : w} />
      <Form action={at} upload>
        <TextField
          name="file"
          label={w.teamFile}
          hint={w.teamFileHint}
          type="file"
          accept=".csv,.xlsx"
          problem={problem || undefined}
        />
        <div class="actions">
          <button type="submit">{w.teamCheck}</button>
          <a class="button quiet" href={`${at}/template.xlsx`}>
            {w.teamTemplate} (XLSX)
          </a>
          <a class="button quiet" href={`${at}/template.csv`}>
            {w.teamTemplate} (CSV)
          </a>
        </div>
      </Form>
    </Page>
  )
}

/** What the check found: every problem by row and column, or what will be written when one agrees. */
export function TeamPreviewPage({
  view,
  round,
  id,
  file,
  checked,
  done,
  refusal,
}: {
  view: View
  round: Round
  id: string
  file: string
  checked: CheckedTeam
  done: boolean
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = `/judging/rounds/${round.id}/evaluators/import`
  const clean = checked.problems.length === 0 && checked.people.length > 0
  const category = new Map(round.rules.categories.map((each) => [each.key, each.label[view.lang]]))
  const joins = checked.people.filter((each) => each.person !== null).length
  return (
    <Page
      view={view}
      title={w.teamPreview}
      trail={[...trailTo(view, round), { href: at, label: w.teamImport }]}
      lead={file}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {done ? (
        <Notice>
          <p>{w['import-done']}</p>
        </Notice>
      ) : (
        <>
          <Notice tone={clean ? 'good' : 'attention'}>
            <p>{clean ? w.teamClean : checked.problems.length > 0 ? w.teamBroken : w['import-nothing']}</p>
          </Notice>
          <Numbers
            lang={view.lang}
            items={[
              { value: joins, label: w.teamJoins },
              { value: checked.people.length - joins, label: w.teamInvites },
              { value: checked.known.length, label: w.teamKnown },
              { value: checked.problems.length, label: w.teamProblems },
            ]}
          />
          {checked.problems.length > 0 && (
            <Table
              caption={w.teamProblems}
              rows={checked.problems.slice(0, 500)}
              columns={[
                { head: w.row, cell: (p) => p.row, main: true },
                { head: w.column, cell: (p) => p.column },
                { head: w.problem, cell: (p) => fill(w[p.code], { with: p.with ?? '' }) },
              ]}
            />
          )}
          <div class="actions">
            {clean && (
              <ActionButton action={`${at}/${id}`}>{fill(w.teamConfirm, { n: checked.people.length })}</ActionButton>
            )}
            <a class="button quiet" href={at}>
              {w.teamAgain}
            </a>
          </div>
          {checked.people.length > 0 && (
            <Table
              caption={w.teamNew}
              rows={checked.people}
              columns={[
                { head: w.row, cell: (each) => each.row, number: true },
                { head: w.person, cell: (each) => each.name, main: true },
                { head: w.email, cell: (each) => each.email },
                { head: w.university, cell: (each) => each.university ?? '–' },
                { head: w.homeRegion, cell: (each) => each.homeRegion ?? '–' },
                { head: w.expertise, cell: (each) => each.expertise.map((key) => category.get(key) ?? key).join(', ') },
                { head: w.load, cell: (each) => `${each.minLoad}–${each.maxLoad}`, number: true },
              ]}
            />
          )}
        </>
      )}
    </Page>
  )
}
