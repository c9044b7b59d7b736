import type { Finding } from './findings.ts'
import type { HintsUse } from './hints-use.ts'
import type { RuleClass } from './rule.ts'

/** What was checked, whether it held or not. */
export interface Counts {
  records: number
  hashes: number
  ballots: number
  /** Interval and blank proofs of ballots, proofs of knowledge of trustees, proofs of decryption. */
  proofs: number
  /** Group elements: that the text is the one of a member. */
  memberships: number
  signatures: number
}

/** Nothing checked yet. */
export const noCounts = (): Counts => ({
  records: 0,
  hashes: 0,
  ballots: 0,
  proofs: 0,
  memberships: 0,
  signatures: 0,
})

export function addCounts(to: Counts, more: Readonly<Counts>): void {
  for (const key of Object.keys(to) as (keyof Counts)[]) to[key] += more[key]
}

/**
 * All that a judge of ballots needs to know, as plain data that can be sent to a worker thread. `election` is the text
 * of the election record as it stands in the archive: its fingerprint is taken over it. The verifier has read it
 * before, so it is sound, and its public key is a member of the group.
 */
export interface JudgeContext {
  readonly election: string
  /** Also say each alpha (for the profile's rule that none comes twice). */
  readonly alphas: boolean
}

/** One ballot to be judged. Structured cloning takes it as it is; `body` may be transferred. */
export interface BallotTask {
  /** From 1, in the order of the file. */
  readonly number: number
  /** Number of its record, and the byte where the record's header begins. */
  readonly record: number
  readonly offset: number
  /** Hash of the body in hexadecimal, checked by the reader: the record is called by it. */
  readonly hash: string
  readonly body: Uint8Array
  /**
   * Weight with which it goes into the product; 0n when a later ballot of the same credential replaces it, or when its
   * credential does not stand in the roll (the verifier has said so then).
   */
  readonly weight: bigint
}

/** What came of a chunk: plain data again. */
export interface ChunkVerdict {
  /** In the order of the ballots, at most `findingsKept`. */
  readonly findings: readonly Finding[]
  /** How many there were of each class, those not kept included. */
  readonly classes: Readonly<Record<RuleClass, number>>
  readonly counts: Readonly<Counts>
  /**
   * Product of choice^weight over the ballots of the chunk: question by question, choice by choice, as texts. A ballot
   * whose elements are no members is not in it; one whose proofs are wrong is.
   */
  readonly product: readonly (readonly { readonly alpha: string; readonly beta: string }[])[]
  /** With `alphas`: those of each ballot that could be read, by its number, in their canonical texts. */
  readonly alphas?: readonly { readonly ballot: number; readonly alphas: readonly string[] }[]
  /** How hints were used; absent when none were given. */
  readonly hints?: HintsUse
}

/** Judges ballots a chunk at a time. The plain one works through them; others batch, or hand over to threads. */
export interface Judge {
  judge(chunk: readonly BallotTask[]): Promise<ChunkVerdict>
  /** How many chunks may be under way at once. */
  readonly width: number
  /** How many ballots a chunk should have, and at most how many bytes of bodies. */
  readonly chunk: { readonly ballots: number; readonly bytes: number }
  /** Ends threads and the like. Called once, also after a failure. */
  close(): Promise<void>
}

export type OpenJudge = (context: JudgeContext) => Judge | Promise<Judge>
