import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import { newSigningKey, type SigningKey } from '../src/format/index.ts'
import { type HeadOpening, openHead, sealHead, verifyRestricted, writeRestricted } from '../src/record/index.ts'
import { boxSecretOf, openBox } from '../src/seal/sealed-box.ts'
import { type MadeRecord, makeRecord, seal } from './recorded.ts'

let made: MadeRecord
before(() => {
  made = makeRecord()
})
const judge = (restricted: Uint8Array) => verifyRestricted(bytesSource(made.bytes), bytesSource(restricted))
const altered = async (alter: (rows: Map<string, string[]>) => void) => {
  const rows = new Map([...made.rows].map(([device, lines]) => [device, [...lines]]))
  alter(rows)
  return (await judge(writeRestricted(rows, made.sealed))).findings.map(
    ({ rule, entry, at }) => `${rule} ${entry}${at ? ` ${at}` : ''}`,
  )
}

test('the logs of all devices are those that were published, and add up to the reconciliation sheet', async () => {
  const report = await judge(writeRestricted(made.rows, made.sealed))
  assert.deepEqual(report.findings, [])
  assert.deepEqual([report.lines, report.counts], [27, { present: 5, issued: 5, returned: 0 }])
})

test('one flipped bit anywhere in the logs is found, in the device and the line in which it is', async () => {
  const bytes = writeRestricted(made.rows, made.sealed)
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

/** What the supervisor's check says of a public record whose makers altered it and signed it again. */
const against = async (alter: Parameters<typeof seal>[1]) => {
  const { bytes } = seal(made, alter)
  const { findings } = await verifyRestricted(bytesSource(bytes), bytesSource(writeRestricted(made.rows, made.sealed)))
  return findings.map(({ rule, entry }) => `${rule} ${entry}`)
}
const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

test('a head, an incident or an objection that the station wrote and did not publish is missed', async () => {
  const left = (name: string) =>
    against((entries) => {
      const list = JSON.parse(new TextDecoder().decode(entries.get(name)))
      entries.set(name, utf8(list.slice(0, -1)))
    })
  assert.deepEqual(await left('incidents.json'), ['restricted.station incidents.json'])
  assert.deepEqual(await left('objections.json'), ['restricted.station objections.json'])
  // The last head, with its commitment, which the sealed openings still name.
  assert.deepEqual(await left('heads.json'), ['restricted.station heads.json', 'restricted.heads heads.sealed.json'])
})

test('an act of two that one officer signed is named, and the explanation of a difference that nobody signed', async () => {
  const alone = makeRecord({ alone: true, votes: [1, 1, 2], challenged: [] })
  const report = await verifyRestricted(
    bytesSource(alone.bytes),
    bytesSource(writeRestricted(alone.rows, alone.sealed)),
  )
  assert.deepEqual(
    report.findings.map(({ rule, entry, at }) => `${rule} ${entry} ${at}`),
    // Two devices let in, polls opened and closed, the tally announced.
    [1, 2, 4, 7, 10].map((line) => `restricted.two log-station.jsonl line ${line} by`),
  )
  assert.deepEqual(
    await against((entries, { signedBy }) => {
      const sheet = JSON.parse(JSON.parse(new TextDecoder().decode(entries.get('reconciliation.json'))).text)
      sheet.differences = [{ law: 'reprints', left: 1, right: 0, note: 'Satu kertas lebih.' }]
      sheet.replaced++
      entries.set('reconciliation.json', utf8(signedBy('reconciliation/1', sheet, ['chair', 'device'])))
    }),
    // The result says nothing of it either, and the sheet is not the one whose hash was logged.
    ['restricted.public record', 'restricted.station reconciliation.json', 'restricted.station reconciliation.json'],
  )
})

test('T28: a booth that ran other programs than the zero report names is named', async () => {
  const { bytes, rows, sealed } = makeRecord({ software: 'mended at noon', votes: [1, 1, 2], challenged: [] })
  const { findings } = await verifyRestricted(bytesSource(bytes), bytesSource(writeRestricted(rows, sealed)))
  assert.deepEqual(
    findings.map(({ rule, entry, at }) => `${rule} ${entry} ${at}`),
    ['restricted.software log-booth-1.jsonl line 1'],
  )
})

test('the supervisor’s card opens what the heads committed to, and no other card does (T14)', async () => {
  const supervisor = made.makers.officers.find(({ role }) => role === 'supervisor')!
  const card = (who: SigningKey) => ({
    key: who.key,
    unseal: (sealed: string, about: string) => openBox(boxSecretOf(who.secret), sealed, about),
  })
  const judgeHeads = async (who: SigningKey, sealed = made.sealed, record = made) => {
    const restricted = bytesSource(writeRestricted(made.rows, sealed))
    const { findings, opened } = await verifyRestricted(bytesSource(record.bytes), restricted, card(who))
    return [opened, ...findings.map(({ rule, at, detail }) => `${rule} ${at} ${detail}`)]
  }
  assert.deepEqual(await judgeHeads(supervisor), [1])
  assert.deepEqual(await judgeHeads(newSigningKey()), [
    0,
    'restricted.heads card nothing is sealed for it',
    'restricted.heads head 2 does not open',
  ])
  const { package: content, hash } = made.makers
  const opening = openHead(card(supervisor), hash, made.sealed[0]!)!
  const resealed = (change: Partial<HeadOpening>) => sealHead(content, hash, 2, { ...opening, ...change })
  assert.deepEqual(await judgeHeads(supervisor, resealed({ nonce: '0'.repeat(64) })), [
    1,
    'restricted.heads head 2 commitment',
  ])
  // A ballot that was there at that hour and is in no archive.
  const strange = 'f'.repeat(64)
  const ballots = [...opening.ballots.slice(1), strange]
  assert.deepEqual(await judgeHeads(supervisor, resealed({ ballots })), [
    1,
    'restricted.heads head 2 commitment',
    `restricted.heads head 2 not in the archive: ${strange}`,
  ])
})
