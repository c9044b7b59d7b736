import type { Demand } from './demand.ts'

type Entry = { id: string; category: string | null }
type Reading = { proposal: string; evaluator: string; purpose: string; ended: Date | null }
type Wave = { extra: number; proposals: readonly string[] }

/**
 * Who needs readers: every entry is owed `reviews`, one more where a third reader was called (or is called now, in
 * `third`), and what the waves sent out promised it. Readings that ended do not count, which is how a recusal asks
 * for its replacement. Entries that lack nothing are left out.
 */
export function owedReaders(
  entries: readonly Entry[],
  readings: readonly Reading[],
  rule: { reviews: number; waves: readonly Wave[]; third: ReadonlySet<string> },
): Demand[] {
  const present = new Map<string, string[]>(entries.map((entry) => [entry.id, []]))
  const called = new Set(rule.third)
  for (const reading of readings) {
    if (reading.purpose === 'third') called.add(reading.proposal)
    if (reading.ended === null) present.get(reading.proposal)?.push(reading.evaluator)
  }
  const promised = new Map(entries.map((entry) => [entry.id, rule.reviews + (called.has(entry.id) ? 1 : 0)]))
  for (const wave of rule.waves)
    for (const id of wave.proposals) if (promised.has(id)) promised.set(id, promised.get(id)! + wave.extra)
  return entries
    .map((entry) => ({
      proposal: entry.id,
      category: entry.category,
      readers: present.get(entry.id)!,
      extra: promised.get(entry.id)! - present.get(entry.id)!.length,
    }))
    .filter((demand) => demand.extra > 0)
}
