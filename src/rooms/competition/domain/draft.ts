import type { AdmissionRule, Answer, Finding } from './admission-finding.ts'
import type { Question } from './round.ts'

/**
 * The life of a proposal before the ministry judges it. draft and returned lie with the unit (UPP), with-local-admin with
 * the agency, submitted with the ministry; passed and failed are the outcome of the administrative selection.
 */
export const proposalStates = [
  'draft',
  'with-local-admin',
  'returned',
  'submitted',
  'passed',
  'failed',
  'withdrawn',
] as const
export type ProposalState = (typeof proposalStates)[number]

/** On which side somebody stands towards a proposal: its unit (UPP) or its agency's local admin. */
export type Side = 'unit' | 'local-admin'
export type Move = 'edit' | 'send' | 'recall' | 'comment' | 'return' | 'submit' | 'withdraw'

const nothing: readonly Move[] = []

/** The two locks as a table: what each side may do in each state. Guard, page and validation all read it. */
export const moves: Record<Side, Record<ProposalState, readonly Move[]>> = {
  unit: {
    draft: ['edit', 'send', 'withdraw'],
    'with-local-admin': ['recall'],
    returned: ['edit', 'send', 'withdraw'],
    submitted: nothing,
    passed: nothing,
    failed: nothing,
    withdrawn: nothing,
  },
  'local-admin': {
    draft: nothing,
    'with-local-admin': ['comment', 'return', 'submit'],
    returned: nothing,
    submitted: ['withdraw'],
    passed: nothing,
    failed: nothing,
    withdrawn: nothing,
  },
}

/** Where a move leads; editing and commenting leave a proposal where it is. */
export const leadsTo: Record<Exclude<Move, 'edit' | 'comment'>, ProposalState> = {
  send: 'with-local-admin',
  recall: 'draft',
  return: 'returned',
  submit: 'submitted',
  withdraw: 'withdrawn',
}

/** What somebody on these sides may do in this state, each move once. */
export function movesOf(sides: readonly Side[], state: ProposalState): Move[] {
  return [...new Set(sides.flatMap((side) => moves[side][state]))]
}

/** With whom a proposal lies. */
export function liesWith(state: ProposalState): 'unit' | 'local-admin' | 'ministry' | 'nobody' {
  if (state === 'draft' || state === 'returned') return 'unit'
  if (state === 'with-local-admin') return 'local-admin'
  return state === 'withdrawn' ? 'nobody' : 'ministry'
}

/** Answers are kept as text; here each becomes what its question asks for. Unreadable text stays text, for the checks to tell. */
export function typedAnswers(
  questions: readonly Question[],
  texts: Readonly<Record<string, string>>,
): Record<string, Answer> {
  return Object.fromEntries(questions.map((question) => [question.key, typedAnswer(question, texts[question.key])]))
}

function typedAnswer(question: Question, text: string | undefined): Answer {
  if (question.kind === 'tick') return text === 'ya'
  if (text === undefined || text.trim() === '') return null
  if (question.kind !== 'number') return text
  const number = Number(text.trim().replace(',', '.'))
  return Number.isNaN(number) ? text : number
}

/** Characters that one answer may hold; far above any word limit, so that only a mistaken paste meets it. */
export const longestAnswer = 20_000

/**
 * Findings that close the second lock: what is certain to fail and can still be mended. Likeness, earlier awards and
 * invitations need a person's eye and go to the administrative selection with their finding.
 */
const certain: readonly AdmissionRule[] = [
  'group',
  'category',
  'age',
  'unanswered',
  'answer-kind',
  'word-limit',
  'missing-evidence',
  'evidence-count',
  'evidence-type',
  'evidence-size',
  'source',
  'statement',
  'quota',
]

/** What must be mended before this proposal can be submitted. */
export const blocking = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => certain.includes(finding.rule) && finding.severity !== 'pass')
