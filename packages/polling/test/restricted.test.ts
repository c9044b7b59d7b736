import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import { verifyRestricted, writeRestricted } from '../src/record/index.ts'
import { type MadeRecord, makeRecord } from './recorded.ts'

let made: MadeRecord
before(() => {
  made = makeRecord()
})
const judge = (restricted: Uint8Array) => verifyRestricted(bytesSource(made.bytes), bytesSource(restricted))
const altered = async (alter: (rows: Map<string, string[]>) => void) => {
  const rows = new Map([...made.rows].map(([device, lines]) => [device, [...lines]]))
  alter(rows)
  return (await judge(writeRestricted(rows))).findings.map(
    ({ rule, entry, at }) => `${rule} ${entry}${at ? ` ${at}` : ''}`,
  )
}

test('the logs of all devices are those that were published, and add up to the reconciliation sheet', async () => {
  const report = await judge(writeRestricted(made.rows))
  assert.deepEqual(report.findings, [])
  assert.deepEqual([report.lines, report.counts], [12, { present: 5, issued: 5, returned: 0 }])
})

test('one flipped bit anywhere in the logs is found, in the device and the line in which it is', async () => {
  const bytes = writeRestricted(made.rows)
  const at = new TextDecoder().decode(bytes).indexOf('"voter":3')
  bytes[at + 8]! ^= 1
  const found = (await judge(bytes)).findings.map(({ rule, entry, at: place }) => `${rule} ${entry} ${place ?? ''}`)
  assert.deepEqual(found.slice(0, 2), [
    'restricted.hash log-desk-1.jsonl ',
    'restricted.chain log-desk-1.jsonl line 5 signature',
  ])
})

test('a line that is left out, moved or added, and a log that is not there, are named', async () => {
  assert.deepEqual(await altered((rows) => rows.get('desk-1')!.splice(2, 2)), [
    'restricted.hash log-desk-1.jsonl',
    // Every line after the gap has a number that is not its place.
    ...[3, 4, 5, 6, 7, 8].map((line) => `restricted.chain log-desk-1.jsonl line ${line} seq`),
    'restricted.counts reconciliation.json present',
    'restricted.counts reconciliation.json issued',
  ])
  assert.deepEqual((await altered((rows) => rows.get('desk-1')!.reverse()))[0], 'restricted.hash log-desk-1.jsonl')
  assert.deepEqual(
    (await altered((rows) => rows.get('station')!.push(rows.get('station')![0]!)))[0],
    'restricted.hash log-station.jsonl',
  )
  assert.equal((await altered((rows) => rows.delete('booth-1'))).includes('restricted.logs log-booth-1.jsonl'), true)
})
