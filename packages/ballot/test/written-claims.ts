import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { CurvePoint } from '../src/group/curve.ts'
import { ed25519Order as q } from '../src/group/parameters.ts'
import type { Claim } from '../src/kernel/batch.ts'
import { type EdwardsKernel, openEdwardsKernel } from '../src/kernel/ed25519.ts'
import type { EdwardsBatch } from '../src/kernel/edwards-batch.ts'
import { platformRandom, randomScalar } from '../src/random.ts'

/** Claims about points of @noble/curves, true unless a test spoils them, and a batch of the kernel to put them into. */
export const Point = ed25519.Point
export const p = 2n ** 255n - 19n
export const modulo = (value: bigint) => ((value % q) + q) % q
export const reversed = (point: CurvePoint) => bytesToHex(point.toBytes().reverse())
export const times = (point: CurvePoint, by: bigint) =>
  modulo(by) === 0n ? Point.ZERO : point.multiplyUnsafe(modulo(by))
export const fieldBytes = (value: bigint) => hexToBytes(value.toString(16).padStart(64, '0')).reverse()
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromBytes(hexToBytes(hex)))
/** A point of exactly this order. */
export const ofOrder = (order: 2 | 4 | 8) => torsion[8 / order]!
export const scalar = () => randomScalar(q, platformRandom)

export const elementHint = (point: CurvePoint) => fieldBytes(point.toAffine().x)
export const commitmentHint = (point: CurvePoint) => Uint8Array.from([...elementHint(point), ...point.toBytes()])

export const y = times(Point.BASE, 987654321n)

/** A claim by points, as @noble/curves has them. */
export type Written = {
  commitment: CurvePoint
  base: 'g' | 'y'
  response: bigint
  challenge: bigint
  elements: CurvePoint[]
  shift: bigint
}

/** A true claim about random elements. */
export function write(base: 'g' | 'y', count: number, shifted: boolean): Written {
  const elements = Array.from({ length: count }, () => times(Point.BASE, scalar()))
  return trueClaim(base, elements, scalar(), scalar(), shifted ? scalar() : 0n)
}

export function trueClaim(
  base: 'g' | 'y',
  elements: CurvePoint[],
  response: bigint,
  challenge: bigint,
  shift: bigint,
): Written {
  const product = elements.reduce((sum, element) => sum.add(element), Point.ZERO)
  const commitment = times(base === 'g' ? Point.BASE : y, response)
    .add(times(product, challenge))
    .add(times(Point.BASE, shift))
  return { commitment, base, response, challenge, elements, shift }
}

/** A kernel's batches for the key `y`, and what it says of claims. */
export async function openBatches(which: 'best' | 'plain') {
  const kernel: EdwardsKernel = await openEdwardsKernel(undefined, which)
  const open = (capacity: number) => kernel.batch(kernel.decode(reversed(y))!, capacity) as EdwardsBatch

  function judge(written: readonly Written[]) {
    const batch = open(written.reduce((sum, { elements }) => sum + elements.length + 1, 0))
    putClaims(batch, written)
    return batch.verdict(platformRandom)
  }
  return { kernel, open, judge }
}

export function putClaims(batch: EdwardsBatch, written: readonly Written[]): Claim[] {
  const claims = written.map(({ commitment, elements, ...rest }) => ({
    ...rest,
    commitment: batch.commitment(commitmentHint(commitment))!.number,
    elements: elements.map((element) => batch.element(reversed(element), elementHint(element))!),
  }))
  for (const claim of claims) batch.claim(claim)
  return claims
}
