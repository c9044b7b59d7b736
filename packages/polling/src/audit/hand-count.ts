import type { Announced } from './contest.ts'

/** What one person counted of a pile of slips, alone: votes by candidates' numbers, blank, and what cannot be read. */
export type Count = { readonly votes: readonly number[]; readonly blank: number; readonly unreadable: number }
/** One round of a pile: the counts of two people. */
export type Round = { readonly a?: Count | undefined; readonly b?: Count | undefined }

/** A figure in which two counts are not the same: a candidate's number, or what is none. */
export type Difference = {
  readonly what: number | 'blank' | 'unreadable'
  readonly a: number
  readonly b: number
}

/** Every figure in which two counts differ, candidates first. */
export function differencesOf(a: Count, b: Count): Difference[] {
  const most = Math.max(a.votes.length, b.votes.length)
  const figures: Difference[] = [
    ...Array.from({ length: most }, (_, at) => ({ what: at + 1, a: a.votes[at] ?? 0, b: b.votes[at] ?? 0 })),
    { what: 'blank', a: a.blank, b: b.blank },
    { what: 'unreadable', a: a.unreadable, b: b.unreadable },
  ]
  return figures.filter((figure) => figure.a !== figure.b)
}

export type PileState =
  /** Somebody has not counted in the last round. */
  | { readonly kind: 'counting'; readonly round: number }
  /** The two differ: both count again, and the difference stays in the log. */
  | { readonly kind: 'different'; readonly round: number; readonly differences: readonly Difference[] }
  | { readonly kind: 'agreed'; readonly round: number; readonly count: Count }

/** Where the count of a pile stands: agreed only when the two counts of one and the same round are equal in every figure. */
export function pileState(rounds: readonly Round[]): PileState {
  const last = rounds.at(-1)
  if (!last?.a || !last.b) return { kind: 'counting', round: Math.max(1, rounds.length) }
  const differences = differencesOf(last.a, last.b)
  return differences.length > 0
    ? { kind: 'different', round: rounds.length, differences }
    : { kind: 'agreed', round: rounds.length, count: last.a }
}

/** Slips against the tally of the same ballots (T2): who has more on paper (+) or in the tally (−), and all of it in sum. */
export type Compared = {
  readonly votes: readonly number[]
  readonly blank: number
  /** Slips more than ballots (+) or fewer (−). */
  readonly slips: number
  readonly same: boolean
}
export function compare(count: Count, tally: Announced): Compared {
  const votes = tally.votes.map((each, at) => (count.votes[at] ?? 0) - each)
  const blank = count.blank - tally.blank
  const slips = votes.reduce((sum, each) => sum + each, blank) + count.unreadable
  return { votes, blank, slips, same: votes.every((each) => each === 0) && blank === 0 && count.unreadable === 0 }
}

/** Whether slips name the same winner as the tally, whatever the unreadable ones say: decided by what is left between them. */
export function sameWinner(count: Count, tally: Announced): boolean {
  const paper = count.votes.toSorted((x, y) => y - x)
  const leads = (paper[0] ?? 0) - (paper[1] ?? 0) > count.unreadable
  const [onPaper, announced] = [count.votes.indexOf(paper[0]!), tally.votes.indexOf(Math.max(...tally.votes))]
  return leads && onPaper === announced
}
