import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime } from '#platform/text.ts'
import { type Column, Page, Table } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Finalist } from '../domain/decision.ts'
import { areResultsPublic, type PanelRound, plenaryOf } from '../domain/panel.ts'
import { panelWords } from '../text/panel.ts'

function finalistColumns(
  view: View,
  round: PanelRound,
  codes: ReadonlyMap<string, string> = new Map(),
): Column<Finalist>[] {
  const w = panelWords(view.lang)
  return [
    {
      head: w.proposal,
      cell: (f) => (
        <>
          {codes.has(f.id) ? <a href={`/gallery/${codes.get(f.id)}`}>{f.title}</a> : f.title}{' '}
          {f.demo && <span class="tag">{w.demoEntry}</span>}
        </>
      ),
      main: true,
    },
    { head: w.agency, cell: (f) => f.agencyName },
    { head: w.unit, cell: (f) => f.unitName },
    { head: w.region, cell: (f) => f.regionName ?? '' },
    {
      head: w.category,
      cell: (f) => round.rules.categories.find((c) => c.key === f.category)?.label[view.lang] ?? '',
    },
  ]
}

/** The public announcement: finalists by cluster and group. Prints well. */
export function FinalistsPage({
  view,
  round,
  finalists,
  mayObject,
  mayRate,
  children,
}: {
  view: View
  round: PanelRound
  finalists: readonly Finalist[]
  mayObject: boolean
  mayRate: boolean
  children?: preact.ComponentChildren
}) {
  const w = panelWords(view.lang)
  const name = round.rules.name[view.lang]
  const announced = plenaryOf(round, 'finalists')?.announced
  if (!announced)
    return (
      <Page view={view} title={fill(w.finalistsTitle, { round: name })}>
        <p class="empty">{w.finalistsNone}</p>
      </Page>
    )
  const at = `/judging/rounds/${round.id}`
  const columns: Column<Finalist>[] = [
    ...finalistColumns(view, round),
    ...(mayRate
      ? [
          {
            head: w.rateColumn,
            cell: (f: Finalist) => (
              <a href={`/judging/entries/${f.id}/rating`} rel="nofollow">
                {w.rateLink} <span class="unseen">{f.title}</span>
              </a>
            ),
          },
        ]
      : []),
    ...(mayObject
      ? [
          {
            head: w.objectionsTitle,
            cell: (f: Finalist) => (
              <a href={`/judging/entries/${f.id}/objection`} rel="nofollow">
                {w.objectLink} <span class="unseen">{f.title}</span>
              </a>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page
      view={view}
      title={fill(w.finalistsTitle, { round: name })}
      lead={fill(w.finalistsLead, { n: finalists.length, when: formatDateTime(announced, view.lang, view.zone) })}
    >
      <div class="actions">
        <a class="button quiet" href={`${at}/finalists.csv`}>
          {platformWords(view.lang).exportCsv}
        </a>
        {areResultsPublic(round) && (
          <a class="button" href={`${at}/results`}>
            {w.resultsLink}
          </a>
        )}
      </div>
      {children}
      {round.rules.groups.map((group) =>
        round.rules.clusters.map((cluster) => {
          const own = finalists.filter((f) => f.group === group.key && f.cluster === cluster.key)
          if (own.length === 0) return null
          const label =
            round.rules.groups.length === 1
              ? cluster.label[view.lang]
              : `${group.label[view.lang]} · ${cluster.label[view.lang]}`
          return (
            <section key={`${group.key}${cluster.key}`}>
              <h2>
                {label} ({own.length})
              </h2>
              <Table caption={label} hideCaption rows={own} columns={columns} />
            </section>
          )
        }),
      )}
    </Page>
  )
}

/** The results: top levels first, then the other finalists, and the decree they rest on. */
export function ResultsPage({
  view,
  round,
  finalists,
  codes,
}: {
  view: View
  round: PanelRound
  finalists: readonly Finalist[]
  /** The gallery's code of each entry that it shows, by entry. */
  codes: ReadonlyMap<string, string>
}) {
  const w = panelWords(view.lang)
  const title = fill(w.resultsTitle, { round: round.rules.name[view.lang] })
  const { decree } = round
  if (!decree || !areResultsPublic(round))
    return (
      <Page view={view} title={title}>
        <p class="empty">{w.finalistsNone}</p>
      </Page>
    )
  const at = `/judging/rounds/${round.id}`
  const levels = [
    ...round.rules.select.topLevels.map((level) => ({
      key: level.key as string | null,
      label: level.label[view.lang],
    })),
    { key: null, label: w.levelOthers },
  ]
  const columns: Column<Finalist>[] = [
    ...finalistColumns(view, round, codes),
    { head: w.cluster, cell: (f) => round.rules.clusters.find((c) => c.key === f.cluster)?.label[view.lang] ?? '' },
  ]
  return (
    <Page
      view={view}
      title={title}
      lead={fill(w.resultsLead, { number: decree.number, dated: formatDate(decree.dated, view.lang) })}
    >
      <div class="actions">
        {decree.file && (
          <a class="button quiet" href={`${at}/decree.pdf`}>
            {w.decreeFile}
          </a>
        )}
        <a class="button quiet" href={`${at}/results.csv`}>
          {platformWords(view.lang).exportCsv}
        </a>
        <a class="button quiet" href={`${at}/finalists`}>
          {w.resultsToFinalists}
        </a>
      </div>
      {levels.map((level) => {
        const own = finalists.filter((f) => f.level === level.key)
        if (own.length === 0) return null
        return (
          <section key={level.label}>
            <h2>
              {level.label} ({own.length})
            </h2>
            <Table caption={level.label} hideCaption rows={own} columns={columns} />
          </section>
        )
      })}
    </Page>
  )
}
