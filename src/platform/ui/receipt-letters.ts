import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import type { Lang } from '../text.ts'
import { drawable } from './paper-signs.ts'

/** A letter that somebody carries to a house, with a receipt to tear off. */
export type ReceiptLetter = {
  head: string
  subhead: string
  /** Terms with what they are; what matters most is bold. */
  facts: readonly { term: string; value: string; bold?: boolean }[]
  note: string
  /** What the square says; it stands below it in letters too. */
  square: string
  /** Of the band at its edge, as CSS writes it. Say the colour in a fact too: not everybody sees it. */
  colour: string
  receipt: { head: string; bold: string; name: string; address: string; sign: string }
}
export type LetterHead = { lang: Lang; title: string; author: string; at: Date }

const fontFile = (name: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/plus-jakarta-sans/${name}.ttf`)))
const fonts = {
  regular: fontFile('400Regular/PlusJakartaSans_400Regular'),
  bold: fontFile('700Bold/PlusJakartaSans_700Bold'),
}
const ink = '#14201f'
const soft = '#4a5755'
/** In points: A4, three letters on a page. */
const sheet = { width: 595.28, height: 841.89, each: 3, edge: 34, receipt: 132 }

type Pdf = InstanceType<typeof PDFDocument>

/**
 * Letters as a PDF for the printer, three on a page in the order given. Pages come as they are drawn, and between them others
 * are served, so that ten thousand letters need neither much memory nor the server for themselves.
 */
export function receiptLetters<Of>(
  head: LetterHead,
  letters: readonly Of[],
  letterOf: (of: Of) => ReceiptLetter,
): ReadableStream<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: head.lang === 'id' ? 'id-ID' : 'en-GB',
    displayTitle: true,
    info: { Title: head.title, Author: head.author, CreationDate: head.at },
    // None from the start: pdfkit would find it equal to the registered one and read that anew at every word.
    font: '',
    autoFirstPage: false,
  })
  pdf.registerFont('regular', fonts.regular)
  pdf.registerFont('bold', fonts.bold)
  let drawn = 0
  let ended = false
  return new ReadableStream<Uint8Array>({
    start(stream) {
      pdf.on('data', (part: Buffer) => stream.enqueue(new Uint8Array(part)))
      pdf.on('end', () => stream.close())
      pdf.on('error', (error) => stream.error(error))
    },
    async pull() {
      if (drawn >= letters.length) {
        if (!ended) pdf.end()
        ended = true
        return
      }
      const until = Math.min(letters.length, drawn + sheet.each)
      for (; drawn < until; drawn++) {
        const at = drawn % sheet.each
        if (at === 0) pdf.addPage()
        drawLetter(pdf, letterOf(letters[drawn]!), (at * sheet.height) / sheet.each)
      }
      await new Promise((go) => setImmediate(go))
    },
  })
}

function drawLetter(pdf: Pdf, letter: ReceiptLetter, top: number) {
  const high = sheet.height / sheet.each
  const left = sheet.edge + 14
  const cut = sheet.width - sheet.edge - sheet.receipt
  const wide = cut - left - 120
  const say = sayAt(pdf, top)
  pdf.rect(sheet.edge - 10, top + 24, 14, high - 48).fillAndStroke(letter.colour, soft)
  say(letter.head, left, 26, cut - left - 20, 13, 'bold')
  say(letter.subhead, left, 44, cut - left - 20, 9.5, 'regular', soft)
  for (const [at, { term, value, bold }] of letter.facts.entries()) {
    say(`${term}:`, left, 68 + at * 21, 76, 8.5, 'regular', soft)
    const look = bold ? 'bold' : 'regular'
    say(value, left + 80, 67 + at * 21, wide - 60, fitting(pdf, value, wide - 60, bold ? 10.5 : 9, look), look)
  }
  say(letter.note, left, 222, cut - left - 16, 8, 'regular', soft)
  square(pdf, letter.square, cut - 106, top + 70, 92)
  say(letter.square, cut - 112, 166, 104, 6.5, 'regular', soft)
  // The receipt, which whoever carries the letter keeps.
  const { receipt } = letter
  const right = cut + 12
  const narrow = sheet.receipt - 20
  pdf.save().dash(3, { space: 3 }).strokeColor(soft).lineWidth(0.7)
  pdf
    .moveTo(cut, top + 20)
    .lineTo(cut, top + high - 20)
    .stroke()
    .restore()
  say(receipt.head, right, 28, narrow, 9, 'bold')
  say(receipt.bold, right, 44, narrow, 10.5, 'bold')
  say(receipt.name, right, 62, narrow, 9.5)
  say(receipt.address, right, 90, narrow, 8, 'regular', soft)
  say(receipt.sign, right, 126, narrow, 8, 'regular', soft)
  pdf.save().strokeColor(soft).lineWidth(0.7)
  for (const y of [170, 214])
    pdf
      .moveTo(right, top + y)
      .lineTo(right + narrow, top + y)
      .stroke()
  pdf.restore()
  if (top === 0) return
  pdf.save().dash(2, { space: 4 }).strokeColor('#c5cecc').lineWidth(0.5)
  pdf
    .moveTo(12, top)
    .lineTo(sheet.width - 12, top)
    .stroke()
    .restore()
}

/** Text at a place below `top`, in two lines at most. One line is drawn without measuring where it breaks: it is far quicker. */
const sayAt =
  (pdf: Pdf, top: number) =>
  (
    text: string,
    x: number,
    y: number,
    width: number,
    size: number,
    look: 'regular' | 'bold' = 'regular',
    colour = ink,
  ) => {
    pdf.font(look, size).fillColor(colour)
    const plain = drawable(pdf, text)
    const options =
      pdf.widthOfString(plain) <= width
        ? { lineBreak: false }
        : { width, height: size * 2.7, ellipsis: true, lineGap: 1 }
    pdf.text(plain, x, top + y, options)
  }

/** The size at which a text stands in one line, down to two thirds; a line is 21 points high and holds two of these. */
function fitting(pdf: Pdf, text: string, width: number, size: number, look: 'regular' | 'bold'): number {
  const needs = pdf.font(look, size).widthOfString(drawable(pdf, text))
  return needs <= width ? size : Math.max((size * 2) / 3, (size * width) / needs - 0.05)
}

/** A square of at least 0.4 mm a module: dark runs of a row as one box each, which keeps a thousand pages small. */
function square(pdf: Pdf, text: string, x: number, y: number, size: number) {
  const { data, size: n } = encode(text, { border: 2, ecc: 'M' })
  const step = size / n
  pdf.save().fillColor('#000')
  for (const [row, cells] of data.entries())
    for (let from = 0; from < n; from++) {
      if (!cells[from]) continue
      let until = from
      while (until < n && cells[until]) until++
      pdf.rect(x + from * step, y + row * step, (until - from) * step, step)
      from = until
    }
  pdf.fill().restore()
}
