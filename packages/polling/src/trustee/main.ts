import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readElection } from '@melayani/ballot'
import { isOpen, openReader } from '../card/index.ts'
import { shortHash } from '../format/index.ts'
import { answerOrder, readTallyOrder } from './answer.ts'

const usage = 'npm run tps -- trustee --order FILE --reader FOLDER [--out FILE]'

/**
 * The key holder outside the polling place answers its request: shows whose tally it is and the hash that was read aloud there, asks
 * for the PIN of the card, and writes the answer for the station. Nothing is opened by it alone.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { order: { type: 'string' }, reader: { type: 'string' }, out: { type: 'string' } },
  })
  if (!values.order || !values.reader) return refuse(usage)
  const order = readTallyOrder(readFileSync(values.order, 'utf8'))
  if (!order) return refuse('Ini bukan permintaan dari stasiun, atau isinya tidak cocok dengan sidiknya.')
  console.log(readElection(order.election).name)
  console.log(`Sidik jumlah yang dibacakan di TPS: ${shortHash(order.announced.tally)}`)
  console.log('Telepon ketua KPPS. Lanjutkan hanya jika sidiknya sama.')
  const card = openReader(values.reader).card()
  if (!card) return refuse(`Tidak ada satu kartu di ${values.reader}.`)
  const open = card.open(await askPin(`PIN kartu ${card.name}: `))
  if (!isOpen(open)) return refuse(`Kartu tidak terbuka: ${open.refused}.`)
  const answer = answerOrder(order, open)
  if ('refused' in answer) return refuse(`Kartu ini tidak membukanya: ${answer.refused}.`)
  const out = values.out ?? values.order.replace(/(\.json)?$/, '.jawaban.json')
  writeFileSync(out, `${JSON.stringify(answer)}\n`)
  console.log(`Jawaban untuk stasiun: ${out}`)
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}

async function askPin(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}
