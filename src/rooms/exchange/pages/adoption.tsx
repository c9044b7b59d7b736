import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Page, State, Table, type Tone } from '#platform/ui/index.ts'
import type { Offered, Standing } from '../domain/catalogue.ts'
import type { Heartbeat, Stage } from '../domain/heartbeat.ts'
import { words } from '../text/index.ts'
import { count, say } from './exchange.tsx'

const tones: Record<Standing, Tone> = { new: 'calm', newer: 'attention', same: 'good', older: 'calm' }
type Row = { href: string; from: string; entry: Offered; installed: string | null; standing: Standing }
type AdoptedRow = { service: string; package: string; version: string; from: string; stage: Stage }

/** What other installations offer to an agency, and what it adopted. */
export function ElsewherePage({
  view,
  agency,
  rows,
  adopted,
}: {
  view: View
  agency: { id: string; name: string }
  rows: readonly Row[]
  adopted: readonly AdoptedRow[]
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.elsewhereTitle}
      lead={fill(w.elsewhereLead, { agency: agency.name })}
      trail={[{ href: '/exchange', label: w.exchangeTitle }]}
    >
      <Table
        caption={w.elsewhereTitle}
        hideCaption
        empty={<p>{w.elsewhereNone}</p>}
        rows={rows}
        columns={[
          { head: w.package, main: true, cell: ({ href, entry }) => <a href={href}>{say(entry.names, view.lang)}</a> },
          { head: w.from, cell: ({ from }) => from },
          { head: w.version, cell: ({ entry }) => entry.version },
          {
            head: w.running,
            cell: ({ standing, installed }) => (
              <State tone={tones[standing]}>{[w[`standing-${standing}`], installed].filter(Boolean).join(' · ')}</State>
            ),
          },
        ]}
      />
      <h2>{w.adoptedHead}</h2>
      <Table
        caption={w.adoptedHead}
        hideCaption
        empty={<p>{w.adoptedNone}</p>}
        rows={adopted}
        columns={[
          {
            head: w.package,
            main: true,
            cell: (row) => <a href={`/services/${row.service}`}>{`${row.package} ${row.version}`}</a>,
          },
          { head: w.from, cell: ({ from }) => from },
          { head: w.stage, cell: ({ stage }) => w[`stage-${stage}`] },
          {
            head: w.news,
            cell: ({ service }) => <a href={`/exchange/agencies/${agency.id}/services/${service}`}>{w.toReports}</a>,
          },
        ]}
      />
    </Page>
  )
}

export type Tried = {
  problems: readonly { level: string; file: string; line?: number | undefined; rule: string; says: string }[]
  examples: readonly { id: string; passed: boolean }[]
}

/** One package from elsewhere: what it is, whether it is what it says, and the button that adopts it. */
export function AdoptPage({
  view,
  at,
  agency,
  from,
  entry,
  standing,
  installed,
  tried,
  refusal,
}: {
  view: View
  at: string
  agency: string
  from: string
  entry: Offered
  standing: Standing
  installed: string | null
  /** None as long as the file was not fetched. */
  tried: Tried | undefined
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const errors = tried?.problems.filter(({ level }) => level === 'error') ?? []
  const good = tried && errors.length === 0 && tried.examples.every(({ passed }) => passed)
  return (
    <Page
      view={view}
      title={say(entry.names, view.lang)}
      lead={say(entry.summary, view.lang)}
      trail={[
        { href: '/exchange', label: w.exchangeTitle },
        { href: `/exchange/agencies/${agency}`, label: w.elsewhereTitle },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <div class="with-side">
        <div>
          <h2>{w.summaryHead}</h2>
          <Facts
            facts={[
              [w.version, entry.version],
              [w.from, from],
              [w.offeredBy, entry.agency],
              [w.origin, `${entry.origin.innovation} (${entry.origin.agency})`],
              [w.licence, entry.licence],
              [w.seal, entry.publisher.name],
              [w.size, fill(w.kilobytes, { n: formatNumber(Math.ceil(entry.file.size / 1024), view.lang) })],
              [w.running, [w[`standing-${standing}`], installed].filter(Boolean).join(' · ')],
            ]}
          />
          {errors.length > 0 && (
            <Table
              caption={w.wrongHead}
              rows={errors}
              columns={[
                { head: w.place, main: true, cell: ({ file, line }) => file + (line ? `:${line}` : '') },
                { head: w.rule, cell: ({ rule }) => rule },
                { head: w.says, cell: ({ says }) => says },
              ]}
            />
          )}
          {tried && tried.examples.length > 0 && (
            <Table
              caption={w.examplesHead}
              rows={tried.examples}
              columns={[
                { head: w.example, main: true, cell: ({ id }) => id },
                {
                  head: w.result,
                  cell: ({ passed }) => <State tone={passed ? 'good' : 'bad'}>{passed ? w.passed : w.failed}</State>,
                },
              ]}
            />
          )}
        </div>
        <aside class="now stack">
          <h2>{w.nowHead}</h2>
          {!tried && (
            <>
              <p class="hint">{w.fetchHint}</p>
              <ActionButton action={`${at}/fetch`}>{w.fetch}</ActionButton>
            </>
          )}
          {good && (standing === 'new' || standing === 'newer') && (
            <ActionButton action={`${at}/adopt`}>
              {fill(standing === 'newer' ? w.upgrade : w.adopt, { version: entry.version })}
            </ActionButton>
          )}
          {good && standing !== 'new' && standing !== 'newer' && <p>{w[`standing-${standing}`]}</p>}
        </aside>
      </div>
    </Page>
  )
}

type ReportRow = { sequence: number; made: Date; sent: Date | null; next: Date; tries: number; stage: Stage }

/** What an adopted service tells the installation that it came from. */
export function ReportsPage({
  view,
  agency,
  service,
  name,
  from,
  rows,
  last,
}: {
  view: View
  agency: string
  service: string
  name: string
  from: string
  rows: readonly ReportRow[]
  last: Heartbeat | undefined
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={`${w.reportsTitle}: ${name}`}
      lead={fill(w.reportsLead, { from })}
      trail={[
        { href: '/exchange', label: w.exchangeTitle },
        { href: `/exchange/agencies/${agency}`, label: w.elsewhereTitle },
      ]}
    >
      <div class="with-side">
        <div>
          <Table
            caption={w.reportsTitle}
            hideCaption
            empty={<p>{w.reportsNone}</p>}
            rows={rows}
            columns={[
              { head: w.number, main: true, cell: ({ sequence }) => formatNumber(sequence, view.lang) },
              { head: w.made, cell: ({ made }) => formatDateTime(made, view.lang, view.zone) },
              { head: w.stage, cell: ({ stage }) => w[`stage-${stage}`] },
              {
                head: w.state,
                cell: ({ sent, next, tries }) =>
                  sent ? (
                    <State tone="good">{`${w.sent}: ${formatDateTime(sent, view.lang, view.zone)}`}</State>
                  ) : (
                    <State tone="attention">
                      {[
                        fill(w.waiting, { at: formatDateTime(next, view.lang, view.zone) }),
                        tries > 0 && fill(w.tried, { n: tries }),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </State>
                  ),
              },
            ]}
          />
          {last && (
            <>
              <h2>{w.contentHead}</h2>
              <Facts
                facts={[
                  [w.agency, last.agency.name],
                  [w.version, last.version],
                  [w.stage, w[`stage-${last.stage}`]],
                  [w.since, formatDate(last.installed, view.lang)],
                  [w.recent, count(view, last.casesLast30)],
                ]}
              />
              {last.figures.length > 0 && <FigureTable view={view} figures={last.figures} />}
            </>
          )}
        </div>
        <aside class="now stack">
          <h2>{w.nowHead}</h2>
          <ActionButton action={`/exchange/agencies/${agency}/services/${service}/report`}>{w.reportNow}</ActionButton>
        </aside>
      </div>
    </Page>
  )
}

function FigureTable({ view, figures }: { view: View; figures: Heartbeat['figures'] }) {
  const w = words(view.lang)
  const number = (value: number | null, hidden: boolean) =>
    hidden ? w.hidden : value === null ? '–' : formatNumber(value, view.lang)
  return (
    <Table
      caption={w.indicator}
      rows={figures}
      columns={[
        { head: w.indicator, main: true, cell: ({ names }) => say(names, view.lang) },
        { head: w.value, number: true, cell: ({ whole }) => number(whole.value, whole.hidden) },
        { head: w.n, number: true, cell: ({ whole }) => number(whole.n, whole.hidden) },
      ]}
    />
  )
}
