import { formatNumber, type Lang } from '#platform/text.ts'
import { State, type Tone } from '#platform/ui/index.ts'
import { readFlag, type Status } from '../domain/innovation.ts'
import type { Piece } from '../domain/query.ts'
import { words } from '../text/index.ts'

/** A text with what matched marked; everything is escaped by being text. */
export function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece, i) => (piece.hit ? <mark key={i}>{piece.text}</mark> : piece.text))}</>
}

const tones: Record<Status, Tone> = {
  continues: 'good',
  developing: 'good',
  dormant: 'attention',
  stopped: 'bad',
  unknown: 'calm',
}

export function LifeState({ status, lang }: { status: Status; lang: Lang }) {
  return <State tone={tones[status]}>{words(lang)[status]}</State>
}

/** A note of the register in the reader's language. */
export function flagNote(flag: string, lang: Lang): string {
  const w = words(lang)
  const { known, detail } = readFlag(flag)
  return (known ? w[known] : w.otherFlag).replace('{detail}', detail)
}

/** "142 inovasi", and one as one. */
export const countOf = (n: number, lang: Lang): string =>
  n === 1 ? words(lang).foundOne : words(lang).found.replace('{n}', formatNumber(n, lang))

/** The text in the reader's language, and whether it is our translation. */
export function inLanguage<T>(lang: Lang, of: { lang: Lang; summary: T; translation: T | null }) {
  const own = of.lang === lang || of.translation === null
  return { text: own ? of.summary : of.translation!, lang: own ? of.lang : lang, translated: !own }
}
