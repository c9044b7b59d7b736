import { type Group, shownGroups, sumBy, sumVotes } from './groups.ts'
import type { TieStep } from './profile.ts'
import { type Outcome, outcomeOf, type TieFacts } from './tie.ts'

/** A polling place as the page of its village shows it. Without a package nothing is counted of it yet. */
export type ShownTps = {
  id: string
  number: number
  place: string
  hamlet: string | null
  mobile: number
  state: 'missing' | 'counted' | 'corrected' | 'contradicting'
  late: boolean
  questioned: boolean
  typed: boolean
  voters: number
  present: number
  valid: number
  blank: number
  votes: readonly number[] | null
  /** Below so many voters no figure of a group is shown. */
  least: number
  versions: number
  /** Fewest voters that any version of its result says; null while there is none. */
  fewest: number | null
}

export type VillageResult = {
  /**
   * Candidate by candidate, over what counts. Until every place counts those that are hidden are left out: what a small place
   * adds, the day it comes or is settled, would be its own votes.
   */
  totals: readonly number[]
  /** Some that count are left out of the totals. */
  withheld: boolean
  valid: number
  blank: number
  present: number
  voters: number
  counted: number
  /** Every polling place counts: what the totals say is the result of the village. */
  complete: boolean
  /** Who has won, once every place counts; until then nobody is named. */
  outcome: Outcome | undefined
  /** Places whose votes may be shown one by one (R28). */
  shown: ReadonlySet<string>
  /** Sums by hamlet; none where a place has no hamlet or a small place would show through them. */
  hamlets: readonly Group[]
}

/** As a group of voters. As long as a place has no result its roll says how many it may have, so a place that is shown stays so. */
const groupOf = ({ id, voters, fewest, votes, blank }: ShownTps): Group => ({
  key: id,
  voters: fewest ?? voters,
  votes: votes ?? [],
  blank,
})

/** The rungs without the figures of a place that is not shown. */
function withoutHidden(outcome: Outcome, isShown: (place: string) => boolean): Outcome {
  if (!('steps' in outcome)) return outcome
  const steps = outcome.steps.map((climbed) => {
    if (climbed.place === undefined || isShown(climbed.place)) return climbed
    const { compared: _, ...rest } = climbed
    return rest
  })
  return { ...outcome, steps }
}

/** The result of a village from its polling places: sums, who has won and by which rung, and what may be shown of whom. */
export function villageResult(
  places: readonly ShownTps[],
  ladder: readonly TieStep[],
  facts: TieFacts = {},
): VillageResult {
  const counted = places.filter(({ votes }) => votes !== null)
  const least = Math.max(0, ...places.map((place) => place.least))
  const shown = shownGroups(places.map(groupOf), least)
  const complete = places.length > 0 && counted.length === places.length
  const summed = complete ? counted : counted.filter(({ id }) => shown.has(id))
  const sum = (of: (place: ShownTps) => number) => summed.reduce((total, place) => total + of(place), 0)
  const ladderOf = counted.map(({ number, voters, votes }) => ({ number, roll: voters, votes: votes! }))
  const hamletOf = new Map(places.map(({ id, hamlet }) => [id, hamlet]))
  const whole = counted.every(({ id, hamlet }) => hamlet !== null && shown.has(id))
  const byHamlet = whole ? sumBy(counted.map(groupOf), ({ key }) => hamletOf.get(key) ?? null) : []
  const open = shownGroups(byHamlet, least)
  const numbers = new Set(places.flatMap(({ id, number }) => (shown.has(id) ? [String(number)] : [])))
  return {
    totals: sumVotes(summed.map(({ votes }) => ({ votes: votes! }))),
    withheld: summed.length < counted.length,
    valid: sum(({ valid }) => valid),
    blank: sum(({ blank }) => blank),
    present: counted.reduce((total, { present }) => total + present, 0),
    voters: places.reduce((total, place) => total + place.voters, 0),
    counted: counted.length,
    complete,
    outcome: complete ? withoutHidden(outcomeOf(ladderOf, ladder, facts), (place) => numbers.has(place)) : undefined,
    shown,
    hamlets: byHamlet.length > 1 ? byHamlet.filter(({ key }) => open.has(key)) : [],
  }
}

/** A place so small, or beside one so small, that its votes, versions and files are kept from the public. */
export const isHidden = (
  { shown }: Pick<VillageResult, 'shown'>,
  { id, versions }: Pick<ShownTps, 'id' | 'versions'>,
): boolean => versions > 0 && !shown.has(id)

/** Whether its files and sheets may be handed out: how many voted is known, and enough did. */
export const isOpen = (
  { shown }: Pick<VillageResult, 'shown'>,
  { id, versions }: Pick<ShownTps, 'id' | 'versions'>,
): boolean => versions > 0 && shown.has(id)
