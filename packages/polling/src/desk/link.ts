import type { Signed, SigningKey } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import {
  type Certificate,
  devicesOf,
  type HubState,
  join,
  openPeer,
  type PeerClient,
  readCertificate,
  readState,
  Unreachable,
} from '../net/index.ts'
import type { Desk } from './desk.ts'
import { openMemory } from './memory.ts'
import type { Neighbours } from './neighbours.ts'
import { ownersOf } from './share.ts'

/** What the station said: kept over a restart, so that a desk that is cut off knows who it is and who the others are. */
type Kept = { readonly station: string; readonly certificate: Signed; readonly confirmed?: true }

export type LinkPlan = {
  readonly media: readonly Medium[]
  readonly key: SigningKey
  readonly packageHash: string
  /** "192.168.7.10:4760". */
  readonly station: string
  /** Where other desks find this one. */
  readonly address: string
  /** Milliseconds between two rounds with the station and the other desks. */
  readonly every?: number
}

/** Another desk counts as reached for so many rounds after it answered. */
const patience = 4
const batch = 2000

/** The desk's ties to the station and to the other desks. Works on when any of them is gone. */
export function openLink({ media, key, packageHash, station, address, every = 3000 }: LinkPlan) {
  const kept = openMemory<Kept>(media, 'station.json')
  const state = openMemory<Signed>(media, 'state.json', (a, b) => atOf(a) > atOf(b))
  /** Whether the desk of share 1 knows of this one, and so has left it its own share. Once it is so it stays so. */
  const ours = openMemory<{ readonly share: true }>(media, 'share.json')
  let asked: string | undefined
  let desk: Desk | undefined
  let timer: NodeJS.Timeout | undefined
  let ended = false
  let hubHeard = Number.NEGATIVE_INFINITY
  const heard = new Map<number, number>()
  const vectors = new Map<string, Readonly<Record<string, number>>>()
  const clients = new Map<string, PeerClient>()

  function atOf(signed: Signed): number {
    const { station: from } = kept.get() ?? {}
    return (from && readState(signed, from, packageHash)?.at) || -1
  }
  const stationKey = () => kept.get()?.station
  const certificate = (): Certificate | undefined => {
    const held = kept.get()
    return held && readCertificate(held.certificate, held.station, packageHash)
  }
  const hub = (): HubState | undefined => {
    const [from, signed] = [stationKey(), state.get()]
    return from && signed ? readState(signed, from, packageHash) : undefined
  }
  // Reading a state checks a signature for each device: done once for each state.
  let cache: { signed: Signed; hub: HubState; devices: Certificate[] } | undefined
  const known = () => {
    const signed = state.get()
    if (!signed) return undefined
    if (cache?.signed === signed) return cache
    const read = hub()
    if (!read) return undefined
    cache = { signed, hub: read, devices: devicesOf(read, stationKey()!) }
    return cache
  }
  let folded: { length: number; owners: ReadonlyMap<number, number>; first: number | undefined } | undefined
  /** Who decides for each share, by the station's log as far as it is here. */
  function owned() {
    const lines = desk?.logs.lines.get('station') ?? []
    if (folded?.length !== lines.length) {
      const { owners } = ownersOf(lines, desk?.shares.length ?? 1)
      folded = { length: lines.length, owners, first: owners.get(1) }
    }
    return folded
  }
  const active = (as: 'desk' | 'booth') =>
    (known()?.devices ?? []).filter((each) => each.as === as && !known()!.hub.stopped.includes(each.device))
  const deskOf = (number: number) => active('desk').find((each) => each.number === number)

  const client = (at: string, of: string): PeerClient => {
    const name = `${at} ${of}`
    const there = clients.get(name)
    if (there) return there
    const made = openPeer({ address: at, key: of }, certificate()!.device, key)
    clients.set(name, made)
    return made
  }

  /** See Neighbours.exchange. */
  async function exchangeWith(at: '/hub' | '/peer', where: string, of: string): Promise<boolean> {
    if (!desk) return false
    const peer = client(where, of)
    const own = desk.plan.device
    const upTo = desk.chain.head.seq
    try {
      let theirs = vectors.get(of) ?? (await peer.giveLines(at, []))
      for (let round = 0; round < 20; round++) {
        const lacking = desk.logs.beyond(theirs).slice(0, batch)
        if (round > 0 && (lacking.length === 0 || (theirs[own] ?? 0) >= upTo)) break
        theirs = await peer.giveLines(at, lacking)
      }
      vectors.set(of, theirs)
      if ((theirs[own] ?? 0) < upTo) {
        vectors.delete(of)
        return false
      }
      for (let round = 0; round < 20; round++) {
        const rows = await peer.takeLines(at, desk.logs.have())
        const before = desk.chain.head.seq
        const { taken } = desk.absorb(rows)
        if (rows.length < batch || (taken.length === 0 && desk.chain.head.seq === before)) break
      }
      return true
    } catch (error) {
      if (error instanceof Unreachable) return false
      throw error
    }
  }

  const neighbours: Neighbours = {
    stage: () => known()?.hub.stage ?? 'preparing',
    queue: () => known()?.hub.queue,
    keyOf: (device) =>
      device === 'station' ? stationKey() : known()?.devices.find((each) => each.device === device)?.key,
    devices: () => ['station', ...(known()?.devices ?? []).map(({ device }) => device)],
    ownerOf(share) {
      const { owners, first } = owned()
      const owner = owners.get(share)
      // Until the desk to which the share was lent has heard of this one, it may still think that it decides.
      const lent = owner !== undefined && owner === certificate()?.number && owner === share && share !== 1
      return lent && first !== owner && !ours.get() ? first : owner
    },
    reached: (number) =>
      performance.now() - (heard.get(number) ?? Number.NEGATIVE_INFINITY) < patience * Math.max(every, 1000),
    async exchange(number) {
      const other = deskOf(number)
      if (!other?.address) return false
      const done = await exchangeWith('/peer', other.address, other.key)
      if (done) {
        heard.set(number, performance.now())
        if (number === owned().first && !ours.get()) ours.set({ share: true })
      } else heard.delete(number)
      return done
    },
    changed: () => soon(150),
  }

  async function askStation(): Promise<void> {
    const answer = await join(station, { as: 'desk', package: packageHash, address }, key)
    asked = answer.station
    if (!answer.certificate) return
    const held = kept.get()
    // Another station's key after one was confirmed is not believed: a person decides.
    if (held?.confirmed && held.station !== answer.station) return
    if (!readCertificate(answer.certificate, answer.station, packageHash)) return
    kept.set({
      station: answer.station,
      certificate: answer.certificate,
      ...(held?.confirmed ? { confirmed: true } : {}),
    })
  }

  async function round(): Promise<void> {
    try {
      if (!kept.get()) await askStation()
      const from = stationKey()
      if (!from) return
      const signed = await client(station, from).state()
      const fresh = readState(signed, from, packageHash)
      if (fresh && fresh.at > (known()?.hub.at ?? -1)) state.set(signed)
      const own = fresh && devicesOf(fresh, from).find((each) => each.key === key.key)
      // The desk came back under another address.
      if (own && own.address !== address) await askStation()
      hubHeard = performance.now()
      await exchangeWith('/hub', station, from)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
  }

  let turn: Promise<unknown> = Promise.resolve()
  /** One round with everybody; rounds do not overlap. */
  function tick(): Promise<void> {
    const done = turn.then(async () => {
      const others = active('desk').filter((each) => each.key !== key.key)
      await Promise.all([round(), ...others.map(({ number }) => neighbours.exchange(number))])
    })
    turn = done.catch((error) => console.error(error))
    return turn as Promise<void>
  }
  function soon(after: number) {
    if (ended) return
    clearTimeout(timer)
    timer = setTimeout(() => void tick().finally(() => soon(every)), after)
    timer.unref()
  }

  return {
    neighbours,
    certificate,
    /** The station's key as it answered; believed for good once people have compared it. */
    station: () => stationKey() ?? asked,
    confirmed: () => kept.get()?.confirmed === true,
    confirm() {
      const held = kept.get()
      if (held) kept.set({ ...held, confirmed: true })
    },
    until: () => known()?.hub.until,
    /** Whether this device was stopped at the station. */
    stopped: () => known()?.hub.stopped.includes(certificate()?.device ?? '') ?? false,
    hubReached: () => performance.now() - hubHeard < patience * Math.max(every, 1000),
    /** The other desks, and whether each answers. */
    desks: () =>
      active('desk')
        .filter((each) => each.key !== key.key)
        .map(({ number }) => ({ number, reached: neighbours.reached(number) })),
    /** Key of a desk that may speak with this one now: no booth, no stopped desk. */
    mayAsk: (device: string) => active('desk').find((each) => each.device === device)?.key,
    serve(opened: Desk) {
      desk = opened
    },
    tick,
    begin: () => soon(0),
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
export type Link = ReturnType<typeof openLink>
