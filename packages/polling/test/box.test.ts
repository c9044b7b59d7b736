import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { platformRandom, readBallot } from '@melayani/ballot'
import { openBooth, sealBallot } from '@melayani/ballot/cast'
import fc from 'fast-check'
import { type Box, BoxFull, BoxLost, openBox, readBox } from '../src/media/box.ts'
import { BoxError } from '../src/media/box-file.ts'
import { openMedium } from '../src/media/medium.ts'
import { follows, readSlot, type Slot, slotFault, slotStates, writeSlot } from '../src/media/slot.ts'
import { type BoxPlan, boxPlan } from '../src/media/slot-size.ts'
import { memoryMedium, powerFailing } from './power.ts'
import { makeTps } from './village.ts'

const plan: BoxPlan = { packageHash: 'ab'.repeat(32), slotSize: 8192, ballotBytes: 1500, slots: 6 }
const twoFiles = () => [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()] as const
const steady = () => powerFailing(Number.POSITIVE_INFINITY, () => true)
const onMemory = (files = twoFiles(), power = steady()) =>
  ['ssd', 'usb'].map((name, at) => memoryMedium(name, power, files[at]!))

/** One act on the box; knows nothing of what was done before, so that it can be begun again after a cut. */
type Step = (box: Box) => void
const of = (box: Box, credential: string, state: Slot['state']) =>
  box.all().find((slot) => slot.credential === credential && slot.state === state)
const ballot = (name: string) => `{"ballot":"${name}${'.'.repeat(1200)}"}`
const take =
  (credential: string): Step =>
  (box) =>
    of(box, credential, 'open') ?? box.put(credential)
const move =
  (credential: string, from: Slot['state'], change: Parameters<Box['move']>[1]): Step =>
  (box) => {
    const slot = of(box, credential, from)
    if (slot) box.move(slot.id, change)
  }
/** A voter who casts, one who opens a ballot by UJI and then casts, one whose slip is reprinted and who is made void. */
const day: readonly Step[] = [
  take('c1'),
  move('c1', 'open', { state: 'pending', ballot: ballot('one') }),
  move('c1', 'pending', { slip: 'printed' }),
  move('c1', 'pending', { state: 'cast' }),
  take('c2'),
  move('c2', 'open', { state: 'pending', ballot: ballot('two') }),
  move('c2', 'pending', { state: 'spoiled', opening: '[[{"r":"5","m":1}]]' }),
  take('c2'),
  move('c2', 'open', { state: 'pending', ballot: ballot('second two') }),
  move('c2', 'pending', { slip: 'printed' }),
  move('c2', 'pending', { state: 'cast' }),
  take('c3'),
  move('c3', 'open', { state: 'pending', ballot: ballot('three') }),
  move('c3', 'pending', { slip: 'printed', reprints: 1 }),
  move('c3', 'pending', { slip: 'void', state: 'void' }),
  take('c4'),
]
const without = ({ id: _, ...slot }: Slot) => slot
const story = (slots: readonly Slot[]) =>
  slots.map((slot) => JSON.stringify(without(slot), Object.keys(slot).sort())).toSorted()
const endOfDay = () => {
  const box = openBox(onMemory(), plan)
  for (const step of day) step(box)
  return story(box.all())
}

test('wherever power is cut, each medium holds the old or the new state of one slot, and both agree when the box is opened again', () => {
  const expected = endOfDay()
  const whole = steady()
  const dayOf = openBox(onMemory(twoFiles(), whole), plan)
  for (const step of day) step(dayOf)
  const writes = whole.writes
  assert.equal(writes > 40, true)
  const mixtures = [() => false, () => true, (sector: number) => sector % 2 === 0, (sector: number) => sector % 2 === 1]
  for (let at = 1; at <= writes; at++)
    for (const sectors of mixtures) {
      const files = twoFiles()
      const power = powerFailing(at, sectors)
      let before: Slot[] = []
      let done = 0
      try {
        const box = openBox(onMemory(files, power), plan)
        for (const step of day) {
          before = box.all()
          step(box)
          // Cut in the second medium's write: the call comes back here, but nobody is alive to be told.
          if (!power.on) break
          done++
        }
      } catch (error) {
        assert.equal(error instanceof BoxLost, true, String(error))
      }
      assert.equal(power.on, false)
      const afterStep = (() => {
        const box = openBox(onMemory(copyOf(files)), plan)
        if (done < day.length) day[done]!(box)
        return story(box.all())
      })()
      for (const [name, medium] of [
        ['ssd', files[0]],
        ['usb', files[1]],
      ] as const) {
        if (!medium.has('box')) continue
        const { slots, damaged } = readBox(memoryMedium(name, steady(), medium), plan)
        assert.deepEqual(damaged, [])
        const found = story(slots)
        assert.equal(
          JSON.stringify(found) === JSON.stringify(story(before)) ||
            JSON.stringify(found) === JSON.stringify(afterStep),
          true,
          `write ${at}: ${name} holds neither the old nor the new state`,
        )
      }
      const again = openBox(onMemory(files), plan)
      const [ssd, usb] = onMemory(files).map((medium) => readBox(medium, plan))
      assert.deepEqual(ssd, usb)
      assert.deepEqual(story(ssd!.slots), story(again.all()))
      for (const step of day.slice(done)) step(again)
      assert.deepEqual(story(again.all()), expected, `write ${at}`)
    }
})

const copyOf = (files: ReturnType<typeof twoFiles>): ReturnType<typeof twoFiles> => [
  new Map([...files[0]].map(([name, bytes]) => [name, bytes.slice()])),
  new Map([...files[1]].map(([name, bytes]) => [name, bytes.slice()])),
]

test('the same day with real files: a cut through Cut, both halves, and the box goes on', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-box-'))
  t.after(() => rmSync(root, { recursive: true }))
  const expected = endOfDay()
  for (const [run, at] of [3, 4, 9, 22].entries())
    for (const share of [0, 0.5, 1]) {
      const folder = (name: string) => path.join(root, `${run}-${share}`, name)
      let writes = 0
      let on = true
      const cut = ({ bytes }: { bytes: number }, part: (length: number) => void) => {
        if (on && ++writes !== at) return
        if (on && share > 0) part(Math.floor(bytes * share))
        on = false
        throw new Error('power cut')
      }
      const media = (withCut: boolean) =>
        ['ssd', 'usb'].map((name) => openMedium(name, folder(name), withCut ? cut : undefined))
      let done = 0
      assert.throws(() => {
        const box = openBox(media(true), plan)
        for (const step of day) {
          step(box)
          if (!on) throw new BoxLost('nobody is alive to go on')
          done++
        }
      }, BoxLost)
      const box = openBox(media(false), plan)
      for (const step of day.slice(done)) step(box)
      assert.deepEqual(story(box.all()), expected)
      assert.equal(statSync(path.join(folder('ssd'), 'box')).mtimeMs, 978_307_200_000)
    }
})

test('a stick that is pulled out stops nothing, says so, and agrees again when it comes back; another box’s stick is refused', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-stick-'))
  t.after(() => rmSync(root, { recursive: true }))
  const [ssd, usb] = ['ssd', 'usb'].map((name) => openMedium(name, path.join(root, name)))
  const box = openBox([ssd!, usb!], plan)
  const slot = box.put('c1')
  renameSync(path.join(root, 'usb'), path.join(root, 'in a pocket'))
  box.move(slot.id, { state: 'pending', ballot: ballot('x') })
  assert.deepEqual(box.media(), [
    { name: 'ssd', held: true },
    { name: 'usb', held: false },
  ])
  assert.equal(existsSync(path.join(root, 'usb')), false)
  renameSync(path.join(root, 'in a pocket'), path.join(root, 'usb'))
  assert.equal(readBox(usb!, plan).slots[0]!.state, 'open')
  box.attach(usb!)
  assert.deepEqual(readBox(usb!, plan), readBox(ssd!, plan))
  assert.deepEqual(
    box.media().map(({ held }) => held),
    [true, true],
  )
  // A fresh stick becomes a copy.
  const fresh = openMedium('usb', path.join(root, 'fresh'))
  box.attach(fresh)
  assert.deepEqual(readBox(fresh, plan).slots, box.all())
  const foreign = openMedium('usb', path.join(root, 'foreign'))
  openBox([foreign], plan).put('c9')
  assert.throws(() => box.attach(foreign), { fault: { code: 'other-box', medium: 'usb' } })
  assert.throws(() => openBox([ssd!, foreign], plan), { fault: { code: 'other-box', medium: 'usb' } })
  assert.throws(() => openBox([ssd!], { ...plan, packageHash: 'cd'.repeat(32) }), {
    fault: { code: 'other-package', medium: 'ssd' },
  })
})

test('what no cut can leave is refused with its place: a damaged slot on all media, two media that contradict each other', () => {
  const files = twoFiles()
  const box = openBox(onMemory(files), plan)
  const slot = box.put('c1')
  box.move(slot.id, { state: 'pending', ballot: ballot('x'), slip: 'printed' })
  const apart = copyOf(files)
  openBox([memoryMedium('ssd', steady(), apart[0])], plan).move(slot.id, { state: 'cast' })
  openBox([memoryMedium('usb', steady(), apart[1])], plan).move(slot.id, { state: 'void', slip: 'void' })
  assert.throws(
    () => openBox(onMemory(apart), plan),
    (error: unknown) => error instanceof BoxError && error.fault.code === 'contradiction',
  )
  const text = Buffer.from(files[0].get('box')!).indexOf('{"ballot"')
  files[0].get('box')![text + 20]! ^= 1
  // The other medium heals it …
  assert.deepEqual(openBox(onMemory(files), plan).all(), box.all())
  assert.deepEqual(readBox(memoryMedium('ssd', steady(), files[0]), plan).damaged, [])
  // … and without one it is named.
  for (const each of files) each.get('box')![text + 20]! ^= 1
  const place = Math.floor((text - 4096) / plan.slotSize)
  assert.throws(() => openBox(onMemory(files), plan), { fault: { code: 'damaged', medium: 'ssd', slot: place } })
  assert.deepEqual(readBox(memoryMedium('ssd', steady(), files[0]), plan).damaged, [place])
})

test('a damaged slot that was healed holds what the other medium held, also when that one is lost', () => {
  for (const moves of [1, 2, 3]) {
    const files = twoFiles()
    const box = openBox(onMemory(files), plan)
    const { id } = box.put('c1')
    const changes = [{ state: 'pending', ballot: ballot('x') }, { slip: 'printed' }, { reprints: 1 }] as const
    for (const change of changes.slice(0, moves)) box.move(id, change)
    const text = Buffer.from(files[0].get('box')!).indexOf('{"ballot"')
    files[0].get('box')![text + 20]! ^= 1
    // The stick went one step further before power was cut.
    openBox([memoryMedium('usb', steady(), files[1])], plan).move(id, { state: 'cast', slip: 'printed' })
    const healed = openBox(onMemory(files), plan).all()
    assert.equal(healed[0]!.state, 'cast')
    assert.deepEqual(openBox([memoryMedium('ssd', steady(), files[0])], plan).all(), healed, `${moves}`)
  }
})

test('taking a box over twice changes nothing, later states win, contradictions and other packages are refused (R54)', () => {
  const old = openBox(onMemory(), plan)
  for (const step of day.slice(0, 6)) step(old)
  const early = old.export()
  for (const step of day.slice(6)) step(old)
  const next = openBox(onMemory(), { ...plan, slots: 9 })
  assert.deepEqual(next.importFrom(early), { added: 2, advanced: 0, same: 0, refused: [], unreadable: 0 })
  assert.deepEqual(next.importFrom(old.export()), { added: 3, advanced: 1, same: 1, refused: [], unreadable: 0 })
  assert.deepEqual(next.importFrom(old.export()), { added: 0, advanced: 0, same: 5, refused: [], unreadable: 0 })
  assert.deepEqual(next.importFrom(early), { added: 0, advanced: 0, same: 2, refused: [], unreadable: 0 })
  assert.deepEqual(next.all(), old.all())
  assert.deepEqual(next.counts(), {
    used: 4,
    cast: 2,
    void: 1,
    spoiled: 1,
    pending: 1,
    slips: 2,
    slipsVoid: 1,
    reprints: 1,
  })
  const cast = of(old, 'c1', 'cast')!
  const changed = writeSlot(plan.packageHash, { ...cast, ballot: ballot('other') })
  assert.deepEqual(next.importFrom([changed]).refused, [cast.id])
  assert.equal(next.importFrom([writeSlot('cd'.repeat(32), { ...cast, id: '00'.repeat(16) })]).unreadable, 1)
  assert.equal(next.importFrom([new Uint8Array([0xff])]).unreadable, 1)
  assert.deepEqual(next.all(), old.all())
})

test('where a record lies says nothing about when it came: the same acts, other places, other ids', () => {
  const fill = () => {
    const files = twoFiles()
    const box = openBox(onMemory(files), { ...plan, slots: 40 })
    for (const name of ['a', 'b', 'c', 'd']) box.put(name)
    const { slots } = readBox(memoryMedium('ssd', steady(), files[0]), { ...plan, slots: 40 })
    return slots.map(({ credential }) => credential).join('')
  }
  // 24 orders; that a hundred fills give fewer than 8 of them has a probability below 10^-40.
  assert.equal(new Set(Array.from({ length: 100 }, fill)).size >= 8, true)
})

test('a full box says so and takes nothing', () => {
  const box = openBox(onMemory(), { ...plan, slots: 3 })
  for (const name of ['a', 'b', 'c']) box.put(name)
  assert.throws(() => box.put('d'), BoxFull)
  assert.equal(box.all().length, 3)
})

const anySlot = fc
  .record({
    id: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
    state: fc.constantFrom(...slotStates),
    reprints: fc.nat(3),
    credential: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }),
    proof: fc.constantFrom(undefined, '1f.0', `${'f'.repeat(64)}.${'e'.repeat(512)}`),
    ballot: fc.string({ unit: 'grapheme', minLength: 1 }),
  })
  .map(
    ({ ballot: text, proof, ...rest }): Slot => ({
      ...rest,
      ...(proof === undefined ? {} : { proof }),
      slip: rest.state === 'cast' ? 'printed' : 'none',
      ...(rest.state === 'open' ? {} : { ballot: text }),
      ...(rest.state === 'spoiled' ? { opening: '[]' } : {}),
    }),
  )

test('a slot is the same after it travelled, and a state never goes back', () => {
  fc.assert(
    fc.property(anySlot, anySlot, (slot, other) => {
      assert.equal(slotFault(slot), undefined)
      assert.deepEqual(readSlot(plan.packageHash, writeSlot(plan.packageHash, slot)), slot)
      assert.equal(follows(slot, slot), true)
      const changed = { ...slot, state: other.state }
      if (other.state !== slot.state) assert.equal(follows(slot, changed) && follows(changed, slot), false)
    }),
  )
  for (const final of ['cast', 'void', 'spoiled'] as const)
    for (const state of slotStates)
      if (state !== final) {
        const slot: Slot = {
          id: '00'.repeat(16),
          state: final,
          slip: 'printed',
          reprints: 0,
          credential: 'c',
          ballot: 'b',
        }
        assert.equal(follows({ ...slot, state }, slot), false)
      }
})

test('a real ballot of two or ten candidates and its opening fit their slot, in both groups', () => {
  for (const group of ['Ed25519', 'BELENIOS-2048'] as const)
    for (const count of group === 'Ed25519' ? [2, 10] : [2]) {
      const made = makeTps({
        voters: 1,
        reserve: 0,
        group,
        candidates: Array.from({ length: count }, (_, at) => `C${at}`),
      })
      const sizes = boxPlan(made.package, made.hash)
      assert.equal(sizes.slotSize % 4096, 0)
      assert.equal(sizes.slots, 201)
      const booth = openBooth(made.package.ballot.election)
      const blank = [1, ...Array.from({ length: count }, () => 0)]
      const encrypted = booth.encrypt(made.tokens[0]!.slice(0, -3), [blank], platformRandom)
      const files = twoFiles()
      const box = openBox(onMemory(files), sizes)
      // The longest that any group has: two numbers of 2048 bits at most.
      const proof = `${'f'.repeat(64)}.${'e'.repeat(512)}`
      const slot = box.put(readBallot(encrypted.text).credential, proof)
      box.move(slot.id, { state: 'pending', ballot: encrypted.text })
      const opening = JSON.stringify(JSON.parse(sealBallot(encrypted).spoil()).opening)
      box.move(slot.id, { state: 'spoiled', opening })
      assert.equal(box.get(slot.id)!.opening, opening)
      assert.deepEqual(openBox(onMemory(files), sizes).all(), [
        { ...slot, state: 'spoiled', ballot: encrypted.text, opening },
      ])
      assert.equal(encrypted.text.length <= sizes.ballotBytes, true)
    }
})
