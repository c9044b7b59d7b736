import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  arrivals,
  boothTime,
  checkInTime,
  curves,
  drawFrom,
  meets,
  openPlan,
  planOf,
  serve,
  shapes,
  simulateDay,
  usualGoal,
  usualSetting,
  usualTimes,
  waitingAt,
} from './index.ts'

const times = (most: number) =>
  fc.array(fc.record({ gap: fc.integer({ min: 0, max: 90 }), takes: fc.integer({ min: 1, max: 200 }) }), {
    maxLength: most,
  })
const cameOf = (people: readonly { gap: number }[]) => {
  let at = 0
  return people.map(({ gap }) => (at += gap))
}

describe('one line', () => {
  it('serves in the order of coming, begins nobody before a server is free, and lets no server stand while somebody waits', () => {
    fc.assert(
      fc.property(times(60), fc.integer({ min: 1, max: 5 }), (people, servers) => {
        const came = cameOf(people)
        const seconds = people.map(({ takes }) => takes)
        const { waits, left } = serve(came, { servers, seconds })
        const begins = came.map((moment, at) => moment + waits[at]!)
        assert.deepEqual(
          begins,
          begins.toSorted((a, b) => a - b),
        )
        for (const [at, begin] of begins.entries()) {
          // Of those before, at most all other servers' worth are still there; whoever waited found every server taken.
          const busy = left.slice(0, at).filter((end, earlier) => begins[earlier]! <= begin && end > begin).length
          assert.ok(busy < servers)
          if (waits[at]! > 0) {
            const before = left.slice(0, at).filter((end) => end >= begin).length
            assert.ok(before >= servers)
          }
          assert.equal(left[at], begin + seconds[at]!)
        }
      }),
    )
  })

  it('is the sum of all services when one server meets everybody at once', () => {
    const { waits, left } = serve([0, 0, 0], { servers: 1, seconds: [10, 20, 30] })
    assert.deepEqual(waits, [0, 10, 30])
    assert.deepEqual(left, [10, 30, 60])
    assert.deepEqual(serve([], { servers: 3, seconds: [] }).left, [])
    assert.throws(() => serve([0], { servers: 0, seconds: [1] }), RangeError)
  })

  it('is as long at a moment as those who came and were not yet called', () => {
    const passage = serve([0, 0, 0, 100], { servers: 1, seconds: [10, 20, 30, 5] })
    assert.deepEqual(
      [0, 10, 29, 30, 100].map((moment) => waitingAt(passage, moment)),
      [2, 1, 1, 0, 0],
    )
  })
})

describe('a day', () => {
  it('ends no later, and no voter leaves later by order, with one more desk or one more booth', () => {
    fc.assert(
      fc.property(
        times(40),
        times(40),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (at, in_, desks, booths) => {
          const came = cameOf(at)
          const stages = (desks: number, booths: number) => [
            { servers: desks, seconds: at.map(({ takes }) => takes) },
            { servers: booths, seconds: at.map((_, i) => in_[i]?.takes ?? 20) },
          ]
          const left = (desks: number, booths: number) =>
            simulateDay(came, stages(desks, booths)).stages[1]!.left.toSorted((a, b) => a - b)
          const now = left(desks, booths)
          for (const more of [left(desks + 1, booths), left(desks, booths + 1)])
            for (const [i, end] of more.entries()) assert.ok(end <= now[i]!)
        },
      ),
    )
  })

  it('loses nobody: each voter passes each stage once and waited what the stages say in sum', () => {
    fc.assert(
      fc.property(
        times(50),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (people, desks, booths) => {
          const came = cameOf(people)
          const seconds = people.map(({ takes }) => takes)
          const day = simulateDay(came, [
            { servers: desks, seconds },
            { servers: booths, seconds },
          ])
          const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
          assert.deepEqual(
            day.stages.map(({ left }) => left.length),
            [people.length, people.length],
          )
          assert.equal(sum(day.waited), sum(day.stages.flatMap(({ waits }) => [...waits])))
          // Whatever is not waiting is service: the time in the house adds up.
          const inHouse = sum(day.stages[1]!.left) - sum(came)
          assert.equal(inHouse, sum(day.waited) + 2 * sum(seconds))
          assert.equal(day.end, Math.max(0, ...day.stages[1]!.left))
        },
      ),
    )
  })
})

describe('people', () => {
  it('arrive inside the hours, in order, as the curve says', () => {
    const came = arrivals(20_000, 6 * 3600, curves.morning, drawFrom(1))
    assert.deepEqual(
      came,
      came.toSorted((a, b) => a - b),
    )
    assert.ok(came[0]! >= 0 && came.at(-1)! < 6 * 3600)
    const hours = curves.morning.map((_, hour) => came.filter((at) => Math.floor(at / 3600) === hour).length / 20_000)
    for (const [hour, share] of hours.entries()) assert.ok(Math.abs(share - curves.morning[hour]! / 25) < 0.015)
    assert.throws(() => arrivals(3, 100, [0, 0], drawFrom(1)), RangeError)
    assert.deepEqual(arrivals(0, 100, [1], drawFrom(1)), [])
    assert.ok(arrivals(50, 100, [0, 1], drawFrom(3)).every((at) => at >= 50))
  })

  it('take in the booth what R18 says: the middle voter 18 s and the change, one of twenty more than 45 s', () => {
    const draw = drawFrom(7)
    const all = Array.from({ length: 20_000 }, () => boothTime(usualTimes, draw)).sort((a, b) => a - b)
    assert.ok(Math.abs(all[10_000]! - 23) < 0.5)
    assert.ok(Math.abs(all[19_000]! - 50) < 1.5)
  })

  it('are longer at the desk when cards fail than when they are read', () => {
    const mean = (cardFails: number) => {
      const draw = drawFrom(9)
      return (
        Array.from({ length: 5000 }, () => checkInTime({ ...usualTimes, cardFails }, draw)).reduce((a, b) => a + b, 0) /
        5000
      )
    }
    assert.ok(Math.abs(mean(1) - (usualTimes.greeting + usualTimes.manual)) < 1)
    assert.ok(mean(0) < 25)
  })
})

describe('a plan', () => {
  it('finds Pemalang about three hours late with three devices, at the desks, and says how many would do (R43)', () => {
    const plan = planOf('pemalang')
    const there = plan.outlook(shapes.pemalang.devices)
    assert.ok(there.late > 150 && there.late < 210, `${there.late}`)
    assert.equal(there.narrow, 'desks')
    assert.equal(meets(there, usualGoal), false)
    const needed = plan.needed(usualGoal)!
    assert.equal(meets(needed, usualGoal), true)
    assert.ok(needed.desks > 3 && needed.booths > 3)
    for (const fewer of [
      { desks: needed.desks - 1, booths: needed.booths },
      { desks: needed.desks, booths: needed.booths - 1 },
    ])
      assert.equal(meets(plan.outlook(fewer), usualGoal), false)
  })

  it('holds 3,000 voters from 07.00 to 14.00 with three desks and needs at least three booths (R19)', () => {
    const plan = planOf('vendor')
    assert.ok(plan.outlook(shapes.vendor.devices).late < 15)
    assert.ok(plan.needed(usualGoal)!.booths >= 3)
    assert.ok(plan.outlook({ desks: 3, booths: 2 }).late > 60)
  })

  it('holds 500 voters with one desk and one booth, as in Sleman, and knows who is narrow in Babakan (R20)', () => {
    assert.equal(meets(planOf('sleman').outlook(shapes.sleman.devices), usualGoal), true)
    assert.equal(planOf('babakan').outlook(shapes.babakan.devices).narrow, 'desks')
    assert.equal(shapes.babakan.setting.roll * 3, 10_374)
  })

  it('is the same each time it is asked, and of nobody is nothing', () => {
    const ask = () => openPlan({ ...usualSetting, roll: 300 }).outlook({ desks: 1, booths: 2 })
    assert.deepEqual(ask(), ask())
    const nobody = openPlan({ ...usualSetting, roll: 0 })
    assert.deepEqual(nobody.needed(usualGoal), nobody.outlook({ desks: 1, booths: 1 }))
    assert.equal(nobody.outlook({ desks: 1, booths: 1 }).late, 0)
    assert.throws(() => openPlan({ ...usualSetting, roll: -1 }), RangeError)
  })

  it('shows lines that are empty when nobody is there and long before the narrow place', () => {
    const { lines, late } = planOf('pemalang').outlook(shapes.pemalang.devices)
    assert.equal(lines[0]!.desks, 0)
    assert.equal(lines.at(-1)!.minute >= 360 + late - 15, true)
    assert.deepEqual([lines.at(-1)!.desks, lines.at(-1)!.booths], [0, 0])
    assert.ok(Math.max(...lines.map(({ desks }) => desks)) > 1000)
  })

  it('says that it cannot be done when even forty of each are not enough', () => {
    const plan = openPlan({ ...usualSetting, roll: 2000, minutes: 10 })
    assert.equal(plan.needed({ wait: 0.1, late: 0 }, 3), undefined)
  })
})
