import type { Group, Table } from '../group/group.ts'
import { ed25519Order as q } from '../group/parameters.ts'
import type { Random } from '../random.ts'
import { modulo } from '../scalar.ts'
import { type Machine, pointBytes, tableSlots, writeNumber } from './machine.ts'
import { areMembers } from './membership.ts'
import { encodeAtWork, readText, roomToEncode, textAt } from './texts.ts'

/** A point as the kernel holds it: 20 doubles (assembly/point.ts). Only the kernel makes them. */
export type EdwardsPoint = Float64Array & { readonly edwards?: never }

/** From so many points on, testing them together is quicker than one by one. */
const together = 256
/** Texts that are decoded, or points that are encoded, at once: what bounds the memory. */
const chunk = 8192

/** RFC 8032, section 5.1: the base point, y = 4/5, in the text form of Belenios. */
export const generatorText = '6666666666666666666666666666666666666666666666666666666666666658'
export const neutralText = '0000000000000000000000000000000000000000000000000000000000000001'

export type EdwardsGroup = Group<EdwardsPoint> & {
  /** x and RFC 8032's encoding, 64 bytes for each point. */
  affine(points: readonly EdwardsPoint[]): Uint8Array
}

/**
 * The subgroup of prime order of edwards25519 by the kernel: the same answers as `curveGroup`, for public values only.
 * `random` is used where many points are tested for membership together.
 */
export function edwardsGroup(machine: Machine, random: Random): EdwardsGroup {
  const { run, io } = machine
  const [first, second] = [machine.point(0), machine.point(1)]

  const put = (address: number, point: EdwardsPoint) => machine.doubles.set(point, address / 8)
  const take = (address: number): EdwardsPoint => machine.doubles.slice(address / 8, (address + pointBytes) / 8)

  /** Points of the curve, members or not; undefined for what is no canonical encoding of one. */
  function points(texts: readonly string[]): (EdwardsPoint | undefined)[] {
    const found: (EdwardsPoint | undefined)[] = []
    for (let i = 0; i < texts.length; i += 2) {
      machine.bytes.fill(0, io + 64, io + 128)
      const one = readText(machine, io + 64, texts[i]!)
      const two = i + 1 < texts.length && readText(machine, io + 96, texts[i + 1]!)
      const answer = run.decodeTwo(first, io + 64)
      found.push(one && (answer & 1) === 1 ? take(first) : undefined)
      if (i + 1 < texts.length) found.push(two && (answer & 2) === 2 ? take(second) : undefined)
    }
    return found
  }

  function isMember(point: EdwardsPoint): boolean {
    put(first, point)
    return run.isMember(first) === 1
  }

  function decodeChunk(texts: readonly string[]): (EdwardsPoint | undefined)[] {
    const found = points(texts)
    const there = found.filter((point) => point !== undefined)
    if (there.length >= together && areMembers(machine, there, random)) return found
    return found.map((point) => (point && isMember(point) ? point : undefined))
  }

  /** Calls `each` with the address of 64 bytes for every point, a chunk at a time: x and the encoding. */
  function encode(all: readonly EdwardsPoint[], each: (address: number, i: number) => void): void {
    for (let from = 0; from < all.length; from += chunk) {
      const part = all.slice(from, from + chunk)
      machine.reserve(roomToEncode(part.length))
      part.forEach((point, i) => {
        put(machine.work + i * pointBytes, point)
      })
      const bytes = encodeAtWork(machine, part.length)
      for (let i = 0; i < part.length; i++) each(bytes + i * 64, from + i)
    }
  }

  function affine(all: readonly EdwardsPoint[]): Uint8Array {
    const bytes = new Uint8Array(all.length * 64)
    encode(all, (address, i) => bytes.set(machine.bytes.subarray(address, address + 64), i * 64))
    return bytes
  }

  function encodeAll(all: readonly EdwardsPoint[]): string[] {
    const texts: string[] = []
    encode(all, (address) => texts.push(textAt(machine, address + 32)))
    return texts
  }

  const exponentAt = (address: number, exponent: bigint) => writeNumber(machine, address, modulo(exponent, q), 4)

  /** Which table lies in which slot, the one used last at the end. */
  const slots = new Map<EdwardsPoint, number>()
  function slotOf(base: EdwardsPoint): number {
    let slot = slots.get(base)
    if (slot === undefined) {
      slot = slots.size
      if (slot === tableSlots) {
        const [oldest, free] = slots.entries().next().value!
        slots.delete(oldest)
        slot = free
      }
      put(first, base)
      machine.reserve(0)
      run.makeTable(machine.table(slot), first)
    } else slots.delete(base)
    slots.set(base, slot)
    return slot
  }

  function table(given: EdwardsPoint): Table<EdwardsPoint> {
    const base = given.slice()
    const timesPower = (exponent: bigint) => {
      const slot = slotOf(base)
      exponentAt(io, exponent)
      run.multiplyByTable(second, machine.table(slot), io)
      return take(second)
    }
    return {
      base,
      power(exponent) {
        run.setNeutral(second)
        return timesPower(exponent)
      },
      combine(exponent, other, by) {
        // The table may have to be made first, which takes the memory of the points.
        slotOf(base)
        put(first, other)
        exponentAt(io, by)
        run.power(second, first, io)
        return timesPower(exponent)
      },
    }
  }

  return {
    name: 'Ed25519',
    order: q,
    generator: points([generatorText])[0]!,
    neutral: points([neutralText])[0]!,
    decode: (text) => decodeChunk([text])[0],
    decodeAll(texts) {
      const found: (EdwardsPoint | undefined)[] = []
      for (let from = 0; from < texts.length; from += chunk) found.push(...decodeChunk(texts.slice(from, from + chunk)))
      return found
    },
    encode: (point) => encodeAll([point])[0]!,
    encodeAll,
    affine,
    compare,
    equal(a, b) {
      put(first, a)
      put(second, b)
      return run.equal(first, second) === 1
    },
    multiply(a, b) {
      put(first, a)
      put(second, b)
      run.toCached(second, second)
      run.addCached(first, first, second)
      return take(first)
    },
    inverse(a) {
      put(first, a)
      run.negate(first, first)
      return take(first)
    },
    power(base, exponent) {
      put(first, base)
      exponentAt(io, exponent)
      run.power(second, first, io)
      return take(second)
    },
    table,
  }
}

/** Belenios sorts points by their 32 bytes as RFC 8032 has them: the text's digits in pairs, from the last pair. */
function compare(a: string, b: string): number {
  for (let at = 62; at >= 0; at -= 2) {
    const [x, y] = [a.slice(at, at + 2), b.slice(at, at + 2)]
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}
