import { fill, type Lang } from '#platform/text.ts'
import type { Problem } from '../domain/package/problem.ts'
import { words } from '../text/index.ts'

/**
 * What is wrong, in the reader's language: by the name of the rule, with what the reader of packages has named in
 * quotes. A part that does not have its shape is told by what was expected of it.
 */
export function problemSentence({ rule, says, at }: Problem, lang: Lang): string {
  const w = words(lang) as Record<string, string>
  const quoted = /“([^”]*)”/.exec(says)?.[1] ?? /\{(\w+)\}/.exec(says)?.[1]
  if (rule === 'not-the-schema') {
    const { code, it } = ofSchema(says)
    return fill(w[code]!, { it })
  }
  if (rule === 'example-failed') return ofExample(says, w)
  if (rule === 'language-missing' || rule === 'sms-too-long') {
    const detail = /\d+ characters; at most \d+/.exec(says)?.[0].match(/\d+/g) ?? []
    return `${w[`p-${rule}`]}${detail.length === 2 ? ` (${detail.join(' > ')})` : ''}`
  }
  const sentence = w[`p-${rule}`]
  if (!sentence) return w['p-not-the-schema']!
  return fill(sentence, { it: quoted ?? at.split('.').at(-1) ?? '' })
}

/** The schema's own sentence as one of ours: it is written for programmers. */
function ofSchema(says: string): { code: string; it: string } {
  const options = /^Invalid (?:option|input): expected (?:one of )?(".+)$/.exec(says)?.[1]
  const it = (options ?? '').replaceAll('"', '').replaceAll('|', ', ')
  if (options) return { code: 's-choose', it }
  const patterns: [RegExp, string][] = [
    [/received undefined|>=1 characters/, 's-required'],
    [/a name has small letters/, 's-name'],
    [/has a meaning already/, 's-taken'],
    [/expected (?:number|int)/, 's-number'],
    [/ISO date/i, 's-date'],
    [/a duration such as/, 's-duration'],
    [/three numbers/, 's-version'],
    [/an address such as/, 's-address'],
    [/^Too small/, 's-few'],
    [/^Too big/, 's-many'],
  ]
  return { code: patterns.find(([pattern]) => pattern.test(says))?.[1] ?? 'p-not-the-schema', it }
}

function ofExample(says: string, w: Record<string, string>): string {
  const told = (code: string, want = '', got = '') => fill(w[code]!, { want, got })
  const values = /^expected (.*), and it is (.*)$/s.exec(says)
  if (values) return told('x-failed', values[1], values[2])
  const refused = /^it was refused: (.*)$/.exec(says)
  if (refused) return told('x-refused', '', refused[1])
  const other = /^expected to be refused by (.*), and (?:it was by (.*)|it was not)$/.exec(says)
  if (other) return other[2] ? told('x-refused-otherwise', other[1], other[2]) : told('x-not-refused', other[1])
  return w['p-example-failed']!
}
