import type { Line } from '../format/index.ts'
import { type Row, readRow } from '../media/chain.ts'

export type ProvenConflict = {
  readonly kind: 'check-in' | 'token'
  readonly voter: number
  readonly devices: readonly [string, string]
}

/**
 * Whether two signed lines alone prove that one voter was let in, or given a first token, twice: both hold by the keys of the
 * devices that signed them, both name the same voter, and they are two lines and not one. undefined when they prove nothing.
 * `keyOf` gives a device's key as the station certified it.
 */
export function checkConflict(
  one: Row,
  two: Row,
  keyOf: (device: string) => string | undefined,
): ProvenConflict | undefined {
  const [a, b] = [readSigned(one, keyOf), readSigned(two, keyOf)]
  if (!a || !b || (a.device === b.device && a.seq === b.seq)) return undefined
  const devices = [a.device, b.device].sort() as [string, string]
  if (a.act.kind === 'check-in' && b.act.kind === 'check-in' && a.act.voter === b.act.voter)
    return { kind: 'check-in', voter: a.act.voter, devices }
  if (a.act.kind !== 'token-issued' || b.act.kind !== 'token-issued' || a.act.voter !== b.act.voter) return undefined
  return a.act.replaces === undefined && b.act.replaces === undefined
    ? { kind: 'token', voter: a.act.voter, devices }
    : undefined
}

function readSigned(row: Row, keyOf: (device: string) => string | undefined): Line | undefined {
  const device = /"device":"([a-z0-9-]{1,40})"/.exec(row)?.[1]
  const key = device === undefined ? undefined : keyOf(device)
  const read = key === undefined ? undefined : readRow(row, key)
  return read && 'seq' in read && read.device === device ? read : undefined
}
