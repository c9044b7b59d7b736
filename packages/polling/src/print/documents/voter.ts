import type { ElectionPackage } from '../../format/index.ts'
import type { Paper, PaperLang } from '../paper.ts'
import { qrParts } from './parts.ts'
import { placeLine, practiceMark } from './slip.ts'
import { documentWords } from './words.ts'

/**
 * The sheet of an opened ballot (UJI, R62): what it holds, its tracking code, and the whole opening record in QR codes, so that a device that
 * is not ours can compute it. It is no secret, and it is not counted. `chosen` is what the booth says: whether the codes say so too, `check-uji` tells.
 */
export function openingSheet(given: {
  readonly package: ElectionPackage
  readonly code: string
  readonly record: string
  readonly chosen: string
  readonly lang?: PaperLang
}): Paper {
  const { package: content, lang = 'id' } = given
  const w = documentWords(lang)
  const parts = qrParts('UJI', given.record)
  return {
    kind: 'opening',
    lang,
    title: w.opening,
    blocks: [
      ...practiceMark(content, w.practice),
      { text: w.opening, size: 2, bold: true, centre: true, heading: 1 },
      { text: content.election.name, centre: true },
      { text: placeLine(content, w.tps, w.village), centre: true },
      { text: w.openingSays },
      { text: w.receiptCode },
      { text: given.code, bold: true },
      { text: w.openingChosen },
      { text: given.chosen, size: 2, bold: true },
      { text: w.openingHow },
      ...parts.flatMap((part, at) => {
        const said = `${w.part} ${at + 1} ${w.of} ${parts.length}`
        return [
          { text: said, centre: true as const },
          { qr: part, alt: said },
        ]
      }),
      { cut: true },
    ],
  }
}

/**
 * What a voter who cannot be served yet takes along: why, and what to do (R2). `reason` and `next` are whole sentences in the paper's language.
 * No name and no number of the roll.
 */
export function refusalSlip(given: {
  readonly package: ElectionPackage
  readonly desk: number
  readonly reason: string
  readonly next: readonly string[]
  readonly lang?: PaperLang
}): Paper {
  const { package: content, lang = 'id' } = given
  const w = documentWords(lang)
  return {
    kind: 'refusal',
    lang,
    title: w.refusal,
    blocks: [
      ...practiceMark(content, w.practice),
      { text: w.refusal, size: 2, bold: true, centre: true, heading: 1 },
      { text: placeLine(content, w.tps, w.village), centre: true },
      { pairs: [[w.desk, `${given.desk}`]] },
      { text: w.refusalWhy, bold: true },
      { text: given.reason },
      { text: w.refusalNext, bold: true },
      ...given.next.map((text, at) => ({ text: `${at + 1}. ${text}` })),
      { text: w.refusalLaw },
      { cut: true },
    ],
  }
}

/** The stamp that a desk adds to a token: the same paper for all tokens of a desk in the same five minutes (T22). `text` is `stampText`. */
export function stampStrip(given: {
  readonly package: ElectionPackage
  readonly text: string
  readonly lang?: PaperLang
}): Paper {
  const { package: content, lang = 'id' } = given
  const w = documentWords(lang)
  return {
    kind: 'stamp',
    lang,
    title: w.stamp,
    blocks: [
      ...practiceMark(content, w.practice),
      { text: w.stamp, bold: true, centre: true, heading: 1 },
      { qr: given.text, alt: w.stampQr },
      { text: w.stampSays, centre: true },
      { cut: true },
    ],
  }
}
