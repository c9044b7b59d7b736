/** Days before the closing on which those who still hold a draft are reminded, the longest first. */
export const reminderDays = [7, 3, 1] as const

const day = 86_400_000

/**
 * Which reminder is due now: the shortest of the spans that the time left fits into. 6 days before the closing it is the
 * one of 7 (a missed run is made up for), 25 hours before the one of 3, 24 hours before the one of 1. None before the
 * seventh day, and none when the closing is past.
 */
export function reminderDue(closes: Date, now: Date): number | undefined {
  const left = closes.getTime() - now.getTime()
  if (left < 0) return undefined
  return [...reminderDays].reverse().find((days) => left <= days * day)
}
