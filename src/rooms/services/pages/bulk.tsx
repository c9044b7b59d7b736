import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, State, Table, type Tone } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { type Drawn, Questions } from './form.tsx'

const trail = (view: View) => [{ href: '/services/worklist', label: words(view.lang).worklistTitle }]

export type BulkRow = { id: string; number: string; href: string | null; tone: Tone; says: string; can: boolean }

function Rows({ view, caption, head, rows }: { view: View; caption: string; head: string; rows: readonly BulkRow[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={caption}
      hideCaption
      rows={rows}
      columns={[
        { head: w.number, main: true, cell: ({ number, href }) => (href ? <a href={href}>{number}</a> : number) },
        { head, cell: ({ tone, says }) => <State tone={tone}>{says}</State> },
      ]}
    />
  )
}

/** What one move would do to many cases, and the answers that they share. Nothing has changed yet. */
export function BulkPage({
  view,
  name,
  move,
  rows,
  drawn,
  reasons,
  labels = {},
  problems = {},
  refusal,
}: {
  view: View
  name: string
  move: string
  rows: readonly BulkRow[]
  drawn: Drawn
  reasons: readonly { value: string; label: string }[]
  labels?: Record<string, string>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const can = rows.filter((row) => row.can)
  return (
    <Page
      view={view}
      title={name ? fill(w.bulkTitle, { name, n: rows.length }) : w.bulkMove}
      lead={w.bulkLead}
      trail={trail(view)}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {rows.length > 0 && <Rows view={view} caption={w.bulkResult} head={w.bulkResult} rows={rows} />}
      {can.length === 0 ? (
        <>
          {rows.length > 0 && <p>{w.bulkNoneLeft}</p>}
          <p>
            <a href="/services/worklist">{w.bulkBack}</a>
          </p>
        </>
      ) : (
        <Form action="/services/worklist/moves">
          <input type="hidden" name="move" value={move} />
          {can.map(({ id }) => (
            <input key={id} type="hidden" name="case[]" value={id} />
          ))}
          {drawn.fields.length > 0 && (
            <>
              <h2>{w.sharedForm}</h2>
              <p class="hint">{w.sharedHint}</p>
              <Questions {...drawn} />
            </>
          )}
          {reasons.length > 0 && (
            <Choices name="reason" label={w.reason} value={String(drawn.typed.reason ?? '')} options={reasons} />
          )}
          <div class="actions">
            <button type="submit">{fill(w.bulkNow, { n: can.length })}</button>
            <a class="button quiet" href="/services/worklist">
              {w.bulkBack}
            </a>
          </div>
        </Form>
      )}
    </Page>
  )
}

/** What became of each. */
export function BulkReportPage({ view, name, rows }: { view: View; name: string; rows: readonly BulkRow[] }) {
  const w = words(view.lang)
  const done = rows.filter((row) => row.can).length
  return (
    <Page view={view} title={name} lead={fill(w.bulkReport, { done, n: rows.length })} trail={trail(view)}>
      <Rows view={view} caption={w.bulkReported} head={w.bulkReported} rows={rows} />
      <p>
        <a class="button" href="/services/worklist">
          {w.bulkBack}
        </a>
      </p>
    </Page>
  )
}
