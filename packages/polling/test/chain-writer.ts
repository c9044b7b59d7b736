import { readFileSync } from 'node:fs'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import { cutFrom } from '../src/media/power-cut.ts'

// A device that writes until it has three lines, and says each that is durable: ended by the power-cut simulator in between.
const [folder, keyFile, packageHash] = process.argv.slice(2) as [string, string, string]
const cut = cutFrom(process.env.MELAYANI_CUT)
const media = ['ssd', 'usb'].map((name) => openMedium(name, `${folder}/${name}`, cut))
const chain = openChain(media, 'desk-1', JSON.parse(readFileSync(keyFile, 'utf8')), packageHash)
console.log('open', chain.head.seq)
while (chain.head.seq < 3) {
  const voter = chain.head.seq + 1
  chain.append({ kind: 'check-in', voter, method: 'typed-nik' })
  console.log('told', voter)
}
