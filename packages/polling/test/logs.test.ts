import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bookOf } from '../src/desk/book.ts'
import { checkConflict } from '../src/desk/conflict.ts'
import { ownersOf, shareOf, sharesOf } from '../src/desk/share.ts'
import { type Act, hashOf, type Line, newSigningKey } from '../src/format/index.ts'
import { openChain, type Row } from '../src/media/chain.ts'
import { openLogs } from '../src/media/logs.ts'
import { memoryMedium } from './memory-medium.ts'

const packageHash = hashOf('the package')
const names = ['desk-1', 'desk-2', 'desk-3', 'desk-4']
const keys = new Map(names.map((name) => [name, newSigningKey()]))
const keyOf = (device: string) => keys.get(device)?.key
const checkIn = (voter: number): Act => ({ kind: 'check-in', voter, method: 'card-finger' })

function makeDesk(name: string, media = [memoryMedium('ssd'), memoryMedium('usb')]) {
  const own = openChain(media, name, keys.get(name)!, packageHash)
  const logs = openLogs(media, packageHash, keyOf, { own, known: names })
  return { name, media, own, logs, book: () => bookOf(logs.lines.values()) }
}
type Desk = ReturnType<typeof makeDesk>
const give = (from: Desk, to: Desk) => to.logs.take(from.logs.beyond(to.logs.have()))

test('any topology, delay, loss, doubling, order and restart: once all have met, all desks hold the same and nothing is lost', () => {
  const device = fc.integer({ min: 0, max: names.length - 1 })
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        at: device,
        act: fc.constantFrom('check-in', 'token'),
        voter: fc.integer({ min: 1, max: 5 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        from: device,
        to: device,
        keep: fc.integer({ min: 0, max: 3 }),
        twice: fc.boolean(),
        seed: fc.nat(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ restart: device }) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), device, (steps, hub) => {
      const desks = names.map((name) => makeDesk(name))
      const late: { to: number; rows: Row[] }[] = []
      let written = 0
      for (const each of steps) {
        if ('at' in each) {
          desks[each.at]!.own.append(
            each.act === 'token' ? { kind: 'token-issued', voter: each.voter } : checkIn(each.voter),
          )
          written++
        } else if ('restart' in each) desks[each.restart] = makeDesk(names[each.restart]!, desks[each.restart]!.media)
        else {
          const rows = desks[each.from]!.logs.beyond(desks[each.to]!.logs.have())
          // Some are lost on the way, the rest come in another order, now or at the end of the day, once or twice.
          const part = rows
            .filter((_, at) => (at + each.seed) % 4 <= each.keep)
            .sort((a, b) => hashOf(a + each.seed).localeCompare(hashOf(b + each.seed)))
          if (each.seed % 3 === 0) late.push({ to: each.to, rows: part })
          else desks[each.to]!.logs.take(part)
          if (each.twice) desks[each.to]!.logs.take(part)
        }
      }
      for (const { to, rows } of late) desks[to]!.logs.take(rows)
      // Healing: everybody speaks with one that relays, and hears from it.
      for (const desk of desks) give(desk, desks[hub]!)
      for (const desk of desks) give(desks[hub]!, desk)
      const [first, ...rest] = desks as [Desk, ...Desk[]]
      assert.equal(
        Object.values(first.logs.have()).reduce((sum, seq) => sum + seq, 0),
        written,
      )
      for (const desk of rest) {
        assert.deepEqual([...desk.logs.rows], [...first.logs.rows])
        assert.deepEqual(desk.book().conflicts, first.book().conflicts)
        assert.deepEqual(desk.book().counts, first.book().counts)
        assert.deepEqual(desk.book().progress, first.book().progress)
        assert.deepEqual(desk.logs.forks, [])
        assert.deepEqual(give(desk, first), { taken: [], refused: 0, early: 0 })
      }
    }),
    { numRuns: 60 },
  )
})

test('rows that no known device signed, changed rows and lines that are none are refused; what stands before them is kept', () => {
  const [one, two] = [makeDesk('desk-1'), makeDesk('desk-2')]
  for (const voter of [1, 2, 3]) one.own.append(checkIn(voter))
  const [a, b, c] = one.own.lines as [Row, Row, Row]
  assert.deepEqual(
    two.logs.take([a, b.replace('"voter":2', '"voter":4'), c]).taken.map(({ seq }) => seq),
    [1],
  )
  assert.equal(two.logs.take(['', 'x', '{"device":"../x","seq":1}', '{"device":"desk-1"}']).refused, 4)
  const stranger = openChain([memoryMedium('ssd')], 'desk-9', newSigningKey(), packageHash)
  assert.deepEqual(two.logs.take([stranger.append(checkIn(1))]), { taken: [], refused: 0, early: 1 })
  const thief = openChain([memoryMedium('ssd')], 'desk-1', newSigningKey(), packageHash)
  thief.append(checkIn(7))
  assert.equal(two.logs.take([thief.append(checkIn(8))]).taken.length, 0)
  assert.deepEqual(
    two.logs.take([c, b]).taken.map(({ seq }) => seq),
    [2, 3],
  )
  // A device that was set back does not take its own lines as news.
  const back = makeDesk('desk-1')
  assert.deepEqual(back.logs.take([a]), { taken: [], refused: 0, early: 1 })
  assert.equal(back.own.adopt([a, b, c]), 3)
})

test('a device whose log was forked is shown with both signed lines, also after a restart', () => {
  const media = [memoryMedium('ssd')]
  const one = makeDesk('desk-1', media)
  one.own.append(checkIn(1))
  const copied = memoryMedium('copied')
  copied.files.set('desk-1.log', media[0]!.files.get('desk-1.log')!)
  const twin = makeDesk('desk-1', [copied])
  const [mine, other] = [one.own.append(checkIn(2)), twin.own.append(checkIn(3))]
  const two = makeDesk('desk-2')
  give(one, two)
  two.logs.take([other])
  two.logs.take([other])
  assert.deepEqual(two.logs.forks, [{ device: 'desk-1', seq: 2, rows: [mine, other] }])
  assert.deepEqual(makeDesk('desk-2', two.media).logs.forks, two.logs.forks)
  // A row that only looks like one is no proof.
  const three = makeDesk('desk-3')
  give(one, three)
  three.logs.take([other.replace('"voter":3', '"voter":4')])
  assert.deepEqual(three.logs.forks, [])
})

test('two signed lines alone prove that one voter was served twice; nothing else proves it', () => {
  const [one, two] = [makeDesk('desk-1'), makeDesk('desk-2')]
  const [a, b] = [one.own.append(checkIn(4)), two.own.append(checkIn(4))]
  const [x, y] = [
    one.own.append({ kind: 'token-issued', voter: 4 }),
    two.own.append({ kind: 'token-issued', voter: 4 }),
  ]
  const again = two.own.append({ kind: 'token-issued', voter: 4, replaces: 'void' })
  const other = two.own.append(checkIn(5))
  assert.deepEqual(checkConflict(b, a, keyOf), { kind: 'check-in', voter: 4, devices: ['desk-1', 'desk-2'] })
  assert.deepEqual(checkConflict(x, y, keyOf), { kind: 'token', voter: 4, devices: ['desk-1', 'desk-2'] })
  for (const [p, q] of [
    [a, a],
    [a, x],
    [x, again],
    [a, other],
    [a, b.replace('4', '5')],
    [a, ''],
    ['{}', b],
  ] as const)
    assert.equal(checkConflict(p, q, keyOf), undefined)
  assert.equal(
    checkConflict(a, b, (device) => (device === 'desk-1' ? keyOf(device) : newSigningKey().key)),
    undefined,
  )
  give(one, two)
  assert.deepEqual(two.book().conflicts, [
    {
      kind: 'token',
      voter: 4,
      places: [
        { device: 'desk-1', seq: 2 },
        { device: 'desk-2', seq: 2 },
      ],
    },
  ])
})

test('shares cover the roll without a gap, as equal as can be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 9 }), (voters, desks) => {
      const shares = sharesOf(voters, desks)
      assert.equal(shares.length, desks)
      const sizes = shares.map(({ from, to }) => to - from + 1)
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        voters,
      )
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1)
      for (const { desk, from, to } of shares)
        if (to >= from) assert.deepEqual([shareOf(from, shares), shareOf(to, shares)], [desk, desk])
    }),
  )
  assert.equal(shareOf(11, sharesOf(10, 2)), 2)
})

test('a share has one owner who was not stopped, and passes on only when its desk was stopped or comes late', () => {
  const line = (act: Act): Line => ({ seq: 1, prev: packageHash, device: 'station', step: '2026-11-22T08:00', act })
  const join = (number: number) =>
    line({ kind: 'device-joined', device: `desk-${number}`, as: 'desk', number, key: packageHash })
  const stop = (number: number) => line({ kind: 'device-stopped', device: `desk-${number}`, reason: 'rusak' })
  const now = (lines: Line[], shares = 3) => Object.fromEntries(ownersOf(lines, shares).owners)
  assert.deepEqual(now([]), {})
  assert.deepEqual(now([join(1)]), { 1: 1, 2: 1, 3: 1 })
  assert.deepEqual(now([join(1), join(2)]), { 1: 1, 2: 2, 3: 1 })
  assert.deepEqual(now([join(1), join(2), join(3), stop(2)]), { 1: 1, 3: 3 })
  assert.deepEqual(now([join(1), join(2), join(3), stop(2), join(4)]), { 1: 1, 2: 4, 3: 3 })
  assert.deepEqual(now([join(1), join(2), join(3), join(4), stop(1), stop(4)]), { 2: 2, 3: 3 })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.option(fc.nat({ max: 8 }), { freq: 2 }), { maxLength: 20 }),
      (shares, steps) => {
        const lines: Line[] = []
        const stopped = new Set<number>()
        let joined = 0
        let before = ownersOf(lines, shares)
        for (const each of steps) {
          const number = each === null ? ++joined : each % (joined + 1)
          if (each !== null && (number === 0 || stopped.has(number))) continue
          if (each !== null) stopped.add(number)
          lines.push(each === null ? join(number) : stop(number))
          const after = ownersOf(lines, shares)
          for (const [share, owner] of after.owners) {
            assert.equal(stopped.has(owner), false)
            const old = before.owners.get(share)
            if (old !== undefined && old !== owner)
              assert.ok(stopped.has(old) || (before.lent.has(share) && owner === share))
          }
          before = after
        }
      },
    ),
    { numRuns: 500 },
  )
})
