import { groupNames, openGroup, readElection } from '@melayani/ballot'
import type { ElectionPackage } from '../format/index.ts'
import { bodyAt } from './slot.ts'

/** Slots beyond the pool: spoiled ballots take one each. */
export const spareSlots = 200

/** How large a box is. `ballotBytes`: room for a ballot's text within a slot; the opening has the rest. */
export type BoxPlan = {
  readonly packageHash: string
  readonly slotSize: number
  readonly ballotBytes: number
  readonly slots: number
}

/** The bounds of all texts that this election's ballots and openings can have, so that every slot has the same size. */
export function boxPlan(content: Pick<ElectionPackage, 'ballot' | 'pool'>, packageHash: string): BoxPlan {
  const election = readElection(content.ballot.election)
  const { order } = openGroup(election.group)
  const element = election.group === groupNames[2] ? 64 : 617
  const digits = String(order).length
  // {"challenge":"","response":""} and a comma, {"alpha":"","beta":""} and a comma, {"r":"","m":0} and a comma.
  const proof = 32 + 2 * digits
  const ciphertext = 24 + 2 * element
  let ballot = 400 + 44 + 14 + 2 * element + proof
  let opening = 2
  for (const { answers, blank, min, max } of election.questions) {
    const choices = answers.length + (blank ? 1 : 0)
    const totals = max - min + 1 + (blank ? 1 : 0)
    ballot += 100 + choices * (ciphertext + 2 * proof + 3) + totals * proof + (blank ? 2 * proof : 0)
    opening += 3 + choices * (16 + digits)
  }
  const slotSize = Math.ceil((bodyAt + ballot + opening) / 4096) * 4096
  return { packageHash, slotSize, ballotBytes: ballot, slots: content.pool.size + spareSlots }
}
