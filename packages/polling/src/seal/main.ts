import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { askPin, isOpen, openReader } from '../card/index.ts'
import { shortHash } from '../format/index.ts'
import { readPackages, signPackages } from './packages.ts'

const usage = 'npm run tps -- seal --packages FILE --reader FOLDER [--out FILE]'

/**
 * The committee signs the packages of its election: shows what stands in each, for comparing with paper (draw, roll, hash on
 * the centre's page), asks for the PIN of the committee's card, and writes the signatures for the centre.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { packages: { type: 'string' }, reader: { type: 'string' }, out: { type: 'string' } },
  })
  if (!values.packages || !values.reader) return refuse(usage)
  const text = readFileSync(values.packages, 'utf8')
  const read = readPackages(text)
  if (!read.ok)
    return refuse(
      ['Tidak ditandatangani. Yang salah:', ...read.faults.map(({ rule, at }) => `  ${rule} ${at}`)].join('\n'),
    )
  for (const { mode, election, tps, hash, candidates, roll, centre } of read.packages) {
    console.log(`\n${mode === 'practice' ? 'LATIHAN: ' : ''}${election}, TPS ${tps}`)
    console.log(`  paket ${shortHash(hash)} · kunci pusat ${shortHash(centre)}`)
    for (const { number, name, photoHash } of candidates)
      console.log(`  ${number}. ${name}${photoHash ? ` · foto ${shortHash(photoHash)}` : ''}`)
    console.log(`  ${roll.count} pemilih · DPT ${shortHash(roll.hash)}`)
  }
  const card = openReader(values.reader).card()
  if (!card) return refuse(`\nTidak ada satu kartu di ${values.reader}.`)
  const pin = await askPin(`\nPIN kartu ${card.name}: `)
  const open = card.open(pin)
  if (!isOpen(open)) return refuse(`Kartu tidak terbuka: ${open.refused}.`)
  const signed = signPackages(text, open)
  if (!signed.ok) return refuse('Kartu ini bukan kartu panitia pemilihan ini.')
  const out = values.out ?? values.packages.replace(/(\.json)?$/, '.tanda-tangan.json')
  writeFileSync(out, `${JSON.stringify(signed.signatures)}\n`)
  console.log(`Ditandatangani: ${out}`)
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}
