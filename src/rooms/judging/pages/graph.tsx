import type { Entry, Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ActionButton, Notice } from '#platform/ui/index.ts'
import type { ReviewGraph } from '../domain/review-graph.ts'
import { words } from '../text/index.ts'

/** The first few names, and how many more there are. */
const few = (all: readonly string[]) => all.slice(0, 5).join(', ') + (all.length > 5 ? ` (+${all.length - 5})` : '')

/** Can strict readers be told from weak entries with these readings? With what would mend it. */
export function GraphSection({
  view,
  round,
  graph,
  names,
  entries,
}: {
  view: View
  round: Round
  graph: ReviewGraph
  names: ReadonlyMap<string, string>
  entries: readonly Entry[]
}) {
  const w = words(view.lang)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const category = new Map(round.rules.categories.map((each) => [each.key, each.label[view.lang]]))
  const short = graph.sectors.filter((sector) => sector.short > 0)
  return (
    <>
      <h2>{w.graph}</h2>
      {graph.components.length === 0 ? (
        <p class="soft">{w.graphEmpty}</p>
      ) : graph.connected ? (
        <Notice tone="good">
          <p>{w.graphConnected}</p>
        </Notice>
      ) : (
        <Notice tone="attention">
          <p>{fill(w.graphApart, { n: formatNumber(graph.components.length, view.lang) })}</p>
        </Notice>
      )}
      {graph.components.length > 1 && (
        <ol>
          {graph.components.slice(0, 20).map((part) => (
            <li key={part.proposals[0]}>
              {fill(w.graphPart, {
                n: formatNumber(part.proposals.length, view.lang),
                entries: few(part.proposals.map((id) => byId.get(id)?.title ?? '')),
                people: few(part.evaluators.map((id) => names.get(id) ?? '')),
              })}
            </li>
          ))}
        </ol>
      )}
      {graph.hangsOn.length > 0 && (
        <p>{fill(w.graphHangs, { names: graph.hangsOn.map((id) => names.get(id) ?? '').join(', ') })}</p>
      )}
      {short.map((sector) => (
        <p key={sector.sector}>
          {fill(w.graphShort, {
            sector: category.get(sector.sector) ?? sector.sector,
            short: formatNumber(sector.short, view.lang),
          })}
        </p>
      ))}
      {graph.bridges.length > 0 && (
        <>
          <p>{w.graphBridges}</p>
          <ul>
            {graph.bridges.map((bridge) => (
              <li key={`${bridge.evaluator}${bridge.proposal}`}>
                {names.get(bridge.evaluator)} → {byId.get(bridge.proposal)?.title}{' '}
                <ActionButton
                  kind="link"
                  action={`/judging/rounds/${round.id}/assignment/change`}
                  fields={{ proposal: bridge.proposal, to: bridge.evaluator, reason: w.bridgeReason }}
                >
                  {w.addBridge}
                </ActionButton>
              </li>
            ))}
          </ul>
        </>
      )}
      {graph.unbridgeable.length > 0 && (
        <p>{fill(w.graphUnbridgeable, { n: formatNumber(graph.unbridgeable.length, view.lang) })}</p>
      )}
    </>
  )
}
