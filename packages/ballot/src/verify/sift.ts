import type { Batch } from '../kernel/batch.ts'
import type { Random } from '../random.ts'

/** Something stated to the batch: number `k` of those given, and what `state` gave back for it. */
export type Proven<T> = { readonly k: number; readonly stated: T }

/**
 * Finds among `count` things, each a set of claims, those whose claims hold. `state` puts those of number k into the
 * batch and gives undefined when that is not possible; it is called again for the same k when a set must be halved.
 * `accept` is called with each set that was found to hold while it is still in the batch: one call with all of them when
 * nothing is wrong. Gives the numbers of the others, in order.
 *
 * Each answer of the batch errs with a probability of at most 2^-127, and only in one direction: a false claim is let
 * through. With one guilty thing among n there are at most 2·log2(n) + 1 answers.
 */
export function sift<T>(
  count: number,
  batch: Batch,
  random: Random,
  state: (k: number) => T | undefined,
  accept: (proven: readonly Proven<T>[]) => void,
): number[] {
  const refused: number[] = []

  /** States what can be stated of these, and refuses the others, which then cannot spoil the rest. */
  function stateAll(numbers: readonly number[]): Proven<T>[] {
    const all: Proven<T>[] = []
    batch.clear()
    for (const k of numbers) {
      const stated = state(k)
      if (stated === undefined) refused.push(k)
      else all.push({ k, stated })
    }
    return all
  }

  /** Whether these hold. `guilty`: it is known that they do not. */
  function settle(numbers: readonly number[], guilty: boolean): boolean {
    let set = numbers
    while (!guilty) {
      const all = stateAll(set)
      if (all.length === 0) return true
      if (batch.holds(random)) {
        accept(all)
        return true
      }
      if (all.length === set.length) break
      // What could be stated only in part has left points behind that may not be members: once more without it.
      set = all.map(({ k }) => k)
    }
    if (set.length === 1) {
      refused.push(set[0]!)
      return false
    }
    const middle = set.length >> 1
    const firstHolds = settle(set.slice(0, middle), false)
    settle(set.slice(middle), firstHolds)
    return false
  }

  settle(
    Array.from({ length: count }, (_, k) => k),
    false,
  )
  return refused.sort((a, b) => a - b)
}
