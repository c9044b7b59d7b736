import { inflateSync } from 'node:zlib'

/** What a PDF of ours says: for each page its lines, and what its catalogue tells a screen reader. */
export type PdfText = {
  pages: string[][]
  /** The whole text, one space between words, whatever the line ends. */
  text: string
  /** Signs that no font could draw. */
  missing: number
  title: string
  lang: string
  tags: Record<string, number>
}

/**
 * Reads a PDF as a program for the blind would: by the structure, the fonts' tables of letters and the page contents.
 * It knows what pdfkit writes (no object streams, fonts with ToUnicode), and throws at anything else.
 */
export function readPdf(bytes: Uint8Array): PdfText {
  const raw = Buffer.from(bytes).toString('latin1')
  const objects = new Map([...raw.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)].map((m) => [m[1]!, m[2]!]))
  const need = (id: string | undefined) => {
    const found = id && objects.get(id)
    if (!found) throw new Error(`The PDF has no object ${id}`)
    return found
  }
  const streamOf = (id: string | undefined) => {
    const body = need(id)
    const stream = /stream\n([\s\S]*)\nendstream$/.exec(body)
    if (!stream) throw new Error(`Object ${id} is no stream`)
    const data = Buffer.from(stream[1]!, 'latin1')
    return (/FlateDecode/.test(body) ? inflateSync(data) : data).toString('latin1')
  }
  const fonts = new Map<string, Map<number, string>>()
  for (const [, name, id] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g))
    if (!fonts.has(name!)) fonts.set(name!, lettersOf(streamOf(/\/ToUnicode (\d+) 0 R/.exec(need(id))?.[1])))

  let missing = 0
  const pages = pageIds(raw, need).map((page) => {
    const content = streamOf(/\/Contents (\d+) 0 R/.exec(need(page))?.[1])
    let font: Map<number, string> | undefined
    return [...content.matchAll(/BT\n([\s\S]*?)ET/g)].map(([, run]) => {
      let line = ''
      for (const [, name, shown] of run!.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
        if (name) font = fonts.get(name)
        for (const [, hex] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi))
          for (const glyph of hex!.match(/.{4}/g) ?? []) {
            const code = Number.parseInt(glyph, 16)
            if (code === 0) missing++
            line += font?.get(code) ?? ''
          }
      }
      return line
    })
  })
  const tags: Record<string, number> = {}
  for (const [, tag] of raw.matchAll(/\/S \/(\w+)/g)) tags[tag!] = (tags[tag!] ?? 0) + 1
  return {
    pages,
    text: pages.flat().join(' ').replace(/\s+/g, ' ').trim(),
    missing,
    title: textOf(/^\(([\s\S]*)\)$/.exec(need(/\/Title (\d+) 0 R/.exec(raw)?.[1]))?.[1] ?? ''),
    lang: textOf(/\/Lang \(((?:\\.|[^\\)])*)\)/s.exec(raw)?.[1] ?? ''),
    tags,
  }
}

function pageIds(raw: string, need: (id: string | undefined) => string): string[] {
  const root = /\/Type \/Catalog[\s\S]*?\/Pages (\d+) 0 R|\/Pages (\d+) 0 R[\s\S]*?\/Type \/Catalog/.exec(raw)
  const kids = /\/Kids \[([^\]]*)\]/.exec(need(root?.[1] ?? root?.[2]))
  return [...kids![1]!.matchAll(/(\d+) 0 R/g)].map(([, id]) => id!)
}

/** A font's own table: which glyph stands for which letters. */
function lettersOf(table: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, from, , list] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi))
    for (const [i, [, hex]] of [...list!.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      letters.set(Number.parseInt(from!, 16) + i, utf16(Buffer.from(hex!.replaceAll(' ', ''), 'hex')))
  return letters
}

const utf16 = (bytes: Buffer) => Buffer.from(bytes).swap16().toString('utf16le')

/** A string of the catalogue: plain, or UTF-16 with its mark. */
function textOf(written: string): string {
  const bytes = Buffer.from(
    written.replace(/\\([nrt()\\])/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign),
    'latin1',
  )
  return bytes[0] === 0xfe && bytes[1] === 0xff ? utf16(bytes.subarray(2)) : bytes.toString('latin1')
}
