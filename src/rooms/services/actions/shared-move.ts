import { keepAnswers } from '../domain/bulk.ts'
import { moveCase } from './case.ts'

/** A move that is made for many cases with one answer: what a case has already stays where that answer is empty. */
export function moveAlike(): ReturnType<typeof moveCase> {
  const one = moveCase('member')
  return {
    ...one,
    decide: (held, input, at) => {
      const asked = held.pkg.flows.find(({ id }) => id === held.it.flow)?.moves.find(({ id }) => id === input.move)
      const answers = keepAnswers(held.pkg, held.it, asked?.form, input.answers)
      return one.decide(held, { ...input, answers }, at)
    },
  }
}
