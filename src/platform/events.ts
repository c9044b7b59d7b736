import type { Lang } from './text.ts'

type Sentence = (particulars: Record<string, unknown>) => string

/** Every event a room tells: its full name, and what it says in each language. docs/events.md is written from it. */
export type EventCatalogue = Record<`${string}.${string}`, { about: string; id: Sentence; en: Sentence }>

/** An event as a sentence. An unknown name (of another room) is shown as it is: a history never hides a line. */
export function tellEvent(
  catalogue: EventCatalogue,
  event: { name: string; particulars: unknown },
  lang: Lang,
): string {
  const entry = catalogue[event.name as `${string}.${string}`]
  return entry ? entry[lang]((event.particulars ?? {}) as Record<string, unknown>) : event.name
}

let known: EventCatalogue = {}

/** Told once at start what all rooms tell, so that the record of acts can be read whole. */
export function knowEvents(catalogue: EventCatalogue) {
  known = catalogue
}
export const knownEvents = (): EventCatalogue => known
