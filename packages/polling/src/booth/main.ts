import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openReader } from '../card/index.ts'
import { readPackage } from '../format/index.ts'
import { openDisks, sayDisks } from '../media/disks.ts'
import { isForShow, refuseSimulated, switchesFor } from '../media/switches.ts'
import { readCertificate, Unreachable } from '../net/index.ts'
import { Acts, beginAnew, canBeginAnew, languageFrom, listen } from '../screen/index.ts'
import { softwareHash } from '../software.ts'
import { type BoothDevice, deviceKey, openDevice } from './device.ts'
import { askToJoin, recallMembership } from './hub-link.ts'
import { kioskFaults, sayKiosk } from './kiosk.ts'
import { officerWords } from './officer-words.ts'
import { officersApp, type Standing } from './officers-app.tsx'
import { undrawable } from './papers.ts'

const usage = `npm run tps -- booth --package FILE --folder DIR --usb DIR --hub HOST:PORT --reader DIR --printer sim:DIR|/dev/usb/lp0
  --port N           officers' page, 4751 when not given; 0 takes a free one
  --session-port N   voters' page, 4752 when not given
  --mobile           a mobile booth (TPS keliling)
  --station-key HEX  key of the station, where it was compared already
npm run tps -- booth --check [--port N] [--session-port N] [--lang id|en]
  whether a voter can switch this computer off or leave the page by a key; exit code 0 no, 1 yes, 2 not known here`

function check(addresses: readonly [string, string], lang: 'id' | 'en'): number {
  if (process.platform !== 'linux') {
    console.error(officerWords(lang).kioskLinux)
    return 2
  }
  const faults = kioskFaults(addresses)
  console.log(sayKiosk(faults, lang).join('\n'))
  return faults.length > 0 ? 1 : 0
}

/** Starts a booth and serves until the process ends. See `usage`. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      package: { type: 'string' },
      folder: { type: 'string' },
      usb: { type: 'string' },
      hub: { type: 'string' },
      reader: { type: 'string' },
      printer: { type: 'string' },
      port: { type: 'string', default: '4751' },
      'session-port': { type: 'string', default: '4752' },
      mobile: { type: 'boolean', default: false },
      'station-key': { type: 'string' },
      check: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  })
  const addresses = [values.port, values['session-port']].map((port) => `http://127.0.0.1:${port}/`) as [string, string]
  if (values.check) {
    process.exitCode = check(addresses, languageFrom(values.lang))
    return
  }
  const { package: file, folder, usb, hub, reader, printer } = values
  if (!file || !folder || !usb || !hub || !reader || !printer) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const packageText = readFileSync(file, 'utf8')
  const read = readPackage(JSON.parse(packageText))
  if (!read.ok) {
    console.error(`The election package is refused: ${JSON.stringify(read.faults)}`)
    process.exitCode = 1
    return
  }
  const { package: content, hash } = read
  // Said before anybody votes, not by a slip that does not come.
  const faceless = undrawable(content)
  if (faceless.length > 0) {
    console.error(
      `The photograph of candidate ${faceless.join(', ')} cannot be printed: this package is of no use here.`,
    )
    process.exitCode = 1
    return
  }
  refuseSimulated(printer, content)
  const { cut, now, oneDisk } = switchesFor(content)
  const own = [
    { name: 'ssd', folder },
    { name: 'usb', folder: usb },
  ]
  const { media, fault } = openDisks(own, { cut, oneDisk })
  let stationKey = recallMembership(media)?.station
  // Later a lost stick is shown and stops what it must stop; a day begins with both, and the key is on the machine's own disk.
  if (fault && (!stationKey || fault.folder === folder)) {
    console.error(sayDisks(fault))
    process.exitCode = 1
    return
  }
  const key = deviceKey(media)
  let device: BoothDevice | undefined
  let number: number | undefined
  let trusted = values['station-key']

  const standing = (): Standing =>
    device
      ? { at: 'working', device }
      : {
          at: 'joining',
          ownKey: key.key,
          ...(stationKey ? { stationKey } : {}),
          trusted: trusted !== undefined && trusted === stationKey,
        }
  const acts = new Acts(() => content.officers)
  const app = officersApp({
    package: content,
    packageHash: hash,
    number: () => number,
    reader: openReader(reader, cut ? { cut } : {}),
    acts,
    standing,
    trust: () => {
      trusted = stationKey
    },
    // A practice is held on whatever laptop there is, and of other systems nothing is known here.
    kiosk: isForShow(content) || process.platform !== 'linux' ? 0 : kioskFaults(addresses).length,
    voterPage: () => `http://127.0.0.1:${device?.sessionPort ?? values['session-port']}/`,
  })
  const served = await listen(app, Number(values.port))
  const { port } = served
  console.log(`booth: officers http://127.0.0.1:${port}/`)

  let certificate = certificateOf()
  while (!certificate) {
    try {
      const answer = await askToJoin(
        { media, address: hub, key, packageHash: hash, mobile: values.mobile },
        (given) => given === trusted,
      )
      stationKey = answer.station
      certificate = answer.joined
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
    if (!certificate) await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  number = certificate.number
  device = await openDevice({
    packageText: read.signed.text,
    package: content,
    packageHash: hash,
    media,
    key,
    device: certificate.device,
    number,
    mobile: certificate.mobile === true,
    hub,
    printer,
    sessionPort: Number(values['session-port']),
    officers: `http://127.0.0.1:${port}/`,
    software: softwareHash(),
    now: () => now().getTime(),
  })
  console.log(`booth: voters http://127.0.0.1:${device.sessionPort}/`)
  if (canBeginAnew && device.status().stage !== 'closed') beginAnewAfter(device)

  /**
   * Ballots lie in memory in the order in which they came. When the polls have closed and the station has all of them, the booth
   * begins anew in an empty memory, and reads its box, where places are random (T15).
   */
  function beginAnewAfter(working: BoothDevice) {
    const { sessionPort } = working
    const watch = setInterval(async () => {
      const { stage, standing } = working.status()
      if (stage !== 'closed' || standing.current || acts.waiting || !working.hub.sent()) return
      clearInterval(watch)
      working.close()
      await served.finish()
      beginAnew(['--port', String(port), '--session-port', String(sessionPort)])
    }, 1_000)
    watch.unref()
  }

  /** What the media remember from before a restart: no station is needed to go on. */
  function certificateOf() {
    const known = recallMembership(media)
    const of = known && readCertificate(known.certificate, known.station, hash)
    return of?.key === key.key ? of : undefined
  }
}
