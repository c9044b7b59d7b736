import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isId, newId } from './ids.ts'

it('ids of one process stand in the order in which they were made, and none comes twice', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  assert.deepEqual([...ids].sort(), ids)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.every(isId))
})
