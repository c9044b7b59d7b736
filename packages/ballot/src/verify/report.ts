import type { Stage } from '../archive/index.ts'
import { choicesOf, type Election } from '../format/election.ts'
import { writeWeight } from '../format/shape.ts'
import type { GroupName } from '../group/group.ts'
import type { Finding } from './findings.ts'
import type { HintsUse } from './hints-use.ts'
import type { Counts } from './judge.ts'
import type { RuleClass } from './rule.ts'

/** The worst class among the findings; `sound` when there are none. */
export type Verdict = 'sound' | RuleClass

/** Numbers above 2^30 - 1 are texts of digits, as in the archive. */
export type Votes = number | string

export interface QuestionResult {
  readonly question: string
  /** Where blank is allowed: blank ballots. */
  readonly blank?: Votes
  readonly answers: readonly { readonly answer: string; readonly votes: Votes }[]
}

/** What a verifier says of one archive: plain data, the same for JSON, terminal and page. */
export interface Report {
  readonly verdict: Verdict
  /** How far the election has come; `decrypted`: with its result. */
  readonly stage: Stage
  /** Partial decryptions recorded. */
  readonly decryptions: number
  readonly bytes: number
  /** Absent when the election record cannot be read. */
  readonly election?: {
    readonly name: string
    readonly uuid: string
    /** Fingerprint of the election: what a booth shows. */
    readonly fingerprint: string
    readonly group: GroupName
    readonly credentials: number
    readonly trustees: number
  }
  /** Hash of the last event: two who compare it have seen the same archive. */
  readonly head?: string
  /** Ballots that count, the last of each credential, and their weight; the others were replaced by their voters. */
  readonly counted: number
  readonly weight: Votes
  readonly counts: Readonly<Counts>
  /** What the archive's own numbers require; absent when they cannot be read. */
  readonly expected?: Readonly<Counts>
  /** As the archive claims it: to be relied on only if the verdict is `sound` or `not-canonical`. */
  readonly result?: readonly QuestionResult[]
  readonly findings: readonly Finding[]
  /** Findings beyond those that are kept in full. */
  readonly omitted: number
  readonly classes: Readonly<Record<RuleClass, number>>
  /** How hints were used; absent when none were given. Nothing about them is a fault: they only make it quicker. */
  readonly hints?: HintsUse
}

/** From bad to worse. */
const severity = ['not-canonical', 'profile', 'refused', 'unusable'] as const

export const verdictOf = (classes: Readonly<Record<RuleClass, number>>): Verdict =>
  severity.findLast((each) => classes[each] > 0) ?? 'sound'

/** The numbers of a result beside the words of its questions. They must fit. */
export const describeResult = (election: Election, result: readonly (readonly bigint[])[]): QuestionResult[] =>
  election.questions.map((q, i) => {
    const votes = result[i]!.map(writeWeight)
    const blank = choicesOf(q) - q.answers.length
    return {
      question: q.question,
      ...(blank ? { blank: votes[0]! } : {}),
      answers: q.answers.map((answer, j) => ({ answer, votes: votes[j + blank]! })),
    }
  })
