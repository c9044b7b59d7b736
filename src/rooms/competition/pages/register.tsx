import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  hrefWith,
  Notice,
  Page,
  Pager,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { ImportPlan } from '../domain/register.ts'
import { words } from '../text/index.ts'

export type RegisterRow = {
  id: string
  name: string
  agency_name: string
  year: number | null
  level: string
  source: string
}

const trail = (view: View) => [{ href: '/competition/register', label: words(view.lang).registerTitle }]

export function RegisterPage({
  view,
  rows,
  total,
  page,
  size,
  query,
}: {
  view: View
  rows: readonly RegisterRow[]
  total: number
  page: number
  size: number
  query: string
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.registerTitle} lead={w.registerLead}>
      <div class="with-side">
        <div>
          <search>
            <form method="get" action="/competition/register" class="search-line">
              <TextField name="q" label={w.registerSearch} type="search" value={query} />
              <button type="submit" class="quiet">
                {platformWords(view.lang).search}
              </button>
            </form>
          </search>
          <Table
            caption={w.registerTitle}
            hideCaption
            rows={rows}
            empty={<p>{query ? w.registerNone : w.registerEmpty}</p>}
            columns={[
              { head: w.registerName, cell: (r) => r.name, main: true },
              { head: w.registerAgency, cell: (r) => r.agency_name },
              { head: w.registerYear, cell: (r) => r.year ?? '–' },
              { head: w.registerLevel, cell: (r) => <span lang="id">{r.level}</span> },
              { head: w.registerSource, cell: (r) => r.source },
            ]}
          />
          <Pager
            lang={view.lang}
            page={page}
            total={total}
            size={size}
            href={(n) => hrefWith('/competition/register', { q: query, hal: n > 1 ? String(n) : undefined })}
          />
        </div>
        <aside class="now">
          <div class="stack">
            <a class="button" href="/competition/register/import">
              {w.registerImport}
            </a>
            <ActionButton action="/gallery/sync" kind="quiet">
              {w.registerSync}
            </ActionButton>
          </div>
        </aside>
      </div>
    </Page>
  )
}

export type ImportProblem = { row: number; name: string; problems: Problems }

/** The file is chosen or pasted; what is wrong with it is told by row. */
export function ImportPage({
  view,
  content = '',
  problems = [],
  refusal,
}: {
  view: View
  content?: string
  problems?: readonly ImportProblem[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const whole = problems.find((each) => each.row === 0)?.problems
  const rows = problems.filter((each) => each.row > 0)
  return (
    <Page view={view} title={w.registerImport} trail={trail(view)} lead={w.registerImportLead}>
      <ErrorSummary
        lang={view.lang}
        problems={whole}
        refusal={refusal}
        words={w}
        labels={{ content: w.registerFile }}
      />
      {rows.length > 0 && (
        <div class="notice bad" role="alert">
          <h2>{fill(w.registerProblems, { n: formatNumber(rows.length, view.lang) })}</h2>
          <p>{w.registerNothingImported}</p>
          <Table
            caption={w.registerProblem}
            hideCaption
            rows={rows.slice(0, 200)}
            columns={[
              { head: w.registerRow, cell: (r) => r.row, number: true },
              { head: w.registerName, cell: (r) => r.name || '–', main: true },
              {
                head: w.registerProblem,
                cell: (r) =>
                  Object.entries(r.problems).map(([field, problem]) => (
                    <div key={field}>
                      {field}: {sentence(problem, view.lang, w)}
                    </div>
                  )),
              },
            ]}
          />
        </div>
      )}
      <form method="post" action="/competition/register/import/preview" enctype="multipart/form-data">
        <TextField
          name="file"
          label={w.registerFile}
          hint={w.registerFileHint}
          type="file"
          accept=".json,application/json"
        />
        <TextArea
          name="content"
          label={w.registerOr}
          value={content}
          rows={8}
          problem={whole?.content && sentence(whole.content, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.registerLook}</button>
        </div>
      </form>
    </Page>
  )
}

/** What the file would add, before anything is saved. */
export function PreviewPage({ view, plan, content }: { view: View; plan: ImportPlan; content: string }) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const fresh = plan.fresh.length
  const shown = plan.fresh.slice(0, 50).map(({ award }) => award)
  return (
    <Page view={view} title={w.registerPreview} trail={trail(view)}>
      <p>
        {fill(w.registerPlan, {
          innovations: n(plan.innovations),
          awards: n(plan.awards),
          newInnovations: n(plan.newInnovations),
          newAwards: n(fresh),
        })}
      </p>
      {fresh === 0 ? (
        <Notice tone="good">
          <p>{w.registerNothingNew}</p>
        </Notice>
      ) : (
        <>
          <Form action="/competition/register/import">
            <input type="hidden" name="content" value={content} />
            <div class="actions">
              <button type="submit">{fill(w.registerConfirm, { n: n(fresh) })}</button>
              <a class="button quiet" href="/competition/register/import">
                {w.registerImport}
              </a>
            </div>
          </Form>
          <Table
            caption={fill(w.registerFirst, { n: n(fresh) })}
            rows={shown}
            columns={[
              { head: w.registerRow, cell: (a) => a.row, number: true },
              { head: w.registerName, cell: (a) => a.name, main: true },
              { head: w.registerAgency, cell: (a) => a.agency },
              { head: w.registerYear, cell: (a) => a.year ?? '–' },
              { head: w.registerLevel, cell: (a) => <span lang="id">{a.level}</span> },
              { head: w.registerSource, cell: (a) => a.source },
            ]}
          />
        </>
      )}
    </Page>
  )
}
