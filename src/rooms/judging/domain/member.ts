import { decide, refuse } from '#platform/result.ts'
import { regionsTouch } from './conflict.ts'
import { byCodeUnit } from './seeded.ts'

/** What a panel member declared: an agency, or a home region by its Kemendagri code. */
export type Interest = { id: string; person: string; agency: string | null; region: string | null }
export type Member = { id: string; name: string; interests: readonly Interest[] }
type Owned = { proposal: string; agency: string; agencyRegion: string | null }

/** Must this member keep away from this entry? */
export const hasConflict = (member: Pick<Member, 'interests'>, entry: Owned): boolean =>
  member.interests.some(
    ({ agency, region }) =>
      agency === entry.agency ||
      (region !== null && entry.agencyRegion !== null && regionsTouch(region, entry.agencyRegion)),
  )

export type Pair = { proposal: string; agency: string; member: string }

/**
 * Give every entry `each` members who have no conflict with it, loads as even as can be, members paired in turn. `there`
 * are the pairs that stand already. Refused, with the entries, when somebody would be read by too few.
 */
export function dealReadings(
  entries: readonly Owned[],
  members: readonly Member[],
  each: number,
  there: readonly Pair[] = [],
) {
  const load = new Map(members.map((member) => [member.id, 0]))
  for (const { member } of there) load.set(member, (load.get(member) ?? 0) + 1)
  const met = new Map<string, number>()
  const together = (a: string, b: string) => [a, b].sort(byCodeUnit).join()
  const short: string[] = []
  const dealt: Pair[] = []
  for (const entry of entries) {
    const chosen = there.filter((pair) => pair.proposal === entry.proposal).map((pair) => pair.member)
    while (chosen.length < each) {
      const free = members.filter((member) => !chosen.includes(member.id) && !hasConflict(member, entry))
      const meetings = (id: string) => chosen.reduce((sum, other) => sum + (met.get(together(id, other)) ?? 0), 0)
      const [next] = free.sort(
        (a, b) => load.get(a.id)! - load.get(b.id)! || meetings(a.id) - meetings(b.id) || byCodeUnit(a.id, b.id),
      )
      if (!next) break
      for (const other of chosen) met.set(together(next.id, other), (met.get(together(next.id, other)) ?? 0) + 1)
      load.set(next.id, load.get(next.id)! + 1)
      chosen.push(next.id)
      dealt.push({ proposal: entry.proposal, agency: entry.agency, member: next.id })
    }
    if (chosen.length < each) short.push(entry.proposal)
  }
  return short.length > 0 ? { ...refuse('too-few-members'), short } : decide(dealt)
}
