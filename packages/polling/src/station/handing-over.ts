import { hashOf, type Signature, type Signed } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import { qrParts } from '../print/index.ts'
import {
  type Head,
  type Incident,
  incidentsOf,
  type RefusedBallot,
  type SealedHead,
  sealRestricted,
  summaryOf,
  writeRecord,
  writeRestricted,
} from '../record/index.ts'
import { archiveFile, readResult, resultFile, sharesOf, sheetFile } from './closing.ts'
import { readJson } from './files.ts'
import { zeroFile } from './opening.ts'
import type { Station } from './station.ts'

export const headsFile = 'heads.json'
export const objectionsFile = 'objections.json'
/** What opens the commitment of a head, for supervisors alone. */
export const sealedHeadFile = (number: number) => `head-${number}.sealed.json`
/** What two officers counted of the slips; only where the tally cannot be opened. */
export const handCountFile = 'hand-count.json'
export const planoPhoto = (version: number) => `plano-${version}.jpg`
export const planoFile = (version: number) => `plano-${version}.json`
export const acknowledgementFile = 'acknowledgement.json'
const recordFile = 'public.record'
const restrictedFile = 'restricted.record'
const keptFile = 'record.json'

/** What is not counted, sorted as the ballots of the archive are, and without the booth. */
const refusedBallots = ({ boxes }: Station): RefusedBallot[] =>
  boxes
    .ballots()
    .refused.map(({ why, ballot, opening }) => ({
      hash: hashOf(ballot),
      each: { why, ballot, ...(opening === undefined ? {} : { opening }) },
    }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ each }) => each)

/** The logs as a record names them. A device that starts once more writes a line, also while the chair signs. */
export type LogsThen = {
  readonly rows: ReadonlyMap<string, readonly string[]>
  readonly incidents: readonly Incident[]
}

export const logsNow = (station: Station): LogsThen => ({
  rows: rowsOf(station),
  incidents: incidentsOf(station.logs.lines.values()),
})

/**
 * The public record of this polling place as bytes. `sign` gives the chair's signature of its contents' list; the station adds its
 * own. Needs a signed result.
 */
function publicRecord(
  station: Station,
  { rows, incidents }: LogsThen,
  sign: (kind: string, text: string) => readonly Signature[],
): Uint8Array {
  const { content, hash, files, signed } = station
  const { results } = station.state()
  const version = results.length
  if (version === 0) throw new Error('there is no result yet')
  const entries: { name: string; body: Uint8Array }[] = []
  const add = (name: string, body: Uint8Array | string | undefined) => {
    if (body !== undefined)
      entries.push({ name, body: typeof body === 'string' ? new TextEncoder().encode(body) : body })
  }
  const json = (value: unknown) => JSON.stringify(value)
  const devices = station.certificates().map((each) => withoutAddress(station, each))
  add('package.json', json(signed))
  add('station.json', json({ key: station.key.key, software: station.software, devices }))
  add('zero.json', files.text(zeroFile))
  add('heads.json', json(readJson<Signed[]>(files, headsFile) ?? []))
  add('election.bel', files.get(archiveFile))
  add('decryption.json', json(sharesOf(station).map(({ owner, stronger }) => ({ owner, proof: stronger }))))
  add('spoiled.json', json(station.boxes.ballots().challenged.map(({ record }) => record)))
  add('refused.json', json(refusedBallots(station)))
  add('incidents.json', json(incidents))
  add('logs.json', json([...rows].map(([device, list]) => summaryOf(device, list))))
  add('reconciliation.json', files.text(sheetFile))
  add('hand-count.json', files.text(handCountFile))
  add('objections.json', json(readJson<Signed[]>(files, objectionsFile) ?? []))
  for (let each = 1; each <= version; each++) {
    add(resultFile(each), json(readResult(station, each)))
    const photo = files.get(planoPhoto(each))
    const plano = files.text(planoFile(each))
    if (photo && plano) {
      add(planoPhoto(each), photo)
      add(planoFile(each), plano)
    }
  }
  const about = { mode: content.mode, package: hash, election: content.election.id, tps: content.tps.id, version }
  return writeRecord(about, entries, (kind, text) => [...sign(kind, text), station.sign(kind, text)])
}

/** The text that the chair signs before the record is written: the list of what is in it. */
export function recordText(station: Station, logs: LogsThen): string {
  let text = ''
  publicRecord(station, logs, (_, manifest) => {
    text = manifest
    return []
  })
  return text
}

type Kept = { readonly version: number; readonly objections: number; readonly planos: string; readonly hash: string }

/** Which photographs of planos are signed by now: one that is taken or replaced after the record was signed is not in it. */
const planosOf = ({ files }: Station, versions: number): string =>
  Array.from({ length: versions }, (_, at) => hashOf(files.text(planoFile(at + 1)) ?? '')).join(' ')

/** Writes the record once the chair has signed `text`; refused (false) when there is more to sign by now. */
export function keepRecord(station: Station, logs: LogsThen, text: string, signatures: readonly Signature[]): boolean {
  let same = false
  const record = publicRecord(station, logs, (_, manifest) => {
    same = manifest === text
    return signatures
  })
  if (!same) return false
  // The logs as the record names them: the supervisor compares these two.
  const restricted = writeRestricted(logs.rows, sealedHeads(station))
  station.files.put(restrictedFile, sealRestricted(station.content, station.hash, restricted))
  station.files.put(recordFile, record)
  const { results, objections } = station.state()
  const planos = planosOf(station, results.length)
  const kept: Kept = { version: results.length, objections, planos, hash: hashOf(record) }
  station.files.put(keptFile, JSON.stringify(kept))
  return true
}

/** The log of every device, also of one that broke before a line of it came: that log is empty, and said to be. */
const rowsOf = ({ logs, state }: Station): Map<string, readonly string[]> => {
  const rows = logs.rows
  const names = new Set([...rows.keys(), ...state().devices.map(({ device }) => device)])
  return new Map([...names].sort().map((device) => [device, [...(rows.get(device) ?? [])]]))
}

const sealedHeads = ({ files }: Station): SealedHead[] =>
  (readJson<Signed[]>(files, headsFile) ?? []).flatMap(({ text }) => {
    const { number, commitment } = JSON.parse(text) as Head
    return commitment ? (readJson<SealedHead[]>(files, sealedHeadFile(number)) ?? []) : []
  })

/** The record as the chair signed it, of the latest version of the result, with every objection and photograph; undefined before. */
export function readRecord(station: Station): { readonly body: Uint8Array; readonly hash: string } | undefined {
  const kept = readJson<Kept>(station.files, keptFile)
  const { results, objections } = station.state()
  if (kept?.version !== results.length || kept.objections !== objections) return undefined
  if (kept.planos !== planosOf(station, results.length)) return undefined
  const body = station.files.get(recordFile, kept.hash)
  return body && { body, hash: kept.hash }
}

/** Where a device listened on that day is nobody's matter afterwards. */
function withoutAddress(station: Station, { text }: Signed): Signed {
  const { address: _, ...certificate } = JSON.parse(text) as { address?: string }
  const bare = JSON.stringify(certificate)
  return { text: bare, signatures: [station.sign('device/1', bare)] }
}

export const recordName = ({ content }: Station): string => `tps-${content.tps.number}.record`

/** Writes record, restricted logs and result to a stick; durable when it returns. Gives the record's hash; undefined without one. */
export function handOverByUsb(station: Station, stick: Medium): string | undefined {
  const record = readRecord(station)
  if (!record) return undefined
  const name = recordName(station)
  stick.replace(name, record.body)
  const restricted = station.files.get(restrictedFile)
  if (restricted) stick.replace(name.replace('.record', '.restricted'), restricted)
  stick.replace(name.replace('.record', '.result.json'), new TextEncoder().encode(JSON.stringify(readResult(station))))
  return record.hash
}

export type Sent = { readonly record: string; readonly answer: string } | { readonly failed: string }

/**
 * Sends each version of the signed result, then archive, plano and record under their hashes, to the centre's intake. All of it is
 * idempotent, so whatever was cut off is simply sent again. Nothing is taken back when it fails.
 */
export async function handOverByNetwork(station: Station, address: string, patience = 60_000): Promise<Sent> {
  const record = readRecord(station)
  if (!record) return { failed: 'no record' }
  const base = address.replace(/\/$/, '')
  const send = async (path: string, method: 'POST' | 'PUT', body: BodyInit, plano?: string) => {
    const headers: Record<string, string> = {
      'content-type': method === 'POST' ? 'application/json' : 'application/octet-stream',
    }
    // A file is known by its hash in the address, so that is what the station vouches for.
    if (method === 'PUT') {
      headers['x-device'] = station.key.key
      headers['x-signature'] = station.sign('message/1', `PUT ${path}\n`).signature
    }
    // A photograph is believed by the chair's signature of it.
    if (plano !== undefined) headers['x-plano'] = Buffer.from(plano).toString('base64url')
    const answer = await fetch(`${base}${path}`, { method, body, headers, signal: AbortSignal.timeout(patience) })
    const text = (await answer.text()).slice(0, 2_000)
    if (!answer.ok) throw new Error(`${path.split('/').slice(0, 4).join('/')}: ${answer.status} ${text.slice(0, 200)}`)
    return text
  }
  try {
    const versions = station.state().results.length
    let answer = ''
    for (let version = 1; version <= versions; version++)
      answer = await send('/voting/intake/results', 'POST', JSON.stringify(readResult(station, version)))
    const put = (body: Uint8Array | undefined, plano?: string) =>
      body && send(`/voting/intake/records/${hashOf(body)}`, 'PUT', body as Uint8Array<ArrayBuffer>, plano)
    await put(station.files.get(archiveFile))
    const plano = station.files.text(planoFile(versions))
    if (plano !== undefined) await put(station.files.get(planoPhoto(versions)), plano)
    await put(record.body)
    station.files.put(acknowledgementFile, JSON.stringify({ record: record.hash, answer }))
    return { record: record.hash, answer }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return { failed: `${error instanceof Error ? error.message : error}${cause}` }
  }
}

/** The signed result as texts for QR codes, for where there is neither line nor stick; `joinParts` puts them together. */
export function resultInParts(station: Station): string[] {
  const signed = readResult(station)
  return signed ? qrParts('RESULT', JSON.stringify(signed)) : []
}
