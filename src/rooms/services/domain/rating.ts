import { type Decision, decide, refuse } from '#platform/result.ts'

/** For how many days a rating can be changed. */
export const changeable = 7
/** So many ratings at least stand behind a public figure, and it moves on by so many at once, so that no single one can be read from it. */
export const step = 5

/** Whole days between two days (`2026-03-02`). */
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The last day on which a rating of this day can be changed. */
export const lastDay = (day: string): string =>
  new Date(Date.parse(day) + changeable * 86_400_000).toISOString().slice(0, 10)

/** Whether a case may be rated today: once, and changed for seven days (Permenpan 14/2017: 1 to 4). */
export function judgeRating(
  given: { day: string } | undefined,
  today: string,
): Decision<{ day: string }, 'rating-over'> {
  if (given && daysBetween(given.day, today) > changeable) return refuse('rating-over')
  return decide({ day: given?.day ?? today })
}

/** What everybody may know: how many and their mean, rounded to a tenth; undefined below five. `scores` in the order in which they came. */
export function publicRating(scores: readonly number[]): { n: number; mean: number } | undefined {
  const n = Math.floor(scores.length / step) * step
  if (n === 0) return undefined
  const sum = scores.slice(0, n).reduce((a, b) => a + b, 0)
  return { n, mean: Math.round((sum / n) * 10) / 10 }
}
