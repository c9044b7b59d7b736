import type { Group } from '../group/group.ts'

/** Votes (sums of weights) up to which a result is found. */
export const largestTotal = 2n ** 32n
/** Entries of the table at most: about 40 MB of texts in the groups of 2048 bits. */
const largestTable = 65_536
/** Elements written together, for groups that write many for the price of few. */
const together = 256

/**
 * Finds n in [0, limit] with g^n = M by Shanks' baby steps and giant steps: n = i · m + j, a table of g^j for j < m, and
 * M · g^(-m · i) looked up for i = 0, 1, 2 … The table is made once for all `count` elements, so it has √(limit · count)
 * entries. Few votes are found at once whatever the limit. Public values only. Undefined when there is no such n.
 */
export function openLogarithms<E>(group: Group<E>, limit: bigint, count: number): (element: E) => bigint | undefined {
  if (limit < 0n || limit > largestTotal) throw new RangeError(`a total weight above ${largestTotal} is not computed`)
  const size = Math.min(Math.ceil(Math.sqrt((Number(limit) + 1) * Math.max(count, 1))), Number(limit) + 1, largestTable)
  const table = new Map<string, number>()
  for (const texts of writtenSteps(group, group.neutral, group.generator, size))
    for (const text of texts) table.set(text, table.size)
  const stride = group.inverse(group.power(group.generator, BigInt(size)))
  const strides = Math.ceil((Number(limit) + 1) / size)

  return (element) => {
    let i = 0
    for (const texts of writtenSteps(group, element, stride, strides))
      for (const text of texts) {
        const j = table.get(text)
        const n = BigInt(i) * BigInt(size) + BigInt(j ?? 0)
        if (j !== undefined && n <= limit) return n
        i++
      }
    return undefined
  }
}

/** The texts of start, start · step, start · step², … in bunches, the first ones small. */
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
