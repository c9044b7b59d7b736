import { randomBytes } from '@noble/hashes/utils.js'
import type { Counts } from '../format/index.ts'
import { BoxError, boxOf, emptyBox, type Found, readPlace, writePlace } from './box-file.ts'
import { type Medium, MediumLost } from './medium.ts'
import { follows, readSlot, type Slot, slotFault, writeSlot } from './slot.ts'
import type { BoxPlan } from './slot-size.ts'

/** The part of the reconciliation that a box knows (R64). `pending`: sessions that are open or pending. */
export type BoxCounts = Pick<
  Counts,
  'used' | 'cast' | 'void' | 'spoiled' | 'pending' | 'slips' | 'slipsVoid' | 'reprints'
>

/** What may be changed of a slot. */
export type Change = Partial<Pick<Slot, 'state' | 'slip' | 'reprints' | 'ballot' | 'opening'>>

export type Imported = {
  readonly added: number
  readonly advanced: number
  readonly same: number
  /** Not taken: the id is here already with something that this cannot have become, nor come from. */
  readonly refused: readonly string[]
  /** Not taken: no slot of this package. */
  readonly unreadable: number
}

/**
 * The ballot box: a preallocated file of equal slots, filled in random places, on every medium. Nothing in it tells an order
 * or a time (T15, T16). When a call returns, the change is durable on every medium that is still there.
 */
export interface Box {
  /** 16 random bytes in hexadecimal, drawn when the box was made: no other box's medium is taken for one of this. */
  readonly id: string
  /** True when no medium had it: it was made now, and is empty. */
  readonly made: boolean
  /** A new slot in state `open`, in a random free place; `proof`: that the token was there. Throws BoxFull, BoxLost. */
  put(credential: string, proof?: string): Slot
  /** Throws RangeError for a change that is none of the life of a slot, BoxLost when it is on no medium. */
  move(id: string, change: Change): Slot
  get(id: string): Slot | undefined
  /** In the order of their ids, which are random. */
  all(): Slot[]
  counts(): BoxCounts
  /** The slots as they travel; all when no ids are given. */
  export(ids?: readonly string[]): Uint8Array[]
  /** Takes slots of this box or of another one. Taking the same a second time changes nothing (R54). */
  importFrom(slots: readonly Uint8Array[]): Imported
  /** Which media hold the box, and which are lost. A copy counts only while it is held. */
  media(): { readonly name: string; readonly held: boolean }[]
  /** A medium that came back, or another in its place: brought to agree. Throws BoxError, MediumLost. */
  attach(medium: Medium): void
}

/** No free slot is left. */
export class BoxFull extends Error {
  override name = 'BoxFull'
}
/** Not one medium took the change: it has not happened. */
export class BoxLost extends Error {
  override name = 'BoxLost'
}

type Copy = { medium: Medium; held: boolean; found: Found[] }

export type BoxOptions = {
  /** Name of the file; `box` for a booth's own. */
  readonly file?: string
  /** Bytes nobody can foresee; a test may give others. */
  readonly random?: (length: number) => Uint8Array
}

/**
 * Opens the box that the media hold, or makes it. Media that differ, because power was cut or one was away, are brought to agree:
 * of two states of a slot the one **further on** holds (`follows`), for a state is written to the first medium before the
 * second, and whoever waited for it was not told yet. What neither can have become of the other is refused (BoxError), and so is
 * a slot that no medium holds whole.
 */
export function openBox(media: readonly Medium[], plan: BoxPlan, options: BoxOptions = {}): Box {
  const { file = 'box', random = randomBytes } = options
  const read = media.flatMap((medium): { medium: Medium; bytes: Uint8Array | undefined }[] => {
    try {
      return [{ medium, bytes: medium.read(file) }]
    } catch (error) {
      if (error instanceof MediumLost) return []
      throw error
    }
  })
  if (read.length === 0) throw new BoxLost('no medium can be read')
  const owners = read.map(({ medium, bytes }) => bytes && boxOf(medium.name, bytes, plan))
  const known = owners.find((each) => each !== undefined)
  const id = known ?? hex(random(16))
  for (const [at, owner] of owners.entries())
    if (owner !== undefined && owner !== id) throw new BoxError({ code: 'other-box', medium: read[at]!.medium.name })

  const copies: Copy[] = media.map((medium) => ({ medium, held: false, found: [] }))
  const current: (Slot | undefined)[] = new Array(plan.slots).fill(undefined)
  const places = new Map<string, number>()

  /** Reads a medium's slots; makes the file where there is none. */
  const load = (copy: Copy, bytes: Uint8Array | undefined) => {
    if (!bytes) copy.medium.replace(file, emptyBox(id, plan))
    copy.found = Array.from({ length: plan.slots }, (_, place) =>
      bytes ? readPlace(id, plan, bytes, place) : { is: 'free' },
    )
    copy.held = true
  }
  const write = (copy: Copy, place: number, slot: Slot) => {
    copy.found[place] = writePlace(id, plan, copy.medium, file, place, copy.found[place]!, slot)
  }
  /** Every held medium gets the slot that is furthest on. */
  const agree = (candidates: readonly Copy[]) => {
    for (let place = 0; place < plan.slots; place++) {
      const slots = candidates.flatMap(({ found }) => {
        const here = found[place]!
        return here.is === 'slot' ? [here.slot] : []
      })
      const damaged = candidates.find(({ found }) => found[place]!.is === 'damaged')
      if (damaged && slots.length === 0)
        throw new BoxError({ code: 'damaged', medium: damaged.medium.name, slot: place })
      if (slots.length === 0) continue
      const furthest = slots.find((slot) => slots.every((other) => follows(slot, other)))
      if (!furthest) throw new BoxError({ code: 'contradiction', slot: place })
      current[place] = furthest
      places.set(furthest.id, place)
    }
    for (const copy of candidates)
      surviving(copy, () => {
        for (const [place, slot] of current.entries()) {
          const here = copy.found[place]!
          if (slot && (here.is !== 'slot' || !same(here.slot, slot))) write(copy, place, slot)
        }
      })
  }
  const surviving = (copy: Copy, work: () => void) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof MediumLost)) throw error
      copy.held = false
    }
  }

  for (const { medium, bytes } of read) {
    const copy = copies.find((each) => each.medium === medium)!
    surviving(copy, () => load(copy, bytes))
  }
  agree(copies.filter(({ held }) => held))
  const holders = () => copies.filter(({ held }) => held)
  if (holders().length === 0) throw new BoxLost('no medium could be written')

  const store = (place: number, slot: Slot): Slot => {
    const fault = slotFault(slot)
    if (fault) throw new RangeError(`a slot's ${fault} does not fit its state`)
    for (const copy of holders()) surviving(copy, () => write(copy, place, slot))
    if (holders().length === 0) throw new BoxLost('no medium took the change')
    current[place] = slot
    places.set(slot.id, place)
    return slot
  }
  const freePlace = (): number => {
    const free = current.flatMap((slot, place) => (slot ? [] : [place]))
    if (free.length === 0) throw new BoxFull('no free slot is left')
    return free[below(free.length, random)]!
  }
  const all = () =>
    current.filter((slot) => slot !== undefined).toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

  return {
    id,
    made: known === undefined,
    put(credential, proof) {
      const shown = proof === undefined ? {} : { proof }
      return store(freePlace(), { id: hex(random(16)), state: 'open', slip: 'none', reprints: 0, credential, ...shown })
    },
    move(slotId, change) {
      const place = places.get(slotId)
      if (place === undefined) throw new RangeError('no such slot')
      const before = current[place]!
      const after = { ...before, ...change }
      if (!follows(after, before)) throw new RangeError(`a slot does not go from ${before.state} to ${after.state}`)
      return store(place, after)
    },
    get(slotId) {
      const place = places.get(slotId)
      return place === undefined ? undefined : current[place]
    },
    all,
    counts: () => countSlots(all()),
    export: (ids) =>
      all()
        .filter((slot) => !ids || ids.includes(slot.id))
        .map((slot) => writeSlot(plan.packageHash, slot)),
    importFrom(slots) {
      const result = { added: 0, advanced: 0, same: 0, refused: [] as string[], unreadable: 0 }
      for (const bytes of slots) {
        const slot = readSlot(plan.packageHash, bytes)
        if (!slot) {
          result.unreadable++
          continue
        }
        const place = places.get(slot.id)
        if (place === undefined) {
          store(freePlace(), slot)
          result.added++
          continue
        }
        const here = current[place]!
        if (follows(here, slot)) result.same++
        else if (follows(slot, here)) {
          store(place, slot)
          result.advanced++
        } else result.refused.push(slot.id)
      }
      return result
    },
    media: () => copies.map(({ medium, held }) => ({ name: medium.name, held })),
    attach(medium) {
      const bytes = medium.read(file)
      if (bytes && boxOf(medium.name, bytes, plan) !== id)
        throw new BoxError({ code: 'other-box', medium: medium.name })
      const copy: Copy = { medium, held: false, found: [] }
      load(copy, bytes)
      agree([...holders(), copy])
      const at = copies.findIndex((each) => each.medium.name === medium.name)
      if (at < 0) copies.push(copy)
      else copies[at] = copy
      if (!copy.held) throw new MediumLost(medium.name, 'lost while it was brought to agree')
    },
  }
}

/** The box on an old booth's medium, read only (R54). Damaged slots are named and the others given. Throws BoxError, MediumLost. */
export function readBox(medium: Medium, plan: BoxPlan, file = 'box'): { id: string; slots: Slot[]; damaged: number[] } {
  const bytes = medium.read(file)
  if (!bytes) throw new BoxError({ code: 'not-a-box', medium: medium.name })
  const id = boxOf(medium.name, bytes, plan)
  const slots: Slot[] = []
  const damaged: number[] = []
  for (let place = 0; place < plan.slots; place++) {
    const found = readPlace(id, plan, bytes, place)
    if (found.is === 'slot') slots.push(found.slot)
    if (found.is === 'damaged') damaged.push(place)
  }
  return { id, slots, damaged }
}

/** What slots say together. Every credential counts as used once, however many ballots of it were opened by UJI. */
export function countSlots(slots: readonly Slot[]): BoxCounts {
  const of = (...states: Slot['state'][]) => slots.filter(({ state }) => states.includes(state)).length
  return {
    used: new Set(slots.map(({ credential }) => credential)).size,
    cast: of('cast'),
    void: of('void'),
    spoiled: of('spoiled'),
    pending: of('open', 'pending'),
    slips: slots.filter(({ slip }) => slip === 'printed').length,
    slipsVoid: slots.filter(({ slip }) => slip === 'void').length,
    reprints: slots.reduce((sum, { reprints }) => sum + reprints, 0),
  }
}

const same = (a: Slot, b: Slot) => follows(a, b) && follows(b, a)
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A number in [0, count), each equally likely. */
function below(count: number, random: (length: number) => Uint8Array): number {
  const limit = 2 ** 32 - (2 ** 32 % count)
  for (;;) {
    const value = new DataView(Uint8Array.from(random(4)).buffer).getUint32(0)
    if (value < limit) return value % count
  }
}
