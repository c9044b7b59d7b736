import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { qrModules, quietZone } from './bitmap.ts'
import type { Block, Paper } from './paper.ts'
import { collect, constantDate } from './roll-pdf.ts'

const fontFile = (name: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/plus-jakarta-sans/${name}.ttf`)))
const fonts = {
  regular: fontFile('400Regular/PlusJakartaSans_400Regular'),
  bold: fontFile('700Bold/PlusJakartaSans_700Bold'),
}

/** Points. */
const mm = 72 / 25.4
const edge = { side: 20 * mm, top: 18 * mm, bottom: 22 * mm }
const ink = '#14201f'
const soft = '#4a5755'
const hairline = '#c5cecc'
const sizes = { 1: 10, 2: 15, 3: 24 }

/**
 * A document on A4 sheets as PDF: tagged, with language, title and the same date in all, so that copies are equal to the last byte. The foot
 * of each page has its number and the short hashes. A code's modules are 0.5 mm and more.
 */
export function sheetPdf(paper: Paper): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: edge.top, bottom: edge.bottom, left: edge.side, right: edge.side },
    lang: paper.lang === 'id' ? 'id-ID' : 'en-GB',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    pdfVersion: '1.7',
    info: { Title: paper.title, CreationDate: constantDate },
    font: fonts.regular as unknown as string,
  })
  const done = collect(pdf)
  pdf.registerFont('regular', fonts.regular)
  pdf.registerFont('bold', fonts.bold)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const width = pdf.page.width - 2 * edge.side
  const floor = pdf.page.height - edge.bottom
  const room = (height: number) => {
    if (pdf.y + height > floor && pdf.y > edge.top) pdf.addPage()
  }
  const artifact = (draw: () => void) => {
    pdf.markContent('Artifact', { type: 'Layout' })
    draw()
    pdf.endMarkedContent()
  }
  const line = (y: number) =>
    artifact(() =>
      pdf
        .save()
        .lineWidth(0.75)
        .strokeColor(hairline)
        .moveTo(edge.side, y)
        .lineTo(edge.side + width, y)
        .stroke()
        .restore(),
    )

  const text = (block: Extract<Block, { text: string }>) => {
    const size = sizes[block.size ?? 1]
    const look = { width, lineGap: 2, ...(block.centre && { align: 'center' as const }) }
    const letters = () => pdf.font(block.bold || block.inverse ? 'bold' : 'regular', size)
    const height = letters().heightOfString(block.text, look)
    room(height + (block.heading ? 40 : 0))
    if (block.inverse)
      artifact(() =>
        pdf
          .save()
          .fillColor('#000')
          .rect(edge.side, pdf.y, width, height + 6)
          .fill()
          .restore(),
      )
    const top = pdf.y + (block.inverse ? 3 : 0)
    root.add(
      pdf.struct(block.heading ? `H${block.heading}` : 'P', {}, () =>
        letters()
          .fillColor(block.inverse ? '#fff' : ink)
          .text(block.text, edge.side, top, look),
      ),
    )
    pdf.x = edge.side
    pdf.y = top + height + (block.inverse ? 6 : 4)
  }

  /** Rows of cells at given places; the first may be a head, which stands again at the top of the next page, for the eye alone. */
  const rows = (
    table: readonly (readonly string[])[],
    cells: readonly { x: number; width: number; right?: boolean; soft?: boolean; bold?: boolean }[],
    head: boolean,
  ) => {
    const of = (column: number) => ({
      width: cells[column]!.width,
      lineGap: 1.5,
      ...(cells[column]!.right && { align: 'right' as const, features: ['tnum' as const] }),
    })
    const font = (column: number, first: boolean) =>
      pdf.font((head && first) || cells[column]!.bold ? 'bold' : 'regular', 9.5)
    const drawn = (row: readonly string[], first: boolean, y: number) =>
      row.map(
        (cell, column) => () =>
          font(column, first)
            .fillColor(cells[column]!.soft ? soft : ink)
            .text(cell, cells[column]!.x, y + 3, of(column)),
      )
    const structure = pdf.struct('Table')
    root.add(structure)
    for (const [at, row] of table.entries()) {
      const first = at === 0
      const heightOf = (each: readonly string[], isHead: boolean) =>
        Math.max(...each.map((cell, column) => font(column, isHead).heightOfString(cell, of(column)))) + 6
      const height = heightOf(row, first)
      if (pdf.y + height > floor) {
        pdf.addPage()
        if (head && !first) {
          const y = pdf.y
          artifact(() => {
            for (const draw of drawn(table[0]!, true, y)) draw()
          })
          pdf.y = y + heightOf(table[0]!, true)
          line(pdf.y)
        }
      }
      const y = pdf.y
      const tags = drawn(row, first, y).map((draw, column) =>
        pdf.struct((head && first) || (!head && column === 0) ? 'TH' : 'TD', {}, draw),
      )
      structure.add(pdf.struct('TR', {}, tags))
      pdf.x = edge.side
      pdf.y = y + height
      line(pdf.y)
    }
    structure.end()
    pdf.y += 8
  }

  const table = ({ head, rows: body, numbers }: Extract<Block, { table: unknown }>['table']) => {
    const all = [head, ...body]
    // As wide as their longest cell would be on one line, then in proportion to what there is.
    const wanted = head.map(
      (_, column) => Math.max(...all.map((row) => pdf.font('bold', 9.5).widthOfString(row[column] ?? ''))) + 14,
    )
    const least = wanted.map((each) => Math.min(each, 90))
    const spare = width - least.reduce((sum, each) => sum + each, 0)
    const more = wanted.map((each, column) => each - least[column]!)
    const total = more.reduce((sum, each) => sum + each, 0)
    const wide = least.map((each, column) => each + (total ? (spare * more[column]!) / total : spare / least.length))
    const cells = wide.map((each, column) => ({
      x: edge.side + wide.slice(0, column).reduce((sum, one) => sum + one, 0),
      width: each - 8,
      right: numbers.includes(column),
    }))
    rows(all, cells, true)
  }

  const code = (content: string, alt: string) => {
    const modules = qrModules(content)
    const step = Math.max(0.5 * mm, (32 * mm) / (modules.length + 2 * quietZone))
    const size = (modules.length + 2 * quietZone) * step
    room(size)
    const [left, top] = [edge.side, pdf.y]
    root.add(
      pdf.struct('Figure', { alt }, () => {
        pdf.save().fillColor('#000')
        for (const [y, row] of modules.entries())
          for (const [x, dark] of row.entries())
            if (dark) pdf.rect(left + (x + quietZone) * step, top + (y + quietZone) * step, step, step)
        pdf.fill().restore()
      }),
    )
    root.add(
      pdf.struct('P', {}, () =>
        pdf
          .font('regular', 9)
          .fillColor(soft)
          .text(alt, left + size + 8, top + 4 * step, { width: width - size - 8, lineGap: 1.5 }),
      ),
    )
    pdf.x = edge.side
    pdf.y = top + size + 4
  }

  const photo = ({ photo: jpeg, mm: wide, alt }: Extract<Block, { photo: string }>) => {
    const image = Buffer.from(jpeg, 'base64')
    const opened = (pdf as unknown as { openImage(source: Buffer): { width: number; height: number } }).openImage(image)
    const height = (wide * mm * opened.height) / opened.width
    room(height)
    const top = pdf.y
    root.add(pdf.struct('Figure', { alt }, () => pdf.image(image, edge.side, top, { width: wide * mm })))
    pdf.x = edge.side
    pdf.y = top + height + 4
  }

  /** Two in a row, with room to sign. */
  const signatures = (list: readonly (readonly [string, string])[]) => {
    const wide = width / 2 - 10
    for (let at = 0; at < list.length; at += 2) {
      room(76)
      const top = pdf.y + 44
      for (const [column, [role, name]] of list.slice(at, at + 2).entries()) {
        const left = edge.side + column * (wide + 20)
        artifact(() =>
          pdf
            .save()
            .lineWidth(0.75)
            .strokeColor(ink)
            .moveTo(left, top)
            .lineTo(left + wide, top)
            .stroke()
            .restore(),
        )
        root.add(
          pdf.struct('P', {}, () =>
            pdf
              .font('regular', 9)
              .fillColor(ink)
              .text(`${role}: ${name}`, left, top + 4, { width: wide }),
          ),
        )
      }
      pdf.x = edge.side
      pdf.y = top + 28
    }
  }

  for (const block of paper.blocks) {
    if ('text' in block) text(block)
    else if ('pairs' in block)
      rows(
        block.pairs,
        [
          { x: edge.side, width: width * 0.36 - 8, soft: true },
          { x: edge.side + width * 0.36, width: width * 0.64 },
        ],
        false,
      )
    else if ('table' in block) table(block.table)
    else if ('photo' in block) photo(block)
    else if ('qr' in block) code(block.qr, block.alt)
    else if ('signatures' in block) signatures(block.signatures)
    else if ('rule' in block) {
      line(pdf.y + 4)
      pdf.y += 8
    } else if ('feed' in block) pdf.y += 10 * block.feed
  }

  root.end()
  const { start, count } = pdf.bufferedPageRange()
  for (let at = 0; at < count; at++) {
    pdf.switchToPage(start + at)
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    const y = pdf.page.height - 14 * mm
    pdf.font('regular', 8).fillColor(soft)
    pdf.text([paper.title, paper.foot].filter(Boolean).join(' · '), edge.side, y, { width: width - 50, height: 20 })
    pdf.text(`${at + 1}/${count}`, edge.side + width - 50, y, { width: 50, align: 'right', lineBreak: false })
    pdf.endMarkedContent()
  }
  pdf.end()
  return done
}
