import { type RuleClass, type RuleId, ruleOf } from './rules.ts'

/** Where something is; what does not apply is left out. */
export interface Place {
  /** Number of the record in the file, from 1: the record BELENIOS. */
  readonly record?: number
  /** Byte where the record's header begins. */
  readonly offset?: number
  /** The record's name as it stands in the file. */
  readonly name?: string
  /** What the record is: election, trustees, credentials, ballot … */
  readonly kind?: Kind
  /** Number of the ballot, from 1 in the order of the file. */
  readonly ballot?: number
  /** Where in the record: `answers[0].choices[2].alpha`. */
  readonly path?: string
}

export type Kind =
  | 'archive'
  | 'setup'
  | 'election'
  | 'trustees'
  | 'credentials'
  | 'ballot'
  | 'tally'
  | 'decryption'
  | 'result'

export interface Finding {
  readonly rule: RuleId
  readonly class: RuleClass
  readonly place: Place
  /** Plain English for somebody who has the file open. Never anything about a person. */
  readonly detail?: string
}

/** A rule or its absence, said once: what every part of the verifier takes to say what it found. */
export interface Findings {
  /**
   * Says that `rule` must hold at `place`; false when it does not. Every check of the verifier is one such call, and
   * its condition stands in the call: the script that tests the verifier takes each in turn and puts `true` there.
   */
  require(rule: RuleId, condition: boolean, place: Place, detail?: string): boolean
}

/** So many findings are kept in full; the rest is counted, since a hostile file could have millions. */
export const findingsKept = 1000

/** A path names members as they stand in the archive, and one may be called by sixteen megabytes. */
const longestText = 1000

/** Letter by letter into a text of its own: a slice would hold the whole of what it is cut from in memory. */
const cut = (text: string): string =>
  text.length <= longestText ? text : `${Array.from(text.slice(0, longestText)).join('')}…`

export class FindingList implements Findings {
  readonly kept: Finding[] = []
  /** Findings that are only counted. */
  omitted = 0
  readonly classes: Record<RuleClass, number> = { refused: 0, 'not-canonical': 0, profile: 0, unusable: 0 }
  readonly limit: number

  constructor(limit = findingsKept) {
    this.limit = limit
  }

  require(rule: RuleId, condition: boolean, place: Place, detail?: string): boolean {
    if (condition) return true
    const { path } = place
    const short = path === undefined || path.length <= longestText ? place : { ...place, path: cut(path) }
    this.add({
      rule,
      class: ruleOf(rule).class,
      place: short,
      ...(detail === undefined ? {} : { detail: cut(detail) }),
    })
    return false
  }

  add(finding: Finding): void {
    this.classes[finding.class]++
    if (this.kept.length < this.limit) this.kept.push(finding)
    else this.omitted++
  }

  /** What a judge found in another list: its findings, and the number of those it did not keep, by class. */
  take(other: { readonly findings: readonly Finding[]; readonly classes: Readonly<Record<RuleClass, number>> }): void {
    const before = { ...this.classes }
    for (const finding of other.findings) this.add(finding)
    for (const key of Object.keys(before) as RuleClass[]) {
      const rest = before[key] + other.classes[key] - this.classes[key]
      this.classes[key] += rest
      this.omitted += rest
    }
  }
}
