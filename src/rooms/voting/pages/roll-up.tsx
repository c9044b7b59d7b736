import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber, formatPercent } from '#platform/text.ts'
import { Facts, Notice, Page, Table, type TrailStep } from '#platform/ui/index.ts'
import type { Sums } from '../domain/rollup.ts'
import { words } from '../text/index.ts'

export type NodeRow = { region: string; name: string } & Sums

const address = (year: number, region: string) => `/voting/results/${year}${region ? `/${region}` : ''}`

/** The way down to a region: the nation, then each region around it. */
export const regionTrail = (view: View, year: number, line: readonly { code: string; name: string }[]): TrailStep[] => {
  const w = words(view.lang)
  return [
    { href: '/voting', label: w.votingTitle },
    { href: address(year, ''), label: `${w.nation} ${year}` },
    ...line.map(({ code, name }) => ({ href: address(year, code), label: name })),
  ]
}

/** What stands out among the polling places of a region, each with its number; nothing where all is well. */
export function Attention({ view, sums }: { view: View; sums: Sums }) {
  const w = words(view.lang)
  const missing = sums.tps - sums.counted - sums.contradicting
  const lines = (
    [
      [missing, w.missingTps],
      [sums.late, w.lateTps],
      [sums.contradicting, w.contradictingTps],
      [sums.questioned, w.questionedTps],
      [sums.corrected, w.correctedTps],
      [sums.typed, w.typedTps],
    ] as const
  ).filter(([n]) => n > 0)
  if (lines.length === 0) return null
  return (
    <Notice tone={sums.contradicting + sums.questioned + sums.late > 0 ? 'attention' : undefined} title={w.attention}>
      <ul>
        {lines.map(([n, label]) => (
          <li key={label}>
            {formatNumber(n, view.lang)} TPS {label}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The sums of a region as facts. */
export function SumFacts({ view, sums }: { view: View; sums: Sums }) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const share = sums.counted_voters === 0 ? 0 : sums.present / sums.counted_voters
  return (
    <Facts
      facts={[
        ...(sums.elections > 0 ? [[w.villagesCounted, n(sums.elections)] as const] : []),
        [w.tpsCounted, fill(w.tpsIn, { counted: n(sums.counted), tps: n(sums.tps) })],
        [
          w.turnout,
          <>
            {n(sums.present)}
            {sums.counted > 0 && (
              <span class="soft">
                {' '}
                ({fill(w.turnoutOf, { share: formatPercent(share, view.lang, 1), voters: n(sums.counted_voters) })})
              </span>
            )}
          </>,
        ],
        [w.validVotes, n(sums.valid)],
        [w.blankVotes, n(sums.blank)],
      ]}
    />
  )
}

/** The nation, a province, a regency or a district: its sums and the regions below it, for everybody. */
export function RegionPage({
  view,
  year,
  years,
  name,
  trail,
  sums,
  below,
}: {
  view: View
  year: number
  years: readonly number[]
  name: string | null
  trail: readonly TrailStep[]
  sums: Sums
  below: readonly NodeRow[]
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const title = fill(w.resultsTitle, { year: String(year) })
  return (
    <Page view={view} title={name ? `${title}: ${name}` : title} lead={w.resultsLead} trail={trail}>
      <SumFacts view={view} sums={sums} />
      <Attention view={view} sums={sums} />
      <h2>{w.below}</h2>
      <Table
        caption={w.below}
        hideCaption
        rows={below}
        empty={<p>{w.noneBelow}</p>}
        columns={[
          {
            head: w.region,
            main: true,
            cell: ({ region, name: own }) => <a href={address(year, region)}>{own}</a>,
          },
          { head: w.tpsCounted, number: true, cell: ({ counted, tps }) => `${n(counted)}/${n(tps)}` },
          { head: w.turnout, number: true, cell: ({ present }) => n(present) },
          { head: w.validVotes, number: true, cell: ({ valid }) => n(valid) },
          { head: w.blankVotes, number: true, cell: ({ blank }) => n(blank) },
          {
            head: w.attention,
            cell: (row) =>
              (
                [
                  [row.late, w.lateTps],
                  [row.contradicting, w.contradictingTps],
                  [row.questioned, w.questionedTps],
                  [row.corrected, w.correctedTps],
                ] as const
              )
                .filter(([count]) => count > 0)
                .map(([count, label]) => `${n(count)} ${label}`)
                .join(', ') || '–',
          },
        ]}
      />
      <p class="soft small">{fill(w.asOf, { at: formatDateTime(view.now, view.lang, view.zone) })}</p>
      <ul>
        <li>
          <a href="/voting/check">{w.checkLink}</a>
        </li>
        {years
          .filter((each) => each !== year)
          .map((each) => (
            <li key={each}>
              <a href={address(each, '')}>{fill(w.resultsTitle, { year: String(each) })}</a>
            </li>
          ))}
      </ul>
    </Page>
  )
}

/** Before anything is counted. */
export function NothingCountedPage({ view }: { view: View }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.resultsAll} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <p>{w.resultsNone}</p>
    </Page>
  )
}
