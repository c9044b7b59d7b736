import { type AdmissionProposal, about, checked, type Finding } from './admission-finding.ts'
import { textOf } from './admission-form.ts'
import { plainText } from './plain-text.ts'
import type { Question, Rules } from './round.ts'
import { wordCount } from './words.ts'

/** What looks careless, which a machine cannot know: an empty title, twin, short and repeating answers. Hints, but for blocked words. */
export function careFindings(rules: Rules, questions: readonly Question[], proposal: AdmissionProposal): Finding[] {
  const text = (question: Question) => textOf(proposal, question)
  const filled = questions.filter((question) => question.kind === 'text' && text(question) !== '')
  const scored = filled.filter((question) => question.scored)
  return [
    ...titleFindings(rules, proposal.title),
    ...checked('identical-answers', filled.length > 1, identicalAnswers(filled, text)),
    ...checked(
      'short-answer',
      scored.length > 0,
      scored.flatMap((question) => {
        const words = wordCount(text(question))
        // A question with a tight limit must not be called careless for keeping to it.
        const least = Math.min(rules.answerRule.minWords, Math.ceil((question.maxWords ?? Infinity) / 2))
        return words < least ? [about(question, 'short-answer', 'hint', { words, least })] : []
      }),
    ),
    ...checked(
      'repetitive-answer',
      scored.length > 0,
      scored.flatMap((question) => {
        const variety = varietyOf(text(question))
        const percent = Math.round(variety * 100)
        return variety < rules.answerRule.minVariety ? [about(question, 'repetitive-answer', 'hint', { percent })] : []
      }),
    ),
  ]
}

function titleFindings(rules: Rules, title: string): Finding[] {
  const { minWords, maxWords, minLetters, blockedWords } = rules.titleRule
  const words = plainText(title).split(' ').filter(Boolean)
  const letters = title.match(/\p{L}/gu) ?? []
  const different = new Set(letters.map((letter) => letter.toLowerCase())).size
  // Fewer than three different letters is typing to fill the box ("aaaa", "xxx"), whatever the length.
  const meaningless = words.length < minWords || words.length > maxWords || letters.length < minLetters || different < 3
  const blocked = blockedWords.filter((word) => words.includes(plainText(word)))
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
    const text = plainText(textOf(question))
    const earlier = first.get(text)
    if (!earlier) first.set(text, question)
    return earlier && text !== '' ? [about(question, 'identical-answers', 'hint', { other: earlier.key })] : []
  })
}

/** Different words ÷ words. Every long text repeats small words, so only the first hundred are looked at. */
function varietyOf(text: string): number {
  const words = plainText(text).split(' ').filter(Boolean).slice(0, 100)
  return words.length === 0 ? 1 : new Set(words).size / words.length
}
