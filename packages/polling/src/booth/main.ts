import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openReader } from '../card/index.ts'
import { readPackage } from '../format/index.ts'
import { openMedium } from '../media/medium.ts'
import { SwitchesRefused, switchesFor } from '../media/switches.ts'
import { readCertificate, Unreachable } from '../net/index.ts'
import { Acts, beginAnew, canBeginAnew, listen } from '../screen/index.ts'
import { softwareHash } from '../software.ts'
import { type BoothDevice, deviceKey, openDevice } from './device.ts'
import { askToJoin, recallMembership } from './hub-link.ts'
import { officersApp, type Standing } from './officers-app.tsx'

const usage = `npm run tps -- booth --package FILE --folder DIR --usb DIR --hub HOST:PORT --reader DIR --printer sim:DIR|/dev/usb/lp0
  --port N           officers' page, 4751 when not given; 0 takes a free one
  --session-port N   voters' page, 4752 when not given
  --mobile           a mobile booth (TPS keliling)
  --station-key HEX  key of the station, where it was compared already`

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
    },
  })
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
  let switches: ReturnType<typeof switchesFor>
  try {
    switches = switchesFor(content)
  } catch (error) {
    if (!(error instanceof SwitchesRefused)) throw error
    console.error(error.message)
    process.exitCode = 1
    return
  }
  const { cut, now } = switches
  const media = [openMedium('ssd', folder, cut), openMedium('usb', usb, cut)]
  const key = deviceKey(media)
  let device: BoothDevice | undefined
  let number: number | undefined
  let stationKey = recallMembership(media)?.station
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
