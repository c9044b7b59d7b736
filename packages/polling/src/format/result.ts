import type { Counts } from './act.ts'

/**
 * The result of one polling place, kind `result/1`: signed by the chair and one officer more, the witnesses who agree, and the
 * station. It is the only source of every copy, of the plano, of the QR and of what is sent. A correction is a new version that
 * names the one before; nothing is replaced.
 */
export type TpsResult = {
  readonly format: 'melayani-result/1'
  readonly mode: 'real' | 'practice'
  readonly election: string
  readonly tps: string
  /** hashOf of the package's text. */
  readonly package: string
  readonly version: number
  /** hashOf of the text of the version before, and why. */
  readonly corrects?: { readonly hash: string; readonly reason: string }
  readonly roll: number
  readonly present: number
  /** In the order of the candidates' numbers. */
  readonly votes: readonly number[]
  readonly blank: number
  readonly counts: Counts
  /** Where from: the tally, or the slips where the tally cannot be opened (total loss of keys, by hand count). */
  readonly source: 'tally' | 'slips'
  /** Slips whose choice nobody could read; said when the result comes from slips, and only then. */
  readonly unreadable?: number
  /** SHA-256 of the .bel file; none when there is no archive. */
  readonly archive?: string
  /** hashOf of the public TPS record without this result's own entry; see record. */
  readonly reconciled: boolean
  /** Differences explained in a signed report (BA selisih). */
  readonly differences: readonly string[]
}
export const resultKind = 'result/1'
