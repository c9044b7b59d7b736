import type { Both } from '#platform/text.ts'

/**
 * How mature a hub is. The shape is the one in use: instrument, aspect (weight), question (weight, evidence), option
 * (score); a score given by itself and one that was verified. Which questions, options and weights is data.
 */
export type Instrument = {
  key: string
  names: Both
  /** What of it is known, and what is ours. */
  known: Both
  /** From which total it is good (Baik), and fair (Cukup); below, Perlu Perbaikan. */
  good: number
  fair: number
  aspects: readonly Aspect[]
}
export type Aspect = { id: string; weight: number; names: Both; questions: readonly Question[] }
export type Question = {
  id: string
  weight: number
  names: Both
  evidence: Both
  options: readonly { id: string; score: number; names: Both }[]
}

export const questionsOf = ({ aspects }: Instrument): Question[] => aspects.flatMap(({ questions }) => [...questions])

export type Scored = { total: number; aspects: { id: string; score: number }[]; answered: number; grade: Grade }
export type Grade = 'good' | 'fair' | 'poor'

/**
 * Score = option × weight of the question × weight of the aspect, added up: 0 to 10. The score of an aspect is without
 * its own weight, 0 to 10 too. What was not answered counts nothing. Rounded to two places, so that it adds up as shown.
 */
export function scoreOf(instrument: Instrument, chosen: ReadonlyMap<string, string | null>): Scored {
  const points = (question: Question) =>
    question.options.find(({ id }) => id === chosen.get(question.id))?.score ?? null
  const exact = instrument.aspects.map(({ id, weight, questions }) => ({
    id,
    weight,
    score: questions.reduce((sum, question) => sum + (points(question) ?? 0) * question.weight, 0),
  }))
  const total = round(exact.reduce((sum, { weight, score }) => sum + weight * score, 0))
  return {
    total,
    aspects: exact.map(({ id, score }) => ({ id, score: round(score) })),
    answered: questionsOf(instrument).filter((question) => points(question) !== null).length,
    grade: total >= instrument.good ? 'good' : total >= instrument.fair ? 'fair' : 'poor',
  }
}

const round = (value: number) => Math.round(value * 100 + 1e-6) / 100

export const surveyStates = ['draft', 'sent', 'verified'] as const
export type SurveyState = (typeof surveyStates)[number]
export type Answer = {
  question: string
  own: string | null
  link: string | null
  file: string | null
  fileName: string | null
  verified: string | null
  note: string | null
}

/** Questions without an option, or without evidence: a survey is sent when there are none. */
export const missingIn = (instrument: Instrument, answers: readonly Answer[]): string[] =>
  questionsOf(instrument)
    .filter(({ id }) => {
      const answer = answers.find(({ question }) => question === id)
      return !answer?.own || (!answer.link && !answer.file)
    })
    .map(({ id }) => id)
