import { choicesOf, type Question } from '../format/election.ts'

/** What a voter chose in one question: 0 or 1 for each choice, the flag "blank" first where blank is allowed. */
export type Choices = readonly number[]

/** Why choices cannot be encrypted. `question` counts from 0; its numbers are those the question allows. */
export type ChoiceFault =
  | { readonly fault: 'questions'; readonly expected: number; readonly given: number }
  | { readonly fault: 'choices'; readonly question: number; readonly expected: number; readonly given: number }
  | { readonly fault: 'not 0 or 1'; readonly question: number; readonly choice: number }
  | {
      readonly fault: 'too few' | 'too many'
      readonly question: number
      readonly chosen: number
      readonly allowed: number
    }
  | { readonly fault: 'blank with others'; readonly question: number }

/** Choices that no honest voter can make: the page in front should not have let them through. */
export class ChoiceError extends RangeError {
  override name = 'ChoiceError'
  readonly reason: ChoiceFault
  constructor(reason: ChoiceFault) {
    super(`choices: ${JSON.stringify(reason)}`)
    this.reason = reason
  }
}

/** The first thing wrong with the choices of a ballot; undefined when they are allowed. */
export function choiceFault(questions: readonly Question[], choices: readonly Choices[]): ChoiceFault | undefined {
  if (choices.length !== questions.length)
    return { fault: 'questions', expected: questions.length, given: choices.length }
  for (const [at, question] of questions.entries()) {
    const fault = faultInQuestion(question, choices[at]!, at)
    if (fault) return fault
  }
  return undefined
}

function faultInQuestion(asked: Question, choices: Choices, question: number): ChoiceFault | undefined {
  const expected = choicesOf(asked)
  if (choices.length !== expected) return { fault: 'choices', question, expected, given: choices.length }
  const strange = choices.findIndex((m) => !Number.isInteger(m) || m * (m - 1) !== 0 || Object.is(m, -0))
  if (strange >= 0) return { fault: 'not 0 or 1', question, choice: strange }
  const { blank, chosen } = countChosen(asked, choices)
  // Sums and products rather than conditions: every allowed vote takes the same way through here.
  if (blank * chosen !== 0) return { fault: 'blank with others', question }
  if ((1 - blank) * Math.max(0, asked.min - chosen) !== 0)
    return { fault: 'too few', question, chosen, allowed: asked.min }
  if (Math.max(0, chosen - asked.max) !== 0) return { fault: 'too many', question, chosen, allowed: asked.max }
  return undefined
}

/** m_0 (0 where blank is not allowed) and m_Σ. */
export function countChosen(asked: Question, choices: Choices): { blank: number; chosen: number } {
  const sum = choices.reduce((total, m) => total + m, 0)
  const blank = asked.blank ? choices[0]! : 0
  return { blank, chosen: sum - blank }
}

/** The choices of somebody who picks answers by index (from 0), or votes blank. Whether they are allowed is not asked here. */
export function choose(asked: Question, picked: readonly number[] | 'blank'): number[] {
  const flag = asked.blank ? [picked === 'blank' ? 1 : 0] : []
  return [...flag, ...asked.answers.map((_, at) => (picked !== 'blank' && picked.includes(at) ? 1 : 0))]
}

/** Per question the names of what was chosen; for a blank vote 'blank' instead. */
export const chosenNames = (questions: readonly Question[], choices: readonly Choices[]): (string[] | 'blank')[] =>
  questions.map((asked, at) => {
    const given = asked.blank ? choices[at]!.slice(1) : choices[at]!
    return countChosen(asked, choices[at]!).blank === 1 ? 'blank' : asked.answers.filter((_, k) => given[k] === 1)
  })
