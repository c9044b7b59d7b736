import type { Election } from '../format/election.ts'
import { choicesOf, type Question } from '../format/election.ts'
import { readResult } from '../format/tally.ts'
import type { Group } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Opened } from './decryption.ts'
import type { Findings, Place } from './findings.ts'
import type { DecodedTally } from './tally.ts'

/**
 * Do the votes of a question add up to what ballots of this weight can hold? Each ballot proves it for itself, so this can
 * only fail where a decryption is false in spite of its proof; see `combine`.
 */
function addsUp({ blank, min, max }: Question, numbers: readonly bigint[], weight: bigint): boolean {
  const voted = blank ? weight - numbers[0]! : weight
  const sum = numbers.slice(blank ? 1 : 0).reduce((all, n) => all + n, 0n)
  return BigInt(min) * voted <= sum && sum <= BigInt(max) * voted
}

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
    let stands = tally !== undefined && opened !== undefined
    for (const [j, n] of numbers.entries()) {
      const at = { ...place, path: `result[${i}][${j}]` }
      if (!findings.require('result.range', n <= weight, at, `${n} of ${weight}`)) stands = false
      if (!tally || !opened) continue
      const claimed = group.multiply(opened[i]![j]!, group.power(group.generator, n % group.order))
      if (!findings.require('result.value', group.equal(claimed, tally[i]![j]!.beta), at)) stands = false
    }
    // Numbers that are wrong in themselves need not add up.
    const whole = !stands || addsUp(election.questions[i]!, numbers, weight)
    findings.require('result.total', whole, { ...place, path: `result[${i}]` }, `${numbers.join(' + ')} of ${weight}`)
  }
  return result
}
