import { type Announced, type Pair, pairsOf } from './contest.ts'

/** What stands on a slip: a candidate's index, blank, or what two people could not read. */
export type Reading = number | 'blank' | 'unreadable'

export type Bravo = {
  /** For each pair the natural logarithm of its test statistic; a pair is settled at ln(1/risk) and stays so. */
  readonly pairs: readonly (Pair & { readonly log: number; readonly settled: boolean })[]
  readonly read: number
  /** Whether the announced winner is confirmed at the risk limit. */
  readonly confirmed: boolean
}

/**
 * BRAVO (Lindeman, Stark, Yates 2012): Wald's sequential test of each losing candidate against the winner. Slips are those of
 * the drawn numbers in the order in which they were drawn. A slip that nobody can read counts for the loser of every pair:
 * the worst that it could be.
 */
export function bravo(announced: Announced, risk: number, slips: Iterable<Reading>): Bravo {
  if (!(risk > 0 && risk < 1)) throw new RangeError('A risk limit lies between 0 and 1.')
  const limit = Math.log(1 / risk)
  const pairs = pairsOf(announced).map((pair) => {
    const [won, lost] = [announced.votes[pair.winner]!, announced.votes[pair.loser]!]
    const share = won / (won + lost)
    return { ...pair, log: 0, settled: false, up: Math.log(2 * share), down: Math.log(2 * (1 - share)) }
  })
  let read = 0
  for (const slip of slips) {
    read++
    for (const pair of pairs) {
      if (pair.settled) continue
      if (slip === pair.winner) pair.log += pair.up
      else if (slip === pair.loser || slip === 'unreadable') pair.log += pair.down
      pair.settled = pair.log >= limit
    }
  }
  const alone = announced.votes.length === 1 && announced.votes[0]! > 0
  return {
    pairs: pairs.map(({ up: _, down: __, ...pair }) => pair),
    read,
    confirmed: pairs.length === 0 ? alone : pairs.every(({ settled }) => settled),
  }
}
