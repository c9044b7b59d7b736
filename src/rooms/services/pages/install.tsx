import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Examined } from '../domain/installing.ts'
import { words } from '../text/index.ts'

type Elsewhere = {
  href: string
  names: Record<string, string>
  version: string
  from: string
  installed: string | null
  newer: boolean
}
type Shipped = { name: string; names: Record<string, string>; version: string; installed: string | null }

type Unit = { id: string; name: string }

/** For which unit, or the agency as a whole; nothing to ask where there are no units. */
function UnitSelect({ view, units, unit }: { view: View; units: readonly Unit[]; unit: string | undefined }) {
  const w = words(view.lang)
  if (units.length === 0) return null
  return (
    <Select
      name="unit"
      label={w.forUnit}
      hint={w.forUnitHint}
      empty={w.wholeAgency}
      value={unit}
      options={units.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** Packages that an agency may install. */
export function InstallPage({
  view,
  agency,
  shipped,
  elsewhere,
  units,
  unit,
  refusal,
  examined,
}: {
  view: View
  agency: string
  shipped: readonly Shipped[]
  /** What other installations offer. */
  elsewhere: readonly Elsewhere[]
  units: readonly Unit[]
  unit?: string | undefined
  refusal?: string | undefined
  examined?: Examined | undefined
}) {
  const w = words(view.lang)
  const at = `/services/agencies/${agency}`
  return (
    <Page
      view={view}
      title={w.installTitle}
      lead={w.installLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {examined && <Outcome view={view} examined={examined} />}
      <h2>{w.shippedHead}</h2>
      <Table
        caption={w.shippedHead}
        hideCaption
        rows={shipped}
        columns={[
          {
            head: w.package,
            main: true,
            cell: ({ name, names }) => <a href={`${at}/install/${name}`}>{say(names, view.lang)}</a>,
          },
          { head: w.version, cell: ({ version }) => version },
          { head: w.running, cell: ({ installed }) => installed ?? '–' },
        ]}
      />
      {elsewhere.length > 0 && (
        <>
          <h2>{w.elsewhereHead}</h2>
          <Table
            caption={w.elsewhereHead}
            hideCaption
            rows={elsewhere}
            columns={[
              { head: w.package, main: true, cell: ({ href, names }) => <a href={href}>{say(names, view.lang)}</a> },
              { head: w.elsewhereFrom, cell: ({ from }) => from },
              {
                head: w.version,
                cell: ({ version, newer }) =>
                  newer ? <State tone="attention">{fill(w.elsewhereNewer, { version })}</State> : version,
              },
              { head: w.running, cell: ({ installed }) => installed ?? '–' },
            ]}
          />
        </>
      )}
      <p>
        <a href="/exchange">{w.elsewhereAll}</a>
      </p>
      <h2>{w.uploadHead}</h2>
      <Form action={`${at}/upload`} upload>
        <TextField name="file" type="file" accept=".melayani" label={w.file} hint={w.uploadHint} />
        <UnitSelect view={view} units={units} unit={unit} />
        <div class="actions">
          <button type="submit">{w.upload}</button>
        </div>
      </Form>
    </Page>
  )
}

/** A package before it is installed: what its example cases showed. */
export function PreviewPage({
  view,
  agency,
  name,
  units,
  unit,
  examined,
  refusal,
}: {
  view: View
  agency: string
  name: string
  units: readonly Unit[]
  unit?: string
  examined: Examined
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const manifest = examined.pkg?.manifest
  const good = manifest && examined.examples.every(({ passed }) => passed)
  return (
    <Page
      view={view}
      title={manifest ? say(manifest.names, view.lang) : name}
      lead={manifest && say(manifest.summary, view.lang)}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/agencies/${agency}/install`, label: w.installTitle },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Outcome view={view} examined={examined} />
      {good && (
        <Form action={`/services/agencies/${agency}/install/${name}`}>
          <UnitSelect view={view} units={units} unit={unit} />
          <div class="actions">
            <button type="submit">{fill(w.installNow, { version: manifest.version })}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}

/** What is wrong with a package, and what its example cases showed. */
export function Outcome({ view, examined: { examples, problems } }: { view: View; examined: Examined }) {
  const w = words(view.lang)
  const errors = problems.filter(({ level }) => level === 'error')
  const list = (caption: string, rows: typeof problems) => (
    <Table
      caption={caption}
      rows={rows}
      columns={[
        {
          head: w.place,
          main: true,
          cell: ({ file, line, at }) => [file + (line ? `:${line}` : ''), at].filter(Boolean).join(' '),
        },
        { head: w.ruleName, cell: ({ rule }) => rule },
        { head: w.says, cell: ({ says }) => says },
      ]}
    />
  )
  return (
    <>
      {errors.length > 0 && list(w.problemsHead, errors)}
      {problems.length > errors.length &&
        list(
          w.noticesHead,
          problems.filter(({ level }) => level === 'warning'),
        )}
      {examples.length > 0 && (
        <Table
          caption={w.rehearsalHead}
          rows={examples}
          columns={[
            { head: w.example, main: true, cell: ({ id }) => id },
            {
              head: w.state,
              cell: ({ passed }) => <State tone={passed ? 'good' : 'bad'}>{passed ? w.passed : w.failed}</State>,
            },
          ]}
        />
      )}
    </>
  )
}

/** Whose sealed packages may be installed in this house. */
export function PublishersPage({
  view,
  rows,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  rows: readonly { key: string; name: string; added: Date }[]
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page
      view={view}
      title={w.publishersTitle}
      lead={w.publishersLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ name: w.publisherName, key: w.publisherKey }}
      />
      <Table
        caption={w.publishersTitle}
        hideCaption
        empty={<p>{w.publishersNone}</p>}
        rows={rows}
        columns={[
          { head: w.publisherName, main: true, cell: ({ name }) => name },
          { head: w.publisherKey, cell: ({ key }) => key },
          { head: w.since, cell: ({ added }) => formatDate(added, view.lang, view.zone) },
        ]}
      />
      <Form action="/services/publishers">
        <TextField name="name" label={w.publisherName} value={String(typed.name ?? '')} problem={problem('name')} />
        <TextField name="key" label={w.publisherKey} value={String(typed.key ?? '')} problem={problem('key')} />
        <div class="actions">
          <button type="submit">{w.publisherAdd}</button>
        </div>
      </Form>
    </Page>
  )
}
