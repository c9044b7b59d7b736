import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { Bars, Days, hrefWith, IndonesiaMap, Numbers, Page, State, Table } from '#platform/ui/index.ts'
import type { ProposalState } from '../domain/draft.ts'
import type { RiskLevel } from '../domain/progress.ts'
import { type AgencyKind, clusterOf, type Rules } from '../domain/round.ts'
import { admissionWords } from '../text/admission.ts'
import { dashboardWords } from '../text/dashboard.ts'
import { Clock, Pipeline, sumBy } from './dashboard-parts.tsx'

export type CountRow = {
  state: ProposalState
  kind: AgencyKind
  province: string | null
  provinceName: string | null
  group: string
  category: string | null
  n: number
}
export type RiskCount = { level: RiskLevel; withAdmin: boolean }
export type QuotaRow = { agency: string; agencyName: string; group: string; submitted: number; quota: number }

export type DashboardProps = {
  view: View
  round: { id: string; rules: Rules }
  deadline: Date
  counts: readonly CountRow[]
  days: readonly { day: string; begun: number; submitted: number }[]
  risks: readonly RiskCount[]
  quotas: readonly QuotaRow[]
  agencies: number
}

const isDraft = ({ state }: { state: ProposalState }) => ['draft', 'returned', 'with-local-admin'].includes(state)

/** The round as the secretariat sees it: what came in, what still lies elsewhere, and what may be lost. */
export function DashboardPage(props: DashboardProps) {
  const { view, round, deadline, counts, days } = props
  const { lang } = view
  const { rules } = round
  const w = dashboardWords(lang)
  const list = `/competition/rounds/${round.id}/proposals`
  const states = Object.fromEntries(sumBy(counts, ({ state }) => state).map(({ key, n }) => [key, n]))
  const label = (from: readonly { key: string; label: { id: string; en: string } }[], key: string) =>
    from.find((each) => each.key === key)?.label[lang] ?? key
  const submitted = counts.filter((row) => !isDraft(row))
  const drafts = counts.filter(isDraft)
  const total = (rows: readonly CountRow[]) => rows.reduce((sum, { n }) => sum + n, 0)
  const charts: [title: string, name: string, key: (row: CountRow) => string, label: (key: string) => string][] = [
    [w.byKind, 'kind', ({ kind }) => kind, (key) => w[key as AgencyKind]],
    [
      w.byCategory,
      'category',
      ({ category }) => category ?? '-',
      (key) => (key === '-' ? w.noCategory : label(rules.categories, key)),
    ],
    ...(rules.groups.length > 1
      ? [[w.byGroup, 'group', ({ group }: CountRow) => group, (key: string) => label(rules.groups, key)] as never]
      : []),
  ]
  return (
    <Page
      view={view}
      title={w.dashboardTitle}
      trail={[{ href: `/competition/rounds/${round.id}`, label: rules.name[lang] }]}
    >
      <Clock view={view} deadline={deadline} />
      <h2>{w.pipeline}</h2>
      <Pipeline counts={states} href={(state) => hrefWith(list, { state })} lang={lang} />
      <Numbers
        lang={lang}
        items={[
          { value: total(drafts), label: w.drafts, href: hrefWith(list, { state: 'drafts' }) },
          { value: total(submitted), label: w.submitted, href: hrefWith(list, { state: 'submitted-all' }) },
          { value: props.agencies, label: w.agencies, href: list },
        ]}
      />
      <p>
        <a href={`/competition/rounds/${round.id}/admission`}>{admissionWords(lang).admissionTitle}</a>
      </p>
      <Risks {...props} list={list} />
      <h2>{w.byDay}</h2>
      {days.length > 0 && (
        <>
          <h3>{w.byDaySubmitted}</h3>
          <Days {...dayChart(props, w.byDaySubmitted, ({ submitted }) => submitted)} />
          <h3>{w.byDayBegun}</h3>
          <Days {...dayChart(props, w.byDayBegun, ({ begun }) => begun)} />
        </>
      )}
      <h2>{w.byProvince}</h2>
      <Provinces {...props} list={list} rows={submitted} />
      {charts.map(([title, name, key, labelOf]) => (
        <section key={name}>
          <h2>{title}</h2>
          {[[w.submitted, 'submitted-all', submitted] as const, [w.drafts, 'drafts', drafts] as const].map(
            ([heading, state, rows]) => (
              <section key={state}>
                <h3>
                  {heading} <span class="soft small">n = {formatNumber(total(rows), lang)}</span>
                </h3>
                {rows.length > 0 && (
                  <Bars
                    lang={lang}
                    caption={`${title}: ${heading}`}
                    labelHead={title}
                    valueHead={w.number}
                    items={sumBy(rows, key).map((each) => ({
                      label: labelOf(each.key),
                      value: each.n,
                      href: hrefWith(list, { state, [name]: each.key }),
                    }))}
                  />
                )}
              </section>
            ),
          )}
        </section>
      ))}
      <Clusters {...props} submitted={submitted} />
      <Quotas {...props} list={list} />
    </Page>
  )
}

function Risks({ view: { lang }, risks, list }: DashboardProps & { list: string }) {
  const w = dashboardWords(lang)
  const of = (level: RiskLevel, withAdmin?: boolean) =>
    risks.filter((risk) => risk.level === level && (withAdmin === undefined || risk.withAdmin === withAdmin)).length
  return (
    <section>
      <h2>{w.riskTitle}</h2>
      <p class="soft">{risks.length === 0 ? w.riskNone : fill(w.riskLead, { n: formatNumber(risks.length, lang) })}</p>
      {risks.length > 0 && (
        <Numbers
          lang={lang}
          items={[
            { value: of('high'), label: w.riskHighLabel, href: hrefWith(list, { risk: 'high' }) },
            {
              value: of('high', false),
              label: w.riskWithUnit,
              href: hrefWith(list, { risk: 'high', state: 'with-unit' }),
            },
            {
              value: of('high', true),
              label: w.riskWithAdmin,
              href: hrefWith(list, { risk: 'high', state: 'with-local-admin' }),
            },
            { value: of('medium'), label: w.riskMediumLabel, href: hrefWith(list, { risk: 'medium' }) },
            { value: of('low'), label: w.riskLowLabel, href: hrefWith(list, { risk: 'low' }) },
          ]}
        />
      )}
    </section>
  )
}

function Provinces({ view: { lang }, rows, list }: DashboardProps & { rows: readonly CountRow[]; list: string }) {
  const w = dashboardWords(lang)
  const named = new Map(rows.map((row) => [row.province ?? 'pusat', row.provinceName ?? w.central]))
  const items = sumBy(rows, ({ province }) => province ?? 'pusat').map(({ key, n }) => ({
    label: named.get(key)!,
    value: n,
    href: hrefWith(list, { state: 'submitted-all', province: key }),
  }))
  const common = { lang, caption: w.mapSubmitted, labelHead: w.byProvince, valueHead: w.number }
  if (items.length === 0) return <p class="soft">–</p>
  return (
    <>
      <IndonesiaMap {...common} items={items} />
      <Bars {...common} caption={w.byProvince} items={items.slice(0, 15)} />
    </>
  )
}

/** Each cluster with its places: how many submissions compete for one. */
function Clusters({
  view: { lang },
  round: { rules },
  submitted,
}: DashboardProps & { submitted: readonly CountRow[] }) {
  const w = dashboardWords(lang)
  const sums = new Map(sumBy(submitted, ({ kind }) => clusterOf(rules, kind).key).map(({ key, n }) => [key, n]))
  return (
    <section>
      <h2>{w.byCluster}</h2>
      <Table
        caption={w.byCluster}
        hideCaption
        rows={rules.clusters}
        columns={[
          { head: w.byCluster, cell: (cluster) => cluster.label[lang], main: true },
          { head: w.submitted, cell: (cluster) => formatNumber(sums.get(cluster.key) ?? 0, lang), number: true },
        ]}
      />
    </section>
  )
}

function Quotas({ view: { lang }, round: { rules }, quotas, list }: DashboardProps & { list: string }) {
  const w = dashboardWords(lang)
  const limited = Object.values(rules.quotas).some((quota) => quota !== null)
  return (
    <section>
      <h2>{w.quotaTitle}</h2>
      {!limited ? (
        <p class="soft">{w.quotaNone}</p>
      ) : (
        <>
          <p class="soft">{w.quotaMost}</p>
          <Table
            caption={w.quotaTitle}
            hideCaption
            rows={quotas.slice(0, 20)}
            empty={<p class="soft">–</p>}
            columns={[
              {
                head: w.columnAgency,
                cell: (row) => <a href={hrefWith(list, { q: row.agencyName, group: row.group })}>{row.agencyName}</a>,
                main: true,
              },
              {
                head: w.columnGroup,
                cell: (row) => rules.groups.find(({ key }) => key === row.group)?.label[lang] ?? row.group,
              },
              { head: w.quotaTitle, cell: (row) => <QuotaUse row={row} lang={lang} /> },
            ]}
          />
        </>
      )}
    </section>
  )
}

export function QuotaUse({ row, lang }: { row: Pick<QuotaRow, 'submitted' | 'quota'>; lang: 'id' | 'en' }) {
  const w = dashboardWords(lang)
  const said = fill(w.quotaOf, { n: row.submitted, quota: row.quota })
  return row.submitted >= row.quota ? (
    <State tone="attention">
      {said}, {w.quotaFull}
    </State>
  ) : (
    <span>{said}</span>
  )
}

/** Every day from the opening to the deadline or today, also those on which nothing happened. */
function dayChart(
  { view, round, days, deadline }: DashboardProps,
  caption: string,
  value: (day: DashboardProps['days'][number]) => number,
) {
  const { lang, now } = view
  const w = dashboardWords(lang)
  const known = new Map(days.map((each) => [each.day, each]))
  const wib = (date: Date) => new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
  const first = [wib(new Date(round.rules.calendar.opens)), days[0]!.day].sort()[0]!
  const last = [wib(deadline < now ? deadline : now), days.at(-1)!.day].sort().at(-1)!
  const all: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last) && all.length < 400; at += 86_400_000)
    all.push(new Date(at).toISOString().slice(0, 10))
  return {
    lang,
    caption,
    labelHead: w.day,
    valueHead: w.number,
    items: all.map((day) => ({
      label: formatDate(day, lang),
      value: value(known.get(day) ?? { day, begun: 0, submitted: 0 }),
    })),
  }
}
