import { modulo } from '../scalar.ts'
import type { Group, Table } from './group.ts'
import type { Residues } from './parameters.ts'

/** Bits of exponent that one multiplication of a fixed-base table deals with. */
const tableBits = 6

/**
 * The subgroup of order q of the integers modulo p, by BigInt. The sequence of operations does not depend on the
 * exponent (a multiplication in every window, also for the digit 0); how long one BigInt product takes may.
 */
export function residueGroup({ name, p, q, g }: Residues): Group<bigint> {
  const multiply = (a: bigint, b: bigint) => (a * b) % p
  const encode = (element: bigint) => element.toString()
  const isMember = (x: bigint) => x > 0n && x < p && powerOf(x, q) === 1n

  /** base^exponent with windows of four bits, from the top. */
  function powerOf(base: bigint, exponent: bigint): bigint {
    const powers = [1n]
    for (let digit = 1; digit < 16; digit++) powers.push(multiply(powers[digit - 1]!, base))
    let result = 1n
    for (const digit of exponent.toString(16).padStart(q.toString(16).length, '0')) {
      for (let bit = 0; bit < 4; bit++) result = multiply(result, result)
      result = multiply(result, powers[Number.parseInt(digit, 16)]!)
    }
    return result
  }

  function decode(text: string): bigint | undefined {
    if (!/^[1-9]\d{0,616}$/.test(text)) return undefined
    const x = BigInt(text)
    return isMember(x) ? x : undefined
  }

  function table(base: bigint): Table<bigint> {
    const windows: bigint[][] = []
    let step = base
    for (let bit = 0; bit < q.toString(2).length; bit += tableBits) {
      const row = [1n]
      for (let digit = 1; digit < 1 << tableBits; digit++) row.push(multiply(row[digit - 1]!, step))
      windows.push(row)
      step = multiply(row.at(-1)!, step)
    }
    const mask = BigInt((1 << tableBits) - 1)
    const power = (exponent: bigint) => {
      let rest = modulo(exponent, q)
      let result = 1n
      for (const row of windows) {
        result = multiply(result, row[Number(rest & mask)]!)
        rest >>= BigInt(tableBits)
      }
      return result
    }
    return { base, power, combine: (exponent, other, by) => multiply(power(exponent), powerOf(other, modulo(by, q))) }
  }

  return {
    name,
    order: q,
    generator: g,
    neutral: 1n,
    decode,
    decodeAll: (texts) => texts.map(decode),
    encode,
    encodeAll: (elements) => elements.map(encode),
    compare: (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0),
    equal: (a, b) => a === b,
    multiply,
    // Members have order q, so x^(q-1) is the inverse.
    inverse: (a) => powerOf(a, q - 1n),
    power: (base, exponent) => powerOf(base, modulo(exponent, q)),
    table,
  }
}
