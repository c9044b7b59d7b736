import type { Election } from '../format/election.ts'
import { choicesOf } from '../format/election.ts'
import { readResult } from '../format/tally.ts'
import type { Group } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Opened } from './decryption.ts'
import type { Findings, Place } from './findings.ts'
import type { DecodedTally } from './tally.ts'

/**
 * Section 4.19: g^n = β/F for every choice, and no n above the weight that was counted (numbers that differ by q have
 * the same power). The numbers come back when they fit the questions; `weight` is that of the counted ballots.
 */
export function checkResult<E>(
  group: Group<E>,
  election: Election,
  text: string,
  weight: bigint,
  tally: DecodedTally<E> | undefined,
  opened: Opened<E> | undefined,
  place: Place,
  findings: Findings,
): readonly (readonly bigint[])[] | undefined {
  const { value: result, error } = attempt(() => readResult(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('result.form', result !== undefined, why, `expected: ${error?.expected}`)) return undefined
  const fits =
    result!.length === election.questions.length &&
    result!.every((numbers, i) => numbers.length === choicesOf(election.questions[i]!))
  if (!findings.require('result.shape', fits, place)) return undefined
  for (const [i, numbers] of result!.entries()) {
    for (const [j, n] of numbers.entries()) {
      const at = { ...place, path: `result[${i}][${j}]` }
      findings.require('result.range', n <= weight, at, `${n} of ${weight}`)
      if (!tally || !opened) continue
      const claimed = group.multiply(opened[i]![j]!, group.power(group.generator, n % group.order))
      findings.require('result.value', group.equal(claimed, tally[i]![j]!.beta), at)
    }
  }
  return result
}
