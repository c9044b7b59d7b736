/**
 * What is wrong with something another party sent, and whose it is. `trustee` is the number of the trustee from 1: among
 * the trustees of a key generation there, among all keys of the election (as owners of decryptions are numbered) here;
 * undefined when the thing is nobody's or the asker's own.
 */
export type Fault<Rule extends string = string> = {
  readonly rule: Rule
  readonly trustee?: number
  /** Where exactly, in the words of the format: `coefexps`, `decryption_proofs[0][2]`. */
  readonly at: string
}

/** A value, or all that stands against it. Refusals of what others sent are values; only misuse throws. */
export type Outcome<T, Rule extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault<Rule>[] }

export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const refused = <Rule extends string>(...faults: readonly Fault<Rule>[]) => ({ ok: false, faults }) as const
