import type { Group, Table } from '../group/group.ts'
import type { Random } from '../random.ts'
import { modulo } from '../scalar.ts'
import { elementBytes, type Machine, type Residue, tableSlots, writeNumber } from './residues-machine.ts'
import { areMembers, isMember, subsetProducts, weigh } from './residues-membership.ts'

/** Decimal digits that the kernel reads and writes: 42 groups of 15. */
const digits = 630
/** From so many residues on, testing them together is quicker than one by one: 128 powers and 20 products each. */
const together = 160
/** Texts that are decoded at once: what bounds the memory. */
const chunk = 8192
/** Bases of one product of powers with common squarings (Straus); more go into buckets (Pippenger). */
const most = 8
/** Uses of a table's base before the table is filled, which takes as long as a dozen powers. */
const patience = 12

export type KernelGroup = Group<Residue> & {
  /** The residue of a canonical text, member or not. */
  read(text: string): Residue | undefined
  /** The residue in [1, p) that 256 big-endian bytes stand for, member or not, and its text. */
  readBytes(bytes: Uint8Array): { residue: Residue; text: string } | undefined
  writeBytes(element: Residue): Uint8Array
  /** Product of all. */
  product(elements: Iterable<Residue>): Residue
  /** Product of the bases, each to its exponent in [0, q). */
  powers(bases: readonly Residue[], exponents: readonly bigint[]): Residue
}

/**
 * The subgroup of order q of the integers modulo p by the kernel: the same answers as `residueGroup`, for public values
 * only. `random` is used where many are tested for membership together.
 */
export function kernelGroup(machine: Machine, random: Random): KernelGroup {
  const { run, text, words, bits, rows, group, put, take } = machine
  const { name, p, q, g } = group
  const [a, b, out] = [machine.number(0), machine.number(1), machine.number(2)]
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const largest = (p - 1n).toString()
  const owners = new Array<Table<Residue> | undefined>(tableSlots).fill(undefined)
  const lastUses = new Array<number>(tableSlots).fill(0)
  let clock = 0

  function read(element: string): Residue | undefined {
    const { length } = element
    // Texts without leading zeros compare like numbers.
    if (!/^[1-9]\d{0,616}$/.test(element)) return undefined
    if (length > largest.length || (length === largest.length && element > largest)) return undefined
    const { memory } = machine
    memory.fill(48, text, text + digits - length)
    encoder.encodeInto(element, memory.subarray(text + digits - length, text + digits))
    run.fromDecimal(out, text)
    return take(out)
  }

  /** The text that the kernel wrote, without its leading zeros. */
  function written(): string {
    const { memory } = machine
    let at = text
    while (memory[at] === 48) at++
    return decoder.decode(memory.subarray(at, text + digits))
  }

  function encode(element: Residue): string {
    put(a, element)
    run.toDecimal(text, a)
    return written()
  }

  function decode(element: string): Residue | undefined {
    const residue = read(element)
    return residue && isMember(machine, residue) ? residue : undefined
  }

  /** The residues that are members. A part that fails is halved until the guilty are alone. */
  function members(residues: readonly Residue[]): Residue[] {
    if (residues.length < together) return residues.filter((residue) => isMember(machine, residue))
    if (areMembers(machine, residues, random)) return [...residues]
    const half = residues.length >> 1
    return [...members(residues.slice(0, half)), ...members(residues.slice(half))]
  }

  function decodeAll(texts: readonly string[]): (Residue | undefined)[] {
    const found: (Residue | undefined)[] = []
    for (let from = 0; from < texts.length; from += chunk) {
      const residues = texts.slice(from, from + chunk).map(read)
      const good = new Set(members(residues.filter((residue) => residue !== undefined)))
      for (const residue of residues) found.push(residue && good.has(residue) ? residue : undefined)
    }
    return found
  }

  function powers(bases: readonly Residue[], exponents: readonly bigint[]): Residue {
    if (bases.length > most) return pippenger(bases, exponents)
    bases.forEach((base, i) => {
      put(machine.number(i), base)
      writeNumber(machine, machine.exponent(i), modulo(exponents[i]!, q), words)
    })
    const result = machine.number(most)
    run.powers(
      result,
      machine.number(0),
      bases.length,
      machine.exponent(0),
      machine.exponent(1) - machine.exponent(0),
      bits,
    )
    return take(result)
  }

  function pippenger(bases: readonly Residue[], exponents: readonly bigint[]): Residue {
    const products = subsetProducts(machine, bases.length, 8 * words, bits, (points, at) => {
      bases.forEach((base, i) => {
        put(points + i * elementBytes, base)
        writeNumber(machine, at + i * 8 * words, modulo(exponents[i]!, q), words)
      })
    })
    return weigh(machine, products)
  }

  /** The slot of a table, filled if it was not; the one not used for longest makes room. */
  function slotOf(table: Table<Residue>): number {
    let slot = owners.indexOf(table)
    if (slot < 0) {
      slot = lastUses.indexOf(Math.min(...lastUses))
      owners[slot] = table
      put(a, table.base)
      run.fillTable(machine.table(slot), a, rows)
    }
    lastUses[slot] = ++clock
    return slot
  }

  function table(base: Residue): Table<Residue> {
    let uses = 0
    const byTable = (exponent: bigint): Residue => {
      const slot = slotOf(self)
      writeNumber(machine, machine.exponent(0), modulo(exponent, q), words)
      run.tablePower(out, machine.table(slot), rows, machine.exponent(0))
      return take(out)
    }
    const self: Table<Residue> = {
      base,
      power: (exponent) => (++uses > patience ? byTable(exponent) : powers([base], [exponent])),
      combine: (exponent, other, by) =>
        ++uses > patience ? multiply(byTable(exponent), powers([other], [by])) : powers([base, other], [exponent, by]),
    }
    return self
  }

  function multiply(x: Residue, y: Residue): Residue {
    put(a, x)
    put(b, y)
    run.multiply(out, a, b)
    return take(out)
  }

  function product(elements: Iterable<Residue>): Residue {
    put(out, neutral)
    for (const element of elements) {
      put(a, element)
      run.multiply(out, out, a)
    }
    return take(out)
  }

  function equal(x: Residue, y: Residue): boolean {
    put(a, x)
    put(b, y)
    return run.isEqual(a, b) === 1
  }

  function readBytes(bytes: Uint8Array): { residue: Residue; text: string } | undefined {
    if (bytes.length !== 256) return undefined
    machine.memory.set(bytes, text + 640)
    return run.readCommitment(out, text, text + 640) === 1 ? { residue: take(out), text: written() } : undefined
  }

  function writeBytes(element: Residue): Uint8Array {
    put(a, element)
    run.toBytes(text, a)
    return machine.memory.slice(text, text + 256)
  }

  const neutral = read('1')!
  return {
    name,
    order: q,
    generator: read(g.toString())!,
    neutral,
    decode,
    decodeAll,
    encode,
    encodeAll: (elements) => elements.map(encode),
    compare: (x, y) => x.length - y.length || (x < y ? -1 : x > y ? 1 : 0),
    equal,
    multiply,
    // Members have order q, so x^(q-1) is the inverse.
    inverse: (element) => powers([element], [q - 1n]),
    power: (base, exponent) => powers([base], [exponent]),
    table,
    read,
    readBytes,
    writeBytes,
    product,
    powers,
  }
}
