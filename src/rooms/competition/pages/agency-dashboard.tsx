import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { hrefWith, Page, Table, Tabs, When } from '#platform/ui/index.ts'
import type { ProposalState } from '../domain/draft.ts'
import type { Progress, Risk } from '../domain/progress.ts'
import type { Rules } from '../domain/round.ts'
import { dashboardWords } from '../text/dashboard.ts'
import { type QuotaRow, QuotaUse } from './dashboard.tsx'
import { Clock, missingNames, Pipeline, pipelineStates, RiskMark, sumBy } from './dashboard-parts.tsx'

export type DraftAtRisk = {
  id: string
  title: string
  group: string
  state: ProposalState
  since: Date
  unitName: string
  progress: Progress
  risk: Risk
}

/** What a local admin needs to know before the deadline: where each unit's proposals lie, and which may be lost. */
export function AgencyDashboardPage({
  view,
  rounds,
  round,
  deadline,
  counts,
  drafts,
  quotas,
}: {
  view: View
  rounds: readonly { id: string; name: string }[]
  round: { id: string; rules: Rules }
  deadline: Date
  counts: readonly { state: ProposalState; unit: string | null; unitName: string | null; n: number }[]
  drafts: readonly DraftAtRisk[]
  quotas: readonly QuotaRow[]
}) {
  const { lang, zone, now } = view
  const w = dashboardWords(lang)
  const list = '/competition/dashboard/proposals'
  const address = (query: Record<string, string>) => hrefWith(list, { round: round.id, ...query })
  const states = Object.fromEntries(sumBy(counts, ({ state }) => state).map(({ key, n }) => [key, n]))
  const units = [...Map.groupBy(counts, ({ unit }) => unit ?? '')]
    .map(([unit, rows]) => ({
      unit,
      name: rows[0]!.unitName ?? '',
      n: Object.fromEntries(sumBy(rows, ({ state }) => state).map(({ key, n }) => [key, n])) as Partial<
        Record<ProposalState, number>
      >,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return (
    <Page view={view} title={w.agencyDashboardTitle}>
      {rounds.length > 1 && (
        <Tabs
          label={w.round}
          here={hrefWith('/competition/dashboard', { round: round.id })}
          items={rounds.map(({ id, name }) => ({
            href: hrefWith('/competition/dashboard', { round: id }),
            label: name,
          }))}
        />
      )}
      <h2>{round.rules.name[lang]}</h2>
      <Clock view={view} deadline={deadline} />
      <Pipeline counts={states} href={(state) => address({ state })} lang={lang} />
      <p>
        <a href={address({})}>{w.toList}</a>
      </p>
      <h2>{w.riskTitle}</h2>
      {drafts.length > 0 && <p class="soft">{fill(w.riskLead, { n: formatNumber(drafts.length, lang) })}</p>}
      <Table
        caption={w.riskTitle}
        hideCaption
        rows={drafts}
        empty={<p>{w.riskNone}</p>}
        columns={[
          {
            head: w.columnTitle,
            cell: (draft) => <a href={`/competition/proposals/${draft.id}`}>{draft.title || w.draftUntitled}</a>,
            main: true,
          },
          { head: w.columnUnit, cell: (draft) => draft.unitName },
          {
            head: w.columnRisk,
            cell: ({ risk, progress }) => <RiskMark risk={risk} missing={progress.missing.length} lang={lang} />,
          },
          {
            head: w.state,
            cell: (draft) => (
              <>
                {w[`state-${draft.state as 'draft'}`]}
                <br />
                <span class="small">
                  <When at={draft.since} now={now} lang={lang} zone={zone} />
                </span>
              </>
            ),
          },
          {
            head: w.columnMissing,
            cell: ({ progress, group }) => (
              <>
                {fill(w.progressOf, { done: progress.done, of: progress.of })}
                <span class="small soft"> {missingNames(progress, round.rules, group, lang)}</span>
              </>
            ),
          },
        ]}
      />
      <h2>{w.units}</h2>
      <Table
        caption={w.units}
        hideCaption
        rows={units}
        empty={<p>{w.noUnits}</p>}
        columns={[
          { head: w.columnUnit, cell: (row) => <a href={address({ unit: row.unit })}>{row.name}</a>, main: true },
          ...pipelineStates.map((state) => ({
            head: w[`state-${state}`],
            cell: (row: (typeof units)[number]) =>
              row.n[state] ? <a href={address({ unit: row.unit, state })}>{formatNumber(row.n[state], lang)}</a> : '–',
            number: true,
          })),
        ]}
      />
      {quotas.length > 0 && (
        <>
          <h2>{w.quotaTitle}</h2>
          <ul>
            {quotas.map((row) => (
              <li key={`${row.agency}${row.group}`}>
                {row.agencyName}, {round.rules.groups.find(({ key }) => key === row.group)?.label[lang] ?? row.group}:{' '}
                <QuotaUse row={row} lang={lang} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}

/** A local admin whose agency has not begun anything yet. */
export function NoProposalsPage({ view }: { view: View }) {
  const w = dashboardWords(view.lang)
  return (
    <Page view={view} title={w.agencyDashboardTitle}>
      <div class="empty">
        <p>{w.noRound}</p>
      </div>
    </Page>
  )
}
