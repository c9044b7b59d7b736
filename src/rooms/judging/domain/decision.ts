import type { Entry, Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import {
  areResultsPublic,
  type Cell,
  cellKey,
  finalistStage,
  isStageOpen,
  type PanelRound,
  type PlenaryKind,
  plenaryOf,
  stageOfPlenary,
} from './panel.ts'
import { type Places, placesOf } from './places.ts'

/** What a plenary decided on one entry. `outcome`: finalist or not; at the end the key of a top level, or none. */
export type DecisionInForce = Cell & {
  proposal: string
  kind: PlenaryKind
  outcome: string
  reason: string
  at: Date
  cause: string | null
  /** Panel members who kept out of it. */
  recused: readonly string[]
}

/** A decision as the history of an entry shows it. */
export type PastDecision = {
  kind: PlenaryKind
  outcome: string
  reason: string
  at: Date
  byName: string
  recusedNames: string | null
  replaced: Date | null
}

/** A finalist as the public sees it. `level` null when it has no top level; known to the public with the decree. */
export type Finalist = Entry & { cluster: string; regionName: string | null; level: string | null }

export type OpenRefusal = 'stage-not-open' | 'plenary-open' | 'plenary-over' | 'no-nominees' | 'finalists-not-public'

/** Open a plenary: its stage must be open; the first needs nominees, the last needs public finalists. */
export function openPlenary(round: PanelRound, kind: PlenaryKind, entries: number): Decision<object, OpenRefusal> {
  const plenary = plenaryOf(round, kind)
  if (plenary) return refuse(plenary.closed ? 'plenary-over' : 'plenary-open')
  if (!isStageOpen(round, stageOfPlenary(round.rules, kind))) return refuse('stage-not-open')
  if (kind === 'levels' && !plenaryOf(round, 'finalists')?.announced) return refuse('finalists-not-public')
  if (entries === 0) return refuse('no-nominees')
  return decide({})
}

export type DecideRefusal = 'plenary-not-open' | 'plenary-over' | 'outcome-unknown' | 'places-full' | 'level-full'

/** Entries decided after the plenary was closed need a cause: an upheld objection that asks to decide again. */
export type Cause = { objection: string } | undefined

/**
 * Judge one decision. `others` are the decisions in force on the other entries of the same plenary. A place too many is
 * refused: places move between clusters only by a recorded decision.
 */
export function judgeDecision(
  round: PanelRound,
  entry: Cell & { proposal: string },
  kind: PlenaryKind,
  outcome: string,
  others: readonly DecisionInForce[],
  cause: Cause,
): Decision<{ outcome: string; cause: string | null }, DecideRefusal> {
  const plenary = plenaryOf(round, kind)
  if (!plenary) return refuse('plenary-not-open')
  if (plenary.closed && (!cause || kind !== 'finalists' || areResultsPublic(round))) return refuse('plenary-over')
  if (!outcomesOf(round.rules, kind, entry.group).includes(outcome)) return refuse('outcome-unknown')
  const change = { outcome, cause: plenary.closed && cause ? cause.objection : null }
  if (outcome === 'not' || outcome === 'none') return decide(change)
  if (kind === 'finalists') {
    const places = placesOf(round.rules, round.places).find((cell) => cellKey(cell) === cellKey(entry))?.places ?? 0
    const taken = others.filter((d) => cellKey(d) === cellKey(entry) && d.outcome === 'finalist').length
    return taken < places ? decide(change) : refuse('places-full')
  }
  const level = round.rules.select.topLevels.find((each) => each.key === outcome)!
  const taken = others.filter((d) => d.outcome === outcome).length
  return level.count === null || taken < level.count ? decide(change) : refuse('level-full')
}

/** The upheld objection that took a finalist out of this cell: its place may be given to another nominee. */
export const vacancyIn = (decisions: readonly DecisionInForce[], cell: Cell): string | undefined =>
  decisions.find((d) => d.kind === 'finalists' && d.outcome === 'not' && d.cause && cellKey(d) === cellKey(cell))
    ?.cause ?? undefined

/** What may be decided on an entry of this group. */
export const outcomesOf = (rules: Rules, kind: PlenaryKind, group: string): string[] =>
  kind === 'finalists'
    ? ['finalist', 'not']
    : [...rules.select.topLevels.filter((l) => l.group === null || l.group === group).map((l) => l.key), 'none']

/** Close a plenary: every entry before it must be decided. */
export function closePlenary(
  round: PanelRound,
  kind: PlenaryKind,
  undecided: number,
): Decision<object, 'plenary-not-open' | 'plenary-over' | 'undecided-left'> {
  const plenary = plenaryOf(round, kind)
  if (!plenary) return refuse('plenary-not-open')
  if (plenary.closed) return refuse('plenary-over')
  return undecided > 0 ? refuse('undecided-left') : decide({})
}

/** Make the finalists public. */
export function announceFinalists(
  round: PanelRound,
): Decision<object, 'plenary-not-closed' | 'stage-not-open' | 'announced-already'> {
  const plenary = plenaryOf(round, 'finalists')
  if (plenary?.announced) return refuse('announced-already')
  if (!plenary?.closed) return refuse('plenary-not-closed')
  const open = isStageOpen(round, 'announcement') || isStageOpen(round, finalistStage(round.rules))
  return open ? decide({}) : refuse('stage-not-open')
}

/** Fix the result by ministerial decree, which makes it public. */
export function judgeDecree(
  round: PanelRound,
  openObjections: number,
): Decision<object, 'plenary-not-closed' | 'stage-not-open' | 'decree-there' | 'objections-open'> {
  if (round.decree) return refuse('decree-there')
  if (!plenaryOf(round, 'levels')?.closed) return refuse('plenary-not-closed')
  if (openObjections > 0) return refuse('objections-open')
  return isStageOpen(round, 'decree') ? decide({}) : refuse('stage-not-open')
}

export type Counter = Cell & { places: number | null; taken: number }

/** Places and how many of them are given, cell by cell. */
export const counters = (places: readonly Places[], decisions: readonly DecisionInForce[]): Counter[] =>
  places.map((cell) => ({
    ...cell,
    taken: decisions.filter((d) => d.outcome === 'finalist' && cellKey(d) === cellKey(cell)).length,
  }))

/** The level of a finalist as the register writes it: "Top 99", "Top 15 Kelompok Khusus", "Finalis". */
export function finalistLevel(rules: Rules, group: string): string {
  const first = rules.groups[0]?.key === group
  const count = rules.select.byGroup[group] ?? (rules.groups.length === 1 ? rules.select.finalists : null)
  const label = rules.groups.find((each) => each.key === group)?.label.id ?? group
  return `${count === null ? 'Finalis' : `Top ${count}`}${first ? '' : ` ${label}`}`
}
