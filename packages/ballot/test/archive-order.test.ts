import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ArchiveRule,
  ArchiveWriter,
  archiveRules,
  frame,
  Order,
  readEvent,
  type Stage,
  writeEvent,
  writeHeader,
} from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { hexHash } from '../src/hash.ts'
import {
  chained,
  dataRecord,
  eventRecord,
  judged,
  listed,
  madeArchive,
  ownedTexts,
  setupTexts,
  tallyTexts,
  timestamp,
} from './archive-made.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const setup = { type: 'Setup', texts: setupTexts() } as const
const ballot = (n: number) => ({ type: 'Ballot', texts: [`{"ballot":${n}}`] }) as const
const end = { type: 'EndBallots' } as const
const tally = { type: 'EncryptedTally', texts: tallyTexts() } as const
const partial = (owner: number) => ({ type: 'PartialDecryption', texts: ownedTexts(owner) }) as const
const shuffle = (owner: number) => ({ type: 'Shuffle', texts: ownedTexts(owner, '{"shuffle":1}') }) as const
const result = { type: 'Result', texts: ['{"result":[[1]]}'] } as const
const whole = [setup, ballot(0), end, tally, partial(1), partial(2), result] as const

/** The archive `open` with the text of its last event (the ballot's) another one. */
function withLastEvent(change: (text: string) => string) {
  const bytes = madeArchive('open')
  const at = bytes.length - 512
  const text = new TextDecoder().decode(bytes.subarray(at)).replaceAll('\0', '')
  const changed = change(text)
  assert.notEqual(changed, text)
  return joined([bytes.subarray(0, at - 512), eventRecord(changed)])
}

const cases: { what: string; bytes: Uint8Array; rules: ArchiveRule[]; stage: Stage }[] = [
  { what: 'the usual course', bytes: chained(whole), rules: [], stage: 'decrypted' },
  { what: 'no ballot at all', bytes: chained([setup, end, tally, partial(1), result]), rules: [], stage: 'decrypted' },
  { what: 'only the Setup', bytes: chained([setup]), rules: [], stage: 'open' },
  { what: 'ended', bytes: chained([setup, end]), rules: [], stage: 'ended' },
  { what: 'tallied', bytes: chained([setup, end, tally]), rules: [], stage: 'tallied' },
  { what: 'one of several decrypted', bytes: chained([setup, end, tally, partial(2)]), rules: [], stage: 'tallied' },
  { what: 'two Setups', bytes: chained([setup, setup]), rules: ['event.second-setup'], stage: 'open' },
  {
    what: 'another Setup after ballots',
    bytes: chained([setup, ballot(0), { type: 'Setup', texts: setupTexts(2) }, ballot(1)]),
    rules: ['event.second-setup'],
    stage: 'open',
  },
  {
    what: 'a ballot before the Setup',
    bytes: chained([ballot(0), setup]),
    rules: ['event.order', 'event.order'],
    stage: 'open',
  },
  { what: 'no Setup', bytes: chained([ballot(0)]), rules: ['event.order', 'event.no-setup'], stage: 'open' },
  {
    what: 'a ballot after EndBallots',
    bytes: chained([setup, end, ballot(0)]),
    rules: ['event.order'],
    stage: 'ended',
  },
  { what: 'EndBallots twice', bytes: chained([setup, end, end]), rules: ['event.order'], stage: 'ended' },
  {
    what: 'a tally without EndBallots',
    bytes: chained([setup, ballot(0), tally]),
    rules: ['event.order'],
    stage: 'tallied',
  },
  {
    what: 'two tallies',
    bytes: chained([setup, end, tally, { type: 'EncryptedTally', texts: tallyTexts('[["other"]]') }]),
    rules: ['event.order'],
    stage: 'tallied',
  },
  {
    what: 'decrypted before the tally',
    bytes: chained([setup, end, partial(1)]),
    rules: ['event.order'],
    stage: 'tallied',
  },
  {
    what: 'a result without decryption',
    bytes: chained([setup, end, tally, result]),
    rules: ['event.order'],
    stage: 'decrypted',
  },
  { what: 'a result while open', bytes: chained([setup, result]), rules: ['event.order'], stage: 'decrypted' },
  {
    what: 'a ballot after the result',
    bytes: chained([...whole, ballot(1)]),
    rules: ['event.after-result'],
    stage: 'decrypted',
  },
  {
    what: 'a second result',
    bytes: chained([...whole, { type: 'Result', texts: ['{"result":[[9]]}'] }]),
    rules: ['event.after-result'],
    stage: 'decrypted',
  },
  {
    what: 'the identical ballot twice',
    bytes: chained([setup, ballot(0), ballot(1), ballot(0)]),
    rules: ['event.duplicate-ballot'],
    stage: 'open',
  },
  {
    what: 'one trustee twice',
    bytes: chained([setup, end, tally, partial(1), { type: 'PartialDecryption', texts: ownedTexts(1, '{"other":1}') }]),
    rules: ['event.duplicate-owner'],
    stage: 'tallied',
  },
  {
    what: 'shuffles',
    bytes: chained([setup, end, tally, shuffle(1), { type: 'EndShuffles' }, partial(1), result]),
    rules: ['event.unsupported', 'event.unsupported'],
    stage: 'decrypted',
  },
  {
    what: 'a shuffle after a decryption',
    bytes: chained([setup, end, tally, partial(1), shuffle(1)]),
    rules: ['event.unsupported', 'event.order'],
    stage: 'tallied',
  },
  {
    what: 'a record that nothing refers to, before a ballot',
    bytes: chained([setup, { type: 'Ballot', texts: ['"stray"', '{"ballot":0}'] }]),
    rules: ['record.unreferenced'],
    stage: 'open',
  },
  {
    what: 'seven of them',
    bytes: chained([
      setup,
      { type: 'Ballot', texts: [...'abcdefg'].map((letter) => `"${letter}"`).concat('{"ballot":0}') },
    ]),
    rules: Array<ArchiveRule>(7).fill('record.unreferenced'),
    stage: 'open',
  },
  {
    what: 'one before EndBallots',
    bytes: chained([setup, { type: 'EndBallots', texts: ['"stray"'] }]),
    rules: ['event.payload', 'record.unreferenced'],
    stage: 'ended',
  },
  {
    what: 'one at the end',
    bytes: joined([chained([setup]), dataRecord('"stray"')]),
    rules: ['record.unreferenced'],
    stage: 'open',
  },
  {
    what: 'a ballot without payload',
    bytes: chained([setup, { type: 'Ballot' }]),
    rules: ['event.payload'],
    stage: 'open',
  },
  {
    what: 'a payload that is not there',
    bytes: withLastEvent((text) => text.replace(/("payload":")[0-9a-f]{4}/, '$10000')),
    rules: ['event.payload', 'record.unreferenced'],
    stage: 'open',
  },
  {
    what: 'a payload from earlier in the archive',
    bytes: withLastEvent((text) => text.replace(/("payload":")[0-9a-f]{64}/, `$1${hexHash('["trustees"]')}`)),
    rules: ['event.payload', 'record.unreferenced'],
    stage: 'open',
  },
  {
    what: 'the trustees missing',
    bytes: chained([{ type: 'Setup', texts: setupTexts().filter((_, i) => i !== 1) }]),
    rules: ['record.missing'],
    stage: 'open',
  },
  {
    what: 'trustees before the election',
    bytes: chained([{ type: 'Setup', texts: [1, 0, 2, 3].map((i) => setupTexts()[i]!) }]),
    rules: ['record.order'],
    stage: 'open',
  },
  {
    what: 'the tally behind its sizes',
    bytes: (() => {
      const [text, sized] = tallyTexts() as [string, string]
      const before = chained([setup, end])
      const order = [dataRecord(sized), dataRecord(text)]
      const event = readEvent(before.subarray(before.length - 512, before.length - 512 + 108)).value!
      const parent = hexHash(writeEvent(event))
      return joined([
        before,
        ...order,
        eventRecord(writeEvent({ parent, height: 2, type: 'EncryptedTally', payload: hexHash(sized) })),
      ])
    })(),
    rules: ['record.order'],
    stage: 'tallied',
  },
  {
    what: 'setup data that is something else',
    bytes: chained([{ type: 'Setup', texts: ['{"election":1}'] }]),
    rules: ['record.shape'],
    stage: 'open',
  },
  {
    what: 'setup data with a space',
    bytes: chained([
      { type: 'Setup', texts: setupTexts().map((text, i) => (i === 3 ? text.replace(',', ', ') : text)) },
    ]),
    rules: ['record.canonical'],
    stage: 'open',
  },
  {
    what: 'a wrong parent',
    bytes: withLastEvent((text) => text.replace(/("parent":")[0-9a-f]{4}/, '$10000')),
    rules: ['event.parent'],
    stage: 'open',
  },
  {
    what: 'no parent',
    bytes: withLastEvent((text) => text.replace(/"parent":"[0-9a-f]{64}",/, '')),
    rules: ['event.parent'],
    stage: 'open',
  },
  {
    what: 'a height too high',
    bytes: withLastEvent((text) => text.replace('"height":1', '"height":2')),
    rules: ['event.height'],
    stage: 'open',
  },
  {
    what: 'an unknown type',
    bytes: withLastEvent((text) => text.replace('"Ballot"', '"Balot"')),
    rules: ['event.shape'],
    stage: 'open',
  },
  {
    what: 'an event with a field more',
    bytes: withLastEvent((text) => text.replace('}', ',"note":1}')),
    rules: ['event.canonical'],
    stage: 'open',
  },
  {
    what: 'an event in another order',
    bytes: withLastEvent((text) => text.replace(/"height":1,("type":"Ballot"),/, '$1,"height":1,')),
    rules: ['event.canonical'],
    stage: 'open',
  },
  {
    what: 'an event with a line break',
    bytes: withLastEvent((text) => `${text}\n`),
    rules: ['event.canonical'],
    stage: 'open',
  },
  {
    what: 'an event that is not JSON',
    bytes: withLastEvent((text) => text.slice(1)),
    rules: ['event.shape'],
    stage: 'open',
  },
  {
    what: 'an event that is a list',
    bytes: withLastEvent((text) => `[${text}]`),
    rules: ['event.shape'],
    stage: 'open',
  },
  {
    what: 'an event of 5,000 bytes',
    bytes: withLastEvent((text) => text + ' '.repeat(5000)),
    rules: ['event.shape'],
    stage: 'open',
  },
]

for (const { what, bytes, rules, stage } of cases)
  test(`order: ${what}: ${rules.length === 0 ? 'sound' : [...new Set(rules)].join(', ')}`, async () => {
    const judgement = await judged(bytes)
    assert.deepEqual([...judgement.rules].sort(), [...rules].sort())
    assert.equal(judgement.stage, stage)
  })

test('one event cut out is found by parent and height, and the rest of the chain is still followed', async () => {
  const bytes = chained([setup, ballot(0), ballot(1), ballot(2), end])
  const cut = joined([bytes.subarray(0, 1024 * 8), bytes.subarray(1024 * 10)])
  const { faults, entries } = await judged(cut)
  assert.deepEqual(
    faults.map(({ rule, record }) => [rule, record]),
    [
      ['event.parent', 10],
      ['event.height', 10],
    ],
  )
  assert.deepEqual(
    entries.map(({ event, sound }) => [event.height, sound]),
    [
      [0, true],
      [1, true],
      [3, false],
      [4, true],
    ],
  )
})

test('at most five records wait for an event: the sixth gives the first away at once, so that memory stays small', async () => {
  const order = new Order()
  const list = await listed(joined([chained([setup]), ...[...'abcdefg'].map((letter) => dataRecord(`"${letter}"`))]))
  const told = list.map((item) => item.kind !== 'fault' && order.take(item).faults.map(({ record }) => record))
  assert.deepEqual(told.slice(6), [[], [], [], [], [], [7], [8]])
  assert.equal(order.waiting, 5)
  assert.deepEqual(
    order.finish().map(({ rule, record }) => [rule, record]),
    [9, 10, 11, 12, 13].map((record) => ['record.unreferenced', record]),
  )
})

test('after an event that cannot be read the next one still has its parent', async () => {
  const bytes = chained([setup, ballot(0)])
  const unreadable = 'not an event'
  const next = writeEvent({ parent: hexHash(unreadable), height: 3, type: 'Ballot', payload: hexHash('"b"') })
  const { rules, entries } = await judged(
    joined([bytes, eventRecord(unreadable), dataRecord('"b"'), eventRecord(next)]),
  )
  assert.deepEqual(rules, ['event.shape'])
  assert.equal(entries.length, 3)
})

test('an event comes with its records by role, and with what its payload says', async () => {
  const { entries } = await judged(madeArchive('decrypted'))
  const told = entries.map(({ event, parts }) => [
    event.type,
    Object.entries(parts).map(([role, record]) => `${role} ${record.record}`),
  ])
  assert.deepEqual(told, [
    ['Setup', ['election 2', 'trustees 3', 'public_credentials 4', 'setup_data 5']],
    ['Ballot', ['ballot 7']],
    ['EndBallots', []],
    ['EncryptedTally', ['encrypted_tally 10', 'sized_encrypted_tally 11']],
    ['PartialDecryption', ['partial_decryption 13', 'owned 14']],
    ['PartialDecryption', ['partial_decryption 16', 'owned 17']],
    ['Result', ['result 19']],
  ])
  assert.deepEqual(entries[3]!.sized, { num_tallied: 1, total_weight: 1n, encrypted_tally: hexHash('[["tally"]]') })
  assert.deepEqual(entries[5]!.owned, { owner: 2, payload: hexHash('{"partial":2}') })
  assert.equal(entries[0]!.setup!.trustees, hexHash('["trustees"]'))
})

test('a credentials certificate, as of Belenios 3.2, stands between the credentials and setup_data', async () => {
  const writer = new ArchiveWriter()
  const texts = { election: '1', trustees: '2', credentials: '3', certificate: '4' }
  const bytes = joined([writer.begin(timestamp), writer.setup(texts)])
  const { faults, entries } = await judged(bytes)
  assert.deepEqual(faults, [])
  assert.deepEqual(
    Object.entries(entries[0]!.parts).map(([role, record]) => [role, record.record]),
    [
      ['election', 2],
      ['trustees', 3],
      ['public_credentials', 4],
      ['credentials_certificate', 5],
      ['setup_data', 6],
    ],
  )
})

test('every rule of the archive is broken by some test here, and none that is broken is unnamed', async () => {
  const open = madeArchive('open')
  const damaged = (at: number) => {
    const bytes = open.slice()
    bytes[at]! ^= 1
    return bytes
  }
  const wrongTime = joined([open, dataRecord('"late"', timestamp + 1)])
  const begin = joined([frame('BELENIOS', bytesOf('{}'), timestamp), open.subarray(1024)])
  const noSize = writeHeader('BELENIOS', 0, 0)
  noSize[124] = 0x39
  const others = [
    new Uint8Array(0),
    open.subarray(0, open.length - 1),
    ...[0, 101, 150, 700, 1024 + 515].map(damaged),
    noSize,
    wrongTime,
    begin,
    joined([open, new Uint8Array(512)]),
  ]
  const broken = new Set<ArchiveRule>()
  for (const bytes of [...cases.map((one) => one.bytes), ...others])
    for (const rule of (await judged(bytes)).rules) broken.add(rule)
  for (const rule of (await judged(open, { largestRecord: 100 })).rules) broken.add(rule)
  assert.deepEqual([...broken].sort(), Object.keys(archiveRules).sort())
})
