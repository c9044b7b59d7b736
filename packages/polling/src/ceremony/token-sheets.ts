import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { tokenText } from '../format/index.ts'
import { collect, constantDate } from '../print/roll-pdf.ts'

/** Millimetres, in points. */
const mm = 72 / 25.4

/**
 * A module of the QR code: four dots at 203 dpi, half a millimetre, where 0.4 is the least that cheap readers at a polling place
 * read without fail (R41). Correction level Q: a quarter of the code may be lost to a crease or a thumb.
 */
export const moduleMillimetres = 0.5
const card = { width: 63, height: 54, across: 3, down: 5 }
const left = (210 - card.across * card.width) / 2
const top = (297 - card.down * card.height) / 2

export type SheetHead = {
  readonly village: string
  readonly election: string
  readonly tps: number
  readonly practice: boolean
}

/** The QR code of a token as rows of dark modules, without its quiet zone. */
export const tokenCode = (poolHash: string, token: string): readonly (readonly boolean[])[] =>
  encode(tokenText(poolHash, token), { ecc: 'Q', border: 0 }).data

/**
 * The tokens of one polling place on sheets of A4, to be cut apart: fifteen to a sheet, each with its QR code and the code to type
 * where no reader reads it. No number and no date: two tokens differ in nothing but the code.
 */
export function tokenSheets(head: SheetHead, poolHash: string, tokens: readonly string[]): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: `Token TPS ${head.tps}`, CreationDate: constantDate },
  })
  const done = collect(pdf)
  const perSheet = card.across * card.down
  for (const [at, token] of tokens.entries()) {
    if (at % perSheet === 0) {
      pdf.addPage()
      cutMarks(pdf)
    }
    const x = left + (at % card.across) * card.width
    const y = top + Math.floor((at % perSheet) / card.across) * card.height
    drawCard(pdf, head, tokenCode(poolHash, token), token, x * mm, y * mm)
  }
  pdf.end()
  return done
}

/** Short lines where the cards' corners meet, and nothing on the cards themselves. */
function cutMarks(pdf: PDFKit.PDFDocument): void {
  pdf.lineWidth(0.4).strokeColor('#666')
  const arm = 2
  for (let column = 0; column <= card.across; column++)
    for (let row = 0; row <= card.down; row++) {
      const x = (left + column * card.width) * mm
      const y = (top + row * card.height) * mm
      pdf
        .moveTo(x - arm * mm, y)
        .lineTo(x + arm * mm, y)
        .stroke()
      pdf
        .moveTo(x, y - arm * mm)
        .lineTo(x, y + arm * mm)
        .stroke()
    }
}

function drawCard(
  pdf: PDFKit.PDFDocument,
  { village, election, tps, practice }: SheetHead,
  code: readonly (readonly boolean[])[],
  token: string,
  x: number,
  y: number,
): void {
  const inner = (card.width - 8) * mm
  const at = { x: x + 4 * mm, y: y + 4 * mm }
  const line = { width: inner, height: 12, ellipsis: true, lineBreak: false } as const
  pdf.fillColor('#000').font('Helvetica-Bold', 11).text(`TPS ${tps}`, at.x, at.y, line)
  pdf.font('Helvetica', 8).text(village, at.x, at.y + 13, line)
  pdf
    .fontSize(6.5)
    .fillColor('#333')
    .text(election, at.x, at.y + 23, line)
  const size = moduleMillimetres * mm
  const box = { x: at.x + 2 * mm, y: at.y + 12.5 * mm }
  pdf.fillColor('#000')
  for (const [row, modules] of code.entries())
    for (let column = 0; column < modules.length; column++) {
      if (!modules[column]) continue
      let run = 1
      while (modules[column + run]) run++
      pdf.rect(box.x + column * size, box.y + row * size, run * size, size)
      column += run
    }
  pdf.fill()
  // Right of the code, beyond its quiet zone of four modules.
  const text = { x: box.x + (code.length + 4) * size, width: inner - (code.length + 4) * size - 2 * mm }
  pdf
    .font('Helvetica-Bold', 8)
    .text(practice ? 'LATIHAN – tidak dihitung' : 'Token bilik suara', text.x, box.y, { width: text.width })
    .font('Helvetica', 7)
    .text('Tempelkan kode pada pembaca di bilik. Jangan difoto. Jika tidak dipakai, kembalikan ke meja.', {
      width: text.width,
      lineGap: 1,
    })
  pdf
    .fillColor('#333')
    .fontSize(6.5)
    .text('Kode tidak terbaca? Ketik:', at.x, box.y + code.length * size + 3.2 * mm, line)
  pdf
    .fillColor('#000')
    .font('Courier-Bold', 9)
    .text(token, at.x, box.y + code.length * size + 6 * mm, {
      ...line,
      width: inner + 4 * mm,
    })
}
