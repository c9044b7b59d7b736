/** What is added up at every level, from the village to the nation. Votes by candidate stay in the village: elsewhere they are others. */
export const sums = [
  'elections',
  'tps',
  'voters',
  'counted',
  'counted_voters',
  'present',
  'valid',
  'blank',
  'corrected',
  'contradicting',
  'late',
  'questioned',
  'typed',
] as const
export type SumName = (typeof sums)[number]
export type Sums = Record<SumName, number>

export const noSums = (): Sums => Object.fromEntries(sums.map((name) => [name, 0])) as Sums

/** One polling place as it is counted now. `questioned`: its archive was refused or says other numbers, or people read the photo otherwise. */
export type TpsState = {
  state: 'missing' | 'counted' | 'corrected' | 'contradicting'
  late: boolean
  questioned: boolean
  typed: boolean
  voters: number
  present: number
  valid: number
  blank: number
}

/** What one polling place adds to every level above it. A place that contradicts itself adds no vote until it is settled. */
export function sumsOf(tps: TpsState): Sums {
  const counts = tps.state === 'counted' || tps.state === 'corrected'
  const when = (holds: boolean, n = 1) => (holds ? n : 0)
  return {
    elections: 0,
    tps: 1,
    voters: tps.voters,
    counted: when(counts),
    counted_voters: when(counts, tps.voters),
    present: when(counts, tps.present),
    valid: when(counts, tps.valid),
    blank: when(counts, tps.blank),
    corrected: when(tps.state === 'corrected'),
    contradicting: when(tps.state === 'contradicting'),
    late: when(tps.state === 'missing' && tps.late),
    questioned: when(tps.questioned),
    typed: when(counts && tps.typed),
  }
}

export const difference = (after: Sums, before: Sums): Sums =>
  Object.fromEntries(sums.map((name) => [name, after[name] - before[name]])) as Sums

export const plus = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(sums.map((name) => [name, a[name] + b[name]])) as Sums

export const isNothing = (delta: Sums): boolean => sums.every((name) => delta[name] === 0)

/** The nation has the empty code. */
export const nation = ''

/** The codes that a village's numbers are added to, itself first: "35.10.20.2001" also 35.10.20, 35.10, 35 and the nation. */
export function levelsOf(village: string): string[] {
  const parts = village.split('.')
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('.')), nation]
}

export const levels = ['nation', 'province', 'regency', 'district', 'village'] as const
export type Level = (typeof levels)[number]
/** The level of a code by its parts. */
export const levelOf = (code: string): Level => (code === nation ? 'nation' : levels[code.split('.').length]!)
export const isCode = (text: string): boolean => /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/.test(text)
