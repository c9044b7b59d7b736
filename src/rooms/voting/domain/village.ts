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
}

export type VillageResult = {
  /** Candidate by candidate, over what counts. */
  totals: readonly number[]
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

const groupOf = ({ id, present, votes, blank }: ShownTps): Group => ({
  key: id,
  voters: present,
  votes: votes ?? [],
  blank,
})

/** The result of a village from its polling places: sums, who has won and by which rung, and what may be shown of whom. */
export function villageResult(
  places: readonly ShownTps[],
  ladder: readonly TieStep[],
  facts: TieFacts = {},
): VillageResult {
  const counted = places.filter(({ votes }) => votes !== null)
  const least = Math.max(0, ...places.map((place) => place.least))
  const shown = shownGroups(counted.map(groupOf), least)
  const sum = (of: (place: ShownTps) => number) => counted.reduce((total, place) => total + of(place), 0)
  const complete = places.length > 0 && counted.length === places.length
  const ladderOf = counted.map(({ number, voters, hamlet, votes }) => ({ number, roll: voters, hamlet, votes: votes! }))
  const hamletOf = new Map(places.map(({ id, hamlet }) => [id, hamlet]))
  const whole = counted.every(({ id, hamlet }) => hamlet !== null && shown.has(id))
  const byHamlet = whole ? sumBy(counted.map(groupOf), ({ key }) => hamletOf.get(key) ?? null) : []
  const open = shownGroups(byHamlet, least)
  return {
    totals: sumVotes(counted.map(({ votes }) => ({ votes: votes! }))),
    valid: sum(({ valid }) => valid),
    blank: sum(({ blank }) => blank),
    present: sum(({ present }) => present),
    voters: places.reduce((total, place) => total + place.voters, 0),
    counted: counted.length,
    complete,
    outcome: complete ? outcomeOf(ladderOf, ladder, facts) : undefined,
    shown,
    hamlets: byHamlet.length > 1 ? byHamlet.filter(({ key }) => open.has(key)) : [],
  }
}

/**
 * Whether files and versions of a place may be handed out: a place so small that its votes are hidden keeps them from the
 * public. A place that has no result yet hides nothing.
 */
export const isOpen = (
  { shown }: Pick<VillageResult, 'shown'>,
  { id, votes }: Pick<ShownTps, 'id' | 'votes'>,
): boolean => votes === null || shown.has(id)
