import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readBallot } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import type { Hono } from 'hono'
import { readCardFile } from '../src/card/card-file.ts'
import { FileCard, isOpen, type OpenCard, openReader } from '../src/card/index.ts'
import { newSigningKey, type Officer, readPackage, type SigningKey } from '../src/format/index.ts'
import { openChain } from '../src/media/chain.ts'
import type { Medium } from '../src/media/medium.ts'
import { openMedium } from '../src/media/medium.ts'
import { type Slot, writeSlot } from '../src/media/slot.ts'
import { openSimulatedPrinter } from '../src/print/index.ts'
import { openRestricted } from '../src/record/index.ts'
import { Acts } from '../src/screen/index.ts'
import { stationApp } from '../src/station/app.ts'
import type { DeskTop } from '../src/station/desk-top.ts'
import { hubApp } from '../src/station/hub.ts'
import {
  type Identity,
  isSealed,
  openSealed,
  readIdentity,
  type SealedIdentity,
  writeIdentity,
} from '../src/station/identity.ts'
import { openStation, type Station } from '../src/station/station.ts'
import { askHub, askToJoinHub } from './ask-hub.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import { tallied } from './tallied.ts'
import { type MadeTps, makeTps, type TpsPlan } from './village.ts'

export type DayDevice = { readonly device: string; readonly key: SigningKey }

/** A station in this process with its cards, readers and printer in a folder, and a clock that the test sets. */
export type StationWorld = {
  readonly made: MadeTps
  readonly folder: string
  readonly trustees: readonly string[]
  readonly clock: { now: string }
  station: Station
  app: Hono
  hub: Hono
  /** Ends and starts the station: everything in memory is gone. */
  restart(): Promise<void>
  get(path: string): Promise<string>
  /** A form; gives status, address it leads to, and page. */
  post(path: string, form?: Record<string, string>): Promise<{ status: number; to: string; text: string }>
  /** A form that officers must agree to, with their cards in this order. */
  agree(
    path: string,
    form: Record<string, string>,
    cards: readonly string[],
  ): Promise<{ status: number; to: string; text: string }>
  officer(role: Officer['role'], at?: number): string
  join(as: 'desk' | 'booth', mobile?: true): Promise<DayDevice>
  /** What a device tells the hub, or asks it: path as "/hub/box". */
  tell(device: DayDevice, path: string, body: object): Promise<{ status: number; text: string }>
  ask(device: DayDevice, path: string): Promise<{ status: number; text: string }>
}

export async function openStationWorld(
  plan: TpsPlan = {},
  media?: (folder: string) => Medium[],
): Promise<StationWorld> {
  const made = makeTps({ voters: 6, reserve: 4, ...plan })
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-station-'))
  const cards = path.join(folder, 'cards')
  const readerFolder = path.join(folder, 'reader')
  mkdirSync(readerFolder, { recursive: true })
  const { trustees } = writeTestCards(made, cards)
  const clock = { now: `${made.package.election.date}T00:30:00Z` }
  const read = readPackage(made.signed)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  /** The disk is gone: two officers put in their cards. */
  const unsealed = (disks: readonly Medium[], kept: SealedIdentity): Identity => {
    const sealed = openSealed(disks, kept)
    const holders = (['chair', 'officer'] as const).map((role) => {
      const { id, key } = made.officers.find((each) => each.role === role)!
      insertCard(cards, readerFolder, id)
      const card = openReader(readerFolder).card()!.open(testPin)
      if (isOpen(card)) sealed.take(card)
      return key
    })
    insertCard(cards, readerFolder, undefined)
    return sealed.identity(...holders)!
  }
  const open = async () => {
    const disks = media?.(folder) ?? ['ssd', 'usb'].map((name) => openMedium(name, path.join(folder, name)))
    const keys = { centre: made.centre.key, committee: made.committee.key }
    const kept = readIdentity(disks) ?? writeIdentity(disks, made.package, made.signed, keys)
    const identity = isSealed(kept) ? unsealed(disks, kept) : kept
    const station = await openStation({
      content: made.package,
      hash: made.hash,
      identity,
      media: disks,
      software: 'a'.repeat(64),
      now: () => new Date(clock.now),
    })
    const lobby = { asking: new Map() }
    const top: DeskTop = {
      station,
      lobby,
      acts: new Acts(() => made.package.officers),
      reader: openReader(readerFolder),
      printer: openSimulatedPrinter({ folder: path.join(folder, 'paper') }),
      stick: { folder: path.join(folder, 'stick'), medium: openMedium('stick', path.join(folder, 'stick')) },
      heard: new Map(),
      paper: false,
      printerState: 'ready',
    }
    return { station, app: stationApp(top) as unknown as Hono, hub: hubApp(station, lobby) as unknown as Hono }
  }
  const post = async (at: string, form: Record<string, string> = {}) => {
    const answer = await world.app.request(at, { method: 'POST', body: new URLSearchParams(form) })
    return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() }
  }
  const world: StationWorld = {
    made,
    folder,
    trustees,
    clock,
    ...(await open()),
    restart: async () => void Object.assign(world, await open()),
    get: async (at) => (await world.app.request(at)).text(),
    post,
    async agree(at, form, holders) {
      const begun = await post(at, form)
      if (!begun.to.startsWith('/act/')) return begun
      let last = begun
      for (const id of holders) {
        insertCard(cards, readerFolder, id)
        last = await post(begun.to, { pin: testPin })
      }
      insertCard(cards, readerFolder, undefined)
      return last
    },
    officer: (role, at = 0) => made.officers.filter((each) => each.role === role)[at]!.id,
    async join(as, mobile) {
      const key = newSigningKey()
      const asked = await askToJoinHub(
        world.hub,
        { as, key: key.key, package: made.hash, ...(mobile ? { mobile } : {}) },
        key,
      )
      if (asked.status !== 202) throw new Error(`${asked.status} ${asked.text}`)
      await world.agree(`/devices/admit/${key.key}`, {}, [world.officer('chair'), world.officer('officer')])
      const device = world.station.state().devices.find((each) => each.key === key.key)?.device
      if (!device) throw new Error('not admitted')
      return { device, key }
    },
    tell: (device, at, body) =>
      askHub(world.hub, { to: world.station.key.key, ...device }, 'POST', at.replace('/hub', ''), body),
    ask: (device, at) => askHub(world.hub, { to: world.station.key.key, ...device }, 'GET', at.replace('/hub', '')),
  }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(made.signed))
  return world
}

/** What a desk writes when these voters come, each with a token. */
export function deskRows(
  world: StationWorld,
  { device, key }: DayDevice,
  voters: readonly number[],
): readonly string[] {
  const medium = openMedium(device, path.join(world.folder, device))
  const chain = openChain([medium], device, key, world.made.hash)
  for (const voter of voters) {
    chain.append({ kind: 'check-in', voter, method: 'typed-nik' })
    chain.append({ kind: 'token-issued', voter })
  }
  return chain.lines
}

/** Slots as a booth sends them: one for each vote (0 is blank), cast with a good slip, by the tokens from `from` on. */
export function castSlots(
  { made }: StationWorld,
  votes: readonly number[],
  from = 0,
): { slots: Slot[]; sent: string[] } {
  const { ballots } = tallied({ ...made, tokens: made.tokens.slice(from) }, votes)
  const slots = ballots.map(
    (ballot, at): Slot => ({
      id: String(from + at + 1).padStart(32, '0'),
      state: 'cast',
      slip: 'printed',
      reprints: 0,
      credential: readBallot(ballot).credential,
      ballot,
    }),
  )
  return { slots, sent: sentSlots(made, slots) }
}

export const sentSlots = (made: MadeTps, slots: readonly Slot[]): string[] =>
  slots.map((slot) => Buffer.from(writeSlot(made.hash, slot)).toString('base64'))

/** The card of an officer with this role, opened. */
export function cardOf(world: StationWorld, role: Officer['role']): OpenCard {
  const file = `${world.officer(role)}.card.json`
  const medium = openMedium('cards', path.join(world.folder, 'cards'))
  const card = new FileCard(medium, file, readCardFile(medium.read(file)!)!, Date.now).open(testPin)
  if (!isOpen(card)) throw new Error(card.refused)
  return card
}

/** The restricted logs from the stick, as the supervisor's card opens them. */
export async function restrictedOf(world: StationWorld) {
  const read = (name: string) => new Uint8Array(readFileSync(path.join(world.folder, 'stick', name)))
  const opened = await openRestricted(
    bytesSource(read('tps-1.record')),
    read('tps-1.restricted'),
    cardOf(world, 'supervisor'),
  )
  if (!opened) throw new Error('the restricted logs do not open')
  return bytesSource(opened)
}

/** The two officers of most acts. */
export const two = (world: StationWorld) => [world.officer('chair'), world.officer('officer')]

/** A polling place that is open, with one desk and one booth. */
export async function openDay(plan: Parameters<typeof openStationWorld>[0] = {}) {
  const world = await openStationWorld({ booths: 1, desks: 1, ...plan })
  const desk = await world.join('desk')
  const booth = await world.join('booth')
  const pool = String(world.made.package.pool.size)
  await world.post('/zero/self-test')
  await world.agree('/zero', { tokens: pool, paper: 'ya' }, [world.officer('chair')])
  await world.agree('/open', {}, two(world))
  return { world, desk, booth }
}
