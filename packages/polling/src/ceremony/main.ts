import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'
import { openReader } from '../card/index.ts'
import { openMedium } from '../media/medium.ts'
import { switchesFor } from '../media/switches.ts'
import { listen } from '../screen/index.ts'
import { ceremonyApp } from './app.tsx'
import { Ceremony } from './ceremony.ts'
import { readOrder } from './order.ts'
import { wipeLeftovers } from './pools.ts'

const usage = `npm run tps -- ceremony --order FILE --folder DIR --reader DIR --out DIR
  --order FILE   order of the regency (melayani-ceremony-order/1)
  --folder DIR   what the ceremony keeps between two cards; nothing in it is secret
  --reader DIR   card reader (the simulator: a folder)
  --out DIR      stick for the answer and the report
  --prints DIR   folder in memory for the sheets of tokens until they are counted; /dev/shm/melayani-token when not given
  --port N       of the screen, on this machine alone; 4730 when not given
This laptop has no network during a ceremony, and is switched off after it.`

/** The file system that Linux keeps in memory. */
const tmpfs = 0x01021994

/** Holds a key ceremony at a screen of this laptop. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      order: { type: 'string' },
      folder: { type: 'string' },
      reader: { type: 'string' },
      out: { type: 'string' },
      prints: { type: 'string', default: '/dev/shm/melayani-token' },
      port: { type: 'string', default: '4730' },
    },
  })
  if (!values.order || !values.folder || !values.reader || !values.out) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const read = readOrder(readFileSync(values.order, 'utf8'))
  if (!read.ok) {
    console.error(`The order is refused: ${JSON.stringify(read.faults)}`)
    process.exitCode = 1
    return
  }
  const { cut } = switchesFor(read.order)
  const prints = { folder: values.prints }
  const ceremony = new Ceremony(read, openMedium('laptop', values.folder, cut))
  wipeLeftovers(ceremony, prints)
  const app = ceremonyApp({
    ceremony,
    reader: openReader(values.reader, cut ? { cut } : {}),
    prints,
    out: openMedium('stick', values.out, cut),
    warnings: () => ({ networks: networksUp(), disk: !inMemory(values.prints) }),
    finish: () => {
      // The answer has gone to the stick; what is left of tokens in this process ends with it.
      setTimeout(() => process.exit(0), 500)
    },
  })
  const served = await listen(app, Number(values.port))
  console.log(`http://127.0.0.1:${served.port}/`)
}

/** Interfaces with an address that another machine could reach. */
const networksUp = (): string[] =>
  Object.entries(networkInterfaces()).flatMap(([name, list]) => (list?.some(({ internal }) => !internal) ? [name] : []))

function inMemory(folder: string): boolean {
  let at = folder
  while (!existsSync(at) && at.includes('/')) at = at.slice(0, at.lastIndexOf('/')) || '/'
  return process.platform === 'linux' && statfsSync(at).type === tmpfs
}
