import type { ElectionPackage } from '../../format/index.ts'
import type { Block, Paper, PaperLang } from '../paper.ts'
import { documentWords } from './words.ts'

/** What a slip may carry over it, besides what every practice package says of itself. */
export type SlipMark = 'void' | 'reprint'

/**
 * What a slip is made of, and all that it is made of: no voter, no time, no number that counts, no code (R10, T18). No booth either: the few
 * slips of a mobile booth, or of one that broke early, would be a group of their own when all slips are counted by hand (T19).
 */
export type SlipOf = {
  readonly package: ElectionPackage
  /** The number of a candidate, or blank. */
  readonly choice: number | 'blank'
  readonly marks?: readonly SlipMark[]
  readonly lang?: PaperLang
}

export const mark = (text: string): Block => ({ text, size: 2, centre: true, inverse: true })
export const practiceMark = (content: ElectionPackage, text: string): Block[] =>
  content.mode === 'practice' ? [mark(text)] : []

/** How a choice is called on paper: "2. Budi Santoso", "Kotak kosong", "Pilihan kosong". Throws RangeError for a number that nobody has. */
export function choiceName(content: ElectionPackage, choice: number | 'blank', lang: PaperLang = 'id'): string {
  const w = documentWords(lang)
  if (choice === 'blank') return w.blank
  const candidate = content.candidates.find(({ number }) => number === choice)
  if (!candidate) throw new RangeError(`no candidate has the number ${choice}`)
  return `${choice}. ${candidate.emptyBox ? w.emptyBox : candidate.name}`
}

/** "TPS 3 - Desa Percontohan". */
export const placeLine = (content: ElectionPackage, tps: string, village: string): string =>
  `${tps} ${content.tps.number} - ${village} ${content.election.village.name}`

/**
 * The slip (struk audit) that the voter checks, folds and puts into the audit box, and that decides in a dispute. Two slips of the same
 * choice and marks are equal to the last byte, from whatever booth. Throws RangeError for a number that no candidate has.
 */
export function slip({ package: content, choice, marks = [], lang = 'id' }: SlipOf): Paper {
  const w = documentWords(lang)
  const candidate = content.candidates.find(({ number }) => number === choice)
  if (choice !== 'blank' && !candidate) throw new RangeError(`no candidate has the number ${choice}`)
  const warnings: Block[] = [
    ...practiceMark(content, w.practice),
    ...marks.map((each) => mark(each === 'void' ? w.void : w.reprint)),
  ]
  const chosen: Block[] = candidate
    ? [
        ...(candidate.photo ? [{ photo: candidate.photo, mm: 24, alt: candidate.name }] : []),
        { text: `${candidate.number}`, size: 3, bold: true, centre: true },
        { text: candidate.emptyBox ? w.emptyBox : candidate.name, size: 2, bold: true, centre: true },
      ]
    : [{ text: w.blank, size: 2, bold: true, centre: true }]
  return {
    kind: 'slip',
    lang,
    title: w.slip,
    blocks: [
      ...warnings,
      { text: w.slip, bold: true, centre: true, heading: 1 },
      { text: content.election.name, centre: true },
      { text: placeLine(content, w.tps, w.village), centre: true },
      { feed: 1 },
      ...chosen,
      { feed: 1 },
      { text: `${w.electionId} ${content.election.id}` },
      { text: marks.includes('void') ? w.slipVoid : w.slipCheck, centre: true },
      ...warnings,
      { cut: true },
    ],
  }
}
