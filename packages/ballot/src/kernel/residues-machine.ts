import type { Residues } from '../group/parameters.ts'
import { inverseModulo, modulo } from '../scalar.ts'
import { startModule } from './module.ts'
import { wasm as fused } from './residues.wasm.ts'
import { wasm as plain } from './residues-plain.wasm.ts'

/** What assembly/residues.ts exports; addresses and counts are numbers, truth is 0 or 1. */
export type Exports = {
  readonly memory: WebAssembly.Memory
  room(): number
  free(): number
  isFused(): number
  prepare(): void
  multiply(out: number, a: number, b: number): void
  square(out: number, a: number): void
  powers(out: number, base: number, count: number, exponent: number, stride: number, length: number): void
  fillTable(table: number, base: number, rows: number): void
  tablePower(out: number, table: number, rows: number, exponent: number): void
  subsetProducts(
    out: number,
    point: number,
    count: number,
    exponent: number,
    stride: number,
    length: number,
    width: number,
    buckets: number,
  ): void
  weigh(out: number, from: number, length: number): void
  fromBytes(out: number, from: number): number
  toBytes(to: number, a: number): void
  fromDecimal(out: number, from: number): void
  toDecimal(to: number, a: number): void
  readCommitment(out: number, to: number, from: number): number
  isEqual(a: number, b: number): number
  isOne(a: number): number
}

/** An element as the kernel holds it: 42 limbs, see assembly/residues-product.ts. */
export type Residue = Float64Array & { readonly residue?: never }
/** Bytes of an element in the kernel. */
export const elementBytes = 336
const elementDoubles = elementBytes / 8
/** Numbers and exponents that a computation may hold at fixed places. */
const slots = 10
const exponentSlots = 10
/** Bits of exponent that one product of a table deals with. */
const tableBits = 6
/** Tables that are kept at once; the one that was not used for the longest time makes room for another. */
export const tableSlots = 8
/** Memory stays below this, whatever is asked for. */
const memoryLimit = 2 ** 30

/** A module with the constants of a prime, and its memory laid out: text, a few numbers, tables, and room for one job. */
export type Machine = {
  readonly run: Exports
  readonly group: Residues
  /** Bits of q, the 64-bit words of an exponent below it, and the rows of a table for one. */
  readonly bits: number
  readonly words: number
  readonly rows: number
  /** Whether the module with fused multiplication runs; the other gives the same answers in five times the time. */
  readonly fused: boolean
  /** Views of the memory. They are other ones after `reserve`. */
  readonly memory: Uint8Array
  readonly doubles: Float64Array
  readonly integers: BigUint64Array
  /** 1,024 bytes, with some to spare before. */
  readonly text: number
  exponent(n: number): number
  number(n: number): number
  table(slot: number): number
  readonly work: number
  /** Makes room for so many bytes at `work`. Throws a RangeError above a gigabyte. */
  reserve(length: number): void
  put(address: number, element: Residue): void
  take(address: number): Residue
}

/** Starts the kernel of the residues modulo p. */
export async function startMachine(group: Residues, which: 'best' | 'plain' = 'best'): Promise<Machine> {
  const started = await startModule<Exports>({ fused, plain }, isFused, which)
  return layOut(started.run, group, started.fused)
}

function isFused(run: Exports): boolean {
  new Float64Array(run.memory.buffer, run.room(), 1)[0] = 2 ** 27 + 1
  return run.isFused() === 1
}

function layOut(run: Exports, group: Residues, isFused: boolean): Machine {
  const bits = group.q.toString(2).length
  const words = Math.ceil(bits / 64)
  const rows = Math.ceil(bits / tableBits)
  const text = run.free() + 16
  const exponents = text + 1024
  // A window may be read some bytes beyond the end.
  const numbers = exponents + exponentSlots * (8 * words + 8)
  const tables = Math.ceil((numbers + slots * elementBytes) / 16) * 16
  const work = tables + tableSlots * rows * 63 * elementBytes
  const machine = {
    run,
    group,
    bits,
    words,
    rows,
    fused: isFused,
    memory: new Uint8Array(),
    doubles: new Float64Array(),
    integers: new BigUint64Array(),
    text,
    exponent: (n: number) => exponents + n * (8 * words + 8),
    number: (n: number) => numbers + n * elementBytes,
    table: (slot: number) => tables + slot * rows * 63 * elementBytes,
    work,
    reserve(length: number) {
      const needed = work + length
      if (!(needed <= memoryLimit)) throw new RangeError(`the kernel has no room for ${length} bytes`)
      const missing = Math.ceil((needed - run.memory.buffer.byteLength) / 65_536)
      if (missing > 0) run.memory.grow(missing)
      if (machine.memory.buffer === run.memory.buffer) return
      machine.memory = new Uint8Array(run.memory.buffer)
      machine.doubles = new Float64Array(run.memory.buffer)
      machine.integers = new BigUint64Array(run.memory.buffer)
    },
    put: (address: number, element: Residue) => machine.doubles.set(element, address / 8),
    take: (address: number): Residue => machine.doubles.slice(address / 8, address / 8 + elementDoubles),
  }
  machine.reserve(1 << 16)
  const { p } = group
  constantsOf(p).forEach((number, at) => {
    machine.put(run.room() + at * elementBytes, limbsOf(number))
  })
  machine.integers[(run.room() + 50 * elementBytes) / 8] = modulo(-inverseModuloPower(p, 51), 1n << 51n)
  run.prepare()
  return machine
}

/** The numbers that assembly/residues-product.ts lists. W = 2^51, R = W^41. */
function constantsOf(p: bigint): bigint[] {
  const w = (count: number) => 1n << (51n * BigInt(count))
  const inverse = (count: number) => inverseModulo(w(count), p)
  const tens = Array.from({ length: 42 }, (_, k) => (10n ** BigInt(15 * k) * w(43)) % p)
  return [inverse(4), inverse(2), inverse(1), p, w(82) % p, w(41) % p, 1n, w(82) / 10n ** 617n, ...tens]
}

/** 1/p modulo 2^bits, by Hensel's lemma: each step doubles the bits that are right. */
function inverseModuloPower(p: bigint, bits: number): bigint {
  let x = 1n
  for (let right = 1; right < bits; right *= 2) x = BigInt.asUintN(bits, x * (2n - p * x))
  return x
}

/** Limbs in [-2^50, 2^50), the highest two as they come; limb j stands at 2j, from 21 on at 2(j - 21) + 1. */
function limbsOf(number: bigint): Residue {
  const limbs = new Float64Array(elementDoubles)
  let rest = number
  for (let j = 0; j < 42; j++) {
    const limb = j < 40 ? BigInt.asIntN(51, rest) : j === 40 ? BigInt.asUintN(51, rest) : rest
    limbs[j < 21 ? 2 * j : 2 * (j - 21) + 1] = Number(limb)
    rest = (rest - limb) >> 51n
  }
  return limbs
}

/** Writes a number below 2^(64 · words) at an address that is a multiple of 8. */
export function writeNumber({ integers }: Machine, address: number, value: bigint, words: number): void {
  let rest = value
  // An element of the array takes what is modulo 2^64.
  for (let at = address / 8; at < address / 8 + words; at++) {
    integers[at] = rest
    rest >>= 64n
  }
}

/** What the number at an address stands for. It goes through the text's bytes. */
export function readValue({ run, text, memory }: Machine, address: number): bigint {
  run.toBytes(text, address)
  const bytes = new DataView(memory.buffer, text, 256)
  let value = 0n
  for (let at = 0; at < 256; at += 8) value = (value << 64n) | bytes.getBigUint64(at)
  return value
}
