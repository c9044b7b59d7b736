import type { AwardLevel, AwardRule, Group } from './round.ts'

export type Award = { level: AwardLevel; year: number }

/** The awards that a rule speaks of: of its level and its years. */
export function holding(rule: AwardRule, awards: readonly Award[]): Award[] {
  return awards.filter(
    (award) =>
      award.level === rule.level &&
      (rule.fromYear === null || award.year >= rule.fromYear) &&
      (rule.toYear === null || award.year <= rule.toYear),
  )
}

/** Does one of these rules apply, by the number of awards it asks for? */
export const anyHeld = (rules: readonly AwardRule[], awards: readonly Award[]): boolean =>
  rules.some((rule) => holding(rule, awards).length >= rule.times)

/** Could an innovation with these awards enter the group, as far as awards decide? */
export const awardsAdmit = (group: Pick<Group, 'needsOneOf' | 'excludedBy'>, awards: readonly Award[]): boolean =>
  (group.needsOneOf.length === 0 || anyHeld(group.needsOneOf, awards)) && !anyHeld(group.excludedBy, awards)
