import { deepEqual, equal, ok } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { bytesSource, entries, Order } from '../src/archive/index.ts'
import { verifyReference } from '../src/reference/index.ts'
import { verify } from '../src/verify/verify.ts'
import { blank, known } from './archives/alter.ts'
import { readFixture } from './archives/read.ts'
import { corpusOf, type Edit } from './corpus.ts'
import { sayingOf } from './saying.ts'

/** Changes that alter nothing which the archive says of the election, and why. */
const neutral: Record<string, string> = {
  'whole event Result removed': 'the archive of the stage before, which says so',
  'credentials [] exchanged': 'the roll is a set; its order is Belenios’s habit, and a rule of the Pilkades profile',
  'whole event Ballot exchanged':
    'other ballots in another order, as long as each credential’s last one stays the last',
  'whole event Ballot removed': 'a ballot that its voter had replaced counts for nothing; its tracking code is missed',
  'whole event PartialDecryption exchanged': 'trustees may decrypt in any order',
}
const keyOf = ({ what }: Edit) => `${what.object} ${what.path} ${what.kind}`

const alike = new Set(['election', 'ballot', 'tally', 'decryption', 'result', 'event', 'refer'])

/** Every so many are given to the slow verifier as well; all of them in the long tests. */
const compared = process.env.LONG ? 1 : 25

for (const archive of [blank, known]) {
  test(`${archive}: every change of one place is refused, or spells a ballot otherwise, or is neutral`, async () => {
    const plain = await verify(bytesSource(readFixture(archive)))
    const seen = { refused: 0, unusable: 0, 'not-canonical': 0, neutral: 0 }
    for (const [number, edit] of [...corpusOf(archive)].entries()) {
      // What the smaller archive has as well is tried there; here all of it in the long tests.
      if (archive === known && alike.has(edit.what.object) && !process.env.LONG) continue
      const bytes = edit.bytes()
      const [verdict, ...rules] = await sayingOf({ name: edit.name, source: () => bytesSource(bytes) })
      if (verdict === 'sound') {
        ok(neutral[keyOf(edit)], `${edit.name} is found sound`)
        const { result, counted, weight } = await verify(bytesSource(bytes))
        deepEqual([counted, weight], [plain.counted, plain.weight], edit.name)
        if (edit.what.path !== 'Result') deepEqual(result, plain.result, edit.name)
        seen.neutral++
      } else {
        seen[verdict as 'refused']++
        ok(rules.length > 0, edit.name)
        // Only inside signed answers is there a second spelling: members in another order, or twice (the last counts).
        if (verdict === 'not-canonical') {
          deepEqual(rules, ['ballot.answers-canonical'], edit.name)
          deepEqual([edit.what.object, edit.what.signed], ['ballot', true], edit.name)
          ok(edit.what.kind === 'exchanged' || edit.what.kind === 'doubled', edit.name)
        }
      }
      if (number % compared === 0) {
        const { verdict: slow, notCanonical } = verifyReference(bytes)
        const same =
          slow === 'sound' && notCanonical.length > 0 ? 'not-canonical' : slow === 'unsupported' ? 'unusable' : slow
        const agree =
          same === verdict || (same === 'refused' && verdict === 'unusable' && rules.includes('event.no-setup'))
        ok(agree, `${edit.name}: ${verdict}, the slow verifier says ${same}`)
      }
    }
    ok(seen.refused > 250 && seen.unusable > 0 && seen.neutral > 0, JSON.stringify(seen))
    if (archive === blank) ok(seen['not-canonical'] > 10, JSON.stringify(seen))
  })
}

test('every byte of a small archive, changed, is a fault of its framing, its hashes or its order', async () => {
  const bytes = readFixture('3.0-no-ballots')
  const hash = (body: Uint8Array) => createHash('sha256').update(body).digest('hex')
  const faults = async () => {
    let count = 0
    for await (const item of entries(bytesSource(bytes), new Order(), { hash })) if (item.kind === 'fault') count++
    return count
  }
  equal(await faults(), 0)
  for (let at = 0; at < bytes.length; at++) {
    const bit = 1 << (at % 8)
    bytes[at]! ^= bit
    ok((await faults()) > 0, `byte ${at}`)
    bytes[at]! ^= bit
  }
  equal(await faults(), 0)
})

test('one byte changed anywhere is refused by the whole verifier', async () => {
  const bytes = readFixture(blank)
  const step = process.env.LONG ? 1 : 97
  for (let at = 0; at < bytes.length; at += step) {
    const changed = Uint8Array.from(bytes)
    changed[at]! ^= 1 << (at % 8)
    const [verdict] = await sayingOf({ name: '', source: () => bytesSource(changed) })
    ok(verdict === 'refused' || verdict === 'unusable', `byte ${at}: ${verdict}`)
  }
})
