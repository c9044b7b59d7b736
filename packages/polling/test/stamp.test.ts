import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStamp, newSigningKey, readStamp, stampFault, stampStep, stampText } from '../src/format/index.ts'

const key = newSigningKey()
const hash = 'ab'.repeat(32)
const minute = 60_000
const start = stampStep(Date.UTC(2026, 10, 22, 3, 2)) * 5 * minute
const keyOf = (desk: string) => (desk === 'desk-1' ? key.key : undefined)

test('a stamp is the same for every token of the same five minutes, and travels as text', () => {
  const stamp = makeStamp('desk-1', key, hash, start)
  assert.deepEqual(makeStamp('desk-1', key, hash, start + 5 * minute - 1), stamp)
  assert.notDeepEqual(makeStamp('desk-1', key, hash, start + 5 * minute), stamp)
  assert.deepEqual(readStamp(stampText(stamp)), stamp)
  assert.match(stampText(stamp), /^S\.\d+\.1\.[\w-]{86}$/)
  for (const text of ['', 'S.1.1.x', `${stampText(stamp)}A`, stampText(stamp).replace('S.', 'T.')])
    assert.equal(readStamp(text), undefined)
})

test('a stamp opens a booth for the minutes of the rules, five more for a clock that differs, and never for another package', () => {
  const stamp = makeStamp('desk-1', key, hash, start)
  const at = (minutes: number, given = stamp, of = hash) => stampFault(given, keyOf, of, 30, start + minutes * minute)
  assert.equal(at(0), undefined)
  assert.equal(at(-5), undefined)
  assert.equal(at(-5.01), 'early')
  assert.equal(at(40), undefined)
  assert.equal(at(40.01), 'expired')
  assert.equal(stampFault(undefined, keyOf, hash, 30, start), 'missing')
  assert.equal(at(0, stamp, 'cd'.repeat(32)), 'false')
  assert.equal(at(0, { ...stamp, desk: 'desk-2' }), 'false')
  assert.equal(at(0, { ...stamp, step: stamp.step + 1 }), 'false')
})
