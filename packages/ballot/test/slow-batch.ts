import type { GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import type { Batch, BatchKernel, Claim, HintCodec } from '../src/kernel/batch.ts'

/**
 * A batch without any of its tricks: every claim is computed and compared. Elements and commitments are held as texts;
 * the hint of an element is its text once more on the curve, nothing on residues, that of a commitment its text, filled
 * up with zeros. What it says "yes" to, every honest batch says "yes" to.
 */
export type Element = unknown

const encoder = new TextEncoder()
const padded = (text: string, length: number) => {
  const bytes = new Uint8Array(length)
  bytes.set(encoder.encode(text))
  return bytes
}
const unpadded = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes).replace(/\0+$/, '')

export const slowCodec = (name: GroupName): HintCodec<Element> => {
  const group = openGroup(name)
  const elementLength = name === 'Ed25519' ? 64 : 0
  const commitmentLength = name === 'Ed25519' ? 64 : 617
  return {
    elementLength,
    commitmentLength,
    writeElement: (element) => (elementLength === 0 ? new Uint8Array(0) : padded(group.encode(element), elementLength)),
    writeCommitment: (element) => padded(group.encode(element), commitmentLength),
  }
}

/** Work done: how often `holds` was asked, and how many claims it was asked about. */
export type Work = { asked: number; claims: number; sizes: number[] }

/** Claims already computed are remembered for all batches of one kernel: halving asks about the same ones again. */
export function slowKernel(name: GroupName, work: Work = { asked: 0, claims: 0, sizes: [] }): BatchKernel<Element> {
  const group = openGroup(name)
  const hints = slowCodec(name)
  const known = new Map<string, boolean>()
  const members = new Map<string, Element | undefined>()
  const member = (text: string) => {
    if (!members.has(text)) members.set(text, group.decode(text))
    return members.get(text)
  }

  function batch(y: Element): Batch {
    let points: string[] = []
    let claims: Claim[] = []
    const tables = { g: group.table(group.generator), y: group.table(y) }

    const product = (numbers: readonly number[]): Element =>
      numbers.reduce<Element>((all, number) => group.multiply(all, member(points[number]!)), group.neutral)

    const isTrue = (claim: Claim): boolean => {
      const texts = [claim.commitment, ...claim.elements].map((number) => points[number]!)
      const key = [claim.base, claim.response, claim.challenge, claim.shift, ...texts].join()
      const before = known.get(key)
      if (before !== undefined) return before
      const raised = product(claim.elements)
      const right = tables[claim.base].combine(claim.response, raised, claim.challenge)
      const shifted = claim.shift === 0n ? right : group.multiply(right, tables.g.power(claim.shift))
      const holds = group.equal(member(points[claim.commitment]!)!, shifted)
      known.set(key, holds)
      return holds
    }

    return {
      clear() {
        points = []
        claims = []
      },
      element(text, hint) {
        if (hints.elementLength > 0 && unpadded(hint) !== text) return undefined
        if (!/^[1-9][0-9]*$|^[0-9a-f]{64}$/.test(text)) return undefined
        return points.push(text) - 1
      },
      commitment(hint) {
        const text = unpadded(hint)
        if (!/^[1-9][0-9]*$|^[0-9a-f]{64}$/.test(text)) return undefined
        return { number: points.push(text) - 1, text }
      },
      claim: (claim) => void claims.push(claim),
      holds(random) {
        random(16)
        work.asked++
        work.claims += claims.length
        work.sizes.push(claims.length)
        return points.every((text) => member(text) !== undefined) && claims.every(isTrue)
      },
      products: (lists) => lists.map((numbers) => group.encode(product(numbers))),
    }
  }
  return { hints, batch }
}
