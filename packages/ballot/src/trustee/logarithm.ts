import type { Group } from '../group/group.ts'
import { publicPower } from '../tally.ts'

/** Votes (sums of weights) up to which a result is found: 1,099,511,627,776. */
export const largestTotal = 2n ** 40n
/** Entries of the table at most: about 60 MB, and a few times that while it grows. */
const largestTable = 2 ** 20
/** Elements written together, for groups that write many for the price of few. */
const together = 256

/** The last digits of an element's text, as many as a number holds exactly. Two elements may share them. */
const lastDigits = (text: string): number =>
  text.length === 64 ? Number.parseInt(text.slice(-13), 16) : Number.parseInt(text.slice(-15), 10)

/**
 * Finds n in [0, limit] with g^n = M by Shanks' baby steps and giant steps: n = i · m + j, a table of g^j for j < m, and
 * M · g^(-m · i) looked up for i = 0, 1, 2 … The table is made once for all `count` elements, so it has √(limit · count)
 * entries. Few votes are found at once whatever the limit. Public values only. Undefined when there is no such n.
 */
export function openLogarithms<E>(
  group: Group<E>,
  limit: bigint,
  count: number,
  keyOf: (text: string) => number = lastDigits,
): (element: E) => bigint | undefined {
  if (limit < 0n || limit > largestTotal) throw new RangeError(`a total weight from 0 to ${largestTotal} is needed`)
  const numbers = Number(limit) + 1
  const size = Math.min(Math.ceil(Math.sqrt(numbers * Math.max(count, 1))), numbers, largestTable)
  const table = new Map<number, number>()
  /** Steps whose key was taken already: practically none, and looked up by their whole text. */
  const doubles = new Map<string, number>()
  let step = 0
  for (const texts of writtenSteps(group, group.neutral, group.generator, size))
    for (const text of texts) {
      if (table.has(keyOf(text))) doubles.set(text, step++)
      else table.set(keyOf(text), step++)
    }
  const stride = group.inverse(publicPower(group, group.generator, BigInt(size)))

  return (element) => {
    const isLogarithm = (n: bigint) => group.equal(publicPower(group, group.generator, n), element)
    let passed = 0n
    for (const texts of writtenSteps(group, element, stride, Math.ceil(numbers / size)))
      for (const text of texts) {
        for (const rest of [table.get(keyOf(text)), doubles.get(text)]) {
          if (rest !== undefined && passed + BigInt(rest) <= limit && isLogarithm(passed + BigInt(rest)))
            return passed + BigInt(rest)
        }
        passed += BigInt(size)
      }
    return undefined
  }
}

/** The texts of start, start · step, start · step², … in bunches, the first one small. */
function* writtenSteps<E>(group: Group<E>, start: E, step: E, count: number): Generator<string[]> {
  let element = start
  for (let done = 0, bunch = 4; done < count; bunch = Math.min(bunch * 2, together)) {
    const elements: E[] = []
    for (; elements.length < bunch && done < count; done++) {
      elements.push(element)
      element = group.multiply(element, step)
    }
    yield group.encodeAll(elements)
  }
}
