import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  readEvent,
  readOwned,
  readSetupData,
  readSizedTally,
  writeEvent,
  writeOwned,
  writeSetupData,
  writeSizedTally,
} from '../src/archive/index.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

test('events, setup data, owners and sizes are written in one way, and read only so', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string]
  const event = { parent: a, height: 3, type: 'Ballot', payload: b } as const
  assert.equal(writeEvent(event), `{"parent":"${a}","height":3,"type":"Ballot","payload":"${b}"}`)
  assert.deepEqual(readEvent(bytesOf(writeEvent(event))), { value: event, canonical: true })
  assert.equal(writeEvent({ height: 0, type: 'EndBallots' }), '{"height":0,"type":"EndBallots"}')
  const data = { election: a, trustees: b, credentials: c }
  assert.equal(writeSetupData(data), `{"election":"${a}","trustees":"${b}","credentials":"${c}"}`)
  assert.deepEqual(readSetupData(bytesOf(writeSetupData(data))), { value: data, canonical: true })
  assert.equal(writeOwned({ owner: 1, payload: a }), `{"owner":1,"payload":"${a}"}`)
  assert.deepEqual(readOwned(bytesOf(`{"owner":0,"payload":"${a}"}`)).value, undefined)
  assert.deepEqual(readOwned(bytesOf(`{"owner":1,"payload":"${a.toUpperCase()}"}`)).value, undefined)
  for (const height of ['-1', '1.5', '1e3', '01', '"1"', '9007199254740993']) {
    const { value, canonical } = readEvent(bytesOf(`{"height":${height},"type":"EndBallots"}`))
    assert.equal(value !== undefined && canonical, false, height)
  }
})

test('a weight up to 1073741823 is a number, above that a string of digits', () => {
  const encrypted_tally = 'd'.repeat(64)
  for (const [weight, text] of [
    [0n, '0'],
    [1_073_741_823n, '1073741823'],
    [1_073_741_824n, '"1073741824"'],
    [10n ** 30n, `"1${'0'.repeat(30)}"`],
  ] as const) {
    const sized = { num_tallied: 2, total_weight: weight, encrypted_tally }
    const written = writeSizedTally(sized)
    assert.equal(written, `{"num_tallied":2,"total_weight":${text},"encrypted_tally":"${encrypted_tally}"}`)
    assert.deepEqual(readSizedTally(bytesOf(written)), { value: sized, canonical: true })
  }
  for (const text of ['"5"', '1073741824', '"01073741824"', '-1', '"-1"', '1.0', 'null'])
    assert.notEqual(
      readSizedTally(bytesOf(`{"num_tallied":2,"total_weight":${text},"encrypted_tally":"${encrypted_tally}"}`))
        .canonical,
      true,
      text,
    )
})

test('what is not UTF-8, not JSON, not an object or too long says which', () => {
  const fault = (bytes: Uint8Array) => readEvent(bytes).fault
  assert.equal(fault(new Uint8Array([0xc3])), 'it is not UTF-8')
  assert.equal(fault(bytesOf('\ufeff{}')), 'it is not JSON')
  assert.equal(fault(bytesOf('null')), 'it is not a JSON object')
  assert.equal(fault(bytesOf('{}')), 'a field is missing or not of its kind')
  assert.equal(fault(new Uint8Array(4097)), '4097 bytes are too many for this object')
})
