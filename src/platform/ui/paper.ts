import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { fill, formatDate, type Lang } from '../text.ts'
import { platformWords } from '../words/index.ts'
import { drawable, square } from './paper-signs.ts'

/** For whom a paper is drawn: the language, whether this is the demo, and the full address where it can be checked. */
export type PaperView = { lang: Lang; demo: boolean; address: string }

/** What stands at the head of a paper; `at` is when it was given, not when somebody downloads it. */
export type PaperHead = {
  lang: Lang
  /** Also the name of the window in which it is read. */
  title: string
  number: string
  at: Date
  /** Whom it is written to; none for a receipt. */
  to?: string
  /** A paper of the demo says on every page that it is none. */
  demo: boolean
  /** Who gives it, when it is not the ministry: a name and a line below it. */
  from?: { name: string; office: string }
}

export type PaperColumn = { head: string; number?: boolean /** Share of the width. */; share: number }

type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'BlockQuote'

const fontFile = (name: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/plus-jakarta-sans/${name}.ttf`)))
const fonts = {
  regular: fontFile('400Regular/PlusJakartaSans_400Regular'),
  bold: fontFile('700Bold/PlusJakartaSans_700Bold'),
}

/** In points: A4 is 595.28 × 841.89. */
const edge = { top: 56, side: 64, bottom: 72 }
const ink = '#14201f'
const soft = '#4a5755'
const hairline = '#c5cecc'
const gap = 3

/**
 * An official paper as PDF: A4, the ministry's name in text, number and date, then what is drawn on it from top to
 * bottom, and on every page its number and "1/3". Tagged, with title and language, so that screen readers can follow.
 */
export function openPaper({ lang, title, number, at, to, demo, from }: PaperHead) {
  const w = platformWords(lang)
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: edge.top, bottom: edge.bottom, left: edge.side, right: edge.side },
    lang: lang === 'id' ? 'id-ID' : 'en-GB',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: from?.name ?? w.paperMinistry, Creator: w.brand, CreationDate: at },
    // None from the start: pdfkit would find it equal to the registered one and read that anew at every word.
    font: '',
  })
  pdf.registerFont('regular', fonts.regular)
  pdf.registerFont('bold', fonts.bold)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const parts: Buffer[] = []
  const whole = new Promise<Uint8Array<ArrayBuffer>>((done, failed) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => done(new Uint8Array(Buffer.concat(parts))))
    pdf.on('error', failed)
  })
  const width = pdf.page.width - 2 * edge.side
  const floor = pdf.page.height - edge.bottom
  const clean = (text: string) => drawable(pdf, text)

  /** Start a new page when less than this is left. */
  const room = (height: number) => {
    if (pdf.y + height > floor) pdf.addPage()
  }
  const rule = (y: number, weight = 0.75, colour = hairline) => {
    pdf.markContent('Artifact', { type: 'Layout' })
    pdf.save().lineWidth(weight).strokeColor(colour)
    pdf
      .moveTo(edge.side, y)
      .lineTo(edge.side + width, y)
      .stroke()
      .restore()
    pdf.endMarkedContent()
  }
  const say = (
    tag: Tag,
    text: string,
    look: { bold?: boolean; size?: number; colour?: string; indent?: number } = {},
  ) => {
    const { bold = false, size = 10.5, colour = ink, indent = 0 } = look
    const draw = () =>
      pdf
        .font(bold ? 'bold' : 'regular', size)
        .fillColor(colour)
        .text(clean(text), edge.side + indent, pdf.y, { width: width - indent, lineGap: gap })
    root.add(pdf.struct(tag, {}, draw))
    pdf.x = edge.side
  }

  say('P', from?.name ?? w.paperMinistry, { bold: true, size: 12 })
  say('P', from?.office ?? w.paperOffice, { size: 9.5, colour: soft })
  pdf.moveDown(0.4)
  rule(pdf.y, 1.5, ink)
  pdf.moveDown(1.2)
  if (demo) {
    say('P', w.paperDemo, { bold: true, size: 10 })
    pdf.moveDown(0.6)
  }

  const paper = {
    title: (text: string) => {
      say('H1', text, { bold: true, size: 15 })
      pdf.moveDown(0.5)
    },
    heading: (text: string) => {
      room(70)
      pdf.moveDown(0.6)
      say('H2', text, { bold: true, size: 11.5 })
      pdf.moveDown(0.25)
    },
    subheading: (text: string) => {
      room(48)
      pdf.moveDown(0.2)
      say('H3', text, { bold: true, size: 10.5 })
      pdf.moveDown(0.1)
    },
    /** A paragraph; an empty line in the text begins another. */
    paragraph: (text: string, look: { bold?: boolean; soft?: boolean } = {}) => {
      for (const part of text.split(/\n{2,}/)) {
        say('P', part, { bold: look.bold ?? false, ...(look.soft && { colour: soft, size: 9.5 }) })
        pdf.moveDown(0.45)
      }
    },
    /** What somebody else wrote. */
    quote: (text: string) => {
      say('BlockQuote', text, { indent: 14 })
      pdf.moveDown(0.4)
    },
    /** Terms with what they are. */
    facts: (facts: readonly (readonly [string, string])[]) => {
      const term = 128
      for (const [name, value] of facts) {
        const [left, right] = [clean(name), clean(value)]
        pdf.font('regular', 10.5)
        const most = Math.max(
          pdf.heightOfString(left, { width: term - 12, lineGap: gap }),
          pdf.heightOfString(right, { width: width - term, lineGap: gap }),
        )
        room(most)
        const y = pdf.y
        const draw = (text: string, x: number, wide: number, colour: string) => () =>
          pdf.font('regular', 10.5).fillColor(colour).text(text, x, y, { width: wide, lineGap: gap })
        root.add(
          pdf.struct('P', {}, [
            pdf.struct('Span', {}, draw(`${left}: `, edge.side, term - 8, soft)),
            pdf.struct('Span', {}, draw(right, edge.side + term, width - term, ink)),
          ]),
        )
        pdf.x = edge.side
        if (pdf.page.height - edge.bottom >= y + most && pdf.y < y + most) pdf.y = y + most
        pdf.y += 2
      }
      pdf.moveDown(0.5)
    },
    table: (columns: readonly PaperColumn[], rows: readonly (readonly string[])[]) => {
      const shares = columns.reduce((sum, column) => sum + column.share, 0)
      const wide = columns.map(({ share }) => (share / shares) * width)
      const left = wide.map((_, i) => edge.side + wide.slice(0, i).reduce((sum, each) => sum + each, 0))
      const options = (i: number) => ({
        width: wide[i]! - 8,
        lineGap: 2,
        ...(columns[i]!.number && { align: 'right' as const, features: ['tnum' as const] }),
      })
      const line = (texts: readonly string[], head: boolean) => {
        pdf.font(head ? 'bold' : 'regular', 9.5).fillColor(ink)
        const height = Math.max(...texts.map((text, i) => pdf.heightOfString(text, options(i))))
        const at = (y: number) =>
          texts.map((text, i) => () => {
            pdf.font(head ? 'bold' : 'regular', 9.5).fillColor(ink)
            pdf.text(text, left[i]! + (columns[i]!.number ? 8 : 0), y + 4, options(i))
          })
        return { height: height + 8, at }
      }
      const below = (y: number) => {
        rule(y)
        pdf.x = edge.side
        pdf.y = y
      }
      const heads = line(
        columns.map(({ head }) => clean(head)),
        true,
      )
      const table = pdf.struct('Table')
      root.add(table)
      room(heads.height + 40)
      const top = pdf.y
      table.add(
        pdf.struct(
          'TR',
          {},
          heads.at(top).map((draw) => pdf.struct('TH', {}, draw)),
        ),
      )
      below(top + heads.height)
      for (const row of rows) {
        const each = line(row.map(clean), false)
        if (pdf.y + each.height > floor) {
          pdf.addPage()
          const y = pdf.y
          // The head again, for the eye alone: a reader of the structure has heard it.
          pdf.markContent('Artifact', { type: 'Layout' })
          for (const draw of heads.at(y)) draw()
          pdf.endMarkedContent()
          below(y + heads.height)
        }
        const y = pdf.y
        table.add(
          pdf.struct(
            'TR',
            {},
            each.at(y).map((draw) => pdf.struct('TD', {}, draw)),
          ),
        )
        below(y + each.height)
      }
      table.end()
      pdf.moveDown(0.8)
    },
    /** A picture (JPEG or PNG) in points; in words for those who do not see it. */
    picture: (bytes: Uint8Array, look: { width: number; height: number; alt: string }) => {
      room(look.height + 8)
      const y = pdf.y
      const draw = () => pdf.image(Buffer.from(bytes), edge.side, y, { fit: [look.width, look.height] })
      root.add(pdf.struct('Figure', { alt: look.alt }, draw))
      pdf.x = edge.side
      pdf.y = y + look.height + 8
    },
    /** A line for each who signs by hand, with room above it. */
    sign: (who: readonly string[]) => {
      for (const name of who) {
        room(64)
        pdf.moveDown(2.6)
        rule(pdf.y, 0.75, ink)
        pdf.moveDown(0.2)
        say('P', name, { size: 9.5, colour: soft })
      }
    },
    /** Where anybody can check the paper: the address as text and as a square for a telephone. */
    check: (address: string, sentence: string) => {
      const size = 84
      room(size + 12)
      pdf.moveDown(0.6)
      const y = pdf.y
      root.add(
        pdf.struct('Figure', { alt: fill(w.paperSquare, { address }) }, () => square(pdf, address, edge.side, y, size)),
      )
      const beside = { width: width - size - 16, lineGap: gap }
      const draw = () => {
        pdf
          .font('regular', 9.5)
          .fillColor(ink)
          .text(clean(sentence), edge.side + size + 16, y + 4, beside)
        pdf.fillColor('#0b5f66').text(address, { ...beside, link: address })
      }
      root.add(pdf.struct('P', {}, draw))
      pdf.x = edge.side
      pdf.y = Math.max(pdf.y, y + size)
    },
    /** Number every page and give the whole. */
    close: (): Promise<Uint8Array<ArrayBuffer>> => {
      root.end()
      const { start, count } = pdf.bufferedPageRange()
      for (let i = 0; i < count; i++) {
        pdf.switchToPage(start + i)
        pdf.page.margins.bottom = 0
        pdf.markContent('Artifact', { type: 'Pagination' })
        pdf.font('regular', 8.5).fillColor(soft)
        const y = pdf.page.height - 44
        const left = [number, demo ? w.paperDemo : ''].filter(Boolean).join(' · ')
        pdf.text(clean(left), edge.side, y, { width: width - 60, lineBreak: false })
        pdf.text(`${i + 1}/${count}`, edge.side + width - 60, y, { width: 60, align: 'right', lineBreak: false })
        pdf.endMarkedContent()
      }
      pdf.end()
      return whole
    },
  }
  paper.title(title)
  paper.facts([
    [w.paperNumber, number],
    [w.paperDate, formatDate(at, lang)],
    ...(to ? ([[w.paperTo, to]] as const) : []),
  ])
  return paper
}
export type Paper = ReturnType<typeof openPaper>

/** Answer with a paper, to read in the browser; its name has no spaces. */
export const paperHeaders = (name: string): Record<string, string> => ({
  'Content-Type': 'application/pdf',
  'Content-Disposition': `inline; filename="${name.replace(/[^\w.-]+/g, '-')}.pdf"`,
  'X-Content-Type-Options': 'nosniff',
})
