import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ageClosing, ageOnClosing, deadline, isOpen, stageOrder, submissionVerdict } from './calendar.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rounds = shippedRounds()
const round = (year: number) => rounds.find((each) => each.year === year)!

describe('the age on closing', () => {
  const table: [string, string, number][] = [
    ['2016-02-28', '2017-02-28T23:59:59+07:00', 12],
    ['2016-02-29', '2017-02-28T23:59:59+07:00', 11],
    ['2016-03-01', '2017-02-28T23:59:59+07:00', 11],
    ['2019-02-28', '2020-02-29', 12],
    ['2016-02-29', '2020-02-29', 48],
    ['2021-01-31', '2021-02-28', 0],
    ['2021-01-31', '2021-03-31', 2],
    ['2021-03-31', '2021-04-30', 0],
    ['2021-04-30', '2021-05-31', 1],
    ['2021-04-30', '2021-04-30', 0],
    ['2021-05-01', '2021-04-30', -1],
    // The date as written counts: in UTC this closing is still the 15th.
    ['2020-04-16', '2022-04-16T00:30:00+07:00', 24],
  ]
  for (const [start, closing, months] of table)
    it(`from ${start} to ${closing} is ${months} months`, () => assert.equal(ageOnClosing(start, closing), months))

  const day = fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  /** The closing date minus n months; a day that the month lacks becomes its last. */
  function countedBack(closing: string, months: number): string {
    const [year, month, date] = closing.split('-').map(Number) as [number, number, number]
    const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
    return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
  }
  it('is the greatest number of months that can be counted back from the closing to the start', () => {
    fc.assert(
      fc.property(day, day, (start, closing) => {
        const months = ageOnClosing(start, closing)
        assert.ok(start <= countedBack(closing, months))
        assert.ok(start > countedBack(closing, months + 1))
      }),
    )
  })
  it('never grows when the start is later', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, closing) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        assert.ok(ageOnClosing(early, closing) >= ageOnClosing(late, closing))
      }),
    )
  })
  it('refuses what is no date', () => {
    for (const text of ['', '2021-02-30', '2021-13-01', '2021-2-3', '01-02-2021', '2021-02-29'])
      assert.throws(() => ageOnClosing(text, '2022-01-01'), RangeError)
  })
  it('counts from the announced closing or the extended one, as the round says', () => {
    const rules = round(2017)
    assert.equal(ageClosing(rules), rules.calendar.submissionCloses)
    assert.equal(ageClosing({ ...rules, ageCountedFrom: 'extended-closing' }), '2017-03-10T23:59:59+07:00')
  })
})

describe('the deadline', () => {
  const rules = round(2022)

  it('is noon in western Indonesia in 2022, to the second, from every zone', () => {
    const table: [string, string][] = [
      ['2022-04-16T11:59:59+07:00', 'in-time'],
      ['2022-04-16T12:00:00+07:00', 'in-time'],
      ['2022-04-16T12:00:00.999+07:00', 'in-time'],
      ['2022-04-16T12:00:01+07:00', 'late'],
      ['2022-04-16T13:00:00+08:00', 'in-time'],
      ['2022-04-16T13:00:01+08:00', 'late'],
      ['2022-04-16T14:00:00+09:00', 'in-time'],
      ['2022-04-16T14:00:01+09:00', 'late'],
      ['2022-04-16T05:00:00Z', 'in-time'],
      ['2022-04-16T05:00:01Z', 'late'],
    ]
    for (const [moment, verdict] of table) assert.equal(submissionVerdict(rules, moment, moment), verdict, moment)
  })
  it('lets what was begun in time arrive within the grace, to the second', () => {
    const begun = new Date('2022-04-16T12:00:00+07:00')
    assert.equal(submissionVerdict(rules, begun, '2022-04-16T12:00:01+07:00'), 'late-but-begun-in-time')
    assert.equal(submissionVerdict(rules, begun, '2022-04-16T12:15:00+07:00'), 'late-but-begun-in-time')
    assert.equal(submissionVerdict(rules, begun, '2022-04-16T12:15:01+07:00'), 'late')
    const strict = { ...rules, calendar: { ...rules.calendar, lateArrivalMinutes: 0 } }
    assert.equal(submissionVerdict(strict, begun, '2022-04-16T12:00:01+07:00'), 'late')
  })
  it('moves with an extension and never backwards', () => {
    assert.equal(deadline(round(2017)), '2017-03-10T23:59:59+07:00')
    assert.equal(deadline(round(2023)), '2023-05-06T23:59:59+07:00')
    assert.equal(deadline(rules, [{ until: '2022-04-01T00:00:00+07:00' }]), rules.calendar.submissionCloses)
    // The same wall clock further east is two hours earlier, so it takes nothing away and adds nothing.
    assert.equal(deadline(rules, [{ until: '2022-04-16T12:00:00+09:00' }]), rules.calendar.submissionCloses)
    const extended = [{ until: '2022-04-18T12:00:00+07:00' }, { until: '2022-04-17T12:00:00+07:00' }]
    assert.equal(deadline(rules, extended), '2022-04-18T12:00:00+07:00')
    assert.equal(
      submissionVerdict(rules, '2022-04-18T11:00:00+07:00', '2022-04-18T12:00:00+07:00', extended),
      'in-time',
    )
  })
  it('does not depend on the order of the extensions', () => {
    const moment = fc
      .date({ min: new Date('2022-01-01T00:00:00Z'), max: new Date('2023-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => ({ until: date.toISOString() }))
    fc.assert(
      fc.property(fc.array(moment), (extensions) => {
        const latest = Date.parse(deadline(rules, extensions))
        assert.equal(latest, Date.parse(deadline(rules, [...extensions].reverse())))
        assert.ok(latest >= Date.parse(rules.calendar.submissionCloses))
      }),
    )
  })
  it('opens and closes the round', () => {
    assert.equal(isOpen(rules, '2022-03-15T23:59:59+07:00'), false)
    assert.equal(isOpen(rules, '2022-03-16T00:00:00+07:00'), true)
    assert.equal(isOpen(rules, '2022-04-16T12:00:00+07:00'), true)
    assert.equal(isOpen(rules, '2022-04-16T12:00:01+07:00'), false)
    assert.equal(isOpen(rules, '2022-04-16T12:00:01+07:00', [{ until: '2022-04-17T00:00:00+07:00' }]), true)
  })
  it('refuses what is no moment', () => {
    assert.throws(() => submissionVerdict(rules, 'soon', 'later'), RangeError)
  })
})

describe('the stages', () => {
  it('run in the order of the document, with their times and neighbours', () => {
    for (const rules of rounds) {
      const steps = stageOrder(rules)
      assert.deepEqual(
        steps.map((step) => step.stage.key),
        rules.stages.map((stage) => stage.key),
      )
      steps.forEach((step, index) => {
        assert.equal(step.position, index + 1)
        assert.equal(step.previous, steps[index - 1]?.stage.key ?? null)
        assert.equal(step.next, steps[index + 1]?.stage.key ?? null)
      })
    }
    const objection = stageOrder(round(2021)).find((step) => step.stage.kind === 'objection')
    assert.deepEqual([objection?.from, objection?.to], ['2021-06-16T00:00:00+07:00', '2021-06-21T23:59:59+07:00'])
  })
  it('may stand in another order in another year', () => {
    const kinds = stageOrder(round(2025)).map((step) => step.stage.kind)
    assert.ok(kinds.includes('ministry-feasibility') && kinds.includes('public-rating') && !kinds.includes('interview'))
  })
})
