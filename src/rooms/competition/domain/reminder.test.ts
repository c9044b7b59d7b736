import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reminderDue } from './reminder.ts'

describe('competition: when a reminder is due', () => {
  const closes = new Date('2017-03-10T23:59:59+07:00')
  const table: [string, number | undefined][] = [
    ['2017-03-03T23:59:58+07:00', undefined],
    ['2017-03-03T23:59:59+07:00', 7],
    ['2017-03-05T08:00:00+07:00', 7],
    ['2017-03-07T23:59:58+07:00', 7],
    ['2017-03-07T23:59:59+07:00', 3],
    ['2017-03-09T23:59:58+07:00', 3],
    ['2017-03-09T23:59:59+07:00', 1],
    ['2017-03-10T23:59:59+07:00', 1],
    ['2017-03-11T00:00:00+07:00', undefined],
  ]
  for (const [now, days] of table)
    it(`at ${now}: ${days ?? 'none'}`, () => assert.equal(reminderDue(closes, new Date(now)), days))
})
