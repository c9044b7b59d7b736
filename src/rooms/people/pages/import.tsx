import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Numbers, Page, Table, TextField } from '#platform/ui/index.ts'
import type { Checked } from '../domain/import.ts'
import { words } from '../text/index.ts'

/** Upload a table of agencies. */
export function ImportPage({ view, refusal, columns }: { view: View; refusal?: string; columns?: readonly string[] }) {
  const w = words(view.lang)
  const problem = refusal && fill(w[refusal as 'columns-missing'] ?? refusal, { columns: columns?.join(', ') ?? '' })
  return (
    <Page
      view={view}
      title={w.importAgencies}
      trail={[{ href: '/people/agencies', label: w.agencies }]}
      lead={w.importLead}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={problem && refusal ? { ...w, [refusal]: problem } : w} />
      <Form action="/people/agencies/import" upload>
        <TextField
          name="file"
          label={w.importFile}
          hint={w.importFileHint}
          type="file"
          accept=".csv,.xlsx"
          problem={problem}
        />
        <div class="actions">
          <button type="submit">{w.importCheck}</button>
          <a class="button quiet" href="/people/agencies/import/template.xlsx">
            {w.importTemplate} (XLSX)
          </a>
          <a class="button quiet" href="/people/agencies/import/template.csv">
            {w.importTemplate} (CSV)
          </a>
        </div>
      </Form>
    </Page>
  )
}

/** What the check found: every problem by row and column, or what will be written when one agrees. */
export function ImportPreviewPage({
  view,
  id,
  file,
  checked,
  done,
  refusal,
}: {
  view: View
  id: string
  file: string
  checked: Checked
  done: boolean
  refusal?: string
}) {
  const w = words(view.lang)
  const clean = checked.problems.length === 0 && checked.agencies.length > 0
  const admins = checked.agencies.filter((agency) => agency.admin)
  return (
    <Page
      view={view}
      title={w.importPreview}
      trail={[
        { href: '/people/agencies', label: w.agencies },
        { href: '/people/agencies/import', label: w.importAgencies },
      ]}
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
            <p>{clean ? w.importClean : checked.problems.length > 0 ? w.importBroken : w['import-nothing']}</p>
          </Notice>
          <Numbers
            lang={view.lang}
            items={[
              { value: checked.agencies.length, label: w.importNew },
              { value: checked.known.length, label: w.importKnown },
              { value: admins.length, label: w.importInvites },
              { value: checked.problems.length, label: w.importProblems },
            ]}
          />
          {checked.problems.length > 0 && <Problems view={view} checked={checked} />}
          <div class="actions">
            {clean && (
              <ActionButton action={`/people/agencies/import/${id}`}>
                {fill(w.importConfirm, { n: checked.agencies.length })}
              </ActionButton>
            )}
            <a class="button quiet" href="/people/agencies/import">
              {w.importAgain}
            </a>
          </div>
          {checked.agencies.length > 0 && (
            <Table
              caption={w.importNew}
              rows={checked.agencies.slice(0, 500)}
              columns={[
                { head: w.row, cell: (a) => a.row, number: true },
                { head: w.agencyName, cell: (a) => a.name, main: true },
                { head: w.code, cell: (a) => a.code },
                { head: w.kind, cell: (a) => w[a.kind] },
                { head: w.region, cell: (a) => a.region ?? '–' },
                { head: w.localAdmin, cell: (a) => (a.admin ? `${a.admin.name} (${a.admin.email})` : '–') },
              ]}
            />
          )}
        </>
      )}
    </Page>
  )
}

function Problems({ view, checked }: { view: View; checked: Checked }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.importProblems}
      rows={checked.problems.slice(0, 500)}
      columns={[
        { head: w.row, cell: (p) => p.row, main: true },
        { head: w.column, cell: (p) => p.column },
        { head: w.problem, cell: (p) => fill(w[p.code], { with: p.with ?? '' }) },
      ]}
    />
  )
}
