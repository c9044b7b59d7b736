import { normalizeZ } from '@noble/curves/abstract/curve.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import type { CurvePoint } from '../group/curve.ts'
import { hexHash } from '../hash.ts'
import { type HintLayout, writeHintsRecord } from '../verify/hints.ts'
import type { Commitments, Shown } from './encrypt.ts'

/** The elements and commitments of a ballot in the order of its record in a hints file. */
export function hintOrder<E>({ questions, credential, signature }: Commitments<E>) {
  return {
    elements: [...questions.flatMap(({ ciphertexts }) => ciphertexts), credential],
    commitments: [
      ...questions.flatMap(({ individual, blank, product, overall }) => [
        ...individual,
        ...blank,
        ...product,
        ...overall,
      ]),
      signature,
    ],
  }
}

/** How elements are written in hints: all of a ballot at a time. */
export type HintWriter<E> = {
  readonly elements: (shown: readonly Shown<E>[]) => Uint8Array[]
  readonly commitments: (shown: readonly Shown<E>[]) => Uint8Array[]
}

/**
 * On Ed25519, as the kernel reads them: an element by x (32 bytes, little-endian), a commitment by x and RFC 8032's
 * encoding. The booth has both, so nothing is computed but one inversion for the whole ballot.
 */
export const curveHints: HintWriter<CurvePoint> = {
  elements: (shown) => xCoordinates(shown),
  commitments: (shown) => {
    const x = xCoordinates(shown)
    return shown.map(({ text }, at) => Uint8Array.of(...x[at]!, ...hexToBytes(text).reverse()))
  },
}

const xCoordinates = (shown: readonly Shown<CurvePoint>[]): Uint8Array[] =>
  normalizeZ(
    ed25519.Point,
    shown.map(({ element }) => element),
  ).map((point) => ed25519.Point.Fp.toBytes(point.x))

/** The hints record of a ballot that a booth has just made, which a verifier would have to compute slowly. */
export function boothHints<E>(
  layout: HintLayout,
  writer: HintWriter<E>,
  ballotText: string,
  commitments: Commitments<E>,
): Uint8Array {
  const order = hintOrder(commitments)
  return writeHintsRecord(
    layout,
    hexHash(ballotText),
    writer.elements(order.elements),
    writer.commitments(order.commitments),
  )
}
