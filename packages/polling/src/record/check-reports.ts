import { z } from 'zod'
import { type Counts, hashOf } from '../format/index.ts'
import { readPackage } from '../format/read-package.ts'
import type { RecordContext } from './context.ts'
import {
  certificateShape,
  headShape,
  incidentsShape,
  logsShape,
  objectionShape,
  planoShape,
  signedShape,
  stationShape,
  zeroShape,
} from './shapes.ts'

/** Keys by which a reader trusts a package: printed at the office, on the committee's board, in the newspaper. */
export type TrustedKeys = { readonly centre?: string; readonly committee?: string }

/** The package does not contradict itself and is signed by the centre and the committee; these are the ones the reader trusts. */
export async function readPackageEntry(context: RecordContext, keys: TrustedKeys): Promise<void> {
  const entry = 'package.json'
  const signed = await context.signed(entry)
  if (!signed) return
  const read = readPackage(signed)
  if (!read.ok) {
    for (const { rule, at } of read.faults) context.require('package.content', false, entry, at, rule)
    return
  }
  context.package = read.package
  context.packageHash = read.hash
  context.counts.signatures += signed.signatures.length
  for (const role of ['centre', 'committee'] as const) {
    const { key, name } = read.package[role]
    const by = signed.signatures.filter((each) => each.role === role)
    context.require('package.signature', by.length === 1 && by[0]!.signer === name, entry, role)
    context.require('package.key', keys[role] === undefined || keys[role] === key, entry, role)
  }
  context.require('package.signature', signed.signatures.length === 2, entry, 'signatures')
}

/** The station's key, and the devices that it let join: the key of each by its name. */
export async function checkStation(context: RecordContext): Promise<Map<string, string>> {
  const station = await context.json('station.json', stationShape)
  if (!station) return new Map()
  context.stationKey = station.key
  const keys = new Map([['station', station.key]])
  for (const [i, signed] of station.devices.entries()) {
    const certificate = context.parse('station.json', `devices.${i}`, signed.text, certificateShape)
    context.vouched('station.certificate', 'device/1', signed, ['device'], 'station.json', `devices.${i}`)
    if (!certificate) continue
    context.require('package.other', certificate.package === context.packageHash, 'station.json', `devices.${i}`)
    const { device, as, number, key } = certificate
    const alone = !keys.has(device) && ![...keys.values()].includes(key)
    context.require('station.certificate', alone, 'station.json', `devices.${i}`, 'twice')
    context.require('station.certificate', device === `${as}-${number}`, 'station.json', `devices.${i}.device`)
    keys.set(device, key)
  }
  return keys
}

/** The zero report says what the package says, that every token was there, and that the boxes of booths were empty. */
export async function checkZero(context: RecordContext, devices: ReadonlyMap<string, string>): Promise<void> {
  const entry = 'zero.json'
  const signed = await context.signed(entry)
  const zero = signed && context.parse(entry, 'text', signed.text, zeroShape)
  if (!signed || !zero || !context.package) return
  context.vouched('zero.signature', 'zero/1', signed, ['chair', 'device'], entry)
  const { roll, candidates, pool } = context.package
  context.require('package.other', zero.package === context.packageHash, entry, 'package')
  const { count, additional, hash } = zero.roll
  const sameRoll = count === roll.count && additional === roll.additional && hash === roll.hash
  context.require('zero.content', sameRoll, entry, 'roll')
  context.require('zero.content', zero.tokens === pool.size, entry, 'tokens')
  const boxes = zero.boxes.map(({ device }) => device)
  const own = boxes.every((device) => device.startsWith('booth-') && devices.has(device))
  context.require('zero.content', own && boxes.length > 0 && new Set(boxes).size === boxes.length, entry, 'boxes')
  const listed = candidates.map(({ number, name, photoHash }) => ({
    number,
    name,
    ...(photoHash ? { photoHash } : {}),
  }))
  // Number, name and photograph: what was swapped in Batanghari in 2016.
  context.require('zero.content', JSON.stringify(zero.candidates) === JSON.stringify(listed), entry, 'candidates')
}

/** Hourly heads are numbered without a gap, and nothing that was counted becomes less. Gives the last one's numbers. */
export async function checkHeads(context: RecordContext): Promise<Counts | undefined> {
  const entry = 'heads.json'
  const heads = await context.json(entry, z.array(signedShape).max(1000))
  let before: Counts | undefined
  for (const [i, signed] of (heads ?? []).entries()) {
    const head = context.parse(entry, `${i}`, signed.text, headShape)
    context.vouched('head.signature', 'head/1', signed, ['device'], entry, `${i}`)
    if (!head) continue
    context.require('package.other', head.package === context.packageHash, entry, `${i}`)
    context.require('head.order', head.number === i + 1, entry, `${i}.number`)
    for (const name of [
      'present',
      'issued',
      'returned',
      'used',
      'cast',
      'void',
      'spoiled',
      'slips',
      'slipsVoid',
      'reprints',
    ] as const)
      context.require('head.order', !before || head.counts[name] >= before[name], entry, `${i}.counts.${name}`)
    before = head.counts
  }
  return before
}

/** The station and each device that joined have their log. */
export async function checkLogs(context: RecordContext, devices: Iterable<string>): Promise<void> {
  await context.json('incidents.json', incidentsShape)
  const logs = await context.json('logs.json', logsShape)
  if (!logs) return
  const named = logs.map(({ device }) => device)
  context.require('logs.device', named.length === new Set(named).size, 'logs.json', '', 'twice')
  const known = new Set(devices)
  for (const device of known) context.require('logs.device', named.includes(device), 'logs.json', device)
  for (const device of named)
    context.require('logs.device', known.has(device), 'logs.json', device, 'nobody let it join')
}

/** Each objection is signed by the witness who filed it, and stands there once. */
export async function checkObjections(context: RecordContext): Promise<void> {
  const entry = 'objections.json'
  const objections = await context.json(entry, z.array(signedShape).max(1000))
  const seen = new Set<string>()
  for (const [i, signed] of (objections ?? []).entries()) {
    const objection = context.parse(entry, `${i}`, signed.text, objectionShape)
    context.vouched('objection.signature', 'objection/1', signed, ['witness'], entry, `${i}`)
    context.require('objection.signature', signed.signatures.length === 1, entry, `${i}`, 'one witness')
    const name = `${signed.signatures[0]?.key} ${signed.text}`
    context.require('objection.signature', !seen.has(name), entry, `${i}`, 'twice')
    seen.add(name)
    if (objection) context.require('package.other', objection.package === context.packageHash, entry, `${i}`)
  }
}

/** The photograph is the one that the chair signed, for that version. */
export async function checkPlano(context: RecordContext, version: number): Promise<void> {
  const entry = `plano-${version}.json`
  const photo = await context.bytes(`plano-${version}.jpg`)
  const signed = await context.signed(entry)
  if (!photo && !signed) return
  const plano = signed && context.parse(entry, 'text', signed.text, planoShape)
  if (!context.require('plano.signature', photo !== undefined && plano !== undefined, entry) || !photo || !plano) return
  context.vouched('plano.signature', 'plano/1', signed, ['chair'], entry)
  context.require('package.other', plano.package === context.packageHash, entry)
  context.require('plano.signature', plano.version === version && plano.photo === hashOf(photo), entry, 'photo')
}
