import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import {
  Bars,
  Days,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  sentence,
  Table,
  TextField,
  When,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

/** A figure as it is drawn: in the reader's words. `value` null: hidden, or none. */
export type Drawn = {
  id: string
  name: string
  value: string
  n: string
  /** The day on which it was counted. */
  of: string
  query: string
  /** None where it is not broken down. */
  cells: { by: string; items: { label: string; value: number }[]; hidden: number; rounded: boolean } | null
}
export type Service = { id: string; name: string; agency: string }
export type SnapshotRow = { hash: string; day: string; version: string; taken: Date }
export type Shown = {
  hash: string
  day: string
  taken: Date
  since: string
  package: string
  version: string
  figures: readonly Drawn[]
  /** The number of the entry in the log that names this hash; null when the content or the log does not fit. */
  checked: string | null
}

type Publish = { typed?: string; problems?: Problems; refusal?: string | undefined } | null

const trailOf = (view: View, service: Service) => [
  { href: '/services', label: words(view.lang).servicesTitle },
  { href: `/services/${service.id}`, label: service.name },
]

/** What everybody may read of a service in figures: one publication, and the list of all. */
export function FiguresPage({
  view,
  service,
  shown,
  newest,
  rows,
  inside,
  publish,
}: {
  view: View
  service: Service
  /** None where nothing was published yet. */
  shown: Shown | null
  newest: boolean
  rows: readonly SnapshotRow[]
  /** Whether this reader works in the service. */
  inside: boolean
  /** What the local admin typed; null for everybody else. */
  publish: Publish
}) {
  const w = words(view.lang)
  const at = `/services/${service.id}/figures`
  const day = (text: string) => formatDate(text, view.lang)
  return (
    <Page
      view={view}
      title={fill(w.figuresTitle, { name: service.name })}
      lead={shown ? fill(w.figuresLead, { agency: service.agency, day: day(shown.day) }) : service.agency}
      trail={trailOf(view, service)}
    >
      {publish && (
        <ErrorSummary
          lang={view.lang}
          problems={publish.problems ?? {}}
          refusal={publish.refusal}
          words={w}
          labels={{ day: w.publishDay }}
        />
      )}
      {shown && !newest && (
        <Notice tone="attention">
          <p>
            {fill(w.figuresOld, { day: day(shown.day) })} <a href={at}>{w.figuresNewest}</a>
          </p>
        </Notice>
      )}
      {!shown && <p class="empty">{w.figuresNone}</p>}
      <div class="with-side">
        <div>
          {shown && (
            <>
              <FigureTable view={view} figures={shown.figures} day={shown.day} />
              <Cells view={view} figures={shown.figures} />
              <h2>{w.howHead}</h2>
              <p>{fill(w.howText, { since: day(shown.since), package: shown.package, version: shown.version })}</p>
              <Table
                caption={w.query}
                hideCaption
                rows={shown.figures}
                columns={[
                  { head: w.indicator, main: true, cell: ({ name }) => name },
                  { head: w.query, cell: ({ query }) => <code>{query}</code> },
                ]}
              />
            </>
          )}
        </div>
        <aside class="now">
          {shown && (
            <>
              <h2>{w.downloadHead}</h2>
              <ul>
                <li>
                  <a href={`${at}/${shown.hash}/figures.json`}>{w.downloadJson}</a>
                </li>
                <li>
                  <a href={`${at}/${shown.hash}/figures.csv`}>{w.downloadCsv}</a>
                </li>
              </ul>
              <p>{w.checkText}</p>
              <p>
                <code class="hash">{shown.hash}</code>
              </p>
              <p>
                <code>sha256sum figures.json</code>
              </p>
              <p>{shown.checked ? fill(w.checkGood, { event: shown.checked }) : w.checkBad}</p>
            </>
          )}
          {inside && (
            <p>
              <a href={`${at}/inside`}>{w.insideLink}</a>
            </p>
          )}
          {publish && <PublishForm view={view} at={at} publish={publish} />}
        </aside>
      </div>
      {rows.length > 0 && (
        <>
          <h2>{w.snapshotsHead}</h2>
          <p>{w.snapshotsLead}</p>
          <Table
            caption={w.snapshotsHead}
            hideCaption
            rows={rows}
            columns={[
              { head: w.snapshotDay, main: true, cell: (row) => <a href={`${at}/${row.hash}`}>{day(row.day)}</a> },
              { head: w.version, cell: (row) => row.version },
              { head: w.taken, cell: (row) => <When at={row.taken} lang={view.lang} zone={view.zone} /> },
              { head: w.hash, cell: (row) => <code>{row.hash.slice(0, 12)}…</code> },
            ]}
          />
        </>
      )}
    </Page>
  )
}

function PublishForm({ view, at, publish }: { view: View; at: string; publish: NonNullable<Publish> }) {
  const w = words(view.lang)
  const problem = publish.problems?.day
  return (
    <Form action={at}>
      <h2>{w.publishHead}</h2>
      <TextField
        name="day"
        type="date"
        label={w.publishDay}
        hint={w.publishHint}
        value={publish.typed ?? ''}
        problem={problem && sentence(problem, view.lang, w)}
      />
      <div class="actions">
        <button type="submit">{w.publishNow}</button>
      </div>
    </Form>
  )
}

function FigureTable({ view, figures, day }: { view: View; figures: readonly Drawn[]; day: string }) {
  const w = words(view.lang)
  const older = figures.some(({ of }) => of !== day)
  return (
    <Table
      caption={w.figures}
      hideCaption
      rows={figures}
      columns={[
        { head: w.indicator, main: true, cell: ({ name }) => name },
        { head: w.figure, number: true, cell: ({ value }) => value },
        { head: w.figureN, number: true, cell: ({ n }) => n },
        ...(older ? [{ head: w.figureOf, cell: ({ of }: Drawn) => formatDate(of, view.lang) }] : []),
      ]}
    />
  )
}

/** Groups that are drawn; a regency has two hundred villages. */
const mostBars = 30

function Cells({ view, figures }: { view: View; figures: readonly Drawn[] }) {
  const w = words(view.lang)
  return (
    <>
      {figures.map(({ id, name, cells }) => {
        if (!cells || cells.items.length + cells.hidden === 0) return null
        const caption = fill(w.cellsTitle, { name, by: cells.by })
        return (
          <section key={id}>
            <h2>{caption}</h2>
            {cells.items.length > 0 && (
              <Bars
                lang={view.lang}
                caption={caption}
                labelHead={cells.by}
                valueHead={w.figure}
                items={cells.items.slice(0, mostBars)}
              />
            )}
            <p class="soft">
              {cells.items.length > mostBars &&
                fill(w.cellsMore, { n: formatNumber(cells.items.length - mostBars, view.lang) })}{' '}
              {cells.hidden > 0 && fill(w.cellsHidden, { n: formatNumber(cells.hidden, view.lang) })}{' '}
              {cells.rounded && w.cellsRounded}
            </p>
          </section>
        )
      })}
    </>
  )
}

/** What those who work in a service read of it every day. */
export function InsidePage({
  view,
  service,
  count,
  days,
}: {
  view: View
  service: Service
  count: { day: string; taken: Date; figures: readonly Drawn[] } | null
  /** Numbers of cases day by day, the earliest first. */
  days: readonly { name: string; items: readonly { label: string; value: number }[] }[]
}) {
  const w = words(view.lang)
  const public_ = { href: `/services/${service.id}/figures`, label: w.figures }
  return (
    <Page
      view={view}
      title={fill(w.insideTitle, { name: service.name })}
      lead={w.insideLead}
      trail={[...trailOf(view, service), public_]}
    >
      {count ? (
        <>
          <Facts
            facts={[
              [w.snapshotDay, formatDate(count.day, view.lang)],
              [w.counted, <When at={count.taken} lang={view.lang} zone={view.zone} />],
            ]}
          />
          <FigureTable view={view} figures={count.figures} day={count.day} />
          <Cells view={view} figures={count.figures} />
          {days.map(({ name, items }) => (
            <section key={name}>
              <h2>{fill(w.insideDays, { name })}</h2>
              <Days
                lang={view.lang}
                caption={fill(w.insideDays, { name })}
                labelHead={w.dayHead}
                valueHead={w.figure}
                items={items}
              />
            </section>
          ))}
        </>
      ) : (
        <p class="empty">{w.insideNone}</p>
      )}
    </Page>
  )
}
