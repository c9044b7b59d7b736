import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { asksAgain, heartbeatOf, type Lived } from './stage.ts'

const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000)
const born: Lived = {
  installed: day(0),
  configured: null,
  firstCase: null,
  casesLast30: 0,
  lastCase: null,
  retired: null,
  outcome: null,
}
const stageOf = (life: Partial<Lived>, now: Date) => heartbeatOf({ ...born, ...life }, now).stage

describe('replication: how far an adoption has come', () => {
  it('goes from installed to an outcome by what was done', () => {
    const opened = { configured: day(1), firstCase: day(2), lastCase: day(2), casesLast30: 1 }
    assert.deepEqual(
      [
        stageOf({}, day(1)),
        stageOf({ configured: day(1) }, day(1)),
        stageOf(opened, day(31)),
        stageOf(opened, day(32)),
        stageOf({ ...opened, casesLast30: 0 }, day(60)),
        stageOf({ ...opened, outcome: day(50) }, day(60)),
      ],
      ['installed', 'configured', 'first-case', 'active', 'first-case', 'outcome'],
    )
  })

  it('sleeps after 90 days without an act of a person, from the installation where there was no case', () => {
    const asleep = (life: Partial<Lived>, now: Date) => heartbeatOf({ ...born, ...life }, now).asleep
    assert.deepEqual(
      [
        asleep({}, day(89)),
        asleep({}, day(90)),
        asleep({ firstCase: day(5), lastCase: day(10) }, day(99)),
        asleep({ firstCase: day(5), lastCase: day(10) }, day(100)),
        asleep({ retired: day(20) }, day(200)),
      ],
      [null, day(0), null, day(10), null],
    )
  })

  it('never sleeps and is active at once, and a stage that is shown is one that holds', () => {
    const at = fc.integer({ min: 0, max: 400 })
    const maybe = fc.option(at)
    fc.assert(
      fc.property(
        maybe,
        maybe,
        maybe,
        maybe,
        fc.integer({ min: 0, max: 400 }),
        (configured, first, more, outcome, now) => {
          const date = (n: number | null) => (n === null ? null : day(n))
          const lastCase = first === null ? null : first + (more ?? 0)
          const life = {
            ...born,
            configured: date(configured),
            firstCase: date(first),
            lastCase: date(lastCase),
            casesLast30: lastCase !== null && now - lastCase < 30 && lastCase <= now ? 1 : 0,
            outcome: date(outcome),
          }
          const heart = heartbeatOf(life, day(now))
          assert.notEqual(heart.reached[heart.stage], null)
          assert.ok(!(heart.asleep && heart.reached.active))
        },
      ),
    )
  })

  it('asks once for each sleep: not while a question is open, not after the end, again after the pause or a new sleep', () => {
    const said = (answer: 'paused' | 'stopped' | 'outside', until: string | null = null) => ({
      answer,
      until,
      answered: day(100),
    })
    assert.deepEqual(
      [
        asksAgain(undefined, null, day(100)),
        asksAgain({ answer: null, until: null, answered: null }, null, day(500)),
        asksAgain(said('stopped'), null, day(900)),
        asksAgain(said('stopped'), day(101), day(300)),
        asksAgain(said('paused', '2026-06-30'), null, new Date('2026-06-30T10:00:00+07:00')),
        asksAgain(said('paused', '2026-06-30'), null, new Date('2026-07-01T01:00:00+07:00')),
        asksAgain(said('outside'), null, day(464)),
        asksAgain(said('outside'), null, day(465)),
      ],
      [true, false, false, true, false, true, false, true],
    )
  })
})
