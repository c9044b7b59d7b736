import { z } from 'zod'
import type { Signed, SigningKey } from '../format/index.ts'
import type { Box } from '../media/box.ts'
import type { Chain } from '../media/chain.ts'
import { type Medium, MediumLost } from '../media/medium.ts'
import {
  type Certificate,
  devicesOf,
  type HubState,
  join,
  openPeer,
  readCertificate,
  readState,
  Unreachable,
  usedMark,
} from '../net/index.ts'
import type { Outside } from './keeper.ts'

/** What a booth keeps of the station, in `station.json`: whom it joined, as what, and the last state it saw. */
const membership = z.object({
  station: z.string(),
  certificate: z.object({ text: z.string(), signatures: z.array(z.unknown()) }),
  state: z.object({ text: z.string(), signatures: z.array(z.unknown()) }).optional(),
})
type Membership = { station: string; certificate: Signed; state?: Signed }
const file = 'station.json'

/** What the media remember of the station; undefined before the booth was admitted. */
export function recallMembership(media: readonly Medium[]): Membership | undefined {
  for (const medium of media)
    try {
      const bytes = medium.read(file)
      const read = bytes && membership.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
      if (read?.success) return read.data as Membership
    } catch (error) {
      if (!(error instanceof MediumLost) && !(error instanceof SyntaxError)) throw error
    }
  return undefined
}

function keep(media: readonly Medium[], content: Membership) {
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  for (const medium of media)
    try {
      medium.replace(file, bytes)
    } catch (error) {
      // It is asked for again when it is back.
      if (!(error instanceof MediumLost)) throw error
    }
}

export type JoinPlan = {
  readonly media: readonly Medium[]
  readonly address: string
  readonly key: SigningKey
  readonly packageHash: string
  readonly mobile: boolean
}

/**
 * Asks the station once. `trusted` says whether people have compared the fingerprint of this key; only then a certificate is
 * taken. Throws Unreachable.
 */
export async function askToJoin(
  { media, address, key, packageHash, mobile }: JoinPlan,
  trusted: (stationKey: string) => boolean,
): Promise<{ station: string; joined?: Certificate }> {
  const request = { as: 'booth', package: packageHash, ...(mobile ? { mobile } : {}) } as const
  const { station, certificate } = await join(address, request, key)
  const read = certificate && trusted(station) ? readCertificate(certificate, station, packageHash) : undefined
  if (!certificate || !read || read.key !== key.key) return { station }
  keep(media, { station, certificate })
  return { station, joined: read }
}

/** The line to the station. It may be cut at any time: the booth goes on with the last state it saw (R44). */
export function openHubLink(plan: {
  readonly media: readonly Medium[]
  readonly address: string
  readonly key: SigningKey
  readonly packageHash: string
  readonly device: string
  readonly box: Box
  readonly log: Chain
  readonly changed: () => void
}) {
  const { media, address, key, packageHash, device, box, log, changed } = plan
  let known = recallMembership(media)!
  const peer = openPeer({ address, key: known.station }, device, key)
  let state: HubState | undefined = known.state && readState(known.state, known.station, packageHash)
  let reached = false
  let running: Promise<void> | undefined
  let used: ReadonlySet<string> = new Set()
  /** What the station has of each slot. Forgotten at a restart: all is sent again then, and changes nothing there. */
  const there = new Map<string, string>()

  const give = async (slots: readonly Uint8Array[]): Promise<boolean> => {
    try {
      await peer.giveSlots(
        box.id,
        slots.map((slot) => Buffer.from(slot).toString('base64')),
      )
      return true
    } catch (error) {
      if (error instanceof Unreachable) return false
      throw error
    }
  }
  const outside: Outside = {
    stage: () => (state?.stopped.includes(device) ? 'closed' : (state?.stage ?? 'preparing')),
    deskKey: (desk) =>
      state && devicesOf(state, known.station).find((each) => each.device === desk && each.as === 'desk')?.key,
    usedElsewhere: (credential) => used.has(usedMark(credential)),
    give,
  }

  async function takeState() {
    const signed = await peer.state()
    const read = readState(signed, known.station, packageHash)
    if (!read || (state && read.at < state.at)) return
    const news = !state || read.at !== state.at || read.stage !== state.stage
    state = read
    if (!news) return
    known = { ...known, state: signed }
    keep(media, known)
    changed()
  }
  const late = () => box.all().filter((slot) => there.get(slot.id) !== `${slot.state} ${slot.slip} ${slot.reprints}`)
  async function sendSlots() {
    const list = late()
    for (let at = 0; at < list.length; at += 100) {
      const some = list.slice(at, at + 100)
      if (!(await give(box.export(some.map(({ id }) => id))))) return
      for (const slot of some) there.set(slot.id, `${slot.state} ${slot.slip} ${slot.reprints}`)
    }
  }

  async function exchange(): Promise<void> {
    const before = reached
    try {
      await takeState()
      await sendSlots()
      used = new Set(await peer.used())
      if (log.lines.length > 0) {
        const have = await peer.giveLines('/hub', [])
        const missing = log.lines.slice(have[device] ?? 0)
        if (missing.length > 0) await peer.giveLines('/hub', missing)
      }
      reached = true
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      reached = false
    }
    if (before !== reached) changed()
  }

  return {
    outside,
    reached: () => reached,
    /** Whether the station has acknowledged all that is in the box. */
    sent: () => late().length === 0,
    until: () => state?.until,
    /** Takes the state and which tokens were used elsewhere, gives slots and log lines; one at a time. */
    exchange(): Promise<void> {
      running ??= exchange().finally(() => {
        running = undefined
      })
      return running
    },
  }
}
export type HubLink = ReturnType<typeof openHubLink>
