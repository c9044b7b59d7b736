import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Card, CardGone, type OpenCard } from '../src/card/index.ts'
import { newSigningKey, type Officer, type Role, sign, signatureHolds } from '../src/format/index.ts'
import { Acts, listen, mountActs, openScreen, twoOfficers } from '../src/screen/index.ts'

const people = (['chair', 'officer', 'officer', 'operator'] as const).map((role, at) => ({
  id: `petugas-${at + 1}`,
  name: `Petugas ${at + 1}`,
  role,
  ...newSigningKey(),
}))
const officers: Officer[] = people.map(({ secret: _, ...officer }) => officer)

type Made = (typeof people)[number]
/** A card; `inserted` is false once it was pulled out. */
const cardOf = (person: Made, { role = person.role as Role, inserted = (): boolean => true } = {}): Card => {
  const { id, name, key } = person
  const mustBeIn = () => {
    if (!inserted()) throw new CardGone(name)
  }
  const open: OpenCard = {
    id,
    name,
    role,
    key,
    sign: (kind, text) => {
      mustBeIn()
      return sign(kind, text, { role, signer: name }, person.secret)
    },
    unseal: () => undefined,
  }
  return {
    id,
    name,
    role,
    key,
    left: () => 5,
    open: (typed) => (typed === '123456' ? open : { refused: 'pin', left: 4, wait: 0 }),
  }
}

/** Acts with a clock that a test sets, and a counter of what was done. */
function office() {
  const clock = { now: 0, text: 'line 7' }
  const acts = new Acts(
    () => officers,
    () => clock.now,
  )
  const done: string[][] = []
  const begin = (need = twoOfficers) =>
    acts
      .begin({
        title: () => 'Uji',
        need,
        back: '/',
        documents: () => [{ kind: 'act/1', text: clock.text }],
        run: (agreed) => {
          assert.ok(agreed.every(({ signatures }) => signatureHolds('act/1', clock.text, signatures[0]!)))
          done.push(agreed.map(({ id }) => id))
          return { to: '/done' }
        },
      })
      .slice('/act/'.length)
  return { acts, clock, done, begin }
}
const [chair, first, second, operator] = people as [Made, Made, Made, Made]

test('an act is done when two different officers agreed, and only once', async () => {
  const { acts, done, begin } = office()
  const id = begin()
  assert.deepEqual(await acts.present(id, cardOf(chair), '123456'), { waiting: true })
  assert.deepEqual(done, [])
  assert.deepEqual(await acts.present(id, cardOf(chair), '123456'), { problem: { code: 'same-officer' } })
  assert.deepEqual(await acts.present(id, cardOf(first), '123456'), { done: { to: '/done' } })
  assert.deepEqual(await acts.present(id, cardOf(second), '123456'), { problem: { code: 'expired' } })
  assert.deepEqual(done, [['petugas-1', 'petugas-2']])
})

test('two who press at the same moment do the act once', async () => {
  const { acts, done, begin } = office()
  const id = begin()
  await acts.present(id, cardOf(chair), '123456')
  const answers = await Promise.all([first, second].map((each) => acts.present(id, cardOf(each), '123456')))
  assert.deepEqual(answers, [{ done: { to: '/done' } }, { problem: { code: 'expired' } }])
  assert.equal(done.length, 1)
})

test('where the chair must be among the two, two others are not enough, in whichever order they come', async () => {
  const { acts, done, begin } = office()
  const need = { ...twoOfficers, among: 'chair' } as const
  const id = begin(need)
  assert.deepEqual(await acts.present(id, cardOf(first), '123456'), { waiting: true })
  assert.deepEqual(await acts.present(id, cardOf(second), '123456'), { problem: { code: 'not-entitled' } })
  assert.deepEqual(await acts.present(id, cardOf(chair), '123456'), { done: { to: '/done' } })
  const other = begin(need)
  assert.deepEqual(await acts.present(other, cardOf(chair), '123456'), { waiting: true })
  assert.deepEqual(await acts.present(other, cardOf(second), '123456'), { done: { to: '/done' } })
  assert.deepEqual(done, [
    ['petugas-2', 'petugas-1'],
    ['petugas-1', 'petugas-3'],
  ])
})

test('no card, a wrong PIN, a role without authority and a stranger are told apart', async () => {
  const { acts, done, begin } = office()
  const id = begin()
  const stranger = { ...operator, id: 'petugas-9' }
  // A card that calls itself by a member's name, without that member's key.
  const liar: Made = { ...operator, id: first.id, role: 'operator' }
  assert.deepEqual(await acts.present(id, undefined, '123456'), { problem: { code: 'no-card' } })
  assert.deepEqual(await acts.present(id, cardOf(chair), '000000'), { problem: { code: 'pin', left: 4, wait: 0 } })
  assert.deepEqual(await acts.present(id, cardOf(operator), '123456'), { problem: { code: 'not-entitled' } })
  assert.deepEqual(await acts.present(id, cardOf(stranger), '123456'), { problem: { code: 'stranger' } })
  assert.deepEqual(await acts.present(id, cardOf(liar), '123456'), { problem: { code: 'stranger' } })
  // A technician's card that calls itself a chair has the role of the package.
  assert.deepEqual(await acts.present(id, cardOf(operator, { role: 'chair' }), '123456'), {
    problem: { code: 'not-entitled' },
  })
  assert.deepEqual(done, [])
})

test('the second officer does not sign another line than the first', async () => {
  const { acts, clock, done, begin } = office()
  const id = begin()
  await acts.present(id, cardOf(chair), '123456')
  clock.text = 'line 8'
  assert.deepEqual(await acts.present(id, cardOf(first), '123456'), { problem: { code: 'moved' } })
  assert.deepEqual(await acts.present(id, cardOf(first), '123456'), { waiting: true })
  assert.deepEqual(done, [])
  assert.deepEqual(await acts.present(id, cardOf(chair), '123456'), { done: { to: '/done' } })
  assert.deepEqual(done, [['petugas-2', 'petugas-1']])
})

test('a card that is pulled out before it has signed agrees to nothing', async () => {
  const { acts, done, begin } = office()
  const id = begin()
  const pulled = cardOf(chair, { inserted: () => false })
  assert.deepEqual(await acts.present(id, pulled, '123456'), { problem: { code: 'gone' } })
  assert.deepEqual(acts.get(id)?.agreed, [])
  assert.deepEqual(done, [])
})

test('an officer’s agreement does not wait longer than three minutes for the second', async () => {
  const { acts, clock, done, begin } = office()
  const id = begin()
  assert.equal(acts.halfway, false)
  await acts.present(id, cardOf(chair), '123456')
  assert.equal(acts.halfway, true)
  clock.now = 180_001
  assert.equal(acts.halfway, false)
  assert.deepEqual(await acts.present(id, cardOf(first), '123456'), { problem: { code: 'expired' } })
  assert.deepEqual(done, [])
})

test('the pages lead two officers with one reader through an act, in two languages and without JavaScript', async () => {
  const { acts, done, begin } = office()
  const reader: { inside: Card | undefined; card(): Card | undefined } = {
    inside: undefined,
    card: () => reader.inside,
  }
  const status = () => ({ device: { as: 'station' as const } })
  const app = openScreen(status)
  mountActs(app, acts, reader, status)
  const { port, close } = await listen(app, 0)
  try {
    const address = `http://127.0.0.1:${port}/act/${begin()}`
    const post = (pin: string, headers: Record<string, string> = {}) =>
      fetch(address, { method: 'POST', body: new URLSearchParams({ pin }), redirect: 'manual', headers })
    assert.match(
      await (await fetch(`${address}?lang=en`)).text(),
      /Officer 1 of 2[\s\S]*There is no card in the reader yet/,
    )
    const without = await post('123456')
    assert.equal(without.status, 422)
    assert.match(await without.text(), /Tidak ada kartu di pembaca/)
    reader.inside = cardOf(chair)
    assert.equal((await post('123456', { origin: 'http://elsewhere.example' })).status, 403)
    assert.match(await (await post('9')).text(), /PIN salah\. Sisa percobaan: 4/)
    assert.equal((await post('123456')).status, 303)
    assert.match(await (await fetch(address)).text(), /Petugas 1 sudah setuju[\s\S]*Petugas 2 dari 2/)
    reader.inside = cardOf(second)
    const last = await post('123456')
    assert.deepEqual([last.status, last.headers.get('location')], [303, '/done'])
    assert.deepEqual(done, [['petugas-1', 'petugas-3']])
  } finally {
    await close()
  }
})
