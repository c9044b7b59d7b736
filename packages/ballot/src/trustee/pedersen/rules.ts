import { FormatError } from '../../format/shape.ts'
import type { Group } from '../../group/group.ts'
import { accepted, type Fault, type Outcome, refused } from '../fault.ts'

/** n trustees, of whom any t decrypt: 1 ≤ t ≤ n. */
export type Plan = { readonly size: number; readonly threshold: number }

/** Everything that a party of a key generation refuses. Faults name the trustee, from 1, whose message it was. */
export const ceremonyRules = [
  'ceremony.unreadable',
  'ceremony.count',
  'ceremony.element',
  'ceremony.certificate-context',
  'ceremony.certificate-signature',
  'ceremony.certificate-twice',
  'ceremony.certificate-own',
  'ceremony.coefficients-count',
  'ceremony.coefficients-signature',
  'ceremony.coefficients-own',
  'ceremony.transcript-signature',
  'ceremony.message-sealed',
  'ceremony.message-recipient',
  'ceremony.message-signature',
  'ceremony.share',
  'ceremony.verification-key',
  'ceremony.key-proof',
  'ceremony.key-signature',
  'ceremony.election-key',
] as const
export type CeremonyRule = (typeof ceremonyRules)[number]
export type CeremonyFault = Fault<CeremonyRule>
export type CeremonyOutcome<T> = Outcome<T, CeremonyRule>

export function requirePlan({ size, threshold }: Plan): void {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(threshold) || threshold < 1 || threshold > size)
    throw new RangeError('a threshold from 1 to the number of trustees is needed')
}

/** Reads what a trustee sent; a text of another form is that trustee's fault. */
export function readFrom<T>(trustee: number | undefined, at: string, read: () => T): CeremonyOutcome<T> {
  try {
    return accepted(read())
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return refused({ ...by(trustee), rule: 'ceremony.unreadable', at: error.at ? `${at}: ${error.at}` : at })
  }
}

/** A member of the group other than 1, of which nobody can be the owner. */
export function decodeKey<E>(group: Group<E>, text: string): E | undefined {
  const element = group.decode(text)
  return element === undefined || group.equal(element, group.neutral) ? undefined : element
}

export const by = (trustee: number | undefined) => (trustee === undefined ? {} : { trustee })

/** All values, or the faults of all. */
export function gather<T>(outcomes: readonly CeremonyOutcome<T>[]): CeremonyOutcome<T[]> {
  const faults = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.faults))
  if (faults.length > 0) return refused(...faults)
  return accepted(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])))
}
