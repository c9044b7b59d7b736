import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Medium } from './medium.ts'
import {
  bodyAt,
  type Header,
  headerSize,
  markOf,
  openingAt,
  readHeader,
  type Slot,
  type TextMark,
  writeHeader,
} from './slot.ts'
import type { BoxPlan } from './slot-size.ts'

/** The first bytes of a box's file say whose it is; slots begin after them. */
export const slotsAt = 4096

/** Why a box is not opened. `slot` counts from 0, as the file has it. */
export type BoxFault =
  /** The file belongs to another package: practice, another TPS, or the package before. */
  | { readonly code: 'other-package'; readonly medium: string }
  /** The file is the box of another booth, or of this one before it was begun anew. */
  | { readonly code: 'other-box'; readonly medium: string }
  | { readonly code: 'not-a-box'; readonly medium: string }
  | { readonly code: 'damaged'; readonly medium: string; readonly slot: number }
  /** Two media hold what cannot both have happened. */
  | { readonly code: 'contradiction'; readonly slot: number }

export class BoxError extends Error {
  override name = 'BoxError'
  readonly fault: BoxFault
  constructor(fault: BoxFault) {
    super(`the ballot box cannot be opened: ${JSON.stringify(fault)}`)
    this.fault = fault
  }
}

export const placeOf = ({ slotSize }: Pick<BoxPlan, 'slotSize'>, place: number) => slotsAt + place * slotSize

/** A whole empty box: what it is, a checksum, and slots of zeros. */
export function emptyBox(box: string, plan: BoxPlan): Uint8Array {
  const { packageHash, slotSize, ballotBytes, slots } = plan
  const text = utf8ToBytes(
    JSON.stringify({ format: 'melayani-box/1', box, package: packageHash, slotSize, ballotBytes, slots }),
  )
  const bytes = new Uint8Array(slotsAt + slots * slotSize)
  bytes.set(sha256(text))
  new DataView(bytes.buffer).setUint32(32, text.length)
  bytes.set(text, 36)
  return bytes
}

/** Whose box the bytes are. A box of this package always has this plan: the plan follows from the package. */
export function boxOf(medium: string, bytes: Uint8Array, plan: BoxPlan): string {
  const length = bytes.length > slotsAt ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(32) : slotsAt
  const text = bytes.subarray(36, 36 + length)
  if (length > slotsAt - 36 || bytesToHex(sha256(text)) !== bytesToHex(bytes.subarray(0, 32)))
    throw new BoxError({ code: 'not-a-box', medium })
  const told = JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown>
  if (told.package !== plan.packageHash) throw new BoxError({ code: 'other-package', medium })
  const fits = told.slotSize === plan.slotSize && told.ballotBytes === plan.ballotBytes && told.slots === plan.slots
  if (!fits || bytes.length !== slotsAt + plan.slots * plan.slotSize) throw new BoxError({ code: 'not-a-box', medium })
  return told.box as string
}

/** What lies at one place of one medium. `turn` is that of the newest whole header. */
export type Found =
  | { readonly is: 'free' }
  | { readonly is: 'damaged' }
  | { readonly is: 'slot'; readonly slot: Slot; readonly turn: number }

/**
 * Reads one slot. A header that is torn while the other copy holds is the rest of a cut: the copy that holds counts. One that is
 * torn beside an empty one is a first write that never ended: the slot is free. All else that does not fit is damage, not a cut.
 */
export function readPlace(box: string, plan: BoxPlan, bytes: Uint8Array, place: number): Found {
  const start = placeOf(plan, place)
  const copies = [0, 1].map((copy) => bytes.subarray(start + copy * headerSize, start + (copy + 1) * headerSize))
  const headers = copies.map((copy) => readHeader(box, place, copy))
  const [a, b] = headers
  if (!a && !b) return copies.some((copy) => copy.every((byte) => byte === 0)) ? { is: 'free' } : { is: 'damaged' }
  const header = a && b ? ((a.turn + 1) % 4 === b.turn ? b : a) : (a ?? b)!
  const text = (mark: TextMark, at: number): string | undefined => {
    const part = bytes.subarray(start + at, start + at + mark.length)
    return part.length === mark.length && markOf(part).hash === mark.hash ? new TextDecoder().decode(part) : undefined
  }
  const ballot = header.ballot && text(header.ballot, bodyAt)
  const opening = header.opening && text(header.opening, openingAt(plan))
  if ((header.ballot && ballot === undefined) || (header.opening && opening === undefined)) return { is: 'damaged' }
  const slot: Slot = {
    ...header.slot,
    ...(ballot === undefined ? {} : { ballot }),
    ...(opening === undefined ? {} : { opening }),
  }
  return { is: 'slot', slot, turn: header.turn }
}

/**
 * Brings one place of one medium from `found` to `slot`: first the texts that no header names yet, then the header's other copy.
 * A cut in any of these writes leaves what was found.
 */
export function writePlace(
  box: string,
  plan: BoxPlan,
  medium: Medium,
  file: string,
  place: number,
  found: Found,
  slot: Slot,
) {
  const start = placeOf(plan, place)
  const before = found.is === 'slot' ? found.slot : undefined
  // A header that outlived the damage could be taken for the newer one; another medium holds the slot meanwhile.
  if (found.is === 'damaged') medium.overwrite(file, start, new Uint8Array(2 * headerSize))
  const { ballot, opening, ...rest } = slot
  const put = (text: string | undefined, had: string | undefined, at: number, room: number): TextMark | undefined => {
    if (text === undefined) return undefined
    const bytes = utf8ToBytes(text)
    if (bytes.length > room) throw new RangeError('a ballot longer than any of this election')
    if (had !== text) medium.overwrite(file, start + at, bytes)
    return markOf(bytes)
  }
  const marks = {
    ballot: put(ballot, before?.ballot, bodyAt, plan.ballotBytes),
    opening: put(opening, before?.opening, openingAt(plan), plan.slotSize - openingAt(plan)),
  }
  const turn = found.is === 'slot' ? (found.turn + 1) % 4 : 0
  const header: Header = {
    turn,
    slot: rest,
    ...(marks.ballot ? { ballot: marks.ballot } : {}),
    ...(marks.opening ? { opening: marks.opening } : {}),
  }
  medium.overwrite(file, start + (turn % 2) * headerSize, writeHeader(box, place, header))
  return { is: 'slot', slot, turn } satisfies Found
}
