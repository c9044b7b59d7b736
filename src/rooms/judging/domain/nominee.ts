import type { Entry, Rules } from '#competition'
import { decide, refuse } from '#platform/result.ts'
import { type Cell, cellKey, type SettledTie } from './panel.ts'
import type { Places } from './places.ts'
import { type ClusterSelection, selectByCluster, settleTie } from './selection.ts'
import type { Ranked } from './standing.ts'

/** One line of the released ranking; `figure` is the score that selects, null without a complete sheet. */
export type StandingLine = Ranked & { figure: number | null }

export type Nominee = Cell & {
  proposal: string
  agency: string
  via: 'ranking' | 'tie' | 'manual'
  standing: StandingLine | null
  reason: string | null
  removed: Date | null
  removedReason: string | null
}

/** A nominee with what the panel's tables show of it. */
export type NomineeRow = Nominee &
  Pick<Entry, 'title' | 'number' | 'agencyName' | 'unitName' | 'category' | 'demo' | 'agencyRegion'> & {
    regionName: string | null
  }

export type CellNominees = Cell & { wanted: number; selection: ClusterSelection; settled: SettledTie | undefined }

/**
 * Who becomes nominee: in each cell `nomineeFactor` times the places, best first and not below the pass mark. A tie at
 * the line stays open until a decision that fits it is given; a decision that no longer fits the tie counts for nothing.
 */
export function proposeNominees(
  rules: Rules,
  standings: readonly StandingLine[],
  places: readonly Places[],
  ties: readonly SettledTie[],
) {
  if (places.some((cell) => cell.places === null)) return refuse('places-not-set')
  const quotas = Object.fromEntries(places.map((cell) => [cellKey(cell), wantedIn(rules, cell)]))
  const candidates = standings.map((s) => ({ proposal: s.proposal, cluster: cellKey(s), score: s.figure ?? undefined }))
  const selected = selectByCluster(candidates, quotas, rules.scoring.passMark ?? undefined)
  if (!selected.ok) return refuse('places-not-set')
  const bySelection = new Map(selected.change.map((selection) => [selection.cluster, selection]))
  return decide(
    places.map((cell): CellNominees => {
      const selection = bySelection.get(cellKey(cell))!
      const settled = ties.findLast((tie) => cellKey(tie) === cellKey(cell) && fits(tie, selection))
      const closed = settled && settleTie(selection, asDecision(settled))
      return {
        cluster: cell.cluster,
        group: cell.group,
        wanted: quotas[cellKey(cell)]!,
        selection: closed?.ok ? closed.change.selection : selection,
        settled: closed?.ok ? settled : undefined,
      }
    }),
  )
}

/** Whether what people chose answers the tie that is there now. */
export function judgeTie(cell: CellNominees | undefined, chosen: readonly string[], deciders: string, reason: string) {
  if (!cell?.selection.tie) return refuse('no-tie')
  const settled = settleTie(cell.selection, { chosen, by: [deciders], at: '', reason })
  return settled.ok ? decide({ tie: cell.selection.tie, chosen: [...new Set(chosen)] }) : settled
}

/** Everybody whom the proposal names, once no tie is open. */
export function drawNominees(cells: readonly CellNominees[]) {
  if (cells.some((cell) => cell.selection.tie)) return refuse('tie-open')
  const drawn = cells.flatMap(({ cluster, group, selection, settled }) =>
    selection.selected.map((proposal) => {
      const via: 'tie' | 'ranking' = settled?.chosen.includes(proposal) ? 'tie' : 'ranking'
      return { cluster, group, proposal, via }
    }),
  )
  return drawn.length === 0 ? refuse('nobody-to-nominate') : decide(drawn)
}

const factorOf = (rules: Rules, cluster: string) => rules.clusters.find((c) => c.key === cluster)?.nomineeFactor ?? 1
const wantedIn = (rules: Rules, cell: Places) => Math.ceil((cell.places ?? 0) * factorOf(rules, cell.cluster))

const fits = (tie: SettledTie, { tie: open }: ClusterSelection) =>
  open !== undefined &&
  open.places === tie.chosen.length &&
  open.score === tie.score &&
  [...open.proposals].sort().join() === [...tie.tied].sort().join()

const asDecision = (tie: SettledTie) => ({
  chosen: tie.chosen,
  by: [tie.deciders],
  at: tie.at.toISOString(),
  reason: tie.reason,
})
