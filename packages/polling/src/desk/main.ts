import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openReader } from '../card/index.ts'
import { newSigningKey, readPackage, type SigningKey } from '../format/index.ts'
import { openDisks, sayDisks } from '../media/disks.ts'
import { switchesFor } from '../media/switches.ts'
import { printerOf } from '../print/index.ts'
import { listen } from '../screen/index.ts'
import { softwareHash } from '../software.ts'
import { deskApp, peerApp } from './app.tsx'
import { openCardSimulator } from './card-reader.ts'
import { openLink } from './link.ts'
import { openMemory } from './memory.ts'
import { DeskService } from './service.ts'

const usage = `npm run tps -- desk --package FILE --folder DIR --usb DIR --hub HOST:PORT --reader DIR --ektp DIR --printer sim:DIR|/dev/usb/lp0
  --port N         officers' page, on this machine alone; 4761 when not given
  --lan HOST:PORT  where the other desks find this one; 127.0.0.1:4771 when not given
  --reader DIR     reader of officers' cards
  --ektp DIR       reader of identity cards (the simulator: a folder with one *.ektp.json)
  --import DIR     stick of the desk that this one replaces: lines that it had sent to nobody
  --every MS       between two rounds with the station and the other desks; 3000 when not given`

/** All lines of desks on a stick. Each is checked when it is taken; a torn end is no line. */
const rowsOn = (stick: string): string[] =>
  readdirSync(stick)
    .filter((file) => /^desk-\d+\.log$/.test(file))
    .flatMap((file) => readFileSync(path.join(stick, file), 'utf8').split('\n').slice(0, -1))

/** Starts a check-in desk and serves until the process ends. See `usage`. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      package: { type: 'string' },
      folder: { type: 'string' },
      usb: { type: 'string' },
      hub: { type: 'string' },
      reader: { type: 'string' },
      ektp: { type: 'string' },
      printer: { type: 'string' },
      port: { type: 'string', default: '4761' },
      lan: { type: 'string', default: '127.0.0.1:4771' },
      import: { type: 'string' },
      every: { type: 'string', default: '3000' },
    },
  })
  const { package: file, folder, usb, hub, reader, ektp, printer, lan } = values
  if (!file || !folder || !usb || !hub || !reader || !ektp || !printer) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const read = readPackage(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.ok) {
    console.error(`The election package is refused: ${JSON.stringify(read.faults)}`)
    process.exitCode = 1
    return
  }
  const { package: content, hash } = read
  const { cut, oneDisk } = switchesFor(content)
  const paper = printerOf(printer, content)
  const own = [
    { name: 'ssd', folder },
    { name: 'usb', folder: usb },
  ]
  const { media, fault } = openDisks(own, { cut, oneDisk })
  // The key stays on the machine's own disk: with the stick alone nobody is this desk.
  const keys = openMemory<SigningKey>([media[0]!], 'key.json')
  // Later a lost medium is shown; a day begins with both.
  if (fault && !keys.get()) {
    console.error(sayDisks(fault))
    process.exitCode = 1
    return
  }
  if (!keys.get()) keys.set(newSigningKey())
  const key = keys.get()!
  const at = lan.lastIndexOf(':')
  const link = openLink({ media, key, packageHash: hash, station: hub, address: lan, every: Number(values.every) })
  const service = new DeskService({
    content,
    hash,
    media,
    key,
    link,
    reader: openReader(reader, cut ? { cut } : {}),
    cards: openCardSimulator(ektp),
    printer: paper,
    station: hub,
    software: softwareHash(),
    ...(values.import ? { inherited: rowsOn(values.import) } : {}),
  })
  await listen(peerApp(service), Number(lan.slice(at + 1)), lan.slice(0, at))
  const { port } = await listen(deskApp(service), Number(values.port))
  link.begin()
  console.log(`desk: officers http://127.0.0.1:${port}/`)
}
