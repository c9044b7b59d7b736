/** Languages, dates and numbers as Indonesians and English readers write them. */
export type Lang = 'id' | 'en'
export type Zone = 'WIB' | 'WITA' | 'WIT'

const places: Record<Zone, string> = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' }
const locale: Record<Lang, string> = { id: 'id-ID', en: 'en-GB' }

export type Words<T> = { id: T; en: T }
/** A text in both languages, as data carries it. */
export type Both = { id: string; en: string }

const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(lang: Lang, zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang}${zone}${JSON.stringify(options)}`
  let found = cache.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale[lang], { timeZone: places[zone], ...options })
    cache.set(key, found)
  }
  return found
}

/** 28 Februari 2017 */
export function formatDate(date: Date | string, lang: Lang, zone: Zone = 'WIB'): string {
  const value = typeof date === 'string' ? new Date(`${date.slice(0, 10)}T12:00:00+07:00`) : date
  return formatter(lang, zone, { day: 'numeric', month: 'long', year: 'numeric' }).format(value)
}

/** 23.59 WIB (23:59 WIB in English) */
export function formatTime(date: Date, lang: Lang, zone: Zone = 'WIB', seconds = false): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  }
  return `${formatter(lang, zone, options).format(date)} ${zone}`
}

/** 28 Februari 2017, 23.59 WIB */
export function formatDateTime(date: Date, lang: Lang, zone: Zone = 'WIB', seconds = false): string {
  return `${formatDate(date, lang, zone)}, ${formatTime(date, lang, zone, seconds)}`
}

/** 1.234,5 */
export function formatNumber(value: number, lang: Lang, decimals?: number): string {
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 2 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(locale[lang], digits).format(value)
}

/** 29 %: `share` is between 0 and 1. */
export const formatPercent = (share: number, lang: Lang, decimals = 0): string =>
  `${formatNumber(share * 100, lang, decimals)} %`

/** "dalam 3 hari", "2 jam yang lalu": from `now` to `then`, in the largest unit that fits; months from the third on. */
export function formatDistance(then: Date, now: Date, lang: Lang): string {
  const seconds = Math.round((then.getTime() - now.getTime()) / 1000)
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 2 * 365 * 86_400],
    ['month', 61 * 86_400],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  const lengths: Partial<Record<Intl.RelativeTimeFormatUnit, number>> = { year: 365.25 * 86_400, month: 30.44 * 86_400 }
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  // "now", and "today" for no other unit: a day is counted from this hour on.
  const numeric = seconds === 0 ? 'auto' : 'always'
  const n = Math.trunc(seconds / (lengths[unit] ?? size))
  return new Intl.RelativeTimeFormat(locale[lang], { numeric }).format(n, unit)
}

/** Put values into a sentence: fill('Maksimal {limit} kata.', { limit: 200 }). */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole))
}

/**
 * Words in a text, by the rule the form in the browser and the server share.
 *
 * A word is whatever stands between spaces and holds at least one letter or digit. A reduplication such as "anak-anak"
 * is therefore one word, as it is in Indonesian and in the word processors in which people draft; a lone dash or bullet
 * is none. A long dash (—) separates, because it is often typed without spaces.
 */
export function wordCount(text: string): number {
  let count = 0
  for (const part of text.split(/[\s\u200b\u2014]+/u)) if (/[\p{L}\p{N}]/u.test(part)) count += 1
  return count
}
