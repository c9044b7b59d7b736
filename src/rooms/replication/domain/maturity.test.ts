import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import shipped from '../data/maturity.json' with { type: 'json' }
import { type Instrument, missingIn, questionsOf, scoreOf } from './maturity.ts'

const instrument: Instrument = shipped
const choices = fc.tuple(
  ...questionsOf(instrument).map((question) =>
    fc.constantFrom(null, ...question.options.map(({ id }) => id)).map((option) => [question.id, option] as const),
  ),
)

describe('replication: the maturity of a hub', () => {
  it('has weights that add up to one, of aspects and of the questions in each', () => {
    const sum = (weights: number[]) => Math.round(weights.reduce((a, b) => a + b, 0) * 1e9) / 1e9
    assert.equal(sum(instrument.aspects.map(({ weight }) => weight)), 1)
    assert.deepEqual(
      instrument.aspects.map(({ questions }) => sum(questions.map(({ weight }) => weight))),
      instrument.aspects.map(() => 1),
    )
  })

  it('adds up from its aspects, between 0 and 10, and a better answer is never worth less', () => {
    fc.assert(
      fc.property(choices, fc.nat(), (chosen, n) => {
        const before = scoreOf(instrument, new Map(chosen))
        const again = instrument.aspects.reduce(
          (total, { id, weight }) => total + weight * before.aspects.find((a) => a.id === id)!.score,
          0,
        )
        assert.ok(Math.abs(again - before.total) < 0.011)
        assert.ok(before.total >= 0 && before.total <= 10)
        const question = questionsOf(instrument)[n % chosen.length]!
        const best = question.options.toSorted((a, b) => b.score - a.score)[0]!
        const after = scoreOf(instrument, new Map([...chosen, [question.id, best.id]]))
        assert.ok(after.total >= before.total)
      }),
    )
  })

  it('is good from 8, fair from 6, and needs work below', () => {
    const all = (option: string) => scoreOf(instrument, new Map(questionsOf(instrument).map(({ id }) => [id, option])))
    assert.deepEqual(
      ['penuh', 'sebagian', 'mulai', 'belum'].map((option) => [all(option).total, all(option).grade]),
      [
        [10, 'good'],
        [7, 'fair'],
        [4, 'poor'],
        [0, 'poor'],
      ],
    )
    const edge: Instrument = { ...instrument, good: 7, fair: 4 }
    assert.deepEqual(
      ['sebagian', 'mulai'].map(
        (option) => scoreOf(edge, new Map(questionsOf(edge).map(({ id }) => [id, option]))).grade,
      ),
      ['good', 'fair'],
    )
  })

  it('is not sent while an answer or its evidence is missing', () => {
    const answer = {
      own: 'penuh',
      link: 'https://contoh.go.id',
      file: null,
      fileName: null,
      verified: null,
      note: null,
    }
    const full = questionsOf(instrument).map(({ id }) => ({ ...answer, question: id }))
    assert.deepEqual(missingIn(instrument, full), [])
    assert.deepEqual(missingIn(instrument, full.slice(1)), [full[0]!.question])
    assert.deepEqual(missingIn(instrument, [{ ...full[0]!, link: null }, ...full.slice(1)]), [full[0]!.question])
    assert.deepEqual(missingIn(instrument, [{ ...full[0]!, own: null }, ...full.slice(1)]), [full[0]!.question])
  })
})
