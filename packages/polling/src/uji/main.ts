import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { readPackage, shortHash } from '../format/index.ts'
import { shown } from '../record/say.ts'
import { fill, type Lang, languageFrom } from '../screen/language.ts'
import { judgeUji, openSheet } from './check.ts'
import { ujiWords } from './words.ts'

const usage = `npm run tps -- check-uji --package FILE [SHEET …] [--lang id|en]
  Checks the sheet of an opened ballot (UJI) on a device that is not the booth's, without network.
  Memeriksa kertas UJI di alat yang bukan milik bilik, tanpa jaringan.
  SHEET: a file with the scanned codes, one on a line, or an opening as a record has it (extract, spoiled.json).
  Without one the codes are read from the scanner, or typed: zbarimg --raw -q foto.jpg | npm run tps -- check-uji --package paket.json

  Exit code: 0 right · 1 wrong · 2 cannot be judged
  Kode keluar: 0 benar · 1 salah · 2 tidak dapat diperiksa`

/** Checks sheets of UJI against the election package. See `usage`. */
export async function run(args: string[]): Promise<void> {
  try {
    process.exitCode = await check(args)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}

async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { package: { type: 'string' }, lang: { type: 'string' } },
  })
  if (!values.package) {
    console.error(usage)
    return 2
  }
  const lang = languageFrom(values.lang)
  const words = ujiWords(lang)
  const read = readPackage(JSON.parse(readFileSync(values.package, 'utf8')))
  if (!read.ok) throw new Error(`The election package is refused: ${JSON.stringify(read.faults)}`)
  const records =
    positionals.length > 0 ? await Promise.all(positionals.map((file) => fromFile(file, lang))) : [[await scan(lang)]]
  let [wrong, unfinished] = [false, false]
  for (const record of records.flat()) {
    if (record === undefined) {
      console.log(words.unfinished)
      unfinished = true
      continue
    }
    const verdict = judgeUji(read.package.ballot.election, record)
    if (verdict.right) {
      const { chosen, trackingCode } = verdict
      console.log(`${words.right}\n  ${chosen === 'blank' ? words.blank : shown(chosen)}`)
      console.log(`${fill(words.code, { code: trackingCode })}\n${words.compare}`)
    } else {
      for (const { rule, at } of verdict.faults) console.log(`✗ ${words.fault[rule]} (${shown(at)})`)
      console.log(words.wrong)
      wrong = true
    }
  }
  console.log(fill(words.package, { hash: shortHash(read.hash) }))
  return wrong ? 1 : unfinished ? 2 : 0
}

/** The openings in a file: a record, a list of them, or the codes of one sheet. */
async function fromFile(file: string, lang: Lang): Promise<(string | undefined)[]> {
  const text = readFileSync(file, 'utf8')
  if (/^\s*\{/.test(text)) return [text.trim()]
  if (/^\s*\[/.test(text)) return JSON.parse(text) as string[]
  return [await whole(text.split('\n'), lang)]
}

async function scan(lang: Lang): Promise<string | undefined> {
  console.log(ujiWords(lang).ask)
  const lines = createInterface({ input: process.stdin })
  try {
    return await whole(lines, lang)
  } finally {
    lines.close()
  }
}

async function whole(lines: Iterable<string> | AsyncIterable<string>, lang: Lang): Promise<string | undefined> {
  const take = openSheet()
  for await (const line of lines) {
    if (!line.trim()) continue
    const heard = take(line)
    if (heard.heard === 'whole') return heard.record
    const parts = heard.heard === 'missing' ? heard.missing.join(', ') : ''
    console.log(fill(ujiWords(lang).heard[heard.heard], { parts }))
  }
  return undefined
}
