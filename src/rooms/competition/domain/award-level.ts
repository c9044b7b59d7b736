import type { AwardLevel } from './round.ts'

/**
 * What the rules of a round count a level as, from its words in the register: those of the public sources and those our
 * own decrees write ("Top 99", "Top 15 Kelompok Khusus", "5 Top Replikasi"). Null: no award of this competition, such as
 * a regional contest, UNPSA, JIPPNas, a separate list or a mere entry. Where a source leaves open which of two levels it
 * was, the lower one counts, because it is sure.
 */
export function awardLevelOf(words: string): AwardLevel | null {
  const level = words.replace(/\s+/g, ' ').trim()
  return shapes.find(([shape]) => shape.test(level))?.[1] ?? null
}

/**
 * In 2014 the Top 33 stood between the Top 99 and the award, the Top 9. The groups for replications and former winners
 * had 15 finalists and 5 awards each; the 5 of the former winners are the Outstanding Achievements.
 */
const shapes: readonly [RegExp, AwardLevel][] = [
  [/^(?:top )?(?:5 )?outstanding(?: achievements?)?(?: \([^)]*\))?$/i, 'outstanding'],
  [/^top 5 (?:kelompok )?khusus$/i, 'outstanding'],
  [/^(?:top \d+|finalis) (?:kelompok )?khusus$/i, 'special-finalist'],
  [/^(?:5 top|top(?: 5)?) (?:kelompok )?replikasi$/i, 'replication-top'],
  [/^(?:top \d+|finalis) (?:kelompok )?replikasi$/i, 'replication-finalist'],
  [/^top (?:9|25|35|40|45)$/i, 'top'],
  [/^(?:top|inovasi) terpuji(?: \([^)]*\))?$/i, 'top'],
  [/^top \d+$/i, 'finalist'],
  [/^top 99(?: or |\/)top \d+ (?:class )?\([^)]*\)$/i, 'finalist'],
  [/^finalis(?: kelompok umum| \(top 99\/15\))?$/i, 'finalist'],
]
