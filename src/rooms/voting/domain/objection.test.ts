import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeFrom, dueOf, isOverdue, mayFile, objectionStates, outcomes, stepKinds, takeStep } from './objection.ts'

describe('voting: objections', () => {
  it('are filed from the opening of the polls until the last of the days of the profile', () => {
    const opens = new Date('2026-11-22T00:00:00Z')
    const at = (text: string) => {
      const judged = mayFile(opens, 3, new Date(text))
      return judged.ok ? 'may' : judged.refusal
    }
    assert.equal(at('2026-11-21T23:59:59Z'), 'objection-early')
    assert.equal(at('2026-11-22T00:00:00Z'), 'may')
    assert.equal(at('2026-11-25T23:59:59Z'), 'may')
    assert.equal(at('2026-11-26T00:00:00Z'), 'objection-over')
    assert.deepEqual(mayFile(null, 3, opens), { ok: false, refusal: 'objection-early' })
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
