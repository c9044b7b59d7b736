import type { Rules } from '#competition'
import type { Both } from '#platform/text.ts'
import { type InterviewSheet, interviewScore } from './interview.ts'
import { roundRatio } from './score.ts'
import { percentile } from './selection.ts'

/** How far an entry came. */
export type Reached = 'level' | 'finalist' | 'nominee' | 'scored'

/** What a feedback letter says, kept as it was when released. Points 0-100. */
export type LetterContent = {
  round: { id: string; name: Both }
  number: number
  title: string
  agencyName: string
  unitName: string
  criteria: {
    label: Both
    weight: number
    /** Mean over the readers who gave points; null when nobody did. */
    mean: number | null
    readers: number
    /** Only of evaluators who allowed it, without names. */
    comments: string[]
  }[]
  mean: number | null
  readers: number
  /** Better than this per cent of the entries of its group; null when there are too few to say. */
  percentile: number | null
  entries: number
  reached: Reached
  /** The top level, or the finalists' level; null below. */
  level: Both | null
  interview: {
    mean: number | null
    members: number
    criteria: { label: Both; weight: number; mean: number | null }[]
  } | null
  /** In the bundle for recomputing. */
  code: string | null
}

/** A letter that went out. `receipt` is the entry's number in full; `check` the code that is printed on it. */
export type SentLetter = { content: LetterContent; at: Date; receipt: string; check: string }

/**
 * The number on a feedback letter (UB = umpan balik), from the entry's receipt, so that it is the same for ever. It is
 * the platform's own; what number the ministry's archive gives is a matter of the archive.
 */
export const letterNumber = (receipt: string): string => `${receipt}/UB`

/** A mark of one reader for one criterion; `comment` only where the reader allows the entrant to read it. */
export type LetterMark = { proposal: string; criterion: string; points: number | null; comment: string | null }

type About = Pick<
  LetterContent,
  'round' | 'number' | 'title' | 'agencyName' | 'unitName' | 'reached' | 'level' | 'code'
> & {
  id: string
  group: string
}

/**
 * Write the letter of one entry. `scores` are the published means of its group, its own among them; `questions` the
 * scored ones of its group. What is missing is said to be missing and counted nowhere.
 */
export function writeLetter(
  rules: Rules,
  { id, group: _, ...about }: About,
  given: {
    questions: readonly { key: string; label: Both; weight: number }[]
    marks: readonly LetterMark[]
    own: { mean: number | null; readers: number }
    scores: readonly number[]
    sheets: readonly InterviewSheet[]
  },
): LetterContent {
  const marks = given.marks.filter((mark) => mark.proposal === id)
  const criteria = given.questions.map(({ key, label, weight }) => {
    const own = marks.filter((mark) => mark.criterion === key)
    const points = own.flatMap((mark) => (mark.points === null ? [] : [mark.points]))
    const comments = own.flatMap((mark) => (mark.comment?.trim() ? [mark.comment.trim()] : []))
    return { label, weight, mean: meanOf(points), readers: points.length, comments }
  })
  const { mean } = given.own
  const better = mean === null ? undefined : percentile(given.scores, mean)
  return {
    ...about,
    criteria,
    mean,
    readers: given.own.readers,
    percentile: better ?? null,
    entries: given.scores.length,
    interview: interviewPart(rules, id, given.sheets),
  }
}

function interviewPart(rules: Rules, id: string, sheets: readonly InterviewSheet[]): LetterContent['interview'] {
  const score = interviewScore(rules, id, sheets)
  if (!rules.interview || score.n === 0) return null
  const counted = sheets.filter(
    (sheet) => sheet.proposal === id && sheet.done && !score.leftOut.some((left) => left.evaluator === sheet.member),
  )
  const criteria = rules.interview.sheet.map(({ key, label, weight }) => ({
    label,
    weight,
    mean: meanOf(counted.flatMap((sheet) => (sheet.points[key] == null ? [] : [sheet.points[key]]))),
  }))
  return { mean: score.mean ?? null, members: score.n, criteria }
}

/** To two decimals, a half up, counted in whole hundredths. */
function meanOf(points: readonly number[]): number | null {
  if (points.length === 0) return null
  const sum = points.reduce((total, each) => total + Math.round(each * 100), 0)
  return roundRatio(sum, points.length * 100, { decimals: 2, half: 'up' })
}
