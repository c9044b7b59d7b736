/** Why the roll is corrected between DPS and DPT, as village committees report it. */
export const changeReasons = [
  'not-listed',
  'written-wrong',
  'died',
  'moved-away',
  'listed-twice',
  'under-age',
  'soldier-police',
  'unknown-person',
  'other-place',
  'other',
] as const
export type ChangeReason = (typeof changeReasons)[number]

/** A hamlet or RW with its voters, in the order of the roll. */
export type Grouped = { readonly hamlet: string; readonly rw: string; readonly voters: number }

/**
 * Divide groups over polling places so that neighbours stay together and no place has much more than its share: in the order
 * of the groups, each to the place where the middle of it falls. Gives the index of a place for each group.
 */
export function suggestPlaces(groups: readonly Grouped[], places: number): number[] {
  const whole = groups.reduce((sum, { voters }) => sum + voters, 0)
  let before = 0
  return groups.map(({ voters }) => {
    const middle = before + voters / 2
    before += voters
    return whole === 0 ? 0 : Math.min(places - 1, Math.floor((middle * places) / whole))
  })
}
