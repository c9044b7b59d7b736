import type { Award } from './award-rule.ts'
import type { EvidenceKind, Extension, Question } from './round.ts'

/** Everything a machine can say in the administrative selection (seleksi administrasi). The words for each are elsewhere. */
export const admissionRules = [
  'group',
  'category',
  'submission',
  'age',
  'unanswered',
  'answer-kind',
  'word-limit',
  'missing-evidence',
  'evidence-count',
  'evidence-type',
  'evidence-size',
  'same-title',
  'near-title',
  'near-text',
  'prior-award',
  'award-needed',
  'invitation',
  'source',
  'source-award',
  'statement',
  'quota',
  'title-meaningless',
  'title-blocked-word',
  'identical-answers',
  'short-answer',
  'repetitive-answer',
] as const
export type AdmissionRule = (typeof admissionRules)[number]

/**
 * `fail`: the rule is broken. `warning`: a person should look before passing it. `hint`: it looks careless, which a
 * machine cannot know. `pass`: the rule applied and found nothing; a rule that does not apply gives no finding.
 */
export type Severity = 'fail' | 'warning' | 'hint' | 'pass'
export type Finding = {
  rule: AdmissionRule
  severity: Severity
  /** Key of the question it is about. */
  question?: string
  params: Record<string, string | number | null>
}

/** `other`: neither PDF nor picture by its content, whatever its name says. `bytes` of a link is 0. */
export type EvidenceItem = { name: string; kind: EvidenceKind | 'other'; bytes: number }
export type Answer = string | number | boolean | null

export type AdmissionProposal = {
  title: string
  group: string
  category: string | null
  /** Date of first use, `YYYY-MM-DD`; null when left open. */
  startedOn: string | null
  /** The innovation that is copied (id or title), in a group that asks for it. */
  source: string | null
  /** The statement, signed by the owner of the copied innovation. */
  statement: EvidenceItem | null
  answers: Readonly<Record<string, Answer>>
  evidence: Readonly<Record<string, readonly EvidenceItem[]>>
}

/** Likeness to another proposal of the same round, 0 to 1; null: not compared. */
export type Likeness = {
  proposal: string
  title: string
  sameAgency: boolean
  titleSimilarity: number
  textSimilarity: number | null
}

/** What is known outside the proposal. */
export type AdmissionFacts = {
  /** When the server first heard of the submission and when it had all of it; null: not submitted. */
  submission: { startedAt: Date | string; arrivedAt: Date | string } | null
  extensions: readonly Pick<Extension, 'until'>[]
  /** Other proposals of the agency already submitted in the same group of this round. */
  othersOfAgency: number
  /** Awards this innovation holds. */
  awards: readonly Award[]
  /** Awards the copied innovation holds. */
  sourceAwards: readonly Award[]
  invited: boolean
  similar: readonly Likeness[]
}

/** The findings of one rule, or its `pass` when it applied and found nothing. */
export function checked(rule: AdmissionRule, applies: boolean, findings: Finding[]): Finding[] {
  if (!applies) return []
  return findings.length > 0 ? findings : [{ rule, severity: 'pass', params: {} }]
}

export function fail(rule: AdmissionRule, params: Finding['params']): Finding {
  return { rule, severity: 'fail', params }
}

export function about(question: Question, rule: AdmissionRule, severity: Severity, params: Finding['params']): Finding {
  return { rule, severity, question: question.key, params }
}
