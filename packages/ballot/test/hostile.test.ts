import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bytesSource, frame, type Source, writeHeader } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { parseText } from '../src/format/shape.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { verify } from '../src/verify/verify.ts'
import { latin1, putTogether, takeApart } from './alter.ts'
import { forge } from './forge.ts'
import { seeded } from './seeded.ts'

const read = (name: string) => new Uint8Array(readFileSync(new URL(`./archives/${name}.bel`, import.meta.url)))
const report = (source: Uint8Array | Source) => verify(source instanceof Uint8Array ? bytesSource(source) : source)
const rulesOf = async (source: Uint8Array | Source) => (await report(source)).findings.map(({ rule }) => rule)

test('0 bytes are no archive', async () => {
  const { verdict, findings } = await report(new Uint8Array(0))
  assert.equal(verdict, 'unusable')
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['archive.empty', 'event.no-setup'],
  )
})

test('random bytes, text, zeros: none is an archive, each is said to be unusable', async () => {
  const samples = [1, 511, 512, 513, 5000, 100_000].map((length) => seeded('noise')(length))
  samples.push(new TextEncoder().encode('Selamat pagi'.repeat(1000)), new Uint8Array(10_000))
  for (const bytes of samples) {
    const { verdict, findings } = await report(bytes)
    assert.equal(verdict, 'unusable')
    assert.equal(findings.at(-1)?.rule, 'event.no-setup')
  }
})

test('cut at every 512th byte and beside it: never sound but where an event ends', async () => {
  const bytes = read('3.0-tallied')
  const sound: number[] = []
  for (let at = 0; at < bytes.length; at += 512)
    for (const length of [at, at + 1, at + 100]) {
      const { verdict, findings } = await verify(bytesSource(bytes.subarray(0, length)), { openJudge: idle })
      const counted = findings.some(({ rule }) => rule.startsWith('count.') || rule === 'tally.product')
      if (verdict === 'sound' || (counted && findings.every(({ rule }) => /^count|^tally.product/.test(rule))))
        sound.push(length)
    }
  // The set-up, two ballots, the end of voting; the whole file is not among the lengths tried.
  assert.equal(sound.length, 4)
})

test('a header that claims 8 GiB is not believed, and nothing of that size is asked for', async () => {
  const bytes = joined([forge().open(), writeHeader(`${'a'.repeat(64)}.data.json`, 8 ** 11 - 1, 1_795_332_664)])
  let largest = 0
  const found = await rulesOf({
    size: bytes.length,
    read: async (offset, length) => {
      largest = Math.max(largest, length)
      return bytes.slice(offset, offset + length)
    },
  })
  assert.deepEqual(found, ['archive.truncated'])
  assert.ok(largest <= 1024 * 1024)
})

test('broken headers that lead on to others which are no better: the way to the end is looked at once, not from each', async () => {
  const time = 1_795_332_664
  const name = `${'a'.repeat(64)}.data.json`
  const broken = writeHeader(name, 0, time)
  broken[148]! ^= 1
  const begin = frame('BELENIOS', new TextEncoder().encode(`{"version":1,"timestamp":"${time}"}`), time)
  const pairs = Array.from({ length: 500 }, () => [broken, writeHeader(name, 0, time + 1)])
  const bytes = joined([begin, ...pairs.flat()])
  let read = 0
  const { classes } = await report({
    size: bytes.length,
    read: async (offset, length) => {
      const part = bytes.slice(offset, offset + length)
      read += part.length
      return part
    },
  })
  // A wrong sum, a wrong time, and twice a hash that is not the one of nothing.
  assert.ok(classes.refused + classes.unusable >= 2000)
  assert.ok(read <= 4 * bytes.length, `${read} bytes were read`)
})

test('lists nested a hundred thousand deep, in a ballot and in an event', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const election = forge()
  const honest = election.ballot(0, [1])
  const nested = election.resign(honest, 0, (text) => text.replace('"choices":', `"note":${deep},"choices":`))
  const found = await rulesOf(election.open(nested))
  // Whether JSON.stringify can write such a thing depends on the engine.
  assert.equal(found.length, 1)
  assert.match(found[0]!, /^ballot\.(answers-)?canonical$/)
  const raw = joined([
    election.open(),
    frame(`${'0'.repeat(64)}.event.json`, new TextEncoder().encode(deep), 1_795_332_664),
  ])
  assert.ok((await rulesOf(raw)).includes('event.shape'))
})

test('a ballot of 100 MB is refused without being parsed', async () => {
  const election = forge()
  const honest = election.ballot(0, [1])
  const large = honest.replace('"choices":', `"note":"${'x'.repeat(100_000_000)}","choices":`)
  const { findings } = await report(election.open(large))
  assert.deepEqual(
    findings.filter(({ class: c, rule }) => c === 'refused' && !rule.startsWith('count.')).map(({ rule }) => rule),
    ['ballot.form'],
  )
  assert.match(findings[0]!.detail!, /^10\d{7} bytes, the limit is 16777216$/)
})

test('a note of 15 million letters beside a member that stands twice is read without a stack', async () => {
  const election = forge()
  const long = `"note":"${'x'.repeat(15_000_000)}","note":"","choices":`
  const ballot = election.resign(election.ballot(0, [1]), 0, (text) => text.replace('"choices":', long))
  assert.deepEqual(await rulesOf(election.open(ballot)), ['ballot.answers-canonical'])
})

test('a member called by a million letters is named in a thousand: a thousand findings must not hold the archive', async () => {
  const election = forge()
  const name = 'x'.repeat(1_000_000)
  const ballot = election.resign(election.ballot(0, [1]), 0, (text) => text.replace(/\}\]\}$/, `,"${name}":1}]}`))
  const { findings } = await report(election.open(ballot))
  assert.deepEqual(
    findings.map(({ rule, place }) => [rule, place.path]),
    [['ballot.answers-canonical', `${`answers[0].${name}`.slice(0, 1000)}…`]],
  )
})

test('a text made to mislead a regular expression takes no longer than its length', async () => {
  const election = forge()
  const honest = election.ballot(0, [1])
  const bait = '],\\"signature\\":{\\"hash\\":\\"'.repeat(30_000)
  const { findings } = await report(election.open(honest.replace('"choices":', `"note":"${bait}","choices":`)))
  assert.equal(findings[0]?.rule, 'ballot.answers-canonical')
})

test('a record of many empty values, which take memory by the fifty bytes, is refused before it is parsed', async () => {
  const many = `[${'{},'.repeat(4_999_999)}{}]`
  for (const [role, rule] of [
    ['election', 'election.form'],
    ['trustees', 'trustee.form'],
    ['public_credentials', 'credential.form'],
  ] as const) {
    const taken = await takeApart(forge().open())
    taken.steps[0]!.texts[role] = many
    const before = process.memoryUsage().heapUsed
    const { findings } = await report(putTogether(taken, latin1))
    const found = findings.find((each) => each.rule === rule)
    assert.equal(found?.detail, 'expected: JSON of at most 5000000 values')
    assert.ok(process.memoryUsage().heapUsed - before < 100e6)
  }
  assert.deepEqual(parseText(`[${'1,'.repeat(2_600_000)}1]`), Array(2_600_001).fill(1))
})

test('limits of a question near 2^53 are a finding, not a loop: only the powers that a ballot asks for are made', async () => {
  const far = Number.MAX_SAFE_INTEGER
  const question = { answers: ['Setuju'], min: 1, max: 1, question: 'Setuju?' }
  const ballot = forge({ questions: [question] }).ballot(0, [1])
  const found = await rulesOf(forge({ questions: [{ ...question, min: far, max: far }] }).open(ballot))
  assert.deepEqual(found.toSorted(), ['ballot.fingerprint', 'ballot.individual-proof', 'ballot.overall-proof'])
})

test('a question of 40 answers with a disjunct for each number of them: they are multiplied once, not for each', async () => {
  const answers = Array.from({ length: 40 }, (_, k) => `${k}`)
  const election = forge({ questions: [{ answers, min: 0, max: 40, question: '?' }] })
  let multiplied = 0
  const counting = (name: GroupName): Group<unknown> => {
    const group = openGroup(name)
    const multiply = (a: unknown, b: unknown) => {
      multiplied++
      return group.multiply(a, b)
    }
    return { ...group, multiply }
  }
  const ballot = election.ballot(
    0,
    answers.map((_, k) => k % 2),
  )
  const { verdict } = await verify(bytesSource(election.open(ballot)), { openGroup: counting })
  assert.equal(verdict, 'sound')
  // 78 for the two products, 80 for the powers of g beside them, 80 for the tally, and some for the set-up.
  assert.ok(multiplied < 400, `${multiplied}`)
})

const one = '1'.padStart(64, '0')
const neutral = { alpha: one, beta: one }
/** Judges nothing, so that only framing and order are tried. */
const idle = () => ({
  judge: async () => ({
    findings: [],
    classes: { refused: 0, 'not-canonical': 0, profile: 0, unusable: 0 },
    counts: { records: 0, hashes: 0, ballots: 0, proofs: 0, memberships: 0, signatures: 0 },
    product: [[neutral, neutral]],
  }),
  width: 1,
  chunk: { ballots: 100, bytes: 1e6 },
  close: async () => {},
})
