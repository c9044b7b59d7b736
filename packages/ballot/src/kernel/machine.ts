import { wasm as fused } from './ed25519.wasm.ts'
import { wasm as plain } from './ed25519-plain.wasm.ts'
import { startModule } from './module.ts'

/** What assembly/ed25519.ts exports; addresses and counts are numbers, truth is 0 or 1. */
export type Exports = {
  readonly memory: WebAssembly.Memory
  start(): number
  isFused(factor: number): number
  multiply(out: number, a: number, b: number): void
  multiplyCross(out: number, a: number, b: number): void
  multiplyDoubled(out: number, a: number, b: number): void
  square(out: number, a: number): void
  squareCross(out: number, a: number): void
  invert(out: number, a: number): void
  loadLane(pair: number, lane: number, bytes: number): void
  storeLane(bytes: number, pair: number, lane: number): void
  readHex(bytes: number, text: number): number
  writeHex(text: number, bytes: number): void
  addCached(out: number, point: number, cached: number): void
  addSigned(out: number, point: number, cached: number, negative: bigint): void
  double(out: number, point: number): void
  toCached(out: number, point: number): void
  negate(out: number, point: number): void
  equal(a: number, b: number): number
  isNeutral(point: number): number
  setNeutral(out: number): void
  decodeTwo(points: number, bytes: number): number
  fromHint(cached: number, encoding: number, hint: number): number
  toBytes(bytes: number, points: number, count: number, work: number): void
  power(out: number, base: number, scalar: number): void
  isMember(point: number): number
  makeTable(table: number, base: number): void
  multiplyByTable(out: number, table: number, scalar: number): void
  lift(
    exponents: number,
    bytes: number,
    lifts: number,
    liftBytes: number,
    bits: number,
    half: number,
    count: number,
  ): void
  sum(
    out: number,
    points: number,
    exponents: number,
    long: number,
    longWindows: number,
    longBytes: number,
    short: number,
    shortWindows: number,
    shortBytes: number,
    c: number,
    checked: number,
    work: number,
  ): number
}

/** Bytes of a point, in either form, and of a pair of field elements, inside the kernel. */
export const pointBytes = 160
export const pairBytes = 80
/** Bytes of a table of powers. */
export const tableBytes = 32 * 128 * pointBytes
/** Tables that are kept at once; the one that was not used for the longest time makes room for another. */
export const tableSlots = 8
/** Memory stays below this, whatever is asked for. */
const memoryLimit = 1 << 29

/** The module with its memory laid out: bytes in and out, eight points, tables of powers, and room for one job at a time. */
export type Machine = {
  readonly run: Exports
  readonly fused: boolean
  /** Views of the memory. They are other ones after `reserve`. */
  readonly bytes: Uint8Array
  readonly doubles: Float64Array
  readonly words: BigUint64Array
  /** 1,024 bytes. */
  readonly io: number
  /** The nth of 16 points. */
  point(n: number): number
  table(slot: number): number
  readonly work: number
  /** Makes room for so many bytes at `work`. Throws a RangeError above half a gigabyte. */
  reserve(length: number): void
}

/** Starts the kernel of the curve. */
export async function startMachine(which: 'best' | 'plain' = 'best'): Promise<Machine> {
  const started = await startModule<Exports>({ fused, plain }, (run) => run.isFused(2 ** 27 + 1) === 1, which)
  return layOut(started.run, started.fused)
}

function layOut(run: Exports, isFused: boolean): Machine {
  const io = run.start()
  const points = io + 1024
  const tables = points + 16 * pointBytes
  const work = tables + tableSlots * tableBytes
  const machine = {
    run,
    fused: isFused,
    bytes: new Uint8Array(),
    doubles: new Float64Array(),
    words: new BigUint64Array(),
    io,
    point: (n: number) => points + n * pointBytes,
    table: (slot: number) => tables + slot * tableBytes,
    work,
    reserve(length: number) {
      const needed = work + length
      if (!(needed <= memoryLimit)) throw new RangeError(`the kernel has no room for ${length} bytes`)
      const missing = Math.ceil((needed - run.memory.buffer.byteLength) / 65_536)
      if (missing > 0) run.memory.grow(missing)
      if (machine.bytes.buffer === run.memory.buffer) return
      machine.bytes = new Uint8Array(run.memory.buffer)
      machine.doubles = new Float64Array(run.memory.buffer)
      machine.words = new BigUint64Array(run.memory.buffer)
    },
  }
  machine.reserve(1 << 16)
  return machine
}

/** Writes a number below 2^(64 · words) at an address that is a multiple of 8. */
export function writeNumber({ words }: Machine, address: number, value: bigint, count: number): void {
  let rest = value
  // A word takes what is modulo 2^64.
  for (let at = address / 8; at < address / 8 + count; at++) {
    words[at] = rest
    rest >>= 64n
  }
}
