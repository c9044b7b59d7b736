import { randomBytes } from 'node:crypto'
import { kernelsOnce, platformRandom, readElection } from '@melayani/ballot'
import { deskCounts } from '../desk/desk-counts.ts'
import {
  type Act,
  type Counts,
  type ElectionPackage,
  type Role,
  type Signature,
  type Signed,
  type SigningKey,
  sign,
} from '../format/index.ts'
import { type Chain, openChain, stepOf } from '../media/chain.ts'
import { type Logs, openLogs } from '../media/logs.ts'
import { type Medium, MediumLost } from '../media/medium.ts'
import { type Certificate, certificateKind, type HubState, signAsStation, stateKind } from '../net/index.ts'
import { Boxes, countsOf } from './boxes.ts'
import { type Files, openFiles, readJson } from './files.ts'
import type { Identity } from './identity.ts'
import { type StationState, stateOf, stationName } from './state.ts'

export type StationParts = {
  readonly content: ElectionPackage
  readonly hash: string
  readonly identity: Identity
  readonly media: readonly Medium[]
  /** SHA-256 over the program's files. */
  readonly software: string
  readonly now?: () => Date
}

/** Hand counts: tokens left in the box, slips in the audit box, slips stamped BATAL, papers in the envelope of reprints. */
export const handCounts = ['unused', 'slips', 'slipsVoid', 'replaced'] as const
export type ByHand = Readonly<Record<(typeof handCounts)[number], number>>

/**
 * The station of one polling place: its log, the others' logs, all ballot boxes and documents, each on all media. Everything it
 * knows follows from what is on the media, so that it can be ended at any moment and goes on where it was.
 */
export type Station = {
  readonly content: ElectionPackage
  readonly hash: string
  readonly signed: Signed
  readonly key: SigningKey
  readonly software: string
  readonly chain: Chain
  readonly logs: Logs
  readonly boxes: Boxes
  readonly files: Files
  now(): Date
  /** "2026-11-22T08:15", local, by quarters of an hour. */
  step(): string
  /** Local "HH:MM" and "2026-11-22". */
  clock(): { readonly time: string; readonly date: string }
  state(): StationState
  /** The reconciliation's numbers; with the hand counts once there are some. */
  counts(): Counts
  byHand(): ByHand | undefined
  /** Adds to the log; durable when it returns. */
  append(act: Act, by?: readonly Signature[]): void
  /** A document signed by the station, and by others if they are given. */
  document(kind: string, content: object, others?: readonly Signature[]): Signed
  /** The station's own signature under a document of this kind and text. */
  sign(kind: string, text: string): Signature
  certificates(): readonly Signed[]
  hubState(): Signed
  /** Where devices listen: not in the log. */
  setAddress(device: string, address: string): void
  media(): readonly { readonly name: string; readonly state: 'good' | 'lost' }[]
  rejoin(): void
  random(bytes: number): string
}

export const byHandFile = 'by-hand.json'
const addressFile = 'addresses.json'

export async function openStation({
  content,
  hash,
  identity,
  media,
  software,
  now = () => new Date(),
}: StationParts): Promise<Station> {
  const { zone } = content.rules
  const key = identity.signing
  const files = openFiles(media)
  const chain = openChain(media, stationName, key, hash, { now, zone })
  // The log only grows, so its state is folded anew only when it did.
  let folded: { length: number; state: StationState } | undefined
  const state = (): StationState => {
    const { length } = chain.entries
    if (folded?.length !== length) folded = { length, state: stateOf(chain.entries, content) }
    return folded.state
  }
  const keyOf = (device: string) => state().devices.find((each) => each.device === device)?.key
  const logs = openLogs(media, hash, keyOf, { own: chain, known: state().devices.map(({ device }) => device) })
  const group = await kernelsOnce(platformRandom)(readElection(content.ballot.election).group)
  const boxes = new Boxes(content, hash, media, group)
  for (const { device, as } of state().devices) if (as === 'booth') boxes.open(device)
  const addresses = new Map(Object.entries(readJson<Record<string, string>>(files, addressFile) ?? {}))

  const byHand = () => readJson<ByHand>(files, byHandFile)
  const local = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const ownSign = (kind: string, text: string) => sign(kind, text, { role: 'device', signer: stationName }, key.secret)
  const certificates = () =>
    state().devices.map(({ stopped: _, complete: __, ...device }) => {
      const address = addresses.get(device.device)
      const certificate: Certificate = { package: hash, ...device, ...(address ? { address } : {}) }
      return signAsStation(certificateKind, certificate, key)
    })
  return {
    content,
    hash,
    signed: identity.signed,
    key,
    software,
    chain,
    logs,
    boxes,
    files,
    now,
    step: () => stepOf(now(), zone),
    clock() {
      const parts = Object.fromEntries(local.formatToParts(now()).map(({ type, value }) => [type, value]))
      return { time: `${parts.hour}:${parts.minute}`, date: `${parts.year}-${parts.month}-${parts.day}` }
    },
    state,
    counts: () => countsOf(deskCounts(logs.lines.values()), boxes.counts(), byHand()),
    byHand,
    append: (act, by) => void chain.append(act, by),
    document(kind, value, others = []) {
      const text = JSON.stringify(value)
      return { text, signatures: [...others, ownSign(kind, text)] }
    },
    sign: ownSign,
    certificates,
    hubState() {
      const { stage, until, queue, devices } = state()
      const content: HubState = {
        package: hash,
        stage,
        until,
        ...(queue ? { queue } : {}),
        devices: certificates().map((each) => JSON.stringify(each)),
        stopped: devices.filter(({ stopped }) => stopped !== undefined).map(({ device }) => device),
        at: chain.head.seq,
      }
      return signAsStation(stateKind, content, key)
    },
    setAddress(device, address) {
      if (addresses.get(device) === address) return
      addresses.set(device, address)
      files.put(addressFile, JSON.stringify(Object.fromEntries(addresses)))
    },
    media: () => {
      const lost = new Set([
        ...files.lost,
        ...chain.media.flatMap((each) => (each.state === 'good' ? [] : [each.name])),
        ...boxes.devices.flatMap((device) =>
          boxes
            .get(device)!
            .media()
            .flatMap(({ name, held }) => (held ? [] : [name])),
        ),
      ])
      return media.map(({ name }) => ({ name, state: lost.has(name) ? 'lost' : 'good' }))
    },
    rejoin() {
      files.rejoin()
      chain.rejoin()
      for (const device of boxes.devices) {
        const box = boxes.get(device)!
        const lost = new Set(box.media().flatMap(({ name, held }) => (held ? [] : [name])))
        for (const medium of media)
          try {
            if (lost.has(medium.name)) box.attach(medium)
          } catch (error) {
            // Not there yet: it stays lost, and is shown so.
            if (!(error instanceof MediumLost)) throw error
          }
      }
    },
    random: (bytes) => randomBytes(bytes).toString('hex'),
  }
}

/** Who may sign a document of the polling place, in the order in which they are asked. */
export const signersOf = (content: ElectionPackage, role: Role) => content.officers.filter((each) => each.role === role)
