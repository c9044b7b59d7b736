import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { hashOf } from '../../format/index.ts'

/** RFC 9285: two bytes as three signs of what a QR code packs well. */
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function toBase45(bytes: Uint8Array): string {
  let out = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const two = at + 1 < bytes.length
    let value = two ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!
    for (let sign = 0; sign < (two ? 3 : 2); sign++) {
      out += signs[value % 45]!
      value = Math.floor(value / 45)
    }
  }
  return out
}

/** undefined where it is no base45. */
export function fromBase45(text: string): Uint8Array | undefined {
  const out: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const values = Array.from(text.slice(at, at + 3), (sign) => signs.indexOf(sign))
    const value = values.reduceRight((sum, each) => sum * 45 + each, 0)
    if (values.includes(-1) || values.length === 1 || value > (values.length === 3 ? 0xffff : 0xff)) return undefined
    out.push(...(values.length === 3 ? [value >> 8, value & 255] : [value]))
  }
  return Uint8Array.from(out)
}

/** Signs of a part: 89 modules with error correction M, 49 mm on the roll. */
const partLength = 700

/**
 * A text of any length as texts for several QR codes: `MLYP:<kind>:<n>:<of>:<base45 of deflated bytes>:<first 8 digits of its hash>`. They are
 * scanned in any order, twice too (R62: an opening for an independent device; handing over of a result without a line). base45 knows the space,
 * which many lose at the end of a line: the hash stands there.
 */
export function qrParts(kind: string, text: string): string[] {
  const body = toBase45(deflateRawSync(Buffer.from(text), { level: 9 }))
  const count = Math.max(1, Math.ceil(body.length / partLength))
  const name = hashOf(text).slice(0, 8).toUpperCase()
  return Array.from(
    { length: count },
    (_, at) => `MLYP:${kind}:${at + 1}:${count}:${body.slice(at * partLength, (at + 1) * partLength)}:${name}`,
  )
}

export type Joined =
  | { readonly ok: true; readonly kind: string; readonly text: string }
  | { readonly ok: false; readonly missing: readonly number[] }
  | { readonly ok: false; readonly wrong: 'form' | 'mixed' | 'damaged' }

/** A text of more bytes than this is not unpacked. */
const mostBytes = 4_000_000

/** What `qrParts` took apart, from what was scanned so far. */
export function joinParts(scanned: readonly string[]): Joined {
  const parts = scanned.map((each) =>
    /^MLYP:([A-Z]+):(\d{1,3}):(\d{1,3}):([0-9A-Z $%*+\-./:]*):([0-9A-F]{8})$/.exec(each),
  )
  const [first] = parts
  if (!first || parts.includes(null)) return { ok: false, wrong: 'form' }
  const [, kind, , of, , name] = first
  if (parts.some((each) => each![1] !== kind || each![3] !== of || each![5] !== name))
    return { ok: false, wrong: 'mixed' }
  const bodies = new Map(parts.map((each) => [Number(each![2]), each![4]!]))
  const missing = Array.from({ length: Number(of) }, (_, at) => at + 1).filter((at) => !bodies.has(at))
  if (missing.length) return { ok: false, missing }
  const bytes = fromBase45(Array.from({ length: Number(of) }, (_, at) => bodies.get(at + 1)!).join(''))
  try {
    const text = bytes && inflateRawSync(bytes, { maxOutputLength: mostBytes }).toString()
    if (text === undefined || hashOf(text).slice(0, 8).toUpperCase() !== name) return { ok: false, wrong: 'damaged' }
    return { ok: true, kind: kind!, text }
  } catch {
    return { ok: false, wrong: 'damaged' }
  }
}
