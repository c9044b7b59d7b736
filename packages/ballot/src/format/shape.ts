/** What a text is not, and where: `answers[0].choices[1].alpha`, "a text". */
export class FormatError extends Error {
  override name = 'FormatError'
  readonly at: string
  readonly expected: string
  constructor(at: string, expected: string) {
    super(`${at || 'the text'}: ${expected} expected`)
    this.at = at
    this.expected = expected
  }
}

/** Takes a value as JSON.parse gives it, gives what we hold, or throws a FormatError. */
export type Shape<T> = (value: unknown, at: string) => T
export type Held<S> = S extends Shape<infer T> ? T : never

export const text: Shape<string> = (value, at) => {
  if (typeof value !== 'string') throw new FormatError(at, 'a text')
  return value
}

export const oneOf =
  <const T extends string>(...words: readonly T[]): Shape<T> =>
  (value, at) => {
    if (!words.includes(value as T)) throw new FormatError(at, words.map((word) => `"${word}"`).join(' or '))
    return value as T
  }

export const truth: Shape<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw new FormatError(at, 'true or false')
  return value
}

export const integer =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Shape<number> =>
  (value, at) => {
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most || Object.is(value, -0))
      throw new FormatError(at, `a whole number from ${least} to ${most}`)
    return value as number
  }

const digits = /^(0|[1-9]\d*)$/
/** Longest decimal text that is read as a number: 2048 bits. Turning a longer one into a number would only cost time. */
const longest = 617

/** A number of Z_q: decimal digits in a text. Whether it is below q is for those to say who know q. */
export const scalar: Shape<bigint> = (value, at) => {
  if (typeof value !== 'string' || value.length > longest || !digits.test(value))
    throw new FormatError(at, 'a number in decimal digits without a leading zero')
  return BigInt(value)
}

/** Belenios writes a weight as a JSON number up to 2^30 - 1 and as a text of digits above. */
export const largestPlainWeight = 1_073_741_823
export const weight: Shape<bigint> = (value, at) => {
  if (typeof value === 'number') return BigInt(integer(0, largestPlainWeight)(value, at))
  const number = scalar(value, at)
  if (number <= BigInt(largestPlainWeight)) throw new FormatError(at, 'a whole number without quotation marks')
  return number
}
export const writeWeight = (value: bigint): number | string =>
  value <= BigInt(largestPlainWeight) ? Number(value) : value.toString()

export const list =
  <T>(shape: Shape<T>, least = 0): Shape<T[]> =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least)
      throw new FormatError(at, least === 0 ? 'a list' : `a list of at least ${least}`)
    return value.map((entry, index) => shape(entry, `${at}[${index}]`))
  }

export const pair =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<[A, B]> =>
  (value, at) => {
    if (!Array.isArray(value) || value.length !== 2) throw new FormatError(at, 'a list of two')
    return [first(value[0], `${at}[0]`), second(value[1], `${at}[1]`)]
  }

type Optional<T> = { readonly optional: Shape<T> }
type Fields = Record<string, Shape<unknown> | Optional<unknown>>
type Value<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? never : K]: Held<F[K]>
} & {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends Optional<infer T> ? T : never
}

/** A member that may be left out (never null). */
export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape })

/** Members in exactly this order, nothing else beside them. */
export function object<F extends Fields>(fields: F): Shape<Value<F>> {
  const names = Object.keys(fields)
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(at, 'an object')
    const given = value as Record<string, unknown>
    const result: Record<string, unknown> = {}
    const present = Object.keys(given)
    let next = 0
    for (const name of names) {
      const field = fields[name]!
      const here = at ? `${at}.${name}` : name
      if (present[next] === name) {
        result[name] = (typeof field === 'function' ? field : field.optional)(given[name], here)
        next++
      } else if (typeof field === 'function')
        throw new FormatError(here, Object.hasOwn(given, name) ? 'another order' : 'a member')
    }
    if (next < present.length) throw new FormatError(at ? `${at}.${present[next]}` : present[next]!, 'nothing')
    return result as Value<F>
  }
}

/**
 * More values than any object of an election has; a roll of two million with weights comes near. An empty list takes two
 * characters and some fifty bytes of memory, so that a record of 128 MB could take all that there is.
 */
const mostValues = 5_000_000

/** JSON.parse for a text of unknown origin: what has too many values is not begun. Throws a FormatError. */
export function parseText(source: string): unknown {
  if (source.length > mostValues && valuesAtMost(source) > mostValues)
    throw new FormatError('', `JSON of at most ${mostValues} values`)
  try {
    return JSON.parse(source)
  } catch {
    throw new FormatError('', 'JSON')
  }
}

/** Every value but the first follows a comma or opens a list or an object; commas inside of texts are counted too. */
function valuesAtMost(source: string): number {
  let count = 1
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    // , [ {
    if (code === 44 || code === 91 || code === 123) count++
  }
  return count
}

/**
 * Reads a text in canonical form: compact JSON, members in order, each text written as JSON.stringify writes it (and
 * as Belenios does, which escapes U+007F). Two readers can then not see two things in it: no member stands twice.
 */
export function readText<T>(shape: Shape<T>, source: string): T {
  const parsed = parseText(source)
  const value = shape(parsed, '')
  const again = JSON.stringify(parsed)
  if (again !== source && again.replaceAll('\x7f', '\\u007f') !== source)
    throw new FormatError('', 'the canonical form (no white space, no second spelling, no member twice)')
  return value
}

/** Bytes to text, refusing what is not UTF-8 and a byte order mark, which a decoder would silently drop. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new FormatError('', 'UTF-8')
  }
}
