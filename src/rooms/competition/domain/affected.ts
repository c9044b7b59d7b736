import type { Change } from './difference.ts'
import { isList } from './paths.ts'
import { type AgencyKind, questionsFor, type Rules } from './round.ts'

/** A proposal that takes part, as far as a change of rules may touch it. */
export type TakingPart = {
  id: string
  agency: string
  unit: string
  group: string
  category: string | null
  agencyKind: AgencyKind
}
/** Somebody who looks after proposals: of a unit, or of a whole agency (local admin or deputy, `unit` null). */
export type Owner = { id: string; name: string; email: string; lang: 'id' | 'en'; agency: string; unit: string | null }
/** Somebody whom changes touch, and which. */
export type Affected = { owner: Owner; changes: Change[] }

/**
 * Whom changes touch. A change for everyone touches all local admins and everybody with a proposal in the round; a change
 * within a group or a cluster touches those with a proposal there, and their local admins. Each person stands once.
 */
export function affectedBy(
  changes: readonly Change[],
  rules: { before: Rules; after: Rules },
  proposals: readonly TakingPart[],
  owners: readonly Owner[],
): { people: Affected[]; proposals: TakingPart[] } {
  const touched = new Map<string, Affected>()
  const reached = new Set<TakingPart>()
  for (const change of changes) {
    if (change.affects === 'nobody') continue
    const inside = proposals.filter((proposal) => isInside(change, rules, proposal))
    for (const proposal of inside) reached.add(proposal)
    const hearing = owners.filter(
      (owner) =>
        (change.affects === 'everyone' && owner.unit === null) ||
        inside.some((proposal) => looksAfter(owner, proposal)),
    )
    for (const owner of new Map(hearing.map((each) => [each.id, each])).values()) {
      const known = touched.get(owner.id)
      if (known) known.changes.push(change)
      else touched.set(owner.id, { owner, changes: [change] })
    }
  }
  return { people: [...touched.values()], proposals: proposals.filter((proposal) => reached.has(proposal)) }
}

const looksAfter = (owner: Owner, proposal: TakingPart): boolean =>
  owner.agency === proposal.agency && (owner.unit === null || owner.unit === proposal.unit)

function isInside({ affects }: Change, { before, after }: { before: Rules; after: Rules }, proposal: TakingPart) {
  if (affects === 'everyone') return true
  if (affects === 'nobody') return false
  if ('groups' in affects) return affects.groups.includes(proposal.group)
  // The agency may have moved from one cluster to another: both concern it.
  return [...before.clusters, ...after.clusters].some(
    (cluster) => affects.clusters.includes(cluster.key) && cluster.agencyKinds.includes(proposal.agencyKind),
  )
}

export type InUse = 'group-in-use' | 'category-in-use' | 'choice-in-use'

/** What proposals of a group have answered to a question of choice. */
export type ChoiceMade = { group: string; question: string; value: string }

/** The questions of choice in any group of these rules, by key. */
export const choiceQuestions = (rules: Rules): string[] => [
  ...new Set(
    rules.groups.flatMap(({ key }) =>
      questionsFor(rules, key).flatMap((question) => (question.kind === 'choice' ? [question.key] : [])),
    ),
  ),
]

/** A group, a category or a choice of a question that proposals have chosen stays. */
export function inUse(
  after: Rules,
  proposals: readonly TakingPart[],
  choices: readonly ChoiceMade[] = [],
): InUse | null {
  if (proposals.some(({ group }) => !after.groups.some(({ key }) => key === group))) return 'group-in-use'
  const gone = proposals.some(({ category }) => category !== null && !after.categories.some((c) => c.key === category))
  if (gone) return 'category-in-use'
  const lost = choices.some(({ group, question, value }) => {
    const asked = questionsFor(after, group).find(({ key, kind }) => key === question && kind === 'choice')
    return asked !== undefined && !asked.choices.some(({ key }) => key === value)
  })
  return lost ? 'choice-in-use' : null
}

/** Does a change move the deadline? That is what extensions are for. */
export const movesDeadline = (changes: readonly Change[]): boolean =>
  changes.some(({ path }) => path === 'calendar.submissionCloses' || path.startsWith('calendar.extensions'))

/** Whether the notes on where values come from differ. */
export const notesDiffer = (before: Rules, after: Rules): boolean =>
  JSON.stringify(sorted([before.settings, before.sources])) !== JSON.stringify(sorted([after.settings, after.sources]))

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || isList(value as never))
    return Array.isArray(value) ? value.map(sorted) : value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
