import { say } from '../domain/held.ts'

/** Words of a package in the reader's language, or what stands in their place. */
export const named = (words: unknown, lang: string): string =>
  words && typeof words === 'object' && Object.keys(words).length > 0
    ? say(words as Record<string, string>, lang)
    : String(words)

/** By which role, or by time. */
export const by = (p: Record<string, unknown>, lang: 'id' | 'en') =>
  p.role === 'system'
    ? lang === 'id'
      ? 'dengan sendirinya'
      : 'by itself'
    : `${lang === 'id' ? 'oleh' : 'by'} ${named(p.roleNames, lang)}`
