import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findDebianProgram } from '../../ballot/test/debian-program.ts'
import type { Greys } from '../src/print/bitmap.ts'
import { pgm } from './damage.ts'

export const withoutZbar =
  'NOT TESTED: whether a reader that is not ours reads our QR codes. Install zbar (Debian: apt-get install zbar-tools) or name it with ZBARIMG=/path/to/zbarimg.'

/** `zbarimg`, a reader of codes that shares nothing with us; ZBARIMG names another one. */
export const findZbar = (): string | undefined =>
  findDebianProgram({
    installed: '/usr/bin/zbarimg',
    package: 'zbar-tools',
    named: process.env.ZBARIMG,
    what: 'a reader of QR codes',
    without: withoutZbar,
  })

/** What zbar reads in each picture, by its name; pictures in which it sees nothing are left out. */
export function readCodes(zbar: string, pictures: ReadonlyMap<string, Greys>): Map<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-codes-'))
  try {
    const files = [...pictures].map(([name, picture]) => {
      const file = path.join(folder, `${name}.pgm`)
      writeFileSync(file, pgm(picture))
      return file
    })
    const only = ['-Sdisable', '-Sqrcode.enable']
    const { stdout } = spawnSync(zbar, ['--xml', '-q', ...only, ...files], { encoding: 'utf8', maxBuffer: 1e8 })
    const found = [...stdout.matchAll(/<source href='([^']*)'>([\s\S]*?)<\/source>/g)]
    return new Map(
      found.flatMap(([, file, inside]) => {
        const text = /<!\[CDATA\[([\s\S]*?)\]\]>/.exec(inside!)?.[1]
        return text === undefined ? [] : [[path.basename(file!, '.pgm'), text] as const]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
