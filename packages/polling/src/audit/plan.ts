import { type Announced, expectedSlips, marginOf, slipsOf, winnerOf } from './contest.ts'

/** What a region decides about audits. */
export type AuditRules = {
  /** Chance that is accepted of confirming a wrong winner. */
  readonly risk: number
  /** Below this diluted margin everything is counted by hand. */
  readonly fullBelow: number
  /** When so large a share of the slips would be looked at on average, counting all of them is less work. */
  readonly fullShare: number
}
/** A village of 1–3 thousand voters counts by hand below about 10 % (500 slips, two teams: about half an hour). */
export const usualRules: AuditRules = { risk: 0.05, fullBelow: 0.1, fullShare: 0.5 }

export type AuditPlan =
  | { readonly kind: 'full'; readonly why: 'tie' | 'margin' | 'size' }
  /** `expected` slips on average; `first` are drawn to begin with: so many that nine of ten right winners need no more. */
  | { readonly kind: 'poll'; readonly expected: number; readonly first: number }

/** How the slips of an election are audited: by the numbers that were announced, before any dice are thrown. */
export function planAudit(announced: Announced, rules: AuditRules): AuditPlan {
  if (announced.votes.length > 1 && winnerOf(announced) === undefined) return { kind: 'full', why: 'tie' }
  if (marginOf(announced) < rules.fullBelow) return { kind: 'full', why: 'margin' }
  const expected = expectedSlips(announced, rules.risk)
  if (expected > slipsOf(announced) * rules.fullShare) return { kind: 'full', why: 'size' }
  // Sizes of sequential tests are skewed: twice the mean covers about nine of ten (simulated in the tests).
  return { kind: 'poll', expected, first: 2 * expected }
}
