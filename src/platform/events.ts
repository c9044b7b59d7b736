import type { Lang } from './text.ts'

type Sentence = (particulars: Record<string, unknown>) => string

/** Every event a room tells: its full name, and what it says in each language. docs/events.md is written from it. */
export type EventCatalogue = Record<
  `${string}.${string}`,
  {
    about: string
    id: Sentence
    en: Sentence
    /** What the event is called where nothing is known of it; only where its sentence does not stand with gaps. */
    title?: { id: string; en: string }
  }
>

/** An event as a sentence. An unknown name (of another room) is shown as it is: a history never hides a line. */
export function tellEvent(
  catalogue: EventCatalogue,
  event: { name: string; particulars: unknown },
  lang: Lang,
): string {
  const entry = catalogue[event.name as `${string}.${string}`]
  return entry ? entry[lang]((event.particulars ?? {}) as Record<string, unknown>) : event.name
}

/**
 * The name of an event in the reader's language: its sentence, with an ellipsis for each thing
 * that one event would say, and without what it adds after a colon or in a second sentence.
 */
export function eventTitle(catalogue: EventCatalogue, name: string, lang: Lang): string {
  const entry = catalogue[name as `${string}.${string}`]
  if (!entry) return name
  if (entry.title) return entry.title[lang]
  const gaps: Record<string, unknown> = new Proxy({}, { get: () => '…' })
  let sentence = name
  for (const particulars of [gaps, {}]) {
    try {
      sentence = entry[lang](particulars)
      break
    } catch {
      // A sentence that counts or looks up needs a real value; without any it says what it can.
    }
  }
  return sentence
    .replaceAll(/undefined|NaN/g, '…')
    .replaceAll(/[“"]…?[”"]/g, '…')
    .split(/\. (?=\p{Lu})/u)[0]!
    .replace(/[\s.]+$/, '')
    .replace(/[:,;][\s…:]*$/, '')
}

let known: EventCatalogue = {}

/** Told once at start what all rooms tell, so that the record of acts can be read whole. */
export function knowEvents(catalogue: EventCatalogue) {
  known = catalogue
}
export const knownEvents = (): EventCatalogue => known
