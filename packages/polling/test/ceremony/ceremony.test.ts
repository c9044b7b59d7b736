import { deepEqual, equal, match, ok, throws } from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { keysOf, openGroup, readTrustees } from '@melayani/ballot'
import { isOpen } from '../../src/card/index.ts'
import { Ceremony } from '../../src/ceremony/ceremony.ts'
import { checkCeremony, openBox, readAnswer, readOrder, rollKeyAbout } from '../../src/ceremony/index.ts'
import { countPool, printPool, sheetsThere, wipeLeftovers } from '../../src/ceremony/pools.ts'
import { newSigningKey, sign } from '../../src/format/index.ts'
import { type Cut, openMedium } from '../../src/media/medium.ts'
import {
  countAll,
  hold,
  makeKeys,
  openCeremony,
  pinOf,
  presentCard,
  type Room,
  room,
  testBox,
  testOrder,
} from './held.ts'

const rooms: Room[] = []
const newRoom = () => rooms[rooms.push(room()) - 1]!
after(() => {
  for (const { folder } of rooms) rmSync(folder, { recursive: true, force: true })
})
const filesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name))

const order = testOrder({ pools: [4, 5] })
const held = newRoom()
const { ceremony, answer } = await hold(held, order)

test('what a ceremony answers stands every check, and the centre alone reads the rolls’ keys', async () => {
  deepEqual(await checkCeremony(JSON.stringify(order), answer), [])
  equal(ceremony.phase(), 'done')
  const { answer: made } = readAnswer(answer)!
  deepEqual(
    made.tps.map(({ pool, owners }) => [
      pool.size,
      owners.map(({ name, outside }) => `${name}${outside ? ' (luar)' : ''}`),
    ]),
    [
      [4, ['Dinas PMD (luar)', 'Ketua 1', 'Saksi 1', 'Saksi 2']],
      [5, ['Dinas PMD (luar)', 'Ketua 2', 'Saksi 1', 'Saksi 2']],
    ],
  )
  held.insert('ketua-2')
  const chair = held.reader().card()!.open(pinOf('ketua-2'))
  ok(isOpen(chair))
  const about = rollKeyAbout(order.election.id, 'tps-2')
  equal(openBox(testBox.secret, made.tps[1]!.rollKey, about), chair.rollKey)
  equal(openBox(testBox.secret, made.tps[1]!.rollKey, rollKeyAbout(order.election.id, 'tps-1')), undefined)
  equal(openBox('11'.repeat(32), made.tps[1]!.rollKey, about), undefined)
})

test('each altered part of an answer is refused by its own rule, also when it is signed anew', async () => {
  const stranger = newSigningKey()
  type Made = ReturnType<typeof JSON.parse>
  const altered = async (change: (made: Made) => unknown, keepKey = false) => {
    const { signed } = readAnswer(answer)!
    const made = JSON.parse(signed.text) as Made
    change(made)
    // A laptop that lies signs with a key of its own.
    if (!keepKey) {
      made.committee.key = stranger.key
      made.officers[0].key = stranger.key
    }
    const text = JSON.stringify(made)
    const own = sign('ceremony/1', text, { role: 'committee', signer: 'Panitia Percontohan' }, stranger.secret)
    const other = newSigningKey()
    const rest = keepKey ? [] : [sign('ceremony/1', text, { role: 'chair', signer: 'Ketua 1' }, other.secret)]
    const faults = await checkCeremony(JSON.stringify(order), JSON.stringify({ text, signatures: [own, ...rest] }))
    return [...new Set(faults.map(({ rule }) => rule))].filter((rule) => rule !== 'ceremony.strange-signature')
  }
  deepEqual(await altered(() => {}), [])
  deepEqual(await altered(() => {}, true), ['ceremony.committee'])
  deepEqual(await altered((made) => void made.officers.pop()), ['ceremony.officers'])
  deepEqual(await altered((made) => Object.assign(made.officers[2], { key: made.officers[3].key })), [
    'ceremony.officer-key',
    'ceremony.owner',
  ])
  deepEqual(await altered((made) => Object.assign(made, { election: 'x' })), ['ceremony.other-order'])
  deepEqual(await altered((made) => Object.assign(made, { mode: 'practice' })), ['ceremony.other-order'])
  deepEqual(await altered((made) => void made.tps.reverse()), ['ceremony.tps'])
  deepEqual(await altered((made) => void made.tps[1].commitments.reverse()), ['ceremony.commitment'])
  deepEqual(await altered((made) => Object.assign(made.tps[0].owners[1], { name: 'Saksi 9' })), ['ceremony.trustees'])
  deepEqual(
    await altered((made) => Object.assign(made.tps[0].owners[1], { signature: made.tps[1].owners[1].signature })),
    ['ceremony.owner'],
  )
  deepEqual(await altered((made) => Object.assign(made.tps[0].pool, { hash: '00'.repeat(32) })), ['ceremony.pool'])
  // A token too many, made by the laptop after the count.
  const more = (made: Made) => {
    const list = [...JSON.parse(made.tps[0].credentials), JSON.parse(made.tps[1].credentials)[0]]
    list.sort(openGroup('Ed25519').compare)
    made.tps[0].credentials = JSON.stringify(list)
  }
  deepEqual(await altered(more), ['ceremony.pool', 'ceremony.credential'])
  // Candidates that changed places (R37), an election whose key is another, and keys that no card has.
  const swapped = (made: Made) => {
    made.tps[0].election = made.tps[0].election
      .replace('1. Sari Wulandari', '1. Budi Santoso')
      .replace('2. Budi', '2. Sari')
  }
  equal((await altered(swapped))[0], 'ceremony.election')
  deepEqual(await altered((made) => Object.assign(made.tps[0], { election: made.tps[1].election })), [
    'ceremony.setup',
    'ceremony.uuid',
  ])
  deepEqual(await altered((made) => Object.assign(made.tps[0], { trustees: made.tps[1].trustees })), ['ceremony.setup'])
  // Signed by the committee alone, or by nobody.
  const { signed } = readAnswer(answer)!
  const rules = async (text: string) => (await checkCeremony(JSON.stringify(order), text)).map(({ rule }) => rule)
  deepEqual(await rules(JSON.stringify({ ...signed, signatures: signed.signatures.slice(0, 1) })), ['ceremony.witness'])
  deepEqual(await rules(JSON.stringify({ ...signed, signatures: [] })), ['ceremony.committee', 'ceremony.witness'])
  deepEqual(await rules(JSON.stringify({ ...signed, text: `${signed.text} ` })), [
    'ceremony.signature',
    'ceremony.signature',
  ])
  deepEqual(await rules('{}'), ['ceremony.form'])
  deepEqual((await checkCeremony('{"format":1}', answer)).map(({ rule }) => rule).at(0), 'ceremony.order')
})

const isTrustee = (id: string) => ceremony.state.owned[id] !== undefined

test('nothing secret is left on the laptop, and the sheets are gone once they are counted', () => {
  deepEqual(readdirSync(held.prints), [])
  const secrets = order.officers
    .map(({ id }) => id)
    .concat(ceremony.people.holders.map(({ id }) => id))
    .flatMap((id) => {
      held.insert(id)
      const open = held.reader().card()!.open(pinOf(id))
      if (!isOpen(open)) throw new Error(id)
      const { signing, rollKey, keys, dealing } = open.content()
      // Seeds of the key generation went with the last round.
      deepEqual(Object.keys(dealing), isTrustee(id) ? [] : ['ceremony'])
      return [signing, ...(rollKey ? [rollKey] : []), ...keys.map(({ secret }) => JSON.parse(secret).secret as string)]
    })
  equal(secrets.length > 12, true)
  const files = filesUnder(held.laptop)
  equal(files.length, 1)
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  for (const secret of secrets) {
    for (const text of texts) equal(text.includes(secret), false)
    equal(answer.includes(secret), false)
  }
  // PINs neither, nor anything that looks like a token.
  for (const { id } of order.officers)
    equal(
      texts.some((text) => text.includes(pinOf(id))),
      false,
    )
  equal(/[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}-/.test(texts.join()), false)
})

test('a trustee’s card opens elections of its own ceremony only', () => {
  const trustees = readTrustees(readAnswer(answer)!.answer.tps[0]!.trustees)
  equal(keysOf(trustees).length, 4)
  held.insert('saksi-1')
  const open = held.reader().card()!.open(pinOf('saksi-1'))
  ok(isOpen(open))
  deepEqual(
    open.content().keys.map(({ elections }) => elections.length),
    [1, 1],
  )
})

test('the reader must be empty for a new card, a card of another ceremony is not taken, and nobody goes twice', () => {
  const place = newRoom()
  const begun = openCeremony(place, order)
  place.insert()
  equal(begun.makeCard(place.reader(), 'panitia', pinOf('panitia')), undefined)
  deepEqual(begun.makeCard(place.reader(), 'ketua-1', pinOf('ketua-1')), { refused: 'reader-full' })
  deepEqual(begun.makeCard(place.reader(), 'panitia', pinOf('panitia')), { refused: 'already' })
  deepEqual(begun.makeCard(place.reader(), 'orang-lain', pinOf('x')), { refused: 'stranger' })
  place.insert()
  throws(() => begun.makeCard(place.reader(), 'ketua-1', '123456'), /guessable/)
  deepEqual(presentCard(place, begun, 'panitia'), { refused: 'already' })
  // The same people with the cards of the ceremony before.
  const again = new Ceremony(
    (() => {
      const read = readOrder(JSON.stringify(order))
      if (!read.ok) throw new Error()
      return read
    })(),
    openMedium('laptop', path.join(place.folder, 'second')),
  )
  held.insert('saksi-1')
  const card = held.reader().card()!.open(pinOf('saksi-1'))
  ok(isOpen(card))
  deepEqual(again.present(card), { refused: 'used-card' })
})

test('an order that cannot be held says why', () => {
  const rules = (change: (order: ReturnType<typeof testOrder>) => unknown) => {
    const copy = structuredClone(order) as ReturnType<typeof testOrder>
    change(copy)
    const read = readOrder(JSON.stringify(copy))
    return read.ok ? [] : [...new Set(read.faults.map(({ rule }) => rule))]
  }
  deepEqual(
    rules(() => {}),
    [],
  )
  deepEqual(
    rules((each) => each.candidates.reverse()),
    ['order.candidates'],
  )
  deepEqual(
    rules((each) => Object.assign(each, { threshold: { needed: 4, of: 3 } })),
    ['order.threshold'],
  )
  deepEqual(
    rules((each) => each.trustees.pop()),
    ['order.threshold'],
  )
  deepEqual(
    rules((each) => each.trustees.shift()),
    ['order.outside'],
  )
  deepEqual(
    rules((each) => each.trustees.push({ name: 'Saksi 1', outside: true })),
    ['order.trustees'],
  )
  deepEqual(
    rules((each) => each.officers.splice(1, 1)),
    ['order.trustees', 'order.chair'],
  )
  deepEqual(
    rules((each) => Object.assign(each.tps[1]!, { number: 1 })),
    ['order.tps'],
  )
})

test('sheets that were not counted right stay, and can be drawn anew: the earlier tokens are worth nothing', async () => {
  const place = newRoom()
  const one = testOrder({ pools: [3] })
  const keys = makeKeys(place, one)
  const prints = { folder: place.prints }
  await printPool(keys, prints, 'tps-1')
  const first = keys.state.pools['tps-1']!.credentials
  deepEqual(countPool(keys, prints, 'tps-1', 2), { refused: 'count', expected: 3 })
  ok(sheetsThere(keys, prints, 'tps-1'))
  await printPool(keys, prints, 'tps-1')
  const second = keys.state.pools['tps-1']!.credentials
  equal(JSON.parse(first).filter((each: string) => second.includes(each)).length, 0)
  deepEqual(readdirSync(place.prints), ['token-tps-1-2.pdf'])
  // What an interrupted drawing left is found and destroyed when the program begins.
  writeFileSync(path.join(place.prints, 'token-tps-1-7.pdf'), 'x')
  deepEqual(wipeLeftovers(openCeremony(place, one), prints), ['token-tps-1-7.pdf'])
  countAll(place, keys)
  deepEqual(readdirSync(place.prints), [])
})

test('kill -9 in every write of the ceremony, on the laptop and on the cards: it goes on where it was', async () => {
  const place = newRoom()
  const small = testOrder({ pools: [2], inside: 1, needed: 1 })
  let cuts = 0
  /** One act, ended in its first write, then in its second …, before, amid and after the bytes are there, until it comes through. */
  const through = async (act: (ceremony: Ceremony, cut: Cut) => unknown) => {
    for (let at = 1; ; at++) {
      for (const part of ['before', 'half', 'after'] as const) {
        let writes = 0
        const cut: Cut = (write, put) => {
          if (++writes !== at) return
          cuts++
          put(part === 'before' ? 0 : part === 'half' ? write.bytes >> 1 : write.bytes)
          throw new Error('cut')
        }
        try {
          await act(openCeremony(place, small, cut), cut)
          return
        } catch (error) {
          if (!(error instanceof Error && error.cause instanceof Error && error.cause.message === 'cut')) throw error
        }
      }
    }
  }
  const fine = (refusal: unknown) => deepEqual(refusal === undefined ? [] : [refusal], [])
  for (const { id } of openCeremony(place, small).people.holders) {
    place.insert()
    await through((each, cut) => {
      const refusal = each.makeCard(place.reader(cut), id, pinOf(id))
      // Done just before the plug was pulled: then it is known to be done.
      if (refusal?.refused !== 'already') fine(refusal)
    })
  }
  for (const phase of ['commit', 'reveal', 'take'] as const) {
    equal(openCeremony(place, small).phase(), phase)
    for (const { holder } of openCeremony(place, small).steps(phase))
      await through((each, cut) => {
        if (each.steps(phase).find((step) => step.holder.id === holder.id)!.done) return
        fine(presentCard(place, each, holder.id, cut))
      })
  }
  await through(async (each) => {
    wipeLeftovers(each, { folder: place.prints })
    await printPool(each, { folder: place.prints }, 'tps-1')
  })
  await through((each) => {
    if (each.state.pools['tps-1']!.stage === 'printed') fine(countPool(each, { folder: place.prints }, 'tps-1', 2))
  })
  for (const id of ['panitia', 'ketua-1'])
    await through((each, cut) => {
      const refusal = each.phase() === 'done' ? undefined : presentCard(place, each, id, cut)
      if (refusal?.refused !== 'already') fine(refusal)
    })
  equal(cuts > 60, true, `${cuts} cuts`)
  const last = openCeremony(place, small)
  deepEqual(await checkCeremony(JSON.stringify(small), last.answerText()!), [])
  // Nobody stands twice in what was signed.
  const made = last.state.minutes.map(({ what, who }) => `${what} ${who}`)
  deepEqual([...new Set(made)], made)
  match(made[0]!, /^card-made /)
})
