import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeFrom, dueOf, isOverdue, mayFile, objectionStates, outcomes, stepKinds, takeStep } from './objection.ts'

describe('voting: objections', () => {
  it('are filed from the opening of the polls until the last of the days of the profile ends on the clock of the village', () => {
    const over = (zone: string, opens: string, last: string) => {
      const of = (text: string) => mayFile(new Date(opens), { days: 3, zone }, new Date(text))
      const refused = (text: string) => {
        const judged = of(text)
        return judged.ok ? 'may' : judged.refusal
      }
      assert.deepEqual(of(opens), { ok: true, change: '2026-11-25' })
      assert.equal(refused(new Date(Date.parse(opens) - 1).toISOString()), 'objection-early')
      assert.equal(refused(last), 'may')
      assert.equal(refused(new Date(Date.parse(last) + 1).toISOString()), 'objection-over')
    }
    // Seven in the morning and midnight in the west, in the middle and in the east.
    over('Asia/Jakarta', '2026-11-22T00:00:00.000Z', '2026-11-25T16:59:59.999Z')
    over('Asia/Makassar', '2026-11-21T23:00:00.000Z', '2026-11-25T15:59:59.999Z')
    over('Asia/Jayapura', '2026-11-21T22:00:00.000Z', '2026-11-25T14:59:59.999Z')
    const early = mayFile(null, { days: 3, zone: 'Asia/Jakarta' }, new Date())
    assert.deepEqual(early, { ok: false, refusal: 'objection-early' })
  })

  it('are overdue when the committee has not answered in time, and only then', () => {
    const due = dueOf(new Date('2026-11-22T05:00:00Z'), 7)
    assert.equal(due.toISOString(), '2026-11-29T05:00:00.000Z')
    const later = new Date('2026-11-29T05:00:01Z')
    assert.deepEqual(
      objectionStates.filter((state) => isOverdue({ state, due }, later)),
      ['filed', 'mediated'],
    )
    assert.equal(isOverdue({ state: 'filed', due }, due), false)
  })

  it('are mediated, answered, and only then decided; nothing goes back', () => {
    const led = objectionStates.map((state) => [
      state,
      stepKinds.flatMap((kind) =>
        [null, ...outcomes].flatMap((outcome) => {
          const judged = takeStep(state, kind, outcome)
          return judged.ok ? [`${kind} ${outcome}: ${judged.change}`] : []
        }),
      ),
    ])
    const answers = ['upheld', 'partly', 'rejected']
    const mediation = ['agreed', 'not-agreed'].map((outcome) => `mediation ${outcome}: mediated`)
    const answer = answers.map((outcome) => `answer ${outcome}: answered`)
    const decision = answers.map((outcome) => `decision ${outcome}: decided`)
    const withdrawal = ['withdrawal null: withdrawn']
    assert.deepEqual(Object.fromEntries(led), {
      filed: [...mediation, ...answer, ...withdrawal],
      mediated: [...mediation, ...answer, ...withdrawal],
      answered: ['appeal null: appealed', ...decision, ...withdrawal],
      appealed: [...decision, ...withdrawal],
      decided: [],
      withdrawn: [],
    })
    assert.deepEqual(takeStep('filed', 'decision', 'upheld'), { ok: false, refusal: 'answer-first' })
    assert.deepEqual(takeStep('decided', 'answer', 'upheld'), { ok: false, refusal: 'step-over' })
  })

  it('have a code of sixteen letters that nobody mistakes for another', () => {
    const code = codeFrom(Uint8Array.from({ length: 10 }, (_, i) => 17 * i + 3))
    assert.match(code, /^([A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}$/)
    assert.notEqual(codeFrom(new Uint8Array(10)), codeFrom(Uint8Array.from({ length: 10 }, () => 1)))
  })
})
