import type { ElectionPackage } from '../../format/index.ts'
import type { Paper, PaperLang } from '../paper.ts'
import { placeLine, practiceMark } from './slip.ts'
import { documentWords } from './words.ts'

/**
 * The voter's own paper, printed before the voter says whether the ballot is cast or opened: the tracking code, and no booth, no time and
 * no number (T1, T20). It is the same whatever was chosen. `address` is the public page, where there is one.
 */
export function receipt({
  package: content,
  code,
  address,
  lang = 'id',
}: {
  package: ElectionPackage
  /** The ballot's tracking code, 43 signs of base64. */
  code: string
  address?: string
  lang?: PaperLang
}): Paper {
  const w = documentWords(lang)
  return {
    kind: 'receipt',
    lang,
    title: w.receipt,
    blocks: [
      ...practiceMark(content, w.practice),
      { text: w.receipt, bold: true, centre: true, heading: 1 },
      { text: content.election.name, centre: true },
      { text: placeLine(content, w.tps, w.village), centre: true },
      { feed: 1 },
      { text: w.receiptCode, centre: true },
      { text: code, bold: true, centre: true },
      { qr: code, alt: w.receiptQr },
      { text: w.receiptSays },
      { text: w.receiptWall },
      ...(address ? [{ text: `${w.receiptWhere} ${address}` }] : []),
      ...practiceMark(content, w.practice),
      { cut: true },
    ],
  }
}
