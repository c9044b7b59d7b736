import type { ApiInnovation } from './api.ts'

export const csvHead = [
  'code',
  'name',
  'agency',
  'province_code',
  'province',
  'category',
  'year',
  'level',
  'family',
  'source',
  'summary_lang',
  'summary',
  'translation',
  'status',
  'status_on',
  'notes',
  'demo',
  'url',
] as const

/**
 * A field as RFC 4180 writes it. One that a spreadsheet would take for a formula gets an apostrophe before it, so that
 * opening the file never runs anything.
 */
export function csvField(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (fields: readonly (string | number | boolean | null)[]): string =>
  `${fields.map(csvField).join(',')}\r\n`

/** One line for each award: what was won when stands beside what it is. */
export function csvLines(each: ApiInnovation): string {
  return each.awards
    .map((award) =>
      csvLine([
        each.code,
        each.name,
        each.agency,
        each.province?.code ?? null,
        each.province?.name ?? null,
        award.category,
        award.year,
        award.level,
        award.family,
        award.source,
        each.summary.lang,
        each.summary.text,
        each.translation?.text ?? null,
        each.status.value,
        each.status.on,
        each.notes.join(' '),
        award.demo,
        each.url,
      ]),
    )
    .join('')
}
