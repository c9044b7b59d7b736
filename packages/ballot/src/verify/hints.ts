import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Source } from '../archive/source.ts'
import { choicesOf, type Election, type Question } from '../format/index.ts'
import { disjunctsOf } from './statements.ts'

/**
 * The hints file: beside an archive, not part of it, and not trusted.
 *
 * A proof in Belenios holds challenge and response; its commitments must be computed anew, exactly, because their texts
 * are hashed. Where somebody has done that once (the booth that made the ballot, any verifier), the commitments can be
 * written down. Whoever has them checks all equations of many ballots at once; see statement.ts. Whatever the file
 * says, it never decides: where it does not fit, the ballot is judged as if there were no file.
 *
 *     header   16 bytes  "melayani hints 1", the format and its version
 *              16        name of the group, ASCII, filled up with zeros
 *              32        SHA-256 of the election's record
 *              4 × 4     big-endian: elements, commitments of a ballot, bytes of the hint of each
 *              16        zeros
 *     records  one for each ballot, in the order of the archive, all of one size
 *              32        SHA-256 of the ballot; zeros where there are no hints for it
 *              …         hints of its elements: α, β of each choice of each question, the credential
 *              …         its commitments: for each question the individual proofs, choice by choice, A and B of each
 *                        disjunct; the blank proof; where no blank is allowed, the products of all α and of all β,
 *                        since their texts are hashed; the overall proof; at last A of the signature
 *
 * A file that ends early, for instance since the archive has grown meanwhile, has hints for the first ballots.
 */
export const hintsMagic = 'melayani hints 1'
export const hintsHeader = 96
const hashLength = 32

/** Sizes of an election's records. */
export type HintLayout = {
  readonly group: string
  /** Hints in one record and bytes of each; on residues elements need none. */
  readonly elements: number
  readonly elementLength: number
  readonly commitments: number
  readonly commitmentLength: number
  /** Bytes of one record. */
  readonly record: number
}

const commitmentsOf = (question: Question): number =>
  choicesOf(question) * 4 + (question.blank ? 4 : 2) + disjunctsOf(question) * 2

/** Bytes of the hints of a group (`HintCodec`). */
export type HintSizes = { readonly elementLength: number; readonly commitmentLength: number }

/** The layout for an election whose ballots have a form (`ballotForm`, which bounds their size). */
export function hintLayout(election: Election, { elementLength, commitmentLength }: HintSizes): HintLayout {
  const elements = election.questions.reduce((sum, question) => sum + 2 * choicesOf(question), 1)
  const commitments = election.questions.reduce((sum, question) => sum + commitmentsOf(question), 1)
  const record = hashLength + elements * elementLength + commitments * commitmentLength
  return { group: election.group, elements, elementLength, commitments, commitmentLength, record }
}

/** The header for an election whose record has this hash (64 hexadecimal digits). */
export function writeHintsHeader(layout: HintLayout, electionHash: string): Uint8Array {
  const bytes = new Uint8Array(hintsHeader)
  bytes.set(utf8ToBytes(hintsMagic))
  bytes.set(utf8ToBytes(layout.group), 16)
  bytes.set(hexToBytes(electionHash), 32)
  const view = new DataView(bytes.buffer)
  const sizes = [layout.elements, layout.commitments, layout.elementLength, layout.commitmentLength]
  for (const [k, size] of sizes.entries()) view.setUint32(64 + 4 * k, size)
  return bytes
}

/** A record for a ballot with this hash. Throws when there is not one hint for each place: a fault of the caller's. */
export function writeHintsRecord(
  layout: HintLayout,
  ballotHash: string,
  elements: readonly Uint8Array[],
  commitments: readonly Uint8Array[],
): Uint8Array {
  const { elementLength, commitmentLength } = layout
  const fits = (hints: readonly Uint8Array[], count: number, length: number) =>
    hints.length === count && hints.every((hint) => hint.length === length)
  if (!fits(elements, layout.elements, elementLength) || !fits(commitments, layout.commitments, commitmentLength))
    throw new TypeError('the hints do not fit the layout')
  const bytes = new Uint8Array(layout.record)
  bytes.set(hexToBytes(ballotHash))
  for (const [k, hint] of elements.entries()) bytes.set(hint, hashLength + k * elementLength)
  const start = hashLength + layout.elements * elementLength
  for (const [k, hint] of commitments.entries()) bytes.set(hint, start + k * commitmentLength)
  return bytes
}

/** Why a file is of no use for an election, for the notice in the report. */
export type HintsRefused = 'not-hints' | 'other-election'

/** Hints of an election. Nothing of it is known to be true. */
export interface HintsFile {
  readonly layout: HintLayout
  /** Records of the ballots `first`, `first + 1` …, at most `count`, as many whole ones as there are. May be called in any order. */
  read(first: number, count: number): Promise<Uint8Array>
}

/** Opens hints for the election with this hash. Throws only what the source throws. */
export async function openHints(
  source: Source,
  layout: HintLayout,
  electionHash: string,
): Promise<HintsFile | HintsRefused> {
  const header = await readFully(source, 0, hintsHeader)
  const due = writeHintsHeader(layout, electionHash)
  const equal = (from: number, to: number) => due.subarray(from, to).every((byte, k) => header[from + k] === byte)
  if (!equal(0, 16)) return 'not-hints'
  if (!equal(16, hintsHeader)) return 'other-election'
  return {
    layout,
    async read(first, count) {
      const bytes = await readFully(source, hintsHeader + first * layout.record, count * layout.record)
      return bytes.subarray(0, bytes.length - (bytes.length % layout.record))
    },
  }
}

async function readFully(source: Source, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let have = 0
  while (have < length) {
    const got = await source.read(offset + have, length - have)
    if (got.length === 0) break
    bytes.set(got.subarray(0, length - have), have)
    have += got.length
  }
  return bytes.subarray(0, have)
}

/** The hints of one ballot, taken one after the other in the order of the record. */
export interface BallotHints {
  element(): Uint8Array
  commitment(): Uint8Array
}

/** The hints in `records` for the ballot that stands there as number `k` and has this hash; undefined if there are none. */
export function ballotHints(
  layout: HintLayout,
  records: Uint8Array,
  k: number,
  ballotHash: string,
): BallotHints | undefined {
  const record = records.subarray(k * layout.record, (k + 1) * layout.record)
  if (record.length < layout.record || bytesToHex(record.subarray(0, hashLength)) !== ballotHash) return undefined
  const { elements, elementLength, commitmentLength } = layout
  return {
    element: walk(record, hashLength, elementLength),
    commitment: walk(record, hashLength + elements * elementLength, commitmentLength),
  }
}

/** One piece after the other. */
function walk(bytes: Uint8Array, start: number, length: number): () => Uint8Array {
  let at = start
  return () => {
    at += length
    return bytes.subarray(at - length, at)
  }
}
