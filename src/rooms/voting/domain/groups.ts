/** Voters of one group (a polling place, a hamlet) and how they voted. */
export type Group = { key: string; voters: number; votes: readonly number[]; blank: number }

/**
 * Which groups may be shown one by one (R28): none in which fewer than `least` voted, and, where those that are hidden could be
 * had by subtracting the shown from the sum, the next smallest are hidden with them. Groups without votes hide nothing.
 */
export function shownGroups(groups: readonly Group[], least: number): Set<string> {
  const bySize = groups.filter(({ voters }) => voters > 0).toSorted((a, b) => a.voters - b.voters)
  let hidden = bySize.filter(({ voters }) => voters < least).length
  const voters = () => bySize.slice(0, hidden).reduce((sum, each) => sum + each.voters, 0)
  while (hidden > 0 && hidden < bySize.length && (hidden === 1 || voters() < least)) hidden++
  const kept = new Set(bySize.slice(0, hidden).map(({ key }) => key))
  return new Set(groups.filter(({ key }) => !kept.has(key)).map(({ key }) => key))
}

/** Sum polling places by a name they share, say their hamlet. Those without one belong to no group. */
export function sumBy<T extends Group>(groups: readonly T[], keyOf: (group: T) => string | null): Group[] {
  const named = groups.filter((group) => keyOf(group) !== null)
  return [...Map.groupBy(named, (group) => keyOf(group)!)].map(([key, own]) => ({
    key,
    voters: own.reduce((sum, { voters }) => sum + voters, 0),
    votes: sumVotes(own),
    blank: own.reduce((sum, { blank }) => sum + blank, 0),
  }))
}

/** Candidate by candidate. */
export const sumVotes = (groups: readonly { votes: readonly number[] }[]): number[] =>
  groups.reduce<number[]>((sum, { votes }) => votes.map((n, i) => n + (sum[i] ?? 0)), [])
