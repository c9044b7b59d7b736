import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { hrefWith, Page, Pager, Select, Table, TextField, type TrailStep, When } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { ProposalState } from '../domain/draft.ts'
import { type Progress, type Risk, riskLevels } from '../domain/progress.ts'
import { type AgencyKind, agencyKinds, type Rules } from '../domain/round.ts'
import { dashboardWords } from '../text/dashboard.ts'
import { missingNames, pipelineStates, RiskMark } from './dashboard-parts.tsx'

export const listQueryNames = ['state', 'kind', 'province', 'group', 'category', 'day', 'unit', 'risk', 'q'] as const
export type ListQuery = Record<(typeof listQueryNames)[number], string>

export type ListedProposal = {
  id: string
  number: number | null
  title: string
  group: string
  category: string | null
  state: ProposalState
  since: Date
  arrived: Date | null
  agencyName: string
  agencyKind: AgencyKind
  unitName: string
  province: string | null
  /** Of a draft only: what is submitted is complete, or the administrative selection says so. */
  progress: Progress | null
  risk: Risk | null
}

/** The list behind every number of the dashboards; its filters stay in the address. */
export function ProposalListPage({
  view,
  round,
  national,
  path,
  trail,
  query,
  extra,
  rows,
  total,
  page,
  size,
  provinces,
}: {
  view: View
  round: { id: string; rules: Rules }
  national: boolean
  path: string
  trail: readonly TrailStep[]
  query: ListQuery
  /** What the address needs besides the filters. */
  extra: Record<string, string>
  rows: readonly ListedProposal[]
  total: number
  page: number
  size: number
  provinces: readonly { code: string; name: string }[]
}) {
  const { lang, zone, now } = view
  const w = dashboardWords(lang)
  const p = platformWords(lang)
  const { rules } = round
  const named = (list: readonly { key: string; label: { id: string; en: string } }[]) =>
    list.map(({ key, label }) => [key, label[lang]] as const)
  const choices: [keyof ListQuery, string, readonly (readonly [string, string])[]][] = [
    [
      'state',
      w.stateFilter,
      [
        ['drafts', w.drafts],
        ['submitted-all', w.submitted],
        ...pipelineStates.map((state) => [state, w[`state-${state}`]] as const),
      ],
    ],
    ...(national
      ? ([
          ['kind', w.kindFilter, agencyKinds.map((kind) => [kind, w[kind]] as const)],
          [
            'province',
            w.provinceFilter,
            [['pusat', w.central], ...provinces.map(({ code, name }) => [code, name] as const)],
          ],
        ] as [keyof ListQuery, string, (readonly [string, string])[]][])
      : []),
    ...(rules.groups.length > 1
      ? ([['group', w.groupFilter, named(rules.groups)]] as [keyof ListQuery, string, (readonly [string, string])[]][])
      : []),
    ['category', w.categoryFilter, [['-', w.noCategory], ...named(rules.categories)]],
    ['risk', w.riskFilter, riskLevels.map((level) => [level, w[`risk-${level}`]] as const)],
  ]
  const address = (ending: string, more: Record<string, string> = {}) =>
    hrefWith(`${path}${ending}`, { ...extra, ...query, ...more })
  return (
    <Page
      view={view}
      title={w.listTitle}
      trail={trail}
      lead={fill(w.listLead, { n: formatNumber(total, lang), at: formatDateTime(now, lang, zone) })}
    >
      <form class="filters" method="get" action={path}>
        {Object.entries(extra).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {(['day', 'unit'] as const).map(
          (name) => query[name] && <input key={name} type="hidden" name={name} value={query[name]} />,
        )}
        {choices.map(([name, label, options]) => (
          <Select
            key={name}
            name={name}
            label={label}
            empty={p.all}
            options={options.map(([value, label]) => ({ value, label }))}
            value={query[name]}
          />
        ))}
        <TextField name="q" label={w.searchFilter} value={query.q} />
        <button type="submit" class="quiet">
          {p.filter}
        </button>
      </form>
      <p class="actions">
        <a class="button quiet" href={address('.csv')}>
          {p.exportCsv}
        </a>
        <a class="button quiet" href={address('.xlsx')}>
          {p.exportXlsx}
        </a>
        <span class="small soft">{w.exportHint}</span>
      </p>
      {national && <p class="small soft">{w.listHidden}</p>}
      <Table
        caption={w.listTitle}
        hideCaption
        rows={rows}
        empty={<p>{w.listEmpty}</p>}
        columns={[
          {
            head: w.columnNumber,
            cell: (row) => (row.number === null ? '–' : formatNumber(row.number, lang)),
            number: true,
          },
          {
            head: w.columnTitle,
            cell: (row) =>
              row.title === '' ? (
                <span class="soft">{w.draftUntitled}</span>
              ) : (
                <a
                  href={
                    national
                      ? `/competition/rounds/${round.id}/admission/${row.id}`
                      : `/competition/proposals/${row.id}`
                  }
                >
                  {row.title}
                </a>
              ),
            main: true,
          },
          {
            head: national ? w.columnAgency : w.columnUnit,
            cell: (row) =>
              national ? (
                <>
                  {row.agencyName}
                  <span class="small soft"> · {row.unitName}</span>
                </>
              ) : (
                row.unitName
              ),
          },
          {
            head: w.state,
            cell: (row) => (
              <>
                {w[`state-${row.state as 'draft'}`]}
                <br />
                <span class="small">
                  <When at={row.since} now={now} lang={lang} zone={zone} />
                </span>
              </>
            ),
          },
          {
            head: w.columnProgress,
            cell: (row) =>
              row.progress ? (
                <>
                  {fill(w.progressOf, { done: row.progress.done, of: row.progress.of })}
                  {!national && <span class="small soft"> {missingNames(row.progress, rules, row.group, lang)}</span>}
                </>
              ) : (
                '–'
              ),
          },
          {
            head: w.columnRisk,
            cell: (row) =>
              row.risk ? <RiskMark risk={row.risk} missing={row.progress?.missing.length ?? 0} lang={lang} /> : '–',
          },
        ]}
      />
      <Pager lang={lang} page={page} total={total} size={size} href={(n) => address('', { hal: String(n) })} />
    </Page>
  )
}
