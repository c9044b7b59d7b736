import { byCodeUnit } from './seeded.ts'

/**
 * One text for one value: keys sorted by UTF-16 code unit, no spaces, numbers as ECMAScript prints them (RFC 8785).
 *
 * Throws on what JSON cannot keep: undefined, functions, NaN, infinities, objects that are not plain. A key whose value
 * is undefined is left out, as in JSON.stringify; -0 becomes 0.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) throw new TypeError('Only plain objects have one text')
    const pairs = Object.entries(value).filter(([, v]) => v !== undefined)
    pairs.sort(([a], [b]) => byCodeUnit(a, b))
    return `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
  }
  throw new TypeError(`${String(value)} has no place in JSON`)
}
