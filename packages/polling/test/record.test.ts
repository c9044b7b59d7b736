import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import { hashOf, type Signed, type TpsResult } from '../src/format/index.ts'
import { type RecordReport, readContainer, verifyRecord, writeContainer } from '../src/record/index.ts'
import { surveyRecord } from '../src/record/verify.ts'
import { type MadeRecord, makeRecord, seal } from './recorded.ts'

let made: MadeRecord
before(() => {
  made = makeRecord()
})
const judge = (bytes: Uint8Array, keys = {}) => verifyRecord(bytesSource(bytes), keys)
/** The file's own survey, with which the verifier begins: what it finds, the verifier finds. The manifest's text is judged later. */
const surveyed = async (bytes: Uint8Array) => (await surveyRecord(bytesSource(bytes))).context.findings
const found = ({ findings }: Pick<RecordReport, 'findings'>) => [
  ...new Set(findings.map(({ rule, entry }) => `${rule} ${entry ?? '-'}`)),
]
const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const read = (entries: Map<string, Uint8Array>, name: string) => JSON.parse(new TextDecoder().decode(entries.get(name)))
/** What the verifier says of the record after its makers altered it and signed the manifest again. */
const altered = async (...how: Parameters<typeof seal> extends [unknown, ...infer Rest] ? Rest : never) =>
  found(await judge(seal(made, ...how).bytes))

test('a whole record is sound, and says what was checked and what came out', async () => {
  const report = await judge(made.bytes, { centre: made.makers.centre.key, committee: made.makers.committee.key })
  assert.deepEqual(report.findings, [])
  assert.equal(report.verdict, 'sound')
  assert.deepEqual([report.result!.votes, report.result!.blank], [[2, 1, 1], 1])
  // Package 2; devices 2; manifest 2; zero 5 (chair, three witnesses, station); heads 2; sheet 2; objection 1; result 5; plano 1.
  assert.deepEqual(report.counts, { entries: 14, signatures: 24, openings: 1, decryptions: 4, ballots: 5 })
})

test('the package must be signed with the keys that the reader trusts', async () => {
  assert.deepEqual(found(await judge(made.bytes, { centre: '0'.repeat(64) })), ['package.key package.json'])
})

test('no byte can change: header, padding, each entry and the manifest are named with their place', async () => {
  const { entries } = await readContainer(bytesSource(made.bytes))
  for (const { name, offset, size } of entries) {
    for (const [at, what] of [
      [offset + 3, 'record.header'],
      [offset + 300, 'record.header'],
      [offset + 512 + (size >> 1), 'body'],
      [offset + 512 + size, 'record.padding'],
    ] as const) {
      if (what === 'record.padding' && size % 512 === 0) continue
      const bytes = made.bytes.slice()
      bytes[at]! ^= 1
      const findings = name === 'manifest.json' ? (await judge(bytes)).findings : await surveyed(bytes)
      const places = findings.map(({ entry, offset: byte }) => entry ?? byte)
      assert.ok(
        what === 'body'
          ? findings.some(({ entry }) => entry === name)
          : findings.some((each) => each.rule === what && each.offset! >= (what === 'record.header' ? offset : at)),
        `${name} ${what}: ${places}`,
      )
    }
  }
})

test('a record that is cut off anywhere is refused', async () => {
  for (const length of [0, 1, 511, 512, 600, 1024, made.bytes.length - 512, made.bytes.length - 1])
    assert.equal((await judge(made.bytes.subarray(0, length))).verdict, 'refused', `${length}`)
})

test('entries that are swapped, doubled, left out or added are refused', async () => {
  const { entries } = await readContainer(bytesSource(made.bytes))
  const all = entries.map(({ name, offset, size }) => ({
    name,
    body: made.bytes.slice(offset + 512, offset + 512 + size),
  }))
  const refused = async (list: typeof all) => found({ findings: await surveyed(writeContainer(list)) })
  assert.deepEqual(found(await judge(writeContainer(all))), [])
  for (const [at, { name }] of all.entries()) {
    const without = all.filter((_, i) => i !== at)
    assert.notDeepEqual(await refused(without), [], `without ${name}`)
    assert.notDeepEqual(await refused([...all.slice(0, at), all[at]!, ...all.slice(at)]), [], `twice ${name}`)
    if (at === 0) continue
    assert.notDeepEqual(await refused(without.toSpliced(at - 1, 0, all[at]!)), [], `${name} one earlier`)
  }
  const strange = { name: 'notes.txt', body: utf8('x') }
  assert.equal((await refused(all.toSpliced(5, 0, strange))).includes('record.name notes.txt'), true)
})

test('what its own makers change before they sign is refused by the rule that is broken', async () => {
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const result: TpsResult = JSON.parse(read(entries, 'result-1.json').text)
      const moved = { ...result, votes: [3, 0, 1] }
      entries.set('result-1.json', utf8(signedBy('result/1', moved, ['chair', 'officer', 'device'])))
    }),
    ['result.votes result-1.json'],
  )
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const result: TpsResult = JSON.parse(read(entries, 'result-1.json').text)
      entries.set(
        'result-1.json',
        utf8(signedBy('result/1', { ...result, votes: [617, 1, 1] }, ['chair', 'officer', 'device'])),
      )
    }),
    ['result.sum result-1.json', 'result.votes result-1.json'],
  )
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const sheet = JSON.parse(read(entries, 'reconciliation.json').text)
      sheet.counts.slips--
      entries.set('reconciliation.json', utf8(signedBy('reconciliation/1', sheet, ['chair', 'device'])))
    }),
    ['reconciliation.law reconciliation.json', 'result.sum result-1.json'],
  )
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const sheet = JSON.parse(read(entries, 'reconciliation.json').text)
      // A paper too many in the box, called the first paper of a reprint that no booth made.
      sheet.replaced++
      entries.set('reconciliation.json', utf8(signedBy('reconciliation/1', sheet, ['chair', 'device'])))
    }),
    ['reconciliation.law reconciliation.json'],
  )
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const zero = JSON.parse(read(entries, 'zero.json').text)
      const [first, second] = zero.candidates
      zero.candidates.splice(0, 2, { ...first, name: second.name }, { ...second, name: first.name })
      entries.set('zero.json', utf8(signedBy('zero/1', zero, ['chair', 'witness', 'device'])))
    }),
    ['zero.content zero.json'],
  )
  assert.deepEqual(
    await altered((entries) => {
      const heads: Signed[] = read(entries, 'heads.json')
      entries.set('heads.json', utf8([heads[1], heads[0]]))
    }),
    ['head.order heads.json'],
  )
  assert.deepEqual(await altered((entries) => entries.set('spoiled.json', utf8([]))), ['spoiled.list spoiled.json'])
  assert.deepEqual(
    await altered((entries) => {
      const [opening] = read(entries, 'spoiled.json')
      const changed = JSON.parse(opening)
      // Another choice than the one that was encrypted.
      const [row] = changed.opening
      ;[row[2].m, row[1].m] = [0, 1]
      entries.set('spoiled.json', utf8([JSON.stringify(changed)]))
    }),
    ['spoiled.opening spoiled.json'],
  )
  assert.deepEqual(await altered((entries) => entries.set('plano-1.jpg', utf8('another photograph'))), [
    'plano.signature plano-1.json',
  ])
  assert.deepEqual(
    await altered((entries) => {
      entries.set('logs.json', utf8(read(entries, 'logs.json').slice(0, 2)))
    }),
    ['logs.device logs.json'],
  )
})

test('a record is not mended by signing again with another key', async () => {
  const names = await altered((entries, makers) => {
    const other = makeRecord().makers
    const signed: Signed = read(entries, 'result-1.json')
    entries.set(
      'result-1.json',
      utf8(other.signedBy('result/1', JSON.parse(signed.text), ['chair', 'officer', 'device'])),
    )
    assert.notEqual(other.station.key, makers.station.key)
  })
  assert.deepEqual(names, ['result.signature result-1.json'])
})

test('a correction is a new version that names the one before, which stays', async () => {
  const chain = (corrects: (first: Signed) => TpsResult['corrects']) =>
    altered((entries, { signedBy }) => {
      const first: Signed = read(entries, 'result-1.json')
      const second = { ...JSON.parse(first.text), version: 2, corrects: corrects(first) }
      entries.set('result-2.json', utf8(signedBy('result/1', second, ['chair', 'officer', 'device'])))
      // In the file's order: a version after the one before and its plano.
    }, 2)
  const reason = 'Jumlah hadir salah ketik'
  assert.deepEqual(await chain(({ text }) => ({ hash: hashOf(text), reason })), [])
  assert.deepEqual(await chain(() => ({ hash: '0'.repeat(64), reason })), ['result.version result-2.json'])
  assert.deepEqual(await chain(() => undefined), ['result.version result-2.json'])
})
