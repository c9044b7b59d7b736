import { type Award, awardsAdmit } from './award-rule.ts'
import { awardsOf, type Registered } from './prior-award.ts'
import type { Group, Rules } from './round.ts'
import type { RoundState } from './running-round.ts'

/** An agency, or one innovation, that may enter a group by invitation. Without `innovation` the agency may enter any. */
export type Invitation = {
  id: string
  group: string
  agency: string | null
  agencyName: string
  innovation: string | null
  /** What the register calls the innovation. */
  name: string | null
  by: string | null
  at: Date
  withdrawn: Date | null
  withdrawnBy: string | null
  reason: string | null
}

export type Invited = Pick<Invitation, 'group' | 'agency' | 'innovation'>

/**
 * Is a proposal of this agency, taken for these innovations, invited to its group? An invitation of an innovation counts
 * for it alone, and for its agency alone where the agency is known.
 */
export const isInvited = (
  invitations: readonly Invited[],
  proposal: { group: string; agency: string },
  innovations: ReadonlySet<string>,
): boolean =>
  invitations.some(
    ({ group, agency, innovation }) =>
      group === proposal.group &&
      (agency === null || agency === proposal.agency) &&
      (innovation === null ? agency !== null : innovations.has(innovation)),
  )

/**
 * May this agency choose the group while it writes? Whoever holds any invitation to it may: which innovation it is may
 * still be declared. An invitation without an agency opens the group once that innovation is declared.
 */
export const mayChoose = (
  rules: Rules,
  invitations: readonly Invited[],
  proposal: { group: string; agency: string },
  declared: string | null,
): boolean =>
  !rules.groups.some(({ key, byInvitation }) => key === proposal.group && byInvitation) ||
  invitations.some(
    ({ group, agency, innovation }) =>
      group === proposal.group &&
      (agency === proposal.agency || (agency === null && innovation !== null && innovation === declared)),
  )

/** The groups of a round that are entered by invitation. */
export const invitedGroups = (rules: Rules): Group[] => rules.groups.filter(({ byInvitation }) => byInvitation)

/** Invitations are given and withdrawn while a round runs: each is told by letter at once. */
export const invites = (state: RoundState): boolean => state === 'published'

export type Known = Registered & { name: string; agencyName: string; agency: string | null }
export type Proposed = Pick<Known, 'innovation' | 'name' | 'agencyName' | 'agency'> & { awards: Award[] }

/**
 * The innovations of the register whose awards the group asks for and that nothing excludes: a list to choose from. That
 * they are invited is nowhere law; the secretariat decides. Newest award first, then by name.
 */
export function proposedFor(group: Group, register: readonly Known[], invitations: readonly Invited[]): Proposed[] {
  if (group.needsOneOf.length === 0) return []
  const already = new Set(invitations.flatMap((each) => (each.group === group.key ? (each.innovation ?? []) : [])))
  return [...Map.groupBy(register, ({ innovation }) => innovation)]
    .filter(([innovation]) => !already.has(innovation))
    .flatMap(([innovation, rows]) => {
      const awards = awardsOf(rows, new Set([innovation]))
      if (!awardsAdmit(group, awards)) return []
      const newest = rows.toSorted((a, b) => (b.year ?? 0) - (a.year ?? 0))[0]!
      const last = Math.max(...awards.map(({ year }) => year))
      return [{ innovation, name: newest.name, agencyName: newest.agencyName, agency: newest.agency, awards, last }]
    })
    .sort((a, b) => b.last - a.last || (a.name < b.name ? -1 : 1))
    .map(({ last: _last, ...each }) => each)
}

/** Lines that one paste may hold. */
export const mostLines = 200
const registerCode = /^MI-\d{6}$/

/** One pasted line: a register code, with the agency's code behind it where the register does not know the agency, or an agency. */
export type Line = { line: number; text: string; code: string | null; agency: string | null }

/** Lines as they were pasted; empty ones are none. "MI-000012", "mi-000012; 35.10", "35.10", "Pemerintah Kota Malang". */
export function linesOf(pasted: string): Line[] {
  return pasted.split(/\r?\n/).flatMap((raw, index): Line[] => {
    const text = raw.trim()
    if (text === '') return []
    const [first = '', ...rest] = text.split(/[;,\t]| +(?=\d|$)/).map((part) => part.trim())
    const code = first.toUpperCase()
    if (!registerCode.test(code)) return [{ line: index + 1, text, code: null, agency: text }]
    return [{ line: index + 1, text, code, agency: rest.filter(Boolean).join(' ') || null }]
  })
}
