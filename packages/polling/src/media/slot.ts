import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { tokenProofForm } from '../format/token-proof.ts'

/**
 * What becomes of a voter's ballot. `open`: a token was taken and nothing is encrypted. `pending`: encrypted, not yet cast.
 * The other three are for ever.
 */
export const slotStates = ['open', 'pending', 'cast', 'void', 'spoiled'] as const
export type SlotState = (typeof slotStates)[number]
export const slipStates = ['none', 'printed', 'void'] as const
export type SlipState = (typeof slipStates)[number]

/** One slot of the ballot box. Nothing in it says when it was filled, nor after which other. */
export type Slot = {
  /** 16 random bytes in hexadecimal, drawn when the slot was opened. */
  readonly id: string
  readonly state: SlotState
  readonly slip: SlipState
  /** Slips printed again (CETAK ULANG): each makes the paper before it void. */
  readonly reprints: number
  /** The public half of the token's credential, as it stands in the roll of credentials. */
  readonly credential: string
  /** That the booth had the token itself: `proveToken`. Without it, a ballot that the token signed shows the same. */
  readonly proof?: string
  /** Text of the ballot as it goes into the archive; none while open. */
  readonly ballot?: string
  /** Of a spoiled ballot: per question and choice r and m, the member `opening` of its opening record, in JSON. */
  readonly opening?: string
}

/** Bytes before the body: two copies of the header, written in turns. */
export const headerSize = 1536
export const bodyAt = 2 * headerSize
const magic = utf8ToBytes('MLY1')
const checksumAt = headerSize - 32

/** Where a slot's two texts lie. Each is written once, before a header names it, and never while one does. */
export type SlotLayout = { readonly slotSize: number; readonly ballotBytes: number }
export const openingAt = ({ ballotBytes }: SlotLayout) => bodyAt + ballotBytes

/** A slot as its header tells it: texts by length and SHA-256. `turn` (0–3) says which of two copies is the newer. */
export type Header = {
  readonly turn: number
  readonly slot: Omit<Slot, 'ballot' | 'opening'>
  readonly ballot?: TextMark
  readonly opening?: TextMark
}
export type TextMark = { readonly length: number; readonly hash: string }

export const markOf = (bytes: Uint8Array): TextMark => ({ length: bytes.length, hash: bytesToHex(sha256(bytes)) })

/** The checksum also covers box and place: a header copied to another slot, or from another box, is none. */
const checksum = (box: string, place: number, bytes: Uint8Array) =>
  sha256(concatBytes(utf8ToBytes(`melayani/slot/1 ${box} ${place}\n`), bytes.subarray(0, checksumAt)))

export function writeHeader(box: string, place: number, { turn, slot, ballot, opening }: Header): Uint8Array {
  const bytes = new Uint8Array(headerSize)
  const view = new DataView(bytes.buffer)
  bytes.set(magic)
  bytes[4] = turn
  bytes[5] = slotStates.indexOf(slot.state)
  bytes[6] = slipStates.indexOf(slot.slip)
  bytes[7] = slot.reprints
  bytes.set(hexToBytes(slot.id), 8)
  for (const [at, mark] of [
    [24, ballot],
    [60, opening],
  ] as const) {
    if (!mark) continue
    view.setUint32(at, mark.length)
    bytes.set(hexToBytes(mark.hash), at + 4)
  }
  const [credential, proof] = [utf8ToBytes(slot.credential), utf8ToBytes(slot.proof ?? '')]
  const proofAt = 100 + credential.length
  if (proofAt + proof.length > checksumAt) throw new RangeError('a credential longer than any of a known group')
  view.setUint16(96, credential.length)
  view.setUint16(98, proof.length)
  bytes.set(credential, 100)
  bytes.set(proof, proofAt)
  bytes.set(checksum(box, place, bytes), checksumAt)
  return bytes
}

/** undefined for what is no whole header: never written, or torn by a cut. */
export function readHeader(box: string, place: number, bytes: Uint8Array): Header | undefined {
  if (magic.some((byte, at) => bytes[at] !== byte)) return undefined
  const sum = checksum(box, place, bytes)
  if (sum.some((byte, at) => bytes[checksumAt + at] !== byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerSize)
  const mark = (at: number): TextMark | undefined => {
    const length = view.getUint32(at)
    return length === 0 ? undefined : { length, hash: bytesToHex(bytes.subarray(at + 4, at + 36)) }
  }
  const text = (at: number, length: number) => new TextDecoder().decode(bytes.subarray(at, at + length))
  const [credentialLength, proofLength] = [view.getUint16(96), view.getUint16(98)]
  const [ballot, opening] = [mark(24), mark(60)]
  return {
    turn: bytes[4]!,
    slot: {
      id: bytesToHex(bytes.subarray(8, 24)),
      state: slotStates[bytes[5]!]!,
      slip: slipStates[bytes[6]!]!,
      reprints: bytes[7]!,
      credential: text(100, credentialLength),
      ...(proofLength > 0 ? { proof: text(100 + credentialLength, proofLength) } : {}),
    },
    ...(ballot ? { ballot } : {}),
    ...(opening ? { opening } : {}),
  }
}

/**
 * Whether `later` is what `earlier` may have become: the same voter's slot, its states and its slip only gone forward, what
 * was written still there. Equal slots follow each other.
 */
export function follows(later: Slot, earlier: Slot): boolean {
  const kept = (a: string | undefined, b: string | undefined) => a === undefined || a === b
  return (
    later.id === earlier.id &&
    later.credential === earlier.credential &&
    later.proof === earlier.proof &&
    kept(earlier.ballot, later.ballot) &&
    kept(earlier.opening, later.opening) &&
    (later.state === earlier.state || successors[earlier.state].includes(later.state)) &&
    slipStates.indexOf(later.slip) >= slipStates.indexOf(earlier.slip) &&
    later.reprints >= earlier.reprints
  )
}

const successors: Record<SlotState, readonly SlotState[]> = {
  open: ['pending', 'cast', 'void', 'spoiled'],
  pending: ['cast', 'void', 'spoiled'],
  cast: [],
  void: [],
  spoiled: [],
}

/** What is wrong with a slot in itself; undefined when nothing is. */
export function slotFault(slot: Slot): string | undefined {
  if (!/^[0-9a-f]{32}$/.test(slot.id)) return 'id'
  if (!slotStates.includes(slot.state)) return 'state'
  if (!slipStates.includes(slot.slip)) return 'slip'
  if (!Number.isInteger(slot.reprints) || slot.reprints < 0 || slot.reprints > 255) return 'reprints'
  if (slot.credential === '') return 'credential'
  if (slot.proof !== undefined && !tokenProofForm.test(slot.proof)) return 'proof'
  const needsBallot = slot.state === 'pending' || slot.state === 'cast' || slot.state === 'spoiled'
  if (needsBallot && !slot.ballot) return 'ballot'
  if (slot.state === 'open' && slot.ballot !== undefined) return 'ballot'
  if ((slot.state === 'spoiled') !== (slot.opening !== undefined)) return 'opening'
  if (slot.state === 'open' && slot.slip !== 'none') return 'slip'
  if (slot.state === 'cast' && slot.slip !== 'printed') return 'slip'
  return undefined
}

/** A slot as it travels to the station: bound to the package, so that practice never enters a real box. */
export const writeSlot = (packageHash: string, slot: Slot): Uint8Array => {
  const { id, state, slip, reprints, credential, proof, ballot, opening } = slot
  const shown = { package: packageHash, id, state, slip, reprints, credential, proof, ballot, opening }
  return utf8ToBytes(
    JSON.stringify(shown satisfies { [name in keyof Slot]: Slot[name] | undefined } & { package: string }),
  )
}

/** undefined when it is no slot, or one of another package. */
export function readSlot(packageHash: string, bytes: Uint8Array): Slot | undefined {
  let given: Record<string, unknown>
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
  if (typeof given !== 'object' || given === null || given.package !== packageHash) return undefined
  const { id, state, slip, reprints, credential, proof, ballot, opening } = given
  const texts = [id, state, slip, credential].every((each) => typeof each === 'string')
  const optional = [proof, ballot, opening].every((each) => each === undefined || typeof each === 'string')
  if (!texts || !optional || typeof reprints !== 'number') return undefined
  const slot = {
    id,
    state,
    slip,
    reprints,
    credential,
    ...(proof === undefined ? {} : { proof }),
    ...(ballot === undefined ? {} : { ballot }),
    ...(opening === undefined ? {} : { opening }),
  } as Slot
  return slotFault(slot) ? undefined : slot
}
