import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Greys } from '../src/print/bitmap.ts'
import { pgm } from './damage.ts'

const installed = '/usr/bin/zbarimg'
export const withoutZbar =
  'NOT TESTED: whether a reader that is not ours reads our QR codes. Install zbar (Debian: apt-get install zbar-tools) or name it with ZBARIMG=/path/to/zbarimg.'

/** `zbarimg`, a reader of codes that shares nothing with us: installed when it is missing and the process may. undefined, after a message, when it cannot be had. */
export function findZbar(): string | undefined {
  const given = process.env.ZBARIMG
  if (given) return given
  if (existsSync(installed)) return installed
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing zbar-tools, a reader of QR codes (once) …')
    const apt = (...args: string[]) =>
      execFileSync('apt-get', ['-qq', ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    const install = ['install', '-y', '--no-install-recommends', 'zbar-tools']
    try {
      try {
        apt(...install)
      } catch {
        apt('update')
        apt(...install)
      }
    } catch {
      // Said below.
    }
    if (existsSync(installed)) return installed
  }
  console.error(withoutZbar)
  return undefined
}

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
