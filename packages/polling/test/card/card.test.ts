import { deepEqual, equal, match, ok, throws } from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { openGroup } from '@melayani/ballot'
import { combine } from '@melayani/ballot/trustee'
import { isOpen, makeFileCard, type OpenFileCard, openReader, pinFault, strongerFaults } from '../../src/card/index.ts'
import { signatureHolds } from '../../src/format/index.ts'
import { type Cut, openMedium } from '../../src/media/medium.ts'
import { insertCard, quickWork, testPin, writeTestCards } from '../cards.ts'
import { tallied } from '../tallied.ts'
import { makeTps } from '../village.ts'

const folders: string[] = []
const folder = () => folders[folders.push(mkdtempSync(path.join(tmpdir(), 'melayani-card-'))) - 1]!
after(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

const holder = { id: 'k1', name: 'Ketua', role: 'chair' } as const
const newCard = (at = folder()) => {
  makeFileCard(openMedium('cards', at), 'k1.card.json', holder, testPin, quickWork)
  return at
}
const opened = (at: string, options: Parameters<typeof openReader>[1] = {}): OpenFileCard => {
  const card = openReader(at, options).card()!.open(testPin)
  if (!isOpen(card)) throw new Error(JSON.stringify(card))
  return card
}

test('a PIN has six to twelve digits and is not the first that anybody would try', () => {
  const faults = ['12345', '1234567890123', '12345a', '111111', '123456', '987654', '', '260817', '112233'].map(
    pinFault,
  )
  deepEqual(faults, [
    'length',
    'length',
    'digits',
    'guessable',
    'guessable',
    'guessable',
    'length',
    undefined,
    undefined,
  ])
})

test('R67: five tries, then 15 seconds and twice as long each time, the fifteenth wrong one locks for good', () => {
  let now = 1_000_000
  const card = openReader(newCard(), { clock: () => now }).card()!
  const told: unknown[] = []
  for (let wrong = 1; wrong <= 15; wrong++) {
    const answer = card.open('000001')
    told.push('wait' in answer ? [answer.refused, answer.wait] : answer)
    if (!('wait' in answer) || answer.wait === 0) continue
    // One moment before the time is over not even the right one is looked at, and it costs no try.
    now += answer.wait * 1000 - 1
    deepEqual(card.open(testPin), { refused: 'wait', wait: 1 })
    now += 1
  }
  deepEqual(told.slice(0, 4), Array(4).fill(['pin', 0]))
  deepEqual(
    told.slice(4, 14),
    Array.from({ length: 10 }, (_, at) => ['pin', 15 * 2 ** at]),
  )
  deepEqual(told[14], { refused: 'locked' })
  now += 10 ** 12
  deepEqual(card.open(testPin), { refused: 'locked' })
  equal(card.left(), 0)
})

test('the right PIN begins the count anew', () => {
  const at = newCard()
  const card = openReader(at).card()!
  for (let wrong = 0; wrong < 4; wrong++) card.open('000001')
  equal(card.left(), 1)
  ok(isOpen(card.open(testPin)))
  equal(openReader(at).card()!.left(), 5)
})

test('a wrong PIN is written before it is answered: no cut of power gives a further try', () => {
  for (const part of ['before', 'half', 'all'] as const) {
    const at = newCard()
    let writes = 0
    const cut: Cut = (write, put) => {
      writes++
      if (part === 'half') put(write.bytes >> 1)
      if (part === 'all') put(write.bytes)
      throw new Error('cut')
    }
    // The process ends in the first write: whoever tries has been told nothing.
    throws(() => openReader(at, { cut }).card()!.open('000001'))
    equal(writes, 1)
    // A write that was not finished left the card as it was, and usable.
    equal(openReader(at).card()!.left(), 5)
    const told = openReader(at).card()!.open('000001')
    deepEqual(told, { refused: 'pin', left: 4, wait: 0 })
    equal(openReader(at).card()!.left(), 4)
  }
})

test('a clock that is put back locks nobody out for longer than the rule', () => {
  let now = 5_000_000_000
  const card = openReader(newCard(), { clock: () => now }).card()!
  for (let wrong = 0; wrong < 5; wrong++) card.open('000001')
  now -= 3_000_000_000
  deepEqual(card.open(testPin), { refused: 'wait', wait: 15 })
  now += 15_000
  equal(isOpen(card.open(testPin)), true)
})

test('two cards pushed in at once are none, a file that is no card is none, and an empty reader is empty', () => {
  const at = folder()
  equal(openReader(at).state(), 'empty')
  newCard(at)
  equal(openReader(at).state(), 'card')
  cpSync(path.join(at, 'k1.card.json'), path.join(at, 'k2.card.json'))
  equal(openReader(at).state(), 'several')
  equal(openReader(at).card(), undefined)
  rmSync(path.join(at, 'k1.card.json'))
  writeFileSync(path.join(at, 'k2.card.json'), '{}')
  equal(openReader(at).state(), 'unreadable')
})

test('a card signs while it is in the reader, and no longer', () => {
  const at = newCard()
  const card = opened(at)
  const signature = card.sign('act/1', 'buka')
  deepEqual([signature.role, signature.signer, signature.key], ['chair', 'Ketua', card.key])
  ok(signatureHolds('act/1', 'buka', signature))
  equal(signatureHolds('act/1', 'tutup', signature), false)
  rmSync(path.join(at, 'k1.card.json'))
  throws(() => card.sign('act/1', 'buka'), /no longer in the reader/)
})

test('a card that was given another name, role or key does not open', () => {
  for (const change of [
    { name: 'Orang lain' },
    { role: 'supervisor' },
    { candidate: 1 },
    { tps: 'tps-9' },
    { id: 'k2' },
  ]) {
    const at = newCard()
    const file = path.join(at, 'k1.card.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
    deepEqual(openReader(at).card()!.open(testPin), { refused: 'pin', left: 4, wait: 0 })
  }
})

test('a new PIN takes the place of the old one, and what the card knew stays', () => {
  const at = newCard()
  const card = opened(at)
  card.keep({ ...card.content(), rollKey: 'ab'.repeat(32) })
  card.changePin('918273')
  deepEqual(openReader(at).card()!.open(testPin), { refused: 'pin', left: 4, wait: 0 })
  const again = openReader(at).card()!.open('918273')
  ok(isOpen(again))
  equal(again.rollKey, 'ab'.repeat(32))
  throws(() => card.changePin('000000'), /guessable/)
})

test('nothing secret stands in the file of a card', () => {
  const made = makeTps({ voters: 1, reserve: 0 })
  const at = folder()
  writeTestCards(made, at)
  const files = readdirSync(at).map((file) => readFileSync(path.join(at, file), 'utf8'))
  equal(files.length, made.officers.length + 1)
  const secrets = [
    made.rollKey,
    made.committee.secret,
    ...made.officers.map(({ secret }) => secret),
    ...made.trusteeSecrets.flatMap(({ exponent }) => [exponent.toString(), exponent.toString(16)]),
  ]
  // 1 committee, 8 officers, the roll's key, 4 trustees in two spellings.
  equal(secrets.length, 2 + made.officers.length + 8)
  for (const secret of secrets) for (const text of files) equal(text.includes(secret), false)
  // The scan finds a secret where one is.
  match(JSON.stringify(made.trusteeSecrets.map(({ exponent }) => `${exponent}`)), new RegExp(secrets.at(-2)!))
})

test('a trustee opens the announced tally, twice if asked, and no other of this or another election', () => {
  const made = makeTps({ voters: 3, reserve: 0 })
  const [cards, at] = [folder(), folder()]
  const { trustees } = writeTestCards(made, cards)
  insertCard(cards, at, trustees[0])
  const { order, board } = tallied(made, [1, 2, 1])
  const first = opened(at).decrypt!(order)
  ok(first.ok)
  equal(first.value.owner, 1)
  const group = openGroup('Ed25519')
  deepEqual(strongerFaults(group, board, 1, first.value.decryption, first.value.stronger), [])
  // Asked again after a restart: the same factors.
  const again = opened(at).decrypt!(order)
  ok(again.ok)
  deepEqual(again.value.decryption.decryption_factors, first.value.decryption.decryption_factors)
  // A single ballot, with everything else in order.
  const single = tallied(made, [1]).order
  deepEqual(opened(at).decrypt!(single), {
    ok: false,
    faults: [{ rule: 'order.second-tally', at: 'announced.tally' }],
  })
  const foreign = tallied(makeTps({ voters: 1, reserve: 0 }), [1]).order
  deepEqual(opened(at).decrypt!(foreign), {
    ok: false,
    faults: [{ rule: 'card.election', at: 'announced.election' }],
  })
  // Nobody else's card decrypts.
  insertCard(cards, at, 'petugas-2')
  equal(opened(at).decrypt, undefined)
})

test('what a card opened is on the card before the decryption leaves it', () => {
  const made = makeTps({ voters: 2, reserve: 0 })
  const [cards, at] = [folder(), folder()]
  const { trustees } = writeTestCards(made, cards)
  insertCard(cards, at, trustees[1])
  const { order } = tallied(made, [1, 2])
  // Writes 1 and 2 are those of the PIN; in the third the power goes.
  let writes = 0
  const cut: Cut = () => {
    if (++writes === 3) throw new Error('cut')
  }
  const card = opened(at, { cut })
  throws(() => card.decrypt!(order))
  equal(writes, 3)
  deepEqual(opened(at).content().opened, [])
  ok(opened(at).decrypt!(order).ok)
  deepEqual(
    opened(at)
      .content()
      .opened.map(({ tally }) => tally),
    [order.announced.tally],
  )
  // Pulled out in the middle: nothing leaves.
  const pulled = opened(at)
  insertCard(cards, at, undefined)
  deepEqual(pulled.decrypt!(order), { ok: false, faults: [{ rule: 'card.gone', at: 'card' }] })
})

test('the cards of a polling place open its tally together', () => {
  const made = makeTps({ voters: 6, reserve: 0 })
  const [cards, at] = [folder(), folder()]
  const { trustees } = writeTestCards(made, cards)
  const { order, board } = tallied(made, [1, 1, 2, 3, 0, 1])
  const decryptions = new Map(
    [trustees[0], trustees[1], trustees[3]].map((id) => {
      insertCard(cards, at, id)
      const done = opened(at).decrypt!(order)
      if (!done.ok) throw new Error(JSON.stringify(done))
      return [done.value.owner, done.value.decryption] as const
    }),
  )
  deepEqual([...decryptions.keys()], [1, 2, 4])
  // Blank first, as the format has it.
  deepEqual(combine(openGroup('Ed25519'), board, decryptions), { state: 'result', result: [[1n, 3n, 1n, 1n]] })
})
