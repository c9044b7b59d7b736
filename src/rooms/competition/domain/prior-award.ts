import { awardLevelOf } from './award-level.ts'
import type { Award } from './award-rule.ts'
import type { Candidate, Winner } from './identity.ts'

/** An award of the register: the innovation it was given to, the level as the register writes it, and the year. */
export type Registered = { id: string; innovation: string; level: string; year: number | null }

/** From this likeness an agency's own winner is taken for the same innovation: an equal title and the same agency. */
export const sameInnovation = 0.7

/**
 * The awards of one innovation, as the rules count them. An innovation that reached the top of a year also was a
 * finalist of that year. Awards of another level or without a year are no award of the competition.
 */
export function awardsOf(register: readonly Registered[], innovations: ReadonlySet<string>): Award[] {
  const held = new Map<string, Award>()
  const hold = (level: Award['level'], year: number) => held.set(`${level} ${year}`, { level, year })
  for (const { innovation, level, year } of register) {
    const known = awardLevelOf(level)
    if (!innovations.has(innovation) || year === null || !known) continue
    hold(known, year)
    if (known === 'top') hold('finalist', year)
    if (known === 'replication-top') hold('replication-finalist', year)
  }
  return [...held.values()].sort((a, b) => a.year - b.year || (a.level < b.level ? -1 : 1))
}

/** The innovations that this proposal is taken for: the winner it declares, and its agency's own that it clearly is. */
export function innovationsHeld<W extends Winner & { innovation: string }>(
  declared: string | null,
  candidates: readonly Candidate<W>[],
): Set<string> {
  const own = candidates.filter((each) => each.relation === 'own-winner' && each.likeness >= sameInnovation)
  return new Set([...(declared ? [declared] : []), ...own.map(({ winner }) => winner.innovation)])
}
