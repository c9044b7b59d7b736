import { type Both, fill, type Lang } from '#platform/text.ts'
import type { FailReason, Reason } from './admission-decision.ts'

/** The letter with which an entry leaves or passes the administrative selection. */
export type ResultLetter = {
  kind: 'passed' | 'failed' | 'withdrawn'
  agency: string
  proposal: string
  /** The number on the receipt in full, and the running number in the round. */
  receipt: string
  number: number
  title: string
  unitName: string
  agencyName: string
  round: Both
  at: Date
  /** The reading that decided; 0 when it was withdrawn or nobody read it. */
  reading: number
  reasons: readonly Reason[]
  /** What the reader, or whoever withdrew it, wrote for the owners. */
  note: string | null
  source: { name: string; agencyName: string; year: number | null } | undefined
}

/**
 * The number on the letter, from the entry's receipt, so that it stays the same: SA = seleksi administrasi, with the
 * reading of a result that was changed; TK = ditarik. It is the platform's own, not the archive's.
 */
export function resultNumber({ receipt, kind, reading }: Pick<ResultLetter, 'receipt' | 'kind' | 'reading'>): string {
  if (kind === 'withdrawn') return `${receipt}/TK`
  return reading > 2 ? `${receipt}/SA-${reading}` : `${receipt}/SA`
}

type LetterWords = Readonly<
  Record<
    | 'letterPassBody'
    | 'letterFailBody'
    | 'letterWithdrawnBody'
    | 'letterWithdrawnNote'
    | 'letterChangedBody'
    | 'letterTodo'
    | 'letterNote'
    | 'letterSource'
    | 'letterObject'
    | 'letterAsk',
    string
  >
>
type ReasonWords = (reason: FailReason, lang: Lang) => { name: string; says: string; todo: string }

/** What the letter says, for mail, page and paper alike: paragraphs, then the reasons one by one, then paragraphs. */
export function resultText(
  letter: Omit<ResultLetter, 'agency' | 'proposal' | 'receipt' | 'at'>,
  lang: Lang,
  w: LetterWords,
  reasonWords: ReasonWords,
): { opening: string[]; reasons: { name: string; says: string; note: string; todo: string }[]; closing: string[] } {
  const { kind, note, reading, source, title, number, unitName: unit, agencyName: agency } = letter
  const values = { title, number, unit, agency, round: letter.round[lang] }
  if (kind === 'withdrawn')
    return {
      opening: [fill(w.letterWithdrawnBody, values), ...(note ? [fill(w.letterWithdrawnNote, { note })] : [])],
      reasons: [],
      closing: [w.letterAsk],
    }
  const changed = reading > 2
  const reasons = letter.reasons.map((reason) => {
    const { name, says, todo } = reasonWords(reason.rule, lang)
    return { name, says, note: reason.note, todo: fill(w.letterTodo, { todo }) }
  })
  return {
    opening: [
      ...(changed ? [fill(w.letterChangedBody, { reason: note ?? '' })] : []),
      fill(kind === 'passed' ? w.letterPassBody : w.letterFailBody, values),
    ],
    reasons,
    closing: [
      ...(!changed && note ? [fill(w.letterNote, { note })] : []),
      ...(source
        ? [fill(w.letterSource, { name: source.name, agency: source.agencyName, year: source.year ?? '–' })]
        : []),
      kind === 'failed' ? w.letterObject : w.letterAsk,
    ],
  }
}
