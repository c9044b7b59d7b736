import { questionsFor, type Rules } from './round.ts'

/** A part of the text of a proposal: the question it answers, and where it stands in the joined text. */
export type Part = { question: string; label: { id: string; en: string }; start: number; end: number }
/** The text of a proposal as it is compared and shown side by side: the answers in the order of the form. */
export type ComparedText = { text: string; parts: Part[] }

const between = '\n\n'

/**
 * The scored answers of a proposal as one text. Names, telephone numbers and the like are not compared: they are the
 * same in every proposal of a unit. For an unknown group every answer counts.
 */
export function comparedText(rules: Rules, group: string, answers: Readonly<Record<string, unknown>>): ComparedText {
  const questions = questionsFor(rules, group).filter((each) => each.kind === 'text' && each.maxWords !== null)
  const chosen =
    questions.length > 0
      ? questions.map(({ key, label }) => ({ key, label }))
      : Object.keys(answers).map((key) => ({ key, label: { id: key, en: key } }))
  let text = ''
  const parts: Part[] = []
  for (const { key, label } of chosen) {
    const answer = String(answers[key] ?? '').trim()
    if (answer === '') continue
    if (text !== '') text += between
    parts.push({ question: key, label, start: text.length, end: text.length + answer.length })
    text += answer
  }
  return { text, parts }
}

/** A stretch of a part, in or out of a shared passage; `passage` numbers it from 1 in both texts, 0 is not shared. */
export type Stretch = { text: string; passage: number }

/** One part cut at the passages that run through it; a passage over two answers is marked in both. */
export function stretches(
  { text }: Pick<ComparedText, 'text'>,
  part: Part,
  passages: readonly { start: number; end: number; number: number }[],
): Stretch[] {
  const inside = passages
    .map((each) => ({ ...each, start: Math.max(each.start, part.start), end: Math.min(each.end, part.end) }))
    .filter((each) => each.start < each.end)
    .sort((a, b) => a.start - b.start)
  const cut: Stretch[] = []
  let at = part.start
  for (const { start, end, number } of inside) {
    if (start > at) cut.push({ text: text.slice(at, start), passage: 0 })
    cut.push({ text: text.slice(start, end), passage: number })
    at = end
  }
  if (at < part.end) cut.push({ text: text.slice(at, part.end), passage: 0 })
  return cut
}
