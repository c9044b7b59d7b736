import { globSync } from 'node:fs'
import path from 'node:path'
import { shippedRounds } from '#competition'

/**
 * The product's texts in both languages: those of the words files, and those that the rounds carry as data. A text that
 * both languages share says nothing and is left out.
 */
export async function bothLanguages() {
  const texts = { id: new Set<string>(), en: new Set<string>() }
  const keys = new Set<string>()
  const gather = (lang: 'id' | 'en', value: unknown): void => {
    if (typeof value === 'string') texts[lang].add(tidy(value))
    else if (value && typeof value === 'object')
      for (const [key, each] of Object.entries(value)) {
        keys.add(key)
        gather(lang, each)
      }
  }
  const root = path.join(import.meta.dirname, '..')
  for (const file of globSync(['src/rooms/*/text/*.ts', 'src/platform/words/*.ts'], { cwd: root })) {
    const words = (await import(path.join(root, file))) as { id?: unknown; en?: unknown }
    gather('id', words.id)
    gather('en', words.en)
  }
  const gatherData = (value: unknown): void => {
    if (!value || typeof value !== 'object') return
    const pair = value as { id?: unknown; en?: unknown }
    if (typeof pair.id === 'string' && typeof pair.en === 'string') {
      gather('id', pair.id)
      gather('en', pair.en)
    } else for (const each of Object.values(value)) gatherData(each)
  }
  gatherData(shippedRounds())
  const only = (lang: 'id' | 'en', other: 'id' | 'en') => [...texts[lang]].filter((text) => !texts[other].has(text))
  const readers = { id: matcherOf(only('id', 'en')), en: matcherOf(only('en', 'id')) }
  // Pages say the same again and again.
  const judged = { id: new Map<string, boolean>(), en: new Map<string, boolean>() }
  const isOf = (lang: 'id' | 'en', text: string): boolean => {
    const known = judged[lang].get(text) ?? (readers[lang].whole(text) || readers[lang].within(text))
    judged[lang].set(text, known)
    return known
  }
  return {
    /** Whether this is a text of ours, as it stands on an Indonesian page. */
    isOurs: (text: string) => texts.id.has(tidy(text)),
    /** Whether this is the name of a text and not the text. */
    isKey: (text: string) => /[a-z]-[a-z]|[a-z][A-Z]/.test(text) && keys.has(text),
    /** Texts on a page in `lang` that are ours in the other language. */
    strangers(html: string, lang: 'id' | 'en'): string[] {
      const other = lang === 'id' ? 'en' : 'id'
      return [...new Set(textsOf(html, other))].filter((text) => isOf(other, text))
    },
  }
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Finds texts, also those with places for values ({n}); `within` finds long ones inside others. */
function matcherOf(texts: readonly string[]) {
  const plain = new Set(texts.filter((text) => !text.includes('{') && /\p{L}{3}/u.test(text)))
  const filled = texts
    .filter((text) => text.includes('{') && text.replace(/\{\w+\}/g, '').replace(/[^\p{L}]/gu, '').length >= 8)
    .map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\w+\}/)
            .map(literal)
            .join('.{0,200}?')}$`,
          'su',
        ),
    )
  const long = [...plain].filter((text) => text.length >= 24 && text.split(' ').length >= 4)
  return {
    whole: (text: string) => plain.has(text) || filled.some((pattern) => pattern.test(text)),
    within: (text: string) => text.length >= 24 && long.some((each) => text.includes(each)),
  }
}
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const empty = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|path|circle|rect|line|use)$/

/** What a page says, in its texts and in the attributes that are read out, but not what it marks as the other language. */
export function textsOf(html: string, other: 'id' | 'en' | undefined): string[] {
  const found: string[] = []
  const foreign: string[] = []
  for (const [, closing, tag, attributes, after] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s[^>]*)?)>([^<]*)/g)) {
    if (closing) {
      if (foreign.at(-1) === `/${tag}`) foreign.pop()
      else if (foreign.length > 0) foreign.splice(foreign.lastIndexOf(tag!), 1)
    } else if (foreign.length > 0 || (other && tag !== 'html' && attributes!.includes(` lang="${other}"`))) {
      if (!empty.test(tag!) && !attributes!.endsWith('/')) foreign.push(foreign.length === 0 ? `/${tag}` : tag!)
    }
    if (foreign.length > 0) continue
    if (tag === 'textarea' && !closing) continue
    for (const [, , value] of attributes!.matchAll(
      /\s(title|aria-label|placeholder|alt|data-label|content)="([^"]*)"/g,
    ))
      found.push(value!)
    if (!/^(?:script|style|pre|code)$/.test(tag!)) found.push(after!)
  }
  return found
    .map((each) => tidy(each.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')))
    .filter(Boolean)
}
