import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gathering } from './gather.ts'

describe('gathering', () => {
  it('does what came meanwhile together, up to so many, and answers each caller with its own', async () => {
    const batches: number[][] = []
    const double = gathering<number, number>(4, async (items) => {
      batches.push([...items])
      await new Promise(setImmediate)
      return items.map((n) => n * 2)
    })
    const answers = await Promise.all([double([1]), double([2, 3]), double([4]), double([]), double([5, 6])])
    assert.deepEqual(answers, [[2], [4, 6], [8], [], [10, 12]])
    assert.deepEqual(batches, [[1], [2, 3, 4], [5, 6]])
    assert.deepEqual(await double([7, 8, 9, 10, 11]), [14, 16, 18, 20, 22])
  })

  it('lets one whose items cannot be done fail alone', async () => {
    const half = gathering<number, number>(10, async (items) => {
      await new Promise(setImmediate)
      if (items.includes(0)) throw new Error('nothing')
      return items.map((n) => 1 / n)
    })
    const outcomes = await Promise.allSettled([half([1]), half([2]), half([0, 1]), half([4])])
    assert.deepEqual(
      outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'failed')),
      [[1], [0.5], 'failed', [0.25]],
    )
    assert.deepEqual(await half([1]), [1])
  })
})
