import { type ElectionPackage, hashOf } from '../packages/polling/src/format/index.ts'
import { escPos, openingSheet, type Paper, receipt, selfTest, slip } from '../packages/polling/src/print/index.ts'
import { png } from '../packages/polling/src/print/png.ts'
import { type Strip, strips } from '../packages/polling/src/print/strip.ts'

const asHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') || '&nbsp;'

function stripHtml(strip: Strip): string {
  if ('cut' in strip) return '<hr>'
  const centre = strip.centre ? ' class="centre"' : ''
  if ('bitmap' in strip)
    return `<p${centre}><img width="${strip.bitmap.width / 2}" src="data:image/png;base64,${png(strip.bitmap).toString('base64')}" alt=""></p>`
  const style = `font-size:${10 * strip.size}px;${strip.bold ? 'font-weight:700;' : ''}`
  const text = strip.inverse ? `<mark>${asHtml(strip.text)}</mark>` : asHtml(strip.text)
  return `<p${centre} style="${style}">${text}</p>`
}

const sheet = (paper: Paper) =>
  `<section>${strips(Buffer.concat(escPos(paper)))
    .map(stripHtml)
    .join('')}</section>`

const page = (papers: readonly Paper[]) => `<!doctype html><style>
  body { margin: 0 } main { display: inline-flex; gap: 24px; padding: 16px; align-items: flex-start; background: #dfe6e4 }
  section { width: 320px; padding: 14px 16px; background: #fff; font-family: monospace } p { margin: 0; white-space: pre; line-height: 1.4 }
  .centre { text-align: center } hr { border: 0; border-top: 2px dashed #777; margin: 10px 0 0 } mark { background: #000; color: #fff }
</style><main>${papers.map(sheet).join('')}</main>`

/** Pictures of what comes out of a booth's printer, as its bytes draw it. */
export function paperPage(content: ElectionPackage, text: string): [name: string, html: string][] {
  const code = Buffer.from(hashOf(text), 'hex').toString('base64').slice(0, 43)
  return [
    [
      'kertas',
      page([
        receipt({ package: content, code }),
        slip({ package: content, choice: 2 }),
        slip({ package: content, choice: 2, marks: ['reprint'] }),
      ]),
    ],
    [
      'kertas-uji',
      page([
        selfTest(content),
        openingSheet({ package: content, code, record: `{"opening":"${hashOf('x')}"}`, chosen: '2. Budi Santoso' }),
      ]),
    ],
  ]
}
