import { type AdmissionProposal, about, checked, type Finding, fail } from './admission-finding.ts'
import { hasFormat } from './answer-format.ts'
import type { Question } from './round.ts'
import { wordCount } from './words.ts'

/** What a text question was answered with; '' when it was not. */
export const textOf = (proposal: AdmissionProposal, question: Question): string =>
  String(proposal.answers[question.key] ?? '').trim()

/** Whether the form is filled in: what is missing, of another kind, too long, and the same of the evidence. */
export function formFindings(questions: readonly Question[], proposal: AdmissionProposal): Finding[] {
  const texts = questions.filter((question) => question.kind === 'text')
  return [
    ...checked('unanswered', questions.length > 0, unanswered(questions, proposal)),
    ...checked(
      'answer-kind',
      questions.length > 0,
      questions.flatMap((question) => wrongKind(question, proposal)),
    ),
    ...checked(
      'word-limit',
      texts.some((question) => question.maxWords !== null),
      texts.flatMap((question) => {
        const words = wordCount(textOf(proposal, question))
        if (question.maxWords === null || words <= question.maxWords) return []
        // The form stops writers at the limit; an imported text over it is for a person to weigh, not to throw out.
        return [about(question, 'word-limit', 'warning', { words, limit: question.maxWords })]
      }),
    ),
    ...evidenceFindings(
      questions.filter((question) => question.evidence !== null),
      proposal,
    ),
  ]
}

function unanswered(questions: readonly Question[], proposal: AdmissionProposal): Finding[] {
  const title = proposal.title.trim() === '' ? [fail('unanswered', { field: 'title' })] : []
  const open = questions.filter((question) => {
    // A missing file is told once, as missing evidence.
    if (!question.required || question.kind === 'file') return false
    const answer = proposal.answers[question.key] ?? null
    if (question.kind === 'tick') return answer !== true
    return answer === null || (typeof answer === 'string' && answer.trim() === '')
  })
  return [...title, ...open.map((question) => about(question, 'unanswered', 'fail', {}))]
}

function wrongKind(question: Question, proposal: AdmissionProposal): Finding[] {
  const answer = proposal.answers[question.key] ?? null
  if (answer === null || answer === '' || question.kind === 'file') return []
  const right: Record<Exclude<Question['kind'], 'file'>, () => boolean> = {
    text: () => typeof answer === 'string',
    date: () => typeof answer === 'string' && isDate(answer),
    choice: () => question.choices.some((choice) => choice.key === answer),
    link: () => typeof answer === 'string' && isWebAddress(answer),
    tick: () => typeof answer === 'boolean',
    number: () => typeof answer === 'number' && Number.isFinite(answer),
  }
  if (!right[question.kind]()) return [about(question, 'answer-kind', 'fail', { kind: question.kind })]
  const { format } = question
  if (question.kind !== 'text' || !format || String(answer).trim() === '') return []
  return hasFormat(format, String(answer)) ? [] : [about(question, 'answer-kind', 'fail', { kind: format })]
}

function evidenceFindings(questions: readonly Question[], proposal: AdmissionProposal): Finding[] {
  const of = (question: Question) => proposal.evidence[question.key] ?? []
  const missing = questions
    .filter((question) => question.evidence!.required && of(question).length === 0)
    .map((question) => about(question, 'missing-evidence', 'fail', {}))
  const many = questions
    .filter((question) => of(question).length > question.evidence!.max)
    .map((question) =>
      about(question, 'evidence-count', 'warning', { count: of(question).length, max: question.evidence!.max }),
    )
  const types = questions.flatMap((question) =>
    of(question)
      .filter((item) => item.kind === 'other' || !question.evidence!.accept.includes(item.kind))
      .map((item) =>
        about(question, 'evidence-type', 'warning', { name: item.name, accept: question.evidence!.accept.join(', ') }),
      ),
  )
  const sizes = questions.flatMap((question) =>
    of(question)
      .filter((item) => item.bytes > question.evidence!.maxMb * 1_048_576)
      .map((item) =>
        about(question, 'evidence-size', 'warning', {
          name: item.name,
          bytes: item.bytes,
          maxMb: question.evidence!.maxMb,
        }),
      ),
  )
  const required = questions.some((question) => question.evidence!.required)
  const given = questions.some((question) => of(question).length > 0)
  return [
    ...checked('missing-evidence', required, missing),
    ...checked('evidence-count', given, many),
    ...checked('evidence-type', given, types),
    ...checked('evidence-size', given, sizes),
  ]
}

/** A day that exists, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text.trim())
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
