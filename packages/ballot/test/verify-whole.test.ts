import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { archiveRules, bytesSource, frame, type Source } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { openGroup } from '../src/group/index.ts'
import { hexHash } from '../src/hash.ts'
import { FindingList } from '../src/verify/findings.ts'
import type { ChunkVerdict, OpenJudge } from '../src/verify/judge.ts'
import { openPlainJudge } from '../src/verify/plain-judge.ts'
import { rules } from '../src/verify/rules.ts'
import { type VerifyOptions, verify } from '../src/verify/verify.ts'
import { alter, stepOf, type Taken, takeApart } from './alter.ts'
import { forge } from './forge.ts'
import { type ArchivePlan, makeArchive } from './make.ts'
import { quickGroup } from './quick-group.ts'

const read = (name: string) => new Uint8Array(readFileSync(new URL(`./archives/${name}.bel`, import.meta.url)))
async function named(source: Uint8Array | Source, options: VerifyOptions = {}): Promise<string[]> {
  const { findings } = await verify(source instanceof Uint8Array ? bytesSource(source) : source, {
    openGroup: quickGroup,
    ...options,
  })
  return findings.map(({ rule, place }) => `${rule} ${place.path ?? ''}`.trim())
}

// -- What was checked must be what had to be checked.

/** The plain judge, with something of its verdict changed. */
const lazy =
  (change: (verdict: ChunkVerdict) => ChunkVerdict): OpenJudge =>
  (context) => {
    const judge = openPlainJudge(context, openGroup)
    return { ...judge, judge: async (chunk) => change(await judge.judge(chunk)) }
  }
const open = read('3.0-open')
for (const key of ['ballots', 'proofs', 'memberships', 'signatures'] as const)
  test(`a judge who checks fewer ${key} than there are is found out`, async () => {
    const openJudge = lazy((verdict) => ({ ...verdict, counts: { ...verdict.counts, [key]: verdict.counts[key] - 1 } }))
    assert.deepEqual(await named(open, { openJudge }), [`count.${key}`])
  })

test('a judge that fails is closed, and its failure comes out', async () => {
  let closed = 0
  const openJudge: OpenJudge = (context) => ({
    ...openPlainJudge(context, openGroup),
    width: 2,
    chunk: { ballots: 1, bytes: 1 },
    judge: async () => {
      throw new Error('out of order')
    },
    close: async () => void closed++,
  })
  await assert.rejects(verify(bytesSource(open), { openJudge }), /out of order/)
  assert.equal(closed, 1)
})

test('chunks of one ballot each, three under way at once, come to the same report', async () => {
  const questions = read('3.0-questions')
  const openJudge: OpenJudge = (context) => ({
    ...openPlainJudge(context, openGroup),
    width: 3,
    chunk: { ballots: 1, bytes: 1e9 },
  })
  assert.deepEqual(await verify(bytesSource(questions), { openJudge }), await verify(bytesSource(questions)))
})

test('chunks by bytes: each ballot alone when it is as large as a chunk may be', async () => {
  const sizes: number[] = []
  const openJudge: OpenJudge = (context) => {
    const judge = openPlainJudge(context, openGroup)
    return {
      ...judge,
      chunk: { ballots: 100, bytes: 1000 },
      judge: (chunk) => {
        sizes.push(chunk.length)
        return judge.judge(chunk)
      },
    }
  }
  await verify(bytesSource(open), { openJudge })
  assert.deepEqual(sizes, [1, 1])
})

// -- Events and framing.

const revotes = read('3.0-revotes')
const sequence: [what: string, change: (taken: Taken) => void, findings: string[]][] = [
  ['the identical ballot twice', (t) => t.steps.splice(2, 0, stepOf(t, 'Ballot', 0)), ['event.duplicate-ballot']],
  ['a second Setup', (t) => t.steps.splice(1, 0, stepOf(t, 'Setup')), ['event.second-setup']],
  ['a ballot after the end', (t) => t.steps.splice(6, 0, ...t.steps.splice(5, 1)), ['event.order']],
  ['no end before the tally', (t) => t.steps.splice(6, 1), ['event.order']],
  ['two tallies', (t) => t.steps.splice(7, 0, stepOf(t, 'EncryptedTally')), ['event.order', 'count.memberships']],
  [
    'a trustee who decrypts twice',
    (t) => t.steps.splice(8, 0, stepOf(t, 'PartialDecryption')),
    ['event.duplicate-owner'],
  ],
  ['two results', (t) => t.steps.push(stepOf(t, 'Result')), ['event.after-result']],
  [
    'a second, different result before the true one',
    (t) => t.steps.splice(-1, 0, { type: 'Result', texts: { result: '{"result":[[1,1,0]]}' } }),
    ['result.value result[0][0]', 'result.value result[0][1]', 'event.after-result'],
  ],
  ['a ballot after the result', (t) => t.steps.push(t.steps.splice(5, 1)[0]!), ['event.after-result']],
]
for (const [what, change, findings] of sequence)
  test(`${what}: ${[...new Set(findings)].join(', ')}`, async () => {
    assert.deepEqual(await named(await alter(revotes, change)), findings)
  })

test('a record that belongs to nothing: it is named, and so is that it is one too many', async () => {
  const stray = frame(`${'0'.repeat(64)}.data.json`, new TextEncoder().encode('"halo"'), 0)
  assert.deepEqual((await named(joined([open, stray]))).sort(), [
    'archive.time',
    'count.hashes',
    'count.records',
    'record.hash',
    'record.unreferenced',
  ])
})

test('a ballot that is named but not there', async () => {
  const { timestamp } = await takeApart(open)
  const last = open.length - 512
  const event = JSON.parse(new TextDecoder().decode(open.subarray(last)).replaceAll('\0', ''))
  const text = JSON.stringify({ ...event, payload: hexHash('"another"') })
  const record = frame(`${hexHash(text)}.event.json`, new TextEncoder().encode(text), timestamp)
  assert.deepEqual((await named(joined([open.subarray(0, last - 512), record]))).sort(), [
    'count.ballots',
    'count.memberships',
    'count.proofs',
    'count.signatures',
    'event.payload',
    'record.unreferenced',
  ])
})

test('a file that changes between its two readings', async () => {
  const changed = open.slice()
  const at = changed.lastIndexOf('}'.charCodeAt(0), open.length - 1600)
  let reads = 0
  const source: Source = {
    size: open.length,
    read: async (offset, length) => {
      reads++
      if (reads > 1) changed[at] = 0x20
      return changed.slice(offset, offset + length)
    },
  }
  const found = await named(source)
  assert.deepEqual(found.slice(0, 2), ['record.hash', 'ballot.form'])
})

test('of a million findings the first thousand are kept and the others counted', () => {
  const findings = new FindingList()
  for (let i = 0; i < 1_000_000; i++) findings.require('record.hash', i % 2 === 0, { record: i })
  assert.equal(findings.kept.length, 1000)
  assert.deepEqual(findings.kept.at(-1)?.place, { record: 1999 })
  assert.equal(findings.omitted, 499_000)
  assert.equal(findings.classes.refused, 500_000)
})

test('findings of a judge that kept only some of its own are all counted', () => {
  const all = new FindingList()
  const own = new FindingList(2)
  for (let i = 0; i < 5; i++) own.require('ballot.signature', false, { ballot: i })
  own.require('ballot.answers-canonical', false, { ballot: 5 })
  all.require('record.hash', false, {})
  all.take({ findings: own.kept, classes: own.classes })
  assert.equal(all.kept.length, 3)
  assert.equal(all.omitted, 4)
  assert.deepEqual(all.classes, { refused: 6, 'not-canonical': 1, profile: 0, unusable: 0 })
})

// -- What is demanded beyond the format.

test('a result is demanded: there is one', async () => {
  assert.deepEqual(await named(read('3.0-all-blank'), { final: true }), [])
})
test('a result is demanded: there is none yet', async () => {
  const report = await verify(bytesSource(read('3.0-tallied')), { final: true })
  assert.equal(report.verdict, 'profile')
  assert.deepEqual(
    report.findings.map(({ rule }) => rule),
    ['profile.final'],
  )
})

const plan: ArchivePlan = {
  group: 'Ed25519',
  questions: [{ answers: ['1. Ani', '2. Budi'], blank: true, min: 1, max: 1, question: 'Siapa kepala desa?' }],
  voters: 3,
  votes: 3,
  trustees: { single: 1 },
  stage: 'open',
  order: 'hash',
}
const plans: [what: string, plan: Partial<ArchivePlan>, findings: string[]][] = [
  ['as it should be', {}, []],
  ['without blank, which is allowed as well', { questions: [{ ...plan.questions[0]!, blank: false }], votes: 2 }, []],
  [
    'two questions',
    { questions: [plan.questions[0]!, plan.questions[0]!], votes: 0 },
    ['pilkades.one-question questions'],
  ],
  [
    'choose up to two',
    { questions: [{ ...plan.questions[0]!, max: 2 }], votes: 0 },
    ['pilkades.choose-one questions[0]'],
  ],
  [
    'choose none or one',
    { questions: [{ ...plan.questions[0]!, min: 0 }], votes: 0 },
    ['pilkades.choose-one questions[0]'],
  ],
  ['weights', { weights: [1, 2, 1], votes: 0 }, ['pilkades.weight [2]']],
]
const pilkades = { profile: 'pilkades' } as const
for (const [what, change, findings] of plans)
  test(`an election of a village head, ${what}`, async () => {
    assert.deepEqual(await named(makeArchive({ ...plan, ...change }).bytes, pilkades), findings)
  })

const small = forge({ questions: [{ answers: ['1. Ani', '2. Budi'], min: 1, max: 1, question: 'Siapa?' }] })
const inOrder = (...ballots: string[]) => ballots.sort((a, b) => (hexHash(a) < hexHash(b) ? -1 : 1))

test('an election of a village head: the order of ballots must not be that of voting', async () => {
  const [first, second] = inOrder(small.ballot(0, [0, 1]), small.ballot(1, [1, 0])) as [string, string]
  assert.deepEqual(await named(small.open(first, second), pilkades), [])
  assert.deepEqual(await named(small.open(second, first), pilkades), ['pilkades.ballot-order'])
})

test('an election of a village head: a credential votes once', async () => {
  const ballots = inOrder(small.ballot(0, [0, 1]), small.ballot(0, [1, 0]))
  assert.deepEqual(await named(small.open(...ballots), pilkades), ['pilkades.revote credential'])
  assert.deepEqual(await named(small.open(...ballots)), [])
})

test('an election of a village head: two booths with the same randomness, as cloned machines have it', async () => {
  const ballots = inOrder(small.cloned(0, [0, 1]), small.cloned(1, [1, 0]))
  assert.deepEqual(await named(small.open(...ballots), pilkades), ['pilkades.alpha', 'pilkades.alpha'])
  assert.deepEqual(await named(small.open(...ballots)), [])
})

test('an election of a village head: the roll out of order', async () => {
  const bytes = await alter(makeArchive({ ...plan, votes: 0 }).bytes, (taken) => {
    const setup = stepOf(taken, 'Setup')
    setup.texts.public_credentials = JSON.stringify(JSON.parse(setup.texts.public_credentials!).reverse())
  })
  assert.deepEqual(await named(bytes, pilkades), ['pilkades.credential-order [1]', 'pilkades.credential-order [2]'])
  assert.deepEqual(await named(bytes), [])
})

// -- The registry.

test('every fault of the archive layer is a rule', () => {
  for (const id of Object.keys(archiveRules)) assert.ok(id in rules, id)
})

test('every rule says what must hold in two languages, as a sentence, and where it comes from', () => {
  const said = new Set<string>()
  for (const [id, { says, source, class: ruleClass }] of Object.entries(rules)) {
    assert.match(id, /^[a-z]+\.[a-z-]+$/)
    for (const sentence of [says.id, says.en]) {
      assert.match(sentence, /^\p{Lu}.{15,}\.$/u, id)
      assert.ok(!said.has(sentence), `${id} says what another rule says`)
      said.add(sentence)
    }
    assert.ok(source.length > 0)
    assert.ok(['refused', 'not-canonical', 'profile', 'unusable'].includes(ruleClass))
  }
})
