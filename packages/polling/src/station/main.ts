import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openReader } from '../card/index.ts'
import { type ReadPackage, readPackage } from '../format/index.ts'
import { openDisks, sayDisks } from '../media/disks.ts'
import { switchesFor } from '../media/switches.ts'
import { printerOf } from '../print/index.ts'
import { Acts, listen, type Served } from '../screen/index.ts'
import { softwareHash } from '../software.ts'
import { beginWith, openAnew } from './anew.tsx'
import { stationApp } from './app.ts'
import { noteCopied } from './copied.ts'
import type { DeskTop } from './desk-top.ts'
import { firstApp, refusedApp, sealedApp } from './first.tsx'
import { recordHead } from './heads.ts'
import { hubApp, type Lobby } from './hub.ts'
import { type Identity, isSealed, readIdentity, writeIdentity } from './identity.ts'
import { headPaper } from './printing.ts'
import { openStation } from './station.ts'

const usage = `npm run tps -- station --package FILE --media DIR --media DIR --reader DIR --printer sim:DIR|/dev/usb/lp0
  --media DIR      the first is this machine's own disk, which alone has the station's key; the others are sticks
  --port N         the station's screen, for this machine only; 4770 when not given, 0 takes a free one
  --hub HOST:PORT  where desks and booths reach it; 127.0.0.1:4771 when not given
  --stick DIR      a USB stick, for importing a booth's box and for handing over`

const minute = 60_000
/** Seconds. */
const unseen = 30

/** Starts a station and serves until the process ends. See `usage`. What was begun before goes on where it was. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      package: { type: 'string' },
      media: { type: 'string', multiple: true },
      reader: { type: 'string' },
      printer: { type: 'string' },
      port: { type: 'string', default: '4770' },
      hub: { type: 'string', default: '127.0.0.1:4771' },
      stick: { type: 'string' },
    },
  })
  const { package: file, media: folders = [], reader: readerFolder, printer: printerName, stick } = values
  if (!file || folders.length < 2 || !readerFolder || !printerName) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  // The stick with the package may be gone by now: the station's own media have it from the first start on.
  const named = folders.map((folder) => ({ name: path.basename(folder), folder }))
  const kept = () => readIdentity(openDisks(named).media)?.signed
  const signedPackage: unknown = (existsSync(file) ? undefined : kept()) ?? JSON.parse(readFileSync(file, 'utf8'))
  // A package that cannot even be read has no mode, so the switches of tests are not asked for before it is.
  const given = readPackage(signedPackage)
  if (!given.ok) {
    const { port } = await listen(refusedApp(given.faults), Number(values.port))
    console.error(`The election package is refused: ${JSON.stringify(given.faults)}`)
    console.log(`station: screen http://127.0.0.1:${port}/`)
    return
  }
  const { cut, now, oneDisk } = switchesFor(given.package)
  const printer = printerOf(printerName, given.package)
  const disks = openDisks(named, { cut, oneDisk })
  const { media, fault } = disks
  const software = softwareHash()

  const known = readIdentity(media)
  // Later a lost medium is shown; a day begins with all of them.
  if (fault && !known) {
    console.error(sayDisks(fault))
    process.exitCode = 1
    return
  }
  const reader = openReader(readerFolder, cut ? { cut } : {})
  // The keys were confirmed once; a package of others, or another package on these media, does not start (R68, R69).
  const read: ReadPackage = known ? readPackage(signedPackage, known.trusted) : given
  if (!read.ok || (known && known.signed.text !== read.signed.text)) {
    const faults = read.ok
      ? [{ rule: 'package.form' as const, at: 'these media belong to another package' }]
      : read.faults
    const { port } = await listen(refusedApp(faults), Number(values.port))
    console.error(`The election package is refused: ${JSON.stringify(faults)}`)
    console.log(`station: screen http://127.0.0.1:${port}/`)
    return
  }
  const { package: content, hash, signed } = read

  const begin = async (identity: Identity) => {
    const station = await openStation({ content, hash, identity, media, software, now })
    station.append({ kind: 'started', software, package: hash })
    const lobby: Lobby = { asking: new Map() }
    const heard = new Map<string, number>()
    const acts = new Acts(() => content.officers)
    const [host = '127.0.0.1', hubPort = '4771'] = values.hub.split(':')
    const anew = openAnew(station, acts, () => beginWith(screen!, hub, host))
    const top: DeskTop = {
      station,
      lobby,
      acts,
      reader,
      printer,
      ...(stick ? { stick: { folder: stick, medium: disks.more('stick', stick) } } : {}),
      heard,
      paper: false,
      printerState: 'ready',
      anew,
    }
    const hub = await listen(
      hubApp(station, lobby, (device) => heard.set(device, Date.now())),
      Number(hubPort),
      host,
    )
    console.log(`station: hub ${host}:${hub.port}`)
    let lastHead = now().getTime()
    let overdue = 0
    const work = setInterval(() => {
      station.boxes.judgeSome(20)
      // Power may have been cut between a ballot and the word about it.
      if (!acts.halfway) noteCopied(station)
      // Nobody looks at the screen: it need not be said to anybody.
      if (anew.due() && ++overdue > unseen) anew.soon()
      // One head an hour while the polls are open, without anybody having to think of it (T14).
      const { stage } = station.state()
      if ((stage !== 'open' && stage !== 'paused') || now().getTime() - lastHead < 60 * minute) return
      if (top.acts.halfway) return
      lastHead = now().getTime()
      const head = recordHead(station)
      if (head) void printer.print(headPaper(station, head, 'id'))
    }, 1_000)
    work.unref()
    return stationApp(top)
  }

  let screen: Served | undefined
  let app = known && !isSealed(known) ? await begin(known) : undefined
  const first = app
    ? undefined
    : known && isSealed(known)
      ? sealedApp(read, known, media, reader, async (identity) => {
          app = await begin(identity)
        })
      : firstApp(read, software, reader, async () => {
          const keys = { centre: content.centre.key, committee: content.committee.key }
          app = await begin(writeIdentity(media, content, signed, keys))
        })
  screen = await listen({ fetch: (request, env) => (app ?? first!).fetch(request, env) }, Number(values.port))
  console.log(`station: screen http://127.0.0.1:${screen.port}/`)
}
