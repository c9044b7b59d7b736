/** What the search offers while one types: an innovation, an agency, or a category, and where each leads. */
export type Suggestion = { kind: 'innovation' | 'agency' | 'category'; text: string; note: string; href: string }

/** Fewer letters than this fit too much to be of use. */
export const suggestFrom = 2
export const suggestMost = 8

/** The beginning of a code as it is typed ("mi-0001"): MI-0001; undefined when it is none. */
export function readCodeStart(typed: string): string | undefined {
  const digits = /^\s*mi[\s-]*(\d{1,6})\s*$/i.exec(typed)?.[1]
  return digits === undefined ? undefined : `MI-${digits}`
}

export type SuggestedRow = { kind: Suggestion['kind']; text: string; code: string | null; note: string }

/** Where a suggestion leads: to the innovation itself, else to the list that it narrows. */
export function hrefOf({ kind, text, code }: Pick<SuggestedRow, 'kind' | 'text' | 'code'>): string {
  if (kind === 'innovation' && code) return `/gallery/${code}`
  return `/gallery?${new URLSearchParams(kind === 'category' ? { category: text } : { q: text })}`
}
