import type PDFDocument from 'pdfkit'
import { encode } from 'uqr'

/** A square code drawn as rectangles: nothing to load and sharp at any size. */
type Pdf = InstanceType<typeof PDFDocument>

export function square(pdf: Pdf, text: string, x: number, y: number, size: number) {
  const { data, size: n } = encode(text, { border: 1, ecc: 'M' })
  const step = size / n
  pdf.save().fillColor('#000')
  for (const [j, row] of data.entries())
    for (const [i, dark] of row.entries()) if (dark) pdf.rect(x + i * step, y + j * step, step, step)
  pdf.fill().restore()
}

/** Signs that have no width of their own in print, and such as another sign stands for. */
const silent = /\u00AD|[\u200B-\u200F]|\u2060|\uFEFF|\uFE0E|\uFE0F/gu
const alike: Record<string, string> = {
  '\u2009': '\u00A0',
  '\u202F': '\u00A0',
  '\t': ' ',
  '\u2011': '-',
  ʼ: '’',
  ʻ: '‘',
  '✓': '√',
  '✔': '√',
  '◦': '•',
  '▪': '•',
  '‐': '-',
}

/**
 * A text with the signs that the house's letters have: every Latin script, and what people type between words. Of a
 * sign of another script a small box stands in its place, so that nobody reads a wrong letter.
 */
export function drawable(pdf: Pdf, text: string): string {
  const { font } = (pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font
  const has = (sign: string) => sign === '\n' || font.hasGlyphForCodePoint(sign.codePointAt(0)!)
  return [...text.normalize('NFC').replace(/\r\n?/g, '\n').replace(silent, '')]
    .map((sign) => {
      if (has(sign)) return sign
      const other = alike[sign] ?? sign.normalize('NFKD').replace(/\p{M}/gu, '')
      return other !== '' && [...other].every(has) ? other : '□'
    })
    .join('')
}
