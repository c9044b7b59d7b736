import type { ArchiveRule } from './fault.ts'

/** Headers and bodies stand on multiples of this. */
export const blockSize = 512
/** Sizes and times have eleven octal digits: 8 GiB less a byte, and the year 2242. */
export const largestField = 8 ** 11 - 1
/** The name of the first record. */
export const firstName = 'BELENIOS'

/** The fields of a header block that are not zero, as byte positions (from, to): the old tar format of 1979. */
const fields = {
  name: [0, 100],
  owner: [100, 124],
  size: [124, 136],
  time: [136, 148],
  checksum: [148, 156],
  rest: [156, 512],
} as const

/** Mode, user and group, always these. */
const owner = `0000644\0${'0000000\0'.repeat(2)}`
const plainFile = 0x30
const space = 0x20

/** How many bytes a body takes with its padding. */
export const padded = (size: number): number => Math.ceil(size / blockSize) * blockSize

const writeText = (block: Uint8Array, text: string, at: number) => {
  for (let i = 0; i < text.length; i++) block[at + i] = text.charCodeAt(i)
}

const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')

/** The sum of all bytes of a header, those of the checksum itself counted as spaces. */
function checksumOf(block: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < blockSize; i++) sum += block[i]!
  for (let i = fields.checksum[0]; i < fields.checksum[1]; i++) sum += space - block[i]!
  return sum
}

/**
 * The 512 bytes of a header. Name: 1 to 99 characters of printable ASCII; size in bytes and time in seconds, whole
 * numbers of at most eleven octal digits. Throws a RangeError for anything else, since no reader could read it back.
 */
export function writeHeader(name: string, size: number, time: number): Uint8Array {
  if (!/^[!-~]{1,99}$/.test(name)) throw new RangeError(`a record cannot be called ${JSON.stringify(name)}`)
  for (const value of [size, time])
    if (!Number.isSafeInteger(value) || value < 0 || value > largestField)
      throw new RangeError(`${value} is not a whole number of at most eleven octal digits`)
  const block = new Uint8Array(blockSize)
  writeText(block, name, fields.name[0])
  writeText(block, owner, fields.owner[0])
  writeText(block, octal(size, 11), fields.size[0])
  writeText(block, octal(time, 11), fields.time[0])
  block[fields.rest[0]] = plainFile
  writeText(block, `${octal(checksumOf(block), 6)}\0 `, fields.checksum[0])
  return block
}

/** One record as it stands in the file: header, body, zeros up to a multiple of 512. */
export function frame(name: string, body: Uint8Array, timestamp: number): Uint8Array {
  const bytes = new Uint8Array(blockSize + padded(body.length))
  bytes.set(writeHeader(name, body.length, timestamp))
  bytes.set(body, blockSize)
  return bytes
}

export interface HeaderFault {
  readonly rule: ArchiveRule
  readonly detail: string
}

export interface Header {
  /** As it stands there up to the first zero byte, shown in printable ASCII. */
  readonly name: string
  /** Undefined when the field is not eleven octal digits. */
  readonly size: number | undefined
  readonly time: number | undefined
  /** Does the checksum fit the bytes? If so, a wrong field is what somebody wrote; if not, bytes were changed later. */
  readonly summed: boolean
  readonly faults: readonly HeaderFault[]
}

const latin = new TextDecoder('latin1')

/** Bytes of unknown origin in printable ASCII, so that a report can show them on a terminal. */
export function printable(bytes: Uint8Array): string {
  const text = latin.decode(bytes)
  if (/^[!-~]*$/.test(text)) return text
  return Array.from(bytes, (byte) =>
    byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}

function readOctal(block: Uint8Array, from: number, digits: number): number | undefined {
  let value = 0
  for (let i = from; i < from + digits; i++) {
    const digit = block[i]! - 0x30
    if (digit < 0 || digit > 7) return undefined
    value = value * 8 + digit
  }
  return value
}

/** What is the same in every header: mode, ids and type, the rest zero. */
const constant = new Uint8Array(blockSize)
writeText(constant, owner, fields.owner[0])
constant[fields.rest[0]] = plainFile

/** The first byte from `from` to `to` that is not the constant one, or -1. */
function otherByte(block: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (block[i] !== constant[i]) return i
  return -1
}

/**
 * What a header block says, and everything in it that is not exactly what `writeHeader` would write for that: each of
 * the 512 bytes is compared. Whether the time is the archive's, the reader of the whole file decides.
 */
export function readHeader(block: Uint8Array): Header {
  const faults: HeaderFault[] = []
  const expectConstant = (rule: ArchiveRule, from: number, to: number, what: string) => {
    const at = otherByte(block, from, to)
    if (at >= 0) faults.push({ rule, detail: `${what}: byte ${at} of the header is ${block[at]}` })
  }
  const end = block.indexOf(0)
  const nameEnd = end < 0 || end > fields.name[1] ? fields.name[1] : end
  const name = printable(block.subarray(0, nameEnd))
  if (name !== firstName && !recordName(name))
    faults.push({ rule: 'archive.name', detail: `the record is called ${name === '' ? 'nothing' : name}` })
  else expectConstant('archive.name', nameEnd, fields.name[1], 'something follows the name')
  expectConstant('archive.header', ...fields.owner, 'mode or ids')
  // Eleven digits and a zero byte each; the six of the checksum are followed by a zero byte and a space.
  const size = readOctal(block, fields.size[0], 11)
  if (size === undefined) faults.push({ rule: 'archive.size', detail: 'the size is not eleven octal digits' })
  else expectConstant('archive.size', fields.size[0] + 11, fields.size[1], 'the size does not end with a zero byte')
  const time = readOctal(block, fields.time[0], 11)
  if (time === undefined) faults.push({ rule: 'archive.time', detail: 'the time is not eleven octal digits' })
  else expectConstant('archive.time', fields.time[0] + 11, fields.time[1], 'the time does not end with a zero byte')
  const sum = checksumOf(block)
  const at = fields.checksum[0]
  const summed = readOctal(block, at, 6) === sum && block[at + 6] === 0 && block[at + 7] === space
  if (!summed)
    faults.push({ rule: 'archive.checksum', detail: `the sum of the header's bytes is ${octal(sum, 6)} (octal)` })
  expectConstant('archive.header', ...fields.rest, 'type or filling')
  return { name, size, time, summed, faults }
}

/** The parts of the name of a record other than the first. */
export function recordName(name: string): { hash: string; kind: 'data' | 'event' } | undefined {
  const match = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name)
  return match ? { hash: match[1]!, kind: match[2] as 'data' | 'event' } : undefined
}

export const isZero = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}
