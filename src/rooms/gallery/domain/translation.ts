import indonesian from '../data/summaries.id.json' with { type: 'json' }

const translations: Record<string, string> = indonesian

/** Our translation of a shipped summary into the other language than its source's; null when there is none. */
export function translationOf(name: string, lang: 'id' | 'en'): string | null {
  return lang === 'en' ? (translations[name] ?? null) : null
}
