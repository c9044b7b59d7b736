import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { advance, dayOf, endOfDay, instantOf, isCertain, localTime, openBetween, type Place } from './calendar.ts'
import { counted, pauseClock, reachedAt, resumeClock, startClock } from './clock.ts'
import { nationalHolidays } from './holidays.ts'
import { calendar } from './package/format/calendar.ts'
import type { Limit } from './package/format/flow.ts'

const place: Place = { zone: 'WIB', holidays: nationalHolidays() }
const names = { id: 'x' }
const always = calendar.parse({ id: 'selalu', names, kind: 'always' })
const days = calendar.parse({ id: 'hari', names, kind: 'working' })
const office = calendar.parse({
  id: 'kantor',
  names,
  kind: 'working',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['08:00', '12:00'],
        ['13:00', '16:00'],
      ],
    ]),
  ),
})
const at = (local: string) => instantOf(local, 'WIB')
const hour = 3_600_000
const limitOf = (over: Partial<Limit>): Limit => ({
  id: 'l',
  names,
  in: ['a'],
  time: [],
  calendar: 'hari',
  restart: [],
  steps: [],
  known: 'ours',
  ...over,
})

describe('services: working time', () => {
  it('counts working days to the close of the last one, over weekends, holidays and cuti bersama', () => {
    const due = (from: string, amount: number) => {
      const clock = startClock(limitOf({}), amount, 'working_days', at(from))
      return localTime(reachedAt(clock, 100, office, place)!, 'WIB')
    }
    assert.equal(due('2026-03-02T10:00', 1), '2026-03-03T16:00')
    assert.equal(due('2026-03-06T15:00', 1), '2026-03-09T16:00')
    // Begun on a Saturday: Monday is the first day.
    assert.equal(due('2026-03-07T10:00', 1), '2026-03-09T16:00')
    // Begun after the office has closed: still the next working day.
    assert.equal(due('2026-03-02T20:00', 1), '2026-03-03T16:00')
    // Nyepi and Idulfitri 2026: 18 to 24 March are no working days.
    assert.equal(due('2026-03-17T10:00', 1), '2026-03-25T16:00')
    // Ours to choose: a calendar that works on cuti bersama.
    const clock = startClock(limitOf({}), 1, 'working_days', at('2026-03-17T10:00'))
    assert.equal(localTime(reachedAt(clock, 100, { ...office, jointLeave: false }, place)!, 'WIB'), '2026-03-18T16:00')
  })

  it('counts hours only while the office is open', () => {
    assert.equal(localTime(advance(office, place, at('2026-03-02T11:30'), hour), 'WIB'), '2026-03-02T13:30')
    assert.equal(localTime(advance(office, place, at('2026-03-06T15:30'), hour), 'WIB'), '2026-03-09T08:30')
    assert.equal(openBetween(office, place, at('2026-03-16T00:00'), at('2026-03-26T00:00')), 3 * 7 * hour)
  })

  it('tells the local day in each of the three zones', () => {
    const instant = Date.UTC(2026, 2, 1, 16, 30)
    assert.deepEqual(
      [dayOf(instant, 'WIB'), dayOf(instant, 'WITA'), dayOf(instant, 'WIT')],
      ['2026-03-01', '2026-03-02', '2026-03-02'],
    )
    assert.equal(instantOf('2026-03-02T08:00', 'WITA') - instantOf('2026-03-02T08:00', 'WIB'), -hour)
  })

  it('says when no decree is known for a day', () => {
    assert.equal(isCertain(at('2026-12-31'), place), true)
    assert.equal(isCertain(at('2027-01-01'), place), false)
  })

  const instants = fc.integer({ min: at('2026-01-01'), max: at('2026-12-01') })
  const calendars = fc.constantFrom(always, days, office)

  it('adds up: a to c is a to b and b to c', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.array(instants, { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (which, three, whole) => {
          const [a, b, c] = three.toSorted((x, y) => x - y) as [number, number, number]
          assert.equal(
            openBetween(which, place, a, c, whole),
            openBetween(which, place, a, b, whole) + openBetween(which, place, b, c, whole),
          )
        },
      ),
    )
  })

  it('goes forward by exactly what then has counted, and never backwards', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 20 * 24 * hour }),
        fc.boolean(),
        (which, from, ms, whole) => {
          const to = advance(which, place, from, ms, whole)
          assert.ok(to >= from)
          assert.equal(openBetween(which, place, from, to, whole), ms)
          if (ms > 0) assert.ok(openBetween(which, place, from, to - 1, whole) < ms)
          assert.equal(dayOf(endOfDay(which, place, to) - 1, 'WIB'), dayOf(to - 1, 'WIB'))
        },
      ),
    )
  })

  it('adds up over pauses: what is left after any number of them is what was not counted', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.array(fc.integer({ min: 1, max: 5 * 24 * hour }), { minLength: 2, maxLength: 8 }),
        (which, from, gaps) => {
          const total = 400 * 24
          let clock = startClock(limitOf({ calendar: which.id }), total, 'hours', from)
          let now = from
          let running = 0
          gaps.forEach((gap, i) => {
            const before = counted(clock, which, place, now)
            if (i % 2 === 0) {
              running += openBetween(which, place, now, now + gap)
              clock = pauseClock(clock, which, place, now + gap)
              assert.equal(reachedAt(clock, 100, which, place), null)
            } else {
              clock = resumeClock(clock, now + gap)
            }
            now += gap
            assert.ok(counted(clock, which, place, now) >= before)
            assert.equal(counted(clock, which, place, now), running)
          })
          const resumed = resumeClock(clock, now)
          const due = reachedAt(resumed, 100, which, place)!
          assert.equal(counted(resumed, which, place, due), total * hour)
          assert.deepEqual(resumeClock(resumed, now + 5), resumed)
          assert.deepEqual(
            pauseClock(pauseClock(resumed, which, place, now), which, place, now + 9),
            pauseClock(resumed, which, place, now),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
