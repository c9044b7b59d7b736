import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Notice, Page, sentence, Table, TextField, When } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

type Typed = Record<string, string | string[]>

/** Somebody's post: how much she takes and from where, and handing her area over. */
export function PostPage({
  view,
  at,
  service,
  post,
  waits,
  byArea,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  at: string
  service: { id: string; name: string }
  post: {
    name: string
    role: string
    area: string
    except: readonly string[]
    capacity: number | null
    lat: number | null
    lon: number | null
  }
  waits: number
  /** Whether the role works by area: only such a one is handed over. */
  byArea: boolean
  typed?: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const shown = (n: number | null) => (n === null ? '' : String(n).replace('.', view.lang === 'id' ? ',' : '.'))
  const value = (name: string, known: string) => (typed ? String(typed[name] ?? '') : known)
  return (
    <Page
      view={view}
      title={fill(w.postTitle, { role: post.role, name: post.name })}
      lead={w.postLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${service.id}`, label: service.name },
        { href: `/services/${service.id}/roles`, label: w.roles },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ capacity: w.capacity, lat: w.postLat, lon: w.postLon, area: w.handOverArea, email: w.handOverTo }}
      />
      <Facts
        facts={[
          [w.area, post.area || w.areaAll],
          ...(post.except.length > 0 ? [[w.postExcept, post.except.join(', ')] as const] : []),
        ]}
      />
      <h2>{w.postRoom}</h2>
      <Form action={at}>
        <TextField
          name="capacity"
          label={w.capacity}
          hint={w.capacityHint}
          inputmode="numeric"
          value={value('capacity', shown(post.capacity))}
          problem={problem('capacity')}
        />
        <TextField
          name="lat"
          label={w.postLat}
          hint={w.placeHint}
          inputmode="decimal"
          value={value('lat', shown(post.lat))}
          problem={problem('lat')}
        />
        <TextField
          name="lon"
          label={w.postLon}
          inputmode="decimal"
          value={value('lon', shown(post.lon))}
          problem={problem('lon')}
        />
        <div class="actions">
          <button type="submit">{w.postSave}</button>
        </div>
      </Form>
      {byArea && (
        <>
          <h2>{w.handOverHead}</h2>
          <Notice tone="attention">
            <p>{fill(w.handOverHint, { n: formatNumber(waits, view.lang) })}</p>
          </Notice>
          <Form action={`${at}/hand-over`}>
            <TextField
              name="area"
              label={w.handOverArea}
              hint={w.handOverAreaHint}
              inputmode="numeric"
              value={value('area', post.area)}
              problem={problem('area')}
            />
            <TextField
              name="email"
              type="email"
              label={w.handOverTo}
              value={value('email', '')}
              problem={problem('email')}
            />
            <div class="actions">
              <button type="submit">{w.handOverNow}</button>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}

export type TakenRow = {
  id: string
  number: string
  service: string
  state: string
  area: string
  due: Date | null
  since: Date
  from: string | null
}

/** What came to somebody with an area. */
export function TakenOverPage({ view, rows }: { view: View; rows: readonly TakenRow[] }) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.takenTitle}
      lead={w.takenLead}
      trail={[{ href: '/services/worklist', label: w.worklistTitle }]}
    >
      <Table
        caption={w.takenTitle}
        hideCaption
        empty={<p>{w.takenNone}</p>}
        rows={rows}
        columns={[
          { head: w.number, main: true, cell: ({ id, number }) => <a href={`/services/cases/${id}`}>{number}</a> },
          { head: w.state, cell: ({ state }) => state },
          { head: w.area, cell: ({ area }) => area || '–' },
          {
            head: w.due,
            cell: ({ due }) => (due ? <When at={due} now={view.now} lang={view.lang} zone={view.zone} /> : w.dueNone),
          },
          { head: w.takenFrom, cell: ({ from }) => from ?? '–' },
          { head: w.takenAt, cell: ({ since }) => <When at={since} lang={view.lang} zone={view.zone} /> },
          { head: w.service, cell: ({ service }) => service },
        ]}
      />
    </Page>
  )
}

export type LedgerRow = {
  role: string
  name: string | null
  cases: number
  begun: number
  passed: number
  closed: number
  days: number
}

/** Who was in charge of how much in a period. */
export function LedgerPage({
  view,
  service,
  from,
  to,
  rows,
  problem,
}: {
  view: View
  service: { id: string; name: string }
  from: string
  to: string
  rows: readonly LedgerRow[]
  problem?: string | undefined
}) {
  const w = words(view.lang)
  const number = (n: number, digits = 0) => formatNumber(n, view.lang, digits)
  return (
    <Page
      view={view}
      title={fill(w.ledgerTitle, { name: service.name })}
      lead={w.ledgerLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${service.id}`, label: service.name },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={problem} words={w} />
      <form class="filters" method="get" action={`/services/${service.id}/ledger`}>
        <TextField name="dari" type="date" label={w.ledgerFrom} value={from} />
        <TextField name="sampai" type="date" label={w.ledgerTo} value={to} />
        <button type="submit" class="quiet">
          {w.ledgerShow}
        </button>
      </form>
      <Table
        caption={fill(w.ledgerPeriod, { from, to })}
        hideCaption
        empty={<p>{w.ledgerNone}</p>}
        rows={rows}
        columns={[
          { head: w.person, main: true, cell: ({ name }) => name ?? w.ledgerNobody },
          { head: w.role, cell: ({ role }) => role },
          { head: w.ledgerCases, number: true, cell: ({ cases }) => number(cases) },
          { head: w.ledgerBegun, number: true, cell: ({ begun }) => number(begun) },
          { head: w.ledgerPassed, number: true, cell: ({ passed }) => number(passed) },
          { head: w.ledgerClosed, number: true, cell: ({ closed }) => number(closed) },
          { head: w.ledgerDays, number: true, cell: ({ days }) => number(days, 1) },
        ]}
      />
      <p class="hint">{w.ledgerDaysHint}</p>
    </Page>
  )
}
