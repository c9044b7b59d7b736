import { hasFormat } from './answer-format.ts'
import { type Award, anyHeld, holding } from './award-rule.ts'
import { ageClosing, ageOnClosing, type SubmissionVerdict, submissionVerdict } from './calendar.ts'
import { type EvidenceKind, type Extension, type Group, type Question, questionsFor, type Rules } from './round.ts'
import { wordCount } from './words.ts'

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

/**
 * All findings on one proposal, in the order of `admissionRules`. It decides nothing: the secretariat does, with these in
 * sight. Relevance to the theme and decency need a reader and are not judged here.
 */
export function admissionFindings(rules: Rules, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const group = rules.groups.find((each) => each.key === proposal.group)
  const questions = questionsFor(rules, proposal.group)
  const texts = questions.filter((question) => question.kind === 'text')
  const textOf = (question: Question) => String(proposal.answers[question.key] ?? '').trim()
  const filled = texts.filter((question) => textOf(question) !== '')
  const scored = filled.filter((question) => question.scored)
  const withEvidence = questions.filter((question) => question.evidence !== null)

  return [
    ...checked('group', true, group ? [] : [fail('group', { group: proposal.group })]),
    ...checked('category', true, categoryFindings(rules, proposal)),
    ...checked('submission', true, submissionFindings(rules, facts)),
    ...checked('age', group !== undefined, group ? ageFindings(rules, group, proposal, facts) : []),
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
        const words = wordCount(textOf(question))
        if (question.maxWords === null || words <= question.maxWords) return []
        // The form stops writers at the limit; an imported text over it is for a person to weigh, not to throw out.
        return [about(question, 'word-limit', 'warning', { words, limit: question.maxWords })]
      }),
    ),
    ...evidenceFindings(withEvidence, proposal),
    ...similarityFindings(rules, proposal, facts),
    ...(group ? groupFindings(group, proposal, facts) : []),
    ...checked('quota', typeof rules.quotas[proposal.group] === 'number', quotaFindings(rules, proposal, facts)),
    ...titleFindings(rules, proposal.title),
    ...checked('identical-answers', filled.length > 1, identicalAnswers(filled, textOf)),
    ...checked(
      'short-answer',
      scored.length > 0,
      scored.flatMap((question) => {
        const words = wordCount(textOf(question))
        // A question with a tight limit must not be called careless for keeping to it.
        const least = Math.min(rules.answerRule.minWords, Math.ceil((question.maxWords ?? Infinity) / 2))
        return words < least ? [about(question, 'short-answer', 'hint', { words, least })] : []
      }),
    ),
    ...checked(
      'repetitive-answer',
      scored.length > 0,
      scored.flatMap((question) => {
        const variety = varietyOf(textOf(question))
        const percent = Math.round(variety * 100)
        return variety < rules.answerRule.minVariety ? [about(question, 'repetitive-answer', 'hint', { percent })] : []
      }),
    ),
  ]
}

/** A title without case, accents, punctuation and doubled spaces, for comparing. */
export function plainTitle(title: string): string {
  return plain(title)
}

function categoryFindings(rules: Rules, proposal: AdmissionProposal): Finding[] {
  if (rules.categories.some((category) => category.key === proposal.category)) return []
  return [fail('category', { category: proposal.category })]
}

function submissionFindings(rules: Rules, facts: AdmissionFacts): Finding[] {
  if (!facts.submission) return [fail('submission', { verdict: 'not-submitted' })]
  const { startedAt, arrivedAt } = facts.submission
  const verdict = submissionVerdict(rules, startedAt, arrivedAt, facts.extensions)
  const severity: Record<SubmissionVerdict, Finding[]> = {
    'in-time': [],
    'late-but-begun-in-time': [{ rule: 'submission', severity: 'warning', params: { verdict } }],
    late: [fail('submission', { verdict })],
  }
  return severity[verdict]
}

function ageFindings(rules: Rules, group: Group, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const exception = group.ageExceptions.find((each) => each.category === proposal.category)
  const least = exception?.months ?? group.minAgeMonths
  // A date that does not exist (an import) is as good as none; it must not stop the other rules.
  if (proposal.startedOn === null || !isDate(proposal.startedOn)) return [fail('age', { months: null, least })]
  const months = ageOnClosing(proposal.startedOn, ageClosing(rules, facts.extensions))
  return months < least ? [fail('age', { months, least })] : []
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

function similarityFindings(rules: Rules, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const own = plain(proposal.title)
  const isSame = (other: Likeness) => own !== '' && plain(other.title) === own
  const same = facts.similar.filter(isSame).map(
    (other): Finding => ({
      rule: 'same-title',
      // Two agencies may honestly have found the same short name; one agency entering it twice is the case of the rule.
      severity: other.sameAgency ? 'fail' : 'warning',
      params: { proposal: other.proposal, title: other.title },
    }),
  )
  const near = facts.similar
    .filter((other) => !isSame(other) && other.titleSimilarity >= rules.duplicates.titleSimilarity)
    .map((other) => likeness('near-title', other, other.titleSimilarity))
  const text = facts.similar
    .filter((other) => other.textSimilarity !== null && other.textSimilarity >= rules.duplicates.textSimilarity)
    .map((other) => likeness('near-text', other, other.textSimilarity!))
  return [
    ...checked('same-title', true, same),
    ...checked('near-title', true, near),
    ...checked('near-text', true, text),
  ]
}

function likeness(rule: AdmissionRule, other: Likeness, similarity: number): Finding {
  const percent = Math.round(similarity * 100)
  return { rule, severity: 'warning', params: { proposal: other.proposal, title: other.title, percent } }
}

function groupFindings(group: Group, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const prior = group.excludedBy
    .filter((rule) => holding(rule, facts.awards).length >= rule.times)
    .map((rule) => fail('prior-award', { level: rule.level, years: yearsOf(holding(rule, facts.awards)) }))
  const needed = anyHeld(group.needsOneOf, facts.awards)
  const source = group.source
  const named = (proposal.source ?? '').trim() !== ''
  const awarded = source !== null && anyHeld(source.awards, facts.sourceAwards)
  const statement = proposal.statement !== null && proposal.statement.kind === 'pdf'
  return [
    ...checked('prior-award', group.excludedBy.length > 0, prior),
    ...checked('award-needed', group.needsOneOf.length > 0, needed ? [] : [fail('award-needed', {})]),
    ...checked('invitation', group.byInvitation, facts.invited ? [] : [fail('invitation', {})]),
    ...checked('source', source !== null, named ? [] : [fail('source', {})]),
    // Without a named source there is nothing whose awards could be looked up.
    ...checked('source-award', named && (source?.awards.length ?? 0) > 0, awarded ? [] : [fail('source-award', {})]),
    ...checked('statement', source?.signedStatement ?? false, statement ? [] : [fail('statement', {})]),
  ]
}

function yearsOf(awards: readonly Award[]): string {
  return awards
    .map((award) => award.year)
    .sort((a, b) => a - b)
    .join(', ')
}

function quotaFindings(rules: Rules, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const quota = rules.quotas[proposal.group] ?? null
  if (quota === null || facts.othersOfAgency < quota) return []
  return [fail('quota', { quota, others: facts.othersOfAgency })]
}

function titleFindings(rules: Rules, title: string): Finding[] {
  const { minWords, maxWords, minLetters, blockedWords } = rules.titleRule
  const words = plain(title).split(' ').filter(Boolean)
  const letters = title.match(/\p{L}/gu) ?? []
  const different = new Set(letters.map((letter) => letter.toLowerCase())).size
  // Fewer than three different letters is typing to fill the box ("aaaa", "xxx"), whatever the length.
  const meaningless = words.length < minWords || words.length > maxWords || letters.length < minLetters || different < 3
  const blocked = blockedWords.filter((word) => words.includes(plain(word)))
  return [
    ...checked(
      'title-meaningless',
      true,
      meaningless
        ? [{ rule: 'title-meaningless', severity: 'hint', params: { words: words.length, letters: letters.length } }]
        : [],
    ),
    ...checked(
      'title-blocked-word',
      blockedWords.length > 0,
      blocked.map((word) => ({ rule: 'title-blocked-word', severity: 'warning', params: { word } })),
    ),
  ]
}

function identicalAnswers(questions: readonly Question[], textOf: (question: Question) => string): Finding[] {
  const first = new Map<string, Question>()
  return questions.flatMap((question) => {
    const text = plain(textOf(question))
    const earlier = first.get(text)
    if (!earlier) first.set(text, question)
    return earlier && text !== '' ? [about(question, 'identical-answers', 'hint', { other: earlier.key })] : []
  })
}

/** Different words ÷ words. Every long text repeats small words, so only the first hundred are looked at. */
function varietyOf(text: string): number {
  const words = plain(text).split(' ').filter(Boolean).slice(0, 100)
  return words.length === 0 ? 1 : new Set(words).size / words.length
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text.trim())
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}

/** The findings of one rule, or its `pass` when it applied and found nothing. */
function checked(rule: AdmissionRule, applies: boolean, findings: Finding[]): Finding[] {
  if (!applies) return []
  return findings.length > 0 ? findings : [{ rule, severity: 'pass', params: {} }]
}

function fail(rule: AdmissionRule, params: Finding['params']): Finding {
  return { rule, severity: 'fail', params }
}

function about(question: Question, rule: AdmissionRule, severity: Severity, params: Finding['params']): Finding {
  return { rule, severity, question: question.key, params }
}
