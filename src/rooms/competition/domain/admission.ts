import { careFindings } from './admission-care.ts'
import {
  type AdmissionFacts,
  type AdmissionProposal,
  type AdmissionRule,
  checked,
  type Finding,
  fail,
  type Likeness,
} from './admission-finding.ts'
import { formFindings, isDate } from './admission-form.ts'
import { type Award, anyHeld, holding } from './award-rule.ts'
import { ageClosing, ageOnClosing, type SubmissionVerdict, submissionVerdict } from './calendar.ts'
import { plainText } from './plain-text.ts'
import { type Group, questionsFor, type Rules } from './round.ts'

/**
 * All findings on one proposal, in the order of `admissionRules`. It decides nothing: the secretariat does, with these in
 * sight. Relevance to the theme and decency need a reader and are not judged here.
 */
export function admissionFindings(rules: Rules, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const group = rules.groups.find((each) => each.key === proposal.group)
  const questions = questionsFor(rules, proposal.group)

  return [
    ...checked('group', true, group ? [] : [fail('group', { group: proposal.group })]),
    ...checked('category', true, categoryFindings(rules, proposal)),
    ...checked('submission', true, submissionFindings(rules, facts)),
    ...checked('age', group !== undefined, group ? ageFindings(rules, group, proposal, facts) : []),
    ...formFindings(questions, proposal),
    ...similarityFindings(rules, proposal, facts),
    ...(group ? groupFindings(group, proposal, facts) : []),
    ...checked('quota', typeof rules.quotas[proposal.group] === 'number', quotaFindings(rules, proposal, facts)),
    ...careFindings(rules, questions, proposal),
  ]
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

function similarityFindings(rules: Rules, proposal: AdmissionProposal, facts: AdmissionFacts): Finding[] {
  const own = plainText(proposal.title)
  const isSame = (other: Likeness) => own !== '' && plainText(other.title) === own
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
