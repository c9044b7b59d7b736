import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Numbers, Page, Table, TextField } from '#platform/ui/index.ts'
import type { CheckedUnits } from '../domain/unit-import.ts'
import { words } from '../text/index.ts'

type Agency = { id: string; name: string }
const placeOf = ({ id }: Agency) => `/people/agencies/${id}/units/import`

/** Upload a table of units with their people. */
export function UnitImportPage({
  view,
  agency,
  refusal,
  columns,
}: {
  view: View
  agency: Agency
  refusal?: string
  columns?: readonly string[]
}) {
  const w = words(view.lang)
  const problem = refusal && fill(w[refusal as 'columns-missing'] ?? refusal, { columns: columns?.join(', ') ?? '' })
  const here = placeOf(agency)
  const trail = [{ href: `/people/agencies/${agency.id}`, label: agency.name }]
  return (
    <Page view={view} title={w.importUnits} trail={trail} lead={w.importUnitsLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={problem && refusal ? { ...w, [refusal]: problem } : w} />
      <Form action={here} upload>
        <TextField
          name="file"
          label={w.importFile}
          hint={w.importUnitsHint}
          type="file"
          accept=".csv,.xlsx"
          problem={problem}
        />
        <div class="actions">
          <button type="submit">{w.importCheck}</button>
          {['xlsx', 'csv'].map((end) => (
            <a class="button quiet" key={end} href={`${here}/template.${end}`}>
              {w.importTemplate} ({end.toUpperCase()})
            </a>
          ))}
        </div>
      </Form>
    </Page>
  )
}

/** What the check found: every problem by row and column, or what will be written when one agrees. */
export function UnitImportPreviewPage({
  view,
  agency,
  id,
  file,
  checked,
  done,
  refusal,
}: {
  view: View
  agency: Agency
  id: string
  file: string
  checked: CheckedUnits
  done: boolean
  refusal?: string
}) {
  const w = words(view.lang)
  const { units, people, problems } = checked
  const here = placeOf(agency)
  const clean = problems.length === 0 && units.length + people.length > 0
  const trail = [
    { href: `/people/agencies/${agency.id}`, label: agency.name },
    { href: here, label: w.importUnits },
  ]
  if (done)
    return (
      <Page view={view} title={w.importPreview} trail={trail} lead={file}>
        <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
        <Notice>
          <p>{w['import-done']}</p>
        </Notice>
      </Page>
    )
  return (
    <Page view={view} title={w.importPreview} trail={trail} lead={file}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Notice tone={clean ? 'good' : 'attention'}>
        <p>{clean ? w.importClean : problems.length > 0 ? w.importBroken : w['import-nothing-new']}</p>
      </Notice>
      <Numbers
        lang={view.lang}
        items={[
          { value: units.length, label: w.importUnitsNew },
          { value: people.length, label: w.importInvites },
          { value: checked.known, label: w.importPeopleKnown },
          { value: problems.length, label: w.importProblems },
        ]}
      />
      {problems.length > 0 && (
        <Table
          caption={w.importProblems}
          rows={problems.slice(0, 500)}
          columns={[
            { head: w.row, cell: (p) => p.row, main: true },
            { head: w.column, cell: (p) => p.column },
            { head: w.problem, cell: (p) => fill(w[p.code], { with: p.with ?? '' }) },
          ]}
        />
      )}
      <div class="actions">
        {clean && (
          <ActionButton action={`${here}/${id}`}>
            {fill(w.importUnitsConfirm, { units: units.length, people: people.length })}
          </ActionButton>
        )}
        <a class="button quiet" href={here}>
          {w.importAgain}
        </a>
      </div>
      {units.length > 0 && (
        <Table
          caption={w.importUnitsNew}
          rows={units.slice(0, 500)}
          columns={[{ head: w.unitName, cell: (name) => name, main: true }]}
        />
      )}
      {people.length > 0 && (
        <Table
          caption={w.importInvites}
          rows={people.slice(0, 500)}
          columns={[
            { head: w.row, cell: (p) => p.row, number: true },
            { head: w.person, cell: (p) => p.name, main: true },
            { head: w.email, cell: (p) => p.email },
            { head: w.unitName, cell: (p) => p.unit },
          ]}
        />
      )}
    </Page>
  )
}
