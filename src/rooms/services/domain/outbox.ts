import type { Zone } from '#platform/text.ts'

/** Whole hours that a zone is ahead of UTC; there is no summer time in Indonesia. */
const ahead: Record<Zone, number> = { WIB: 7, WITA: 8, WIT: 9 }
const hour = 3_600_000

/** Messages are quiet from 21 to 6 o'clock where their reader is. */
export const quiet = { from: 21, until: 6 } as const

/** The end of the night in which `at` lies there; undefined by day. */
export function quietUntil(at: Date, zone: Zone): Date | undefined {
  const local = new Date(at.getTime() + ahead[zone] * hour)
  const h = local.getUTCHours()
  if (h >= quiet.until && h < quiet.from) return undefined
  const morning = Date.UTC(
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate() + (h >= quiet.from ? 1 : 0),
    quiet.until,
  )
  return new Date(morning - ahead[zone] * hour)
}

/** How often a message is handed over before it is given up. With the waits below: for about a day. */
export const mostAttempts = 12

/** When to try again after so many attempts: 1, 2, 4 … minutes, at most 4 hours. */
export const tryAgain = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(2 ** (attempts - 1), 240) * 60_000)

/** A NIK or KK whole, in one piece or in groups of four: it never goes out. */
export const holdsWholeNumber = (text: string): boolean =>
  /(?<!\d)\d{16}(?!\d)|(?<!\d)\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?!\d)/.test(text)

/** Why a message is held although it waits for nothing, by the names that this room has words for. */
export const heldFor = ['no-number', 'withdrawn', 'opted-out', 'whole-number', 'no-channel'] as const
export type HeldFor = (typeof heldFor)[number]

type Waiting = { text: Record<string, string> | null; urgent: boolean; zone: Zone; silent: boolean }
export type Verdict =
  | { do: 'hold'; why: HeldFor }
  | { do: 'wait'; until: Date }
  | { do: 'send'; channel: 'sms' | 'whatsapp'; text: string }

/** What becomes of a message that is due now. */
export function judgeSending({ text, urgent, zone, silent }: Waiting, now: Date): Verdict {
  if (!text) return { do: 'hold', why: 'withdrawn' }
  if (silent) return { do: 'hold', why: 'opted-out' }
  const channel = text.sms !== undefined ? 'sms' : text.whatsapp !== undefined ? 'whatsapp' : undefined
  if (!channel) return { do: 'hold', why: 'no-channel' }
  if (holdsWholeNumber(text[channel]!)) return { do: 'hold', why: 'whole-number' }
  const until = urgent ? undefined : quietUntil(now, zone)
  return until ? { do: 'wait', until } : { do: 'send', channel, text: text[channel]! }
}
