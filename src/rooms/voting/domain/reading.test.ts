import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Report, verdictOf } from './archive.ts'
import { compareReadings, isQuestioned, networkOf } from './reading.ts'

const signed = { votes: [117, 90], blank: 3 }
const as = (first: number) => ({ votes: [first, 90], blank: 3 })

describe('voting: a photograph that people read without seeing our number', () => {
  it('is open until three read the same, and as long as two numbers have as many readers', () => {
    assert.deepEqual(compareReadings([], signed), { kind: 'open', readings: 0 })
    assert.deepEqual(compareReadings([as(117)], signed), { kind: 'open', readings: 1 })
    assert.deepEqual(compareReadings([as(617), as(117)], signed), { kind: 'open', readings: 2 })
    assert.deepEqual(compareReadings([as(617), as(117), as(617)], signed), { kind: 'open', readings: 3 })
    const three = [as(617), as(617), as(617)]
    assert.deepEqual(compareReadings([...three, as(117), as(117), as(117)], signed), { kind: 'open', readings: 6 })
  })
  it('agrees, or raises a flag with what was read: 617 for 117', () => {
    assert.deepEqual(compareReadings([as(617), as(117), as(117), as(117)], signed), { kind: 'same', readings: 4 })
    assert.deepEqual(compareReadings([as(617), as(117), as(617), as(617)], signed), {
      kind: 'other',
      readings: 4,
      votes: [617, 90],
      blank: 3,
    })
  })
})

describe('voting: the network from which somebody reads', () => {
  it('is the address, of IPv6 its first half: one reader is not many by many addresses', () => {
    assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('2001:db8:0:1::5'), '2001:db8:0:1')
    assert.equal(networkOf('2001:0DB8:0000:0001:aaaa:bbbb:cccc:dddd'), '2001:db8:0:1')
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0')
    assert.equal(networkOf('::1'), '0:0:0:0')
    assert.equal(networkOf('unknown'), 'unknown')
  })
})

describe('voting: an archive beside the signed numbers', () => {
  const report: Report = {
    verdict: 'sound',
    counted: 210,
    election: { uuid: 'u', fingerprint: 'f', credentials: 300 },
    result: [{ blank: 3, answers: [{ votes: 117 }, { votes: '90' }] }],
    findings: [],
  }
  const setup = { election: 'e', trustees: 't', credentials: 'c' }
  const named = { ...signed, setup }
  it('is sound only when it is of this election and says what was signed', () => {
    assert.equal(verdictOf(report, setup, named), 'sound')
    assert.equal(verdictOf(report, setup, { ...named, votes: [90, 117] }), 'differs')
    assert.equal(verdictOf(report, setup, { ...named, votes: [117, 90, 0] }), 'differs')
    assert.equal(verdictOf(report, setup, { ...named, blank: 2 }), 'differs')
    assert.equal(verdictOf(report, undefined, named), 'differs')
    for (const of of ['election', 'trustees', 'credentials'] as const)
      assert.equal(verdictOf(report, { ...setup, [of]: 'x' }, named), 'differs', of)
    assert.equal(verdictOf({ ...report, counted: 211 }, setup, named), 'differs')
    assert.equal(verdictOf({ ...report, result: undefined }, setup, named), 'differs')
    assert.equal(verdictOf({ ...report, verdict: 'refused' }, setup, named), 'refused')
  })
  it('questions the place whose result names it, and no other', () => {
    const head = { ...signed, archive: 'a' }
    const file = (
      sha256: string,
      verdict: 'sound' | 'differs' | 'refused' | null,
      kind: 'archive' | 'record' = 'archive',
    ) => ({
      files: [{ sha256, kind, verdict }],
      readings: [],
    })
    assert.equal(isQuestioned(head, file('a', null)), false)
    assert.equal(isQuestioned(head, file('a', 'sound')), false)
    assert.equal(isQuestioned(head, file('a', 'differs')), true)
    assert.equal(isQuestioned(head, file('b', 'refused')), false)
    assert.equal(isQuestioned(head, file('b', 'refused', 'record')), true)
    assert.equal(isQuestioned(undefined, file('a', 'refused')), false)
    const readings = [as(617), as(617), as(617)].map((reading) => ({ ...reading, photo: 'p' }))
    assert.equal(isQuestioned(head, { files: [], readings }), true)
    assert.equal(isQuestioned(head, { files: [], readings: readings.with(2, { ...readings[2]!, photo: 'q' }) }), false)
  })
})
