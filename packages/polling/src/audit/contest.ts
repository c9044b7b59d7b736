/** What was announced: votes in the order of the candidates' numbers, and blank ballots. */
export type Announced = { readonly votes: readonly number[]; readonly blank: number }

/** Two candidates who must be told apart: the winner and somebody who lost, by index. */
export type Pair = { readonly winner: number; readonly loser: number }

export const slipsOf = ({ votes, blank }: Announced): number => votes.reduce((sum, each) => sum + each, blank)

/** Index of who won; undefined when nobody did alone. */
export function winnerOf({ votes }: Announced): number | undefined {
  const most = Math.max(...votes)
  return most > 0 && votes.filter((each) => each === most).length === 1 ? votes.indexOf(most) : undefined
}

/** The winner with each who lost. */
export function pairsOf(announced: Announced): Pair[] {
  const winner = winnerOf(announced)
  if (winner === undefined) return []
  return [...announced.votes.keys()].filter((loser) => loser !== winner).map((loser) => ({ winner, loser }))
}

/** Votes between the winner and the next, as a share of all slips: the diluted margin, between 0 and 1. */
export function marginOf(announced: Announced): number {
  const [first = 0, second = 0] = announced.votes.toSorted((a, b) => b - a)
  const slips = slipsOf(announced)
  return slips === 0 ? 0 : (first - second) / slips
}

/**
 * How many slips a ballot-polling audit (BRAVO) looks at on average when what was announced is right: Lindeman, Stark and Yates
 * 2012, eq. (2), for the pair that takes longest. Infinity when nobody won. `risk`: the chance that is accepted of confirming
 * a wrong winner, such as 0.05. A drawn slip goes back: it may be drawn again.
 */
export function expectedSlips(announced: Announced, risk: number): number {
  const pairs = pairsOf(announced)
  const slips = slipsOf(announced)
  if (pairs.length === 0) return announced.votes.length === 1 && announced.votes[0]! > 0 ? 0 : Number.POSITIVE_INFINITY
  const each = pairs.map(({ winner, loser }) => {
    const [won, lost] = [announced.votes[winner]!, announced.votes[loser]!]
    const share = won / (won + lost)
    const gain = Math.log(2 * share)
    // A pair without a vote for the loser: each of the winner's slips doubles, no slip speaks against.
    const drift = (won / slips) * gain + (lost === 0 ? 0 : (lost / slips) * Math.log(2 * (1 - share)))
    return (Math.log(1 / risk) + gain / 2) / drift
  })
  return Math.round(Math.max(...each))
}
