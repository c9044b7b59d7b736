import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readPackage } from '../format/index.ts'
import { consumables, sheetPdf } from '../print/index.ts'
import { languageFrom } from '../screen/language.ts'

const usage = `npm run tps -- consumables --package FILE --out FILE.pdf [--lang id|en]
  What must lie ready before the polling place opens, on a sheet of A4 to be ticked off by hand.
  Daftar bahan habis pakai TPS ini, satu lembar A4 untuk dicentang.`

/** Writes the list of consumables of a polling place (R42). See `usage`. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { package: { type: 'string' }, out: { type: 'string' }, lang: { type: 'string' } },
  })
  if (!values.package || !values.out) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const read = readPackage(JSON.parse(readFileSync(values.package, 'utf8')))
  if (!read.ok) {
    console.error(`The election package is refused: ${JSON.stringify(read.faults)}`)
    process.exitCode = 1
    return
  }
  const place = { package: read.package, text: read.signed.text, lang: languageFrom(values.lang) }
  writeFileSync(values.out, await sheetPdf(consumables(place)))
}
