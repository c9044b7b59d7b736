import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { type Column, Dots, hrefWith, Notice, Page, Table, Tabs } from '#platform/ui/index.ts'
import type { RankingRefusal } from '../domain/ranking.ts'
import type { Ranked, RankingSnapshot } from '../domain/standing.ts'
import { type JudgingWords, words } from '../text/index.ts'
import { roundTrail } from './evaluators.tsx'

/** The ranking as kept at release: raw and corrected beside each other, per cluster, with what it does not know. */
export function RankingPage({
  view,
  round,
  ranking,
  entries,
  cluster,
}: {
  view: View
  round: Round
  ranking: RankingSnapshot
  entries: readonly Entry[]
  cluster: string
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}/ranking`
  const { result } = ranking
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const present = round.rules.clusters.filter((each) => result.ranked.some((row) => row.cluster === each.key))
  const rows = result.ranked.filter((row) => cluster === '' || row.cluster === cluster)
  const title = (row: Ranked) => byId.get(row.proposal)?.title ?? '?'
  const number = (value: number | null, decimals = 2) =>
    value === null ? '–' : formatNumber(value, view.lang, decimals)
  const drawn = rows.filter((row) => row.raw !== null).slice(0, 60)
  const corrected = result.refusal === null
  const correctedColumns: Column<Ranked>[] = [
    { head: w.corrected, number: true, cell: (row) => number(row.corrected) },
    {
      head: w.interval,
      number: true,
      cell: (row) => (row.low === null ? '–' : `${number(row.low, 1)} – ${number(row.high, 1)}`),
    },
    {
      head: w.rankRange,
      number: true,
      cell: (row) => (row.rankLow === null ? '–' : `${row.rankLow}–${row.rankHigh}`),
    },
  ]
  return (
    <Page
      view={view}
      title={w.rankingTitle}
      trail={roundTrail(view, round)}
      lead={fill(w.rankingLead, {
        at: formatDateTime(ranking.at, view.lang, view.zone),
        method: (w as Record<string, string>)[ranking.method] ?? ranking.method,
      })}
    >
      <p>{result.selectBy === 'raw' ? w.byRaw : w.byCorrected}</p>
      {result.refusal && (
        <Notice tone="attention" title={w.refusedTitle}>
          <p>
            {w.refusedText} {refusalSentence(w, result.refusal, round, view)}
          </p>
        </Notice>
      )}
      {result.leftOut > 0 && <p>{fill(w.leftOut, { n: formatNumber(result.leftOut, view.lang) })}</p>}
      {present.length > 1 && (
        <Tabs
          label={w.cluster}
          here={hrefWith(path, { cluster })}
          items={[
            { href: path, label: w.allClusters },
            ...present.map((each) => ({
              href: hrefWith(path, { cluster: each.key }),
              label: each.label[view.lang],
            })),
          ]}
        />
      )}
      {drawn.length > 0 && (
        <Dots
          lang={view.lang}
          caption={corrected ? w.chart : w.chartRaw}
          labelHead={w.entryTitle}
          valueHead={corrected ? w.corrected : w.rawMean}
          items={drawn.map((row) => {
            const value = (corrected ? row.corrected : row.raw) ?? 0
            const within = (x: number | null) => Math.min(100, Math.max(0, x ?? value))
            return { label: title(row), value, low: within(row.low), high: within(row.high) }
          })}
        />
      )}
      <Table
        caption={w.rankingTitle}
        hideCaption
        rows={rows}
        columns={[
          { head: w.rank, number: true, cell: (row) => row.rank ?? '–' },
          { head: w.entryTitle, main: true, cell: title },
          { head: w.agencyOf, cell: (row) => byId.get(row.proposal)?.agencyName ?? '' },
          { head: w.rawMean, number: true, cell: (row) => (row.n === 0 ? w.notRead : number(row.raw)) },
          ...(corrected ? correctedColumns : []),
          { head: w.readingsCounted, number: true, cell: (row) => row.n },
          { head: w.gap, number: true, cell: (row) => number(row.gap) },
        ]}
      />
      <p class="small soft">
        {w.hash}: <code>{ranking.hash.toString('hex')}</code>
      </p>
    </Page>
  )
}

/** Why no correction was made, and what to do about it. */
function refusalSentence(w: JudgingWords, refusal: RankingRefusal, round: Round, view: View): string {
  const category = new Map(round.rules.categories.map((each) => [each.key, each.label[view.lang]]))
  switch (refusal.refusal) {
    case 'graph-not-connected':
      return fill(w['why-graph-not-connected'], { n: refusal.components.length })
    case 'bound-to-sectors':
      return fill(w['why-bound-to-sectors'], {
        sectors: refusal.sectors.map((each) => category.get(each.sector) ?? each.sector).join(', ') || '–',
      })
    case 'too-few-readings':
      return fill(w['why-too-few-readings'], { spare: refusal.spare, needed: refusal.needed })
    default:
      return w[`why-${refusal.refusal}`]
  }
}

/** How mild or strict one was oneself. */
export function OffsetPage({
  view,
  round,
  offset,
}: {
  view: View
  round: Round
  offset: { n: number; offset: number; low: number; high: number } | undefined
}) {
  const w = words(view.lang)
  const number = (x: number) => formatNumber(x, view.lang, 1)
  return (
    <Page view={view} title={w.ownOffset} trail={[{ href: '/judging', label: w.judgingTitle }]}>
      <p>{round.rules.name[view.lang]}</p>
      <p>
        {offset
          ? fill(w.ownOffsetText, {
              n: offset.n,
              offset: number(Math.abs(offset.offset)),
              direction: offset.offset >= 0 ? w.above : w.below,
              low: number(offset.low),
              high: number(offset.high),
            })
          : w.offsetNone}
      </p>
    </Page>
  )
}
