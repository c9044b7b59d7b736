import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { missingIn, questionsOf, scoreOf } from '../domain/maturity.ts'
import { nothing, surveyForm, verifyForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/survey.ts'

const { instrument } = store
const isOption = (question: string, option: string | null) =>
  option === null ||
  questionsOf(instrument).some(({ id, options }) => id === question && options.some((one) => one.id === option))

type Own = { question: string; own: string | null; link: string | null; file: string | null }

/** Keep what the hub says of itself; as often as it likes, until it is sent. */
export const saveSurvey = (
  year: number,
): Action<
  store.Surveyed,
  z.output<typeof surveyForm>,
  { year: number; answered: number; what: () => Own[] },
  'survey-closed' | 'answer-unknown'
> => ({
  name: 'replication.survey-saved',
  find: (tx, actor, id) => store.holdSurveyed(tx, actor, id, year),
  may: may.fillSurvey,
  input: surveyForm,
  decide: ({ survey }, given) => {
    if (survey && survey.state !== 'draft') return refuse('survey-closed')
    const known = new Set(questionsOf(instrument).map(({ id }) => id))
    if (Object.entries(given).some(([question, { own }]) => !known.has(question) || !isOption(question, own)))
      return refuse('answer-unknown')
    const answers = Object.entries(given).map(([question, answer]) => ({
      question,
      ...answer,
      // A file stays until another takes its place.
      file: answer.file ?? survey?.answers.find((one) => one.question === question)?.file ?? null,
    }))
    return decide({ year, answered: answers.filter(({ own }) => own).length, what: () => answers })
  },
  save: (tx, { id, survey }, { what }, { now }) =>
    store.saveAnswers(tx, { hub: id, year, id: survey?.id }, what(), now),
  tell: ({ answered }) => ({ year, answered }),
  scope: ({ agency }) => agency,
})

/** Hand it in: from now on the hub's own score stands. */
export const sendSurvey = (
  year: number,
): Action<
  store.Surveyed,
  Record<string, never>,
  { survey: string; total: number },
  'survey-closed' | 'answers-missing'
> => ({
  name: 'replication.survey-sent',
  find: (tx, actor, id) => store.holdSurveyed(tx, actor, id, year),
  may: may.fillSurvey,
  input: nothing,
  decide: ({ survey }): Decision<{ survey: string; total: number }, 'survey-closed' | 'answers-missing'> => {
    if (!survey) return refuse('answers-missing')
    if (survey.state !== 'draft') return refuse('survey-closed')
    if (missingIn(instrument, survey.answers).length > 0) return refuse('answers-missing')
    const own = new Map(survey.answers.map(({ question, own: option }) => [question, option]))
    return decide({ survey: survey.id, total: scoreOf(instrument, own).total })
  },
  save: (tx, _, { survey }, { now }) => store.saveSurveyState(tx, survey, 'sent', now),
  tell: ({ total }) => ({ year, total }),
  scope: ({ agency }) => agency,
})

type Verified = { question: string; verified: string; note: string | null }

/** Each answer looked at with its evidence by the national team; the verified score is the one that counts. */
export const verifySurvey = (
  year: number,
): Action<
  store.Surveyed,
  z.output<typeof verifyForm>,
  { survey: string; total: number; what: () => Verified[] },
  'survey-not-sent' | 'answer-unknown' | 'answers-missing'
> => ({
  name: 'replication.survey-verified',
  find: (tx, actor, id) => store.holdSurveyed(tx, actor, id, year),
  may: may.verifySurvey,
  input: verifyForm,
  decide: ({ survey }, given) => {
    if (survey?.state !== 'sent') return refuse('survey-not-sent')
    if (Object.entries(given).some(([question, { verified }]) => !isOption(question, verified)))
      return refuse('answer-unknown')
    const answers = Object.entries(given).map(([question, answer]) => ({ question, ...answer }))
    if (!questionsOf(instrument).every(({ id }) => answers.some(({ question }) => question === id)))
      return refuse('answers-missing')
    const chosen = new Map(answers.map(({ question, verified }) => [question, verified]))
    return decide({ survey: survey.id, total: scoreOf(instrument, chosen).total, what: () => answers })
  },
  save: (tx, _, { survey, what }, { actor, now }) =>
    store.saveVerified(tx, survey, what(), { person: actor.id, at: now }),
  tell: ({ total }) => ({ year, total }),
  scope: ({ agency }) => agency,
})
