import type { Election } from '../format/election.ts'
import type { Group } from '../group/group.ts'
import { base64Hash } from '../hash.ts'
import type { Roll } from './credentials.ts'
import type { Findings, Place } from './findings.ts'
import type { ChunkVerdict } from './judge.ts'

/**
 * What we demand of the election of a village head beyond the format (`--profile pilkades`): the choices that Belenios
 * leaves open are made, so that every polling place's archive can be compared with every other.
 */
export class Pilkades {
  readonly #findings: Findings
  readonly #alphas = new Set<string>()
  #hash = ''

  constructor(findings: Findings) {
    this.#findings = findings
  }

  election({ questions }: Election, place: Place): void {
    const count = `${questions.length} questions`
    this.#findings.require('pilkades.one-question', questions.length === 1, { ...place, path: 'questions' }, count)
    for (const [i, { min, max }] of questions.entries()) {
      const at = { ...place, path: `questions[${i}]` }
      this.#findings.require('pilkades.choose-one', min === 1 && max === 1, at, `min ${min}, max ${max}`)
    }
  }

  roll<E>(group: Group<E>, { credentials }: Roll, place: Place): void {
    for (const [i, { element, weight }] of credentials.entries()) {
      const at = { ...place, path: `[${i}]` }
      this.#findings.require('pilkades.weight', weight === 1n, at, `weight ${weight}`)
      const before = credentials[i - 1]?.element ?? element
      this.#findings.require('pilkades.credential-order', group.compare(before, element) <= 0, at)
    }
  }

  /** A recorded ballot. `again`: its credential has voted before. */
  ballot(hash: string, again: boolean, place: Place): void {
    this.#findings.require('pilkades.revote', !again, { ...place, path: 'credential' })
    this.#findings.require('pilkades.ballot-order', this.#hash <= hash, place)
    this.#hash = hash
  }

  /** What a judge gave. Hashes are kept, not 2048 bits each. */
  alphas(ballots: NonNullable<ChunkVerdict['alphas']>): void {
    for (const { ballot, alphas } of ballots) {
      for (const alpha of alphas) {
        const hash = base64Hash(alpha)
        this.#findings.require('pilkades.alpha', !this.#alphas.has(hash), { kind: 'ballot', ballot }, alpha)
        this.#alphas.add(hash)
      }
    }
  }
}
