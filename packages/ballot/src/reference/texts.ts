import { sha256 } from '@noble/hashes/sha2.js'
import { Refusal } from './findings.ts'
import { type Element, mod, type PlainGroup } from './groups.ts'

const digest = (text: string) => Array.from(sha256(new TextEncoder().encode(text)))

/** hex(s): lower-case hexadecimal digits of SHA-256(s), 64 characters. */
export const hex = (text: string): string =>
  digest(text)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

/** b64(s): base64 of SHA-256(s) without the one "=" at its end, 43 characters. */
export const b64 = (text: string): string => btoa(String.fromCharCode(...digest(text))).replace('=', '')

/** HZ(s) = H(s) mod q, H(s) being SHA-256(s) as a big-endian number. */
export const HZ = (text: string, q: bigint): bigint => mod(BigInt(`0x${hex(text)}`), q)

export type Members = Record<string, unknown>

/** Reads the values of one object. What is not exactly as it should be is refused, by the rule KIND.form unless said. */
export class Reader {
  readonly kind: string
  readonly place: string
  readonly form: string
  constructor(kind: string, place: string, form = `${kind}.form`) {
    this.kind = kind
    this.place = place
    this.form = form
  }

  refuse(rule = this.form): never {
    throw new Refusal(rule, this.place)
  }

  /**
   * What a canonical text says: compact JSON as JSON.stringify writes it, which rules out white space, a second
   * spelling of a text or a number, and a member that stands twice. The tool writes U+007F as \u007f.
   */
  parse(text: string, canonical = this.form): unknown {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      this.refuse()
    }
    return JSON.stringify(value).replaceAll('\x7f', '\\u007f') === text ? value : this.refuse(canonical)
  }

  /** An object with these members, in this order, and no others. One with a "?" may be missing. */
  members(value: unknown, names: string): Members {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse()
    const wanted = names
      .split(' ')
      .filter((name) => !name.endsWith('?') || Object.hasOwn(value, name.slice(0, -1)))
      .map((name) => name.replace('?', ''))
    if (Object.keys(value).join(' ') !== wanted.join(' ')) this.refuse()
    return value as Members
  }

  list(value: unknown, length?: number, rule = `${this.kind}.shape`): unknown[] {
    if (!Array.isArray(value)) this.refuse()
    return length === undefined || value.length === length ? value : this.refuse(rule)
  }

  text(value: unknown): string {
    return typeof value === 'string' ? value : this.refuse()
  }

  /** A whole number, 0 or more. */
  whole(value: unknown): number {
    return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : this.refuse()
  }

  /** A number of Z_q: decimal digits in a text, no leading zero, below q. */
  scalar(value: unknown, q: bigint): bigint {
    const text = this.text(value)
    if (!/^(0|[1-9][0-9]{0,616})$/.test(text)) this.refuse()
    return BigInt(text) < q ? BigInt(text) : this.refuse(`${this.kind}.scalar`)
  }

  /** A count of votes: a number up to 1073741823, a decimal text above. */
  count(value: unknown): bigint {
    if (typeof value === 'number') return this.whole(value) <= 1073741823 ? BigInt(value) : this.refuse()
    const text = this.text(value)
    return /^[1-9][0-9]{9,76}$/.test(text) && BigInt(text) > 1073741823n ? BigInt(text) : this.refuse()
  }

  element(value: unknown, group: PlainGroup, rule = `${this.kind}.membership`): Element {
    return group.read(this.text(value)) ?? this.refuse(rule)
  }
}
