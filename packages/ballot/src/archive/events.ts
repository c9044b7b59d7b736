import { largestField } from './tar.ts'

/** The types of events, section 4.4 of the specification 2.0. */
export const eventTypes = [
  'Setup',
  'Ballot',
  'EndBallots',
  'EncryptedTally',
  'Shuffle',
  'EndShuffles',
  'PartialDecryption',
  'Result',
] as const
export type EventType = (typeof eventTypes)[number]

export interface ArchiveEvent {
  /** Hex hash of the text of the event before; absent in the first only. */
  readonly parent?: string
  readonly height: number
  readonly type: EventType
  /** Hex hash of a data record; absent in EndBallots and EndShuffles. */
  readonly payload?: string
}

/** Payload of Setup. `credentials_certificate` came with Belenios 3.2. */
export interface SetupData {
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  readonly credentials_certificate?: string
}

/** Payload of PartialDecryption and Shuffle: the trustee (from 1, in the order of the archive's keys) and what he made. */
export interface Owned {
  readonly owner: number
  readonly payload: string
}

/** Payload of EncryptedTally: ballots counted (after revotes), the sum of their weights, the tally itself. */
export interface SizedTally {
  readonly num_tallied: number
  readonly total_weight: bigint
  readonly encrypted_tally: string
}

/**
 * What was read. Without `value` the text is not the object that was asked for; with `value` and `fault` it is, but
 * written in another way than the format's (`canonical` false), so that a reader can go on.
 */
export interface Reading<T> {
  readonly value?: T
  readonly fault?: string
  readonly canonical?: boolean
}

/** None of these objects reaches 500 bytes; a longer text is not parsed at all. */
const longest = 4096

/** Weights above this are written as a string of digits: the tool's integers have 31 bits on some platforms. */
const largestNumber = 1_073_741_823n

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isHashOrAbsent = (value: unknown): value is string | undefined => value === undefined || isHash(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of a record, or undefined if its bytes are not UTF-8. A byte order mark stays, so that it is noticed. */
export function textOf(body: Uint8Array): string | undefined {
  try {
    return decoder.decode(body)
  } catch {
    return undefined
  }
}

/** Parses, has the shape checked, writes again and compares: what is accepted has exactly one spelling. */
function readObject<T>(
  body: Uint8Array,
  shape: (fields: Record<string, unknown>) => T | undefined,
  write: (value: T) => string,
): Reading<T> {
  if (body.length > longest) return { fault: `${body.length} bytes are too many for this object` }
  const text = textOf(body)
  if (text === undefined) return { fault: 'it is not UTF-8' }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { fault: 'it is not JSON' }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { fault: 'it is not a JSON object' }
  const value = shape(parsed as Record<string, unknown>)
  if (value === undefined) return { fault: 'a field is missing or not of its kind' }
  const expected = write(value)
  if (text !== expected) return { value, canonical: false, fault: `it should be ${expected}` }
  return { value, canonical: true }
}

export const writeBegin = (timestamp: number): string => `{"version":1,"timestamp":"${timestamp}"}`

/** The body of the record BELENIOS. The timestamp, seconds, is a JSON string (the specification's table says a number). */
export const readBegin = (body: Uint8Array): Reading<number> =>
  readObject(
    body,
    ({ version, timestamp }) =>
      version === 1 &&
      typeof timestamp === 'string' &&
      /^(0|[1-9]\d{0,10})$/.test(timestamp) &&
      Number(timestamp) <= largestField
        ? Number(timestamp)
        : undefined,
    writeBegin,
  )

/** An event as text: fields in the order of the format, an absent one left out. */
export const writeEvent = ({ parent, height, type, payload }: ArchiveEvent): string =>
  JSON.stringify({ parent, height, type, payload })

export const readEvent = (body: Uint8Array): Reading<ArchiveEvent> =>
  readObject(
    body,
    ({ parent, height, type, payload }) =>
      isHashOrAbsent(parent) && isCount(height) && isEventType(type) && isHashOrAbsent(payload)
        ? { ...(parent !== undefined && { parent }), height, type, ...(payload !== undefined && { payload }) }
        : undefined,
    writeEvent,
  )

const isEventType = (value: unknown): value is EventType => (eventTypes as readonly unknown[]).includes(value)

export const writeSetupData = (data: SetupData): string => {
  const { election, trustees, credentials, credentials_certificate } = data
  return JSON.stringify({ election, trustees, credentials, credentials_certificate })
}

export const readSetupData = (body: Uint8Array): Reading<SetupData> =>
  readObject(
    body,
    ({ election, trustees, credentials, credentials_certificate }) =>
      isHash(election) && isHash(trustees) && isHash(credentials) && isHashOrAbsent(credentials_certificate)
        ? { election, trustees, credentials, ...(credentials_certificate !== undefined && { credentials_certificate }) }
        : undefined,
    writeSetupData,
  )

export const writeOwned = ({ owner, payload }: Owned): string => JSON.stringify({ owner, payload })

export const readOwned = (body: Uint8Array): Reading<Owned> =>
  readObject(
    body,
    ({ owner, payload }) => (isCount(owner) && owner > 0 && isHash(payload) ? { owner, payload } : undefined),
    writeOwned,
  )

export const writeSizedTally = ({ num_tallied, total_weight, encrypted_tally }: SizedTally): string => {
  const weight = total_weight > largestNumber ? `"${total_weight}"` : `${total_weight}`
  return `{"num_tallied":${num_tallied},"total_weight":${weight},"encrypted_tally":"${encrypted_tally}"}`
}

export const readSizedTally = (body: Uint8Array): Reading<SizedTally> =>
  readObject(
    body,
    ({ num_tallied, total_weight, encrypted_tally }) => {
      const weight = readWeight(total_weight)
      return isCount(num_tallied) && weight !== undefined && isHash(encrypted_tally)
        ? { num_tallied, total_weight: weight, encrypted_tally }
        : undefined
    },
    writeSizedTally,
  )

const readWeight = (value: unknown): bigint | undefined =>
  isCount(value) || (typeof value === 'string' && /^\d{1,100}$/.test(value)) ? BigInt(value) : undefined
