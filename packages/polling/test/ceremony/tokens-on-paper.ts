import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { readToken } from '../../src/format/index.ts'

/** The tokens of a sheet (PDF) as people type them from the cut pieces, each with its check characters. */
export function tokensOnPaper(file: string): string[] {
  const raw = readFileSync(file).toString('latin1')
  const pages = [...raw.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  const lines = pages.flatMap((page) =>
    [...page.matchAll(/\[([^\]]*)\] TJ/g)].map(([, array]) =>
      [...array!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(''),
    ),
  )
  return lines.filter((line) => 'credential' in readToken(line))
}
