import PDFDocument from 'pdfkit'
import { png } from './png.ts'
import type { Strip } from './strip.ts'

/** Points a dot, at 203 dpi counted as 8 a millimetre. */
const dot = 72 / 25.4 / 8
const edge = 32 * dot
const lineDots = 30
/** Courier is 0.6 of its size wide; font A has 12 dots. */
const body = (12 * dot) / 0.6

/** All papers have one date, that of no voter. */
export const constantDate = new Date(978_307_200_000)

export const collect = (pdf: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((done, failed) => {
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => done(Buffer.concat(parts)))
    pdf.on('error', failed)
  })

const heightOf = (strip: Strip) =>
  'cut' in strip ? 24 : 'bitmap' in strip ? strip.bitmap.height : lineDots * strip.size

/** What came out of an 80 mm printer, as it looks: one page as long as the paper. */
export function rollPdf(all: readonly Strip[], title: string): Promise<Buffer> {
  const height = 80 + all.reduce((sum, strip) => sum + heightOf(strip), 0)
  const pdf = new PDFDocument({
    size: [640 * dot, height * dot],
    margin: 0,
    info: { Title: title, CreationDate: constantDate },
    font: 'Courier',
  })
  const done = collect(pdf)
  let y = 40
  for (const strip of all) {
    if ('cut' in strip)
      pdf
        .moveTo(0, (y + 12) * dot)
        .lineTo(640 * dot, (y + 12) * dot)
        .dash(3, { space: 3 })
        .stroke()
        .undash()
    else if ('bitmap' in strip) {
      const left = strip.centre ? edge + ((576 - strip.bitmap.width) / 2) * dot : edge
      pdf.image(png(strip.bitmap), left, y * dot, { width: strip.bitmap.width * dot })
    } else if (strip.text) {
      const width = strip.text.length * 12 * strip.size * dot
      const left = strip.centre ? edge + (576 * dot - width) / 2 : edge
      if (strip.inverse) pdf.rect(left, y * dot, width, lineDots * strip.size * dot).fill('#000')
      pdf
        .font(strip.bold ? 'Courier-Bold' : 'Courier', body * strip.size)
        .fillColor(strip.inverse ? '#fff' : '#000')
        .text(strip.text, left, (y + 4 * strip.size) * dot, { lineBreak: false })
    }
    y += heightOf(strip)
  }
  pdf.end()
  return done
}
