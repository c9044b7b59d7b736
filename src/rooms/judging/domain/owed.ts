import type { Demand } from './demand.ts'

export type Purpose = 'first' | 'manual' | 'replacement' | 'third' | 'wave'
export type EndedAs = 'recused' | 'moved' | 'withdrawn'
/** One reading of one entry; `finished` is when its sheet was finished. */
export type Assignment = {
  agency: string
  proposal: string
  evaluator: string
  round: string
  purpose: Purpose
  wave: number | null
  reason: string | null
  at: Date
  ended: Date | null
  ended_as: EndedAs | null
  ended_reason: string | null
  finished: Date | null
}

type Entry = { id: string; category: string | null }
type Reading = { proposal: string; evaluator: string; purpose: string; wave: number | null; ended: Date | null }
export type PromisedWave = { seq: number; extra: number; proposals: readonly string[] }

/**
 * Who needs readers: every entry is owed `reviews`, one more where a third reader was called (or is called now, in
 * `third`), and what the waves sent out promised it. Readings that ended do not count, which is how a recusal asks
 * for its replacement. Entries that lack nothing are left out.
 */
export function owedReaders(
  entries: readonly Entry[],
  readings: readonly Reading[],
  rule: { reviews: number; waves: readonly PromisedWave[]; third: ReadonlySet<string> },
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

export type Label = { purpose: 'first' | 'replacement' | 'third' | 'wave'; wave: number | null }

/**
 * What each new reading is for: the first dealing; a third reader where one is called; what a wave still owes; else the
 * replacement of one that ended. In the order of `pairs`.
 */
export function labelReadings(
  pairs: readonly { proposal: string }[],
  readings: readonly Pick<Reading, 'proposal' | 'purpose' | 'wave' | 'ended'>[],
  now: { opened: boolean; third: ReadonlySet<string>; waves: readonly PromisedWave[] },
): Label[] {
  const third = new Set(now.third)
  const given = new Map<string, number>()
  const key = (proposal: string, wave: number) => `${wave} ${proposal}`
  for (const reading of readings) {
    if (reading.purpose === 'third') third.delete(reading.proposal)
    if (reading.wave !== null && reading.ended === null) {
      const k = key(reading.proposal, reading.wave)
      given.set(k, (given.get(k) ?? 0) + 1)
    }
  }
  const waveOf = new Map(now.waves.map((wave) => [wave.seq, new Set(wave.proposals)]))
  return pairs.map(({ proposal }) => {
    if (!now.opened) return { purpose: 'first', wave: null }
    if (third.delete(proposal)) return { purpose: 'third', wave: null }
    const owing = now.waves.find(
      ({ seq, extra }) => waveOf.get(seq)!.has(proposal) && (given.get(key(proposal, seq)) ?? 0) < extra,
    )
    if (!owing) return { purpose: 'replacement', wave: null }
    const k = key(proposal, owing.seq)
    given.set(k, (given.get(k) ?? 0) + 1)
    return { purpose: 'wave', wave: owing.seq }
  })
}
