import { eachWord } from './compared-words.ts'

/**
 * How alike two texts are, at the size of a national round: shingles (Broder 1997), one-permutation MinHash (Li, Owen,
 * Zhang 2012) with optimal densification (Shrivastava 2017), and band keys for a look-up by equality.
 *
 * Postgres holds, per proposal, the signature (`bytea`, 1,024 bytes, `signatureBytes`) and 85 rows of one `integer`
 * (`bandKeys`). Candidates are the proposals sharing a key, `where key = any($1)`; each is then checked by
 * `estimateJaccard`. Keys of the form's wording are shared by thousands: leave it out (`commonShingles`, `without`)
 * before a whole round is compared in the database. The figures reached are printed by `bench/near-duplicates.ts`.
 */

/** Change it whenever a hash below changes: stored signatures of another version cannot be compared. */
export const signatureVersion = 1

/**
 * Words in a shingle: three changed words in ten leave a third of them whole, and prose seldom repeats three by chance.
 */
export const shingleWords = 3

/**
 * Numbers in a signature. The standard error of an estimate is sqrt(J(1-J)/256), 0.031 at worst; for a text of n
 * shingles, n under 256, it is sqrt(J(1-J)/n).
 */
export const signatureBins = 256

/** Bins that must agree together before two texts are compared at all. */
export const rowsPerBand = 3

/**
 * 85; the last bin is in no band. Texts of Jaccard J meet with probability 1 - (1 - J^3)^85: half at 0.20, 90 % at
 * 0.30.
 */
export const bandCount = Math.floor(signatureBins / rowsPerBand)

/**
 * The Jaccard likeness from which a pair is shown to a person: default of a round's setting. Equal-length texts are at
 * 0.20 when about three words in ten were changed; two unrelated proposals on one form are near 0.08.
 */
export const nearDuplicateThreshold = 0.2

/** In a bin of the signature of an empty text. No shingle has this hash. */
const nothing = 0xffffffff

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by))

/** One block of MurmurHash3 x86 32-bit. */
function mix(hash: number, block: number) {
  const k = Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(rotate(hash ^ k, 13), 5) + 0xe6546b64) | 0
}

/** The last step of MurmurHash3: every bit of the result depends on every bit of the hash. */
function finish(hash: number) {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over UTF-16 units, lower-casing ASCII on the way. */
function hashUnits(text: string, start: number, end: number) {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit >= 65 && unit <= 90 ? unit | 32 : unit), 0x01000193)
  }
  return hash
}

const hashShingle = (a: number, b: number, c: number) => Math.min(finish(mix(mix(mix(0, a), b), c)), nothing - 1)

/** Visits the hash of every three neighbouring words; a text of one or two words is one shingle, an empty one none. */
function eachShingle(text: string, visit: (hash: number) => void) {
  let count = 0
  let first = 0
  let second = 0
  eachWord(text, (start, end, normal) => {
    const third = normal === '' ? hashUnits(text, start, end) : hashUnits(normal, 0, normal.length)
    if (++count >= shingleWords) visit(hashShingle(first, second, third))
    first = second
    second = third
  })
  if (count > 0 && count < shingleWords) visit(hashShingle(count, first, second))
}

/** The distinct 32-bit shingle hashes of a text, rising: the set that the exact measures compare. */
export function shingles(text: string): Uint32Array {
  const all: number[] = []
  eachShingle(text, (hash) => {
    all.push(hash)
  })
  const sorted = Uint32Array.from(all).sort()
  let kept = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i]!
  return sorted.slice(0, kept)
}

/**
 * The shingles that stand in more than a share of many texts, rising: the form's own wording, pasted by everybody. Left
 * out with `without`, they no longer bring unrelated texts together, which is most of the work of a look-up. Take them
 * from some hundred proposals of several agencies, once, and keep them with the round: signatures made with different
 * lists cannot be compared. A programme that many agencies copy stays, as long as it is rarer than the share.
 * RangeError unless the share is over 0 and at most 1.
 */
export function commonShingles(sets: Iterable<Uint32Array>, share = 0.1): Uint32Array {
  if (!(share > 0 && share <= 1)) throw new RangeError(`share must be over 0 and at most 1, not ${share}`)
  const counts = new Map<number, number>()
  let texts = 0
  for (const set of sets) {
    texts++
    for (const hash of set) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  // Two texts alone would make whatever they share common, and hide the very thing that is looked for.
  const most = Math.max(share * texts, 2)
  return Uint32Array.from([...counts].filter(([, count]) => count > most).map(([hash]) => hash)).sort()
}

/** The members of a rising set that are not in another rising set. */
export function without(set: Uint32Array, left: Uint32Array): Uint32Array {
  let at = 0
  return set.filter((hash) => {
    while (at < left.length && left[at]! < hash) at++
    return left[at] !== hash
  })
}

/** The bin asked in place of an empty one, the same for every text so that two texts borrow alike. */
const borrowed = (bin: number, attempt: number) => finish(mix(mix(0x5eed, bin), attempt)) & (signatureBins - 1)

function put(bins: Uint32Array, hash: number) {
  const bin = hash >>> 24
  if (hash < bins[bin]!) bins[bin] = hash
}

function densify(bins: Uint32Array) {
  const own = bins.slice()
  if (own.every((value) => value === nothing)) return bins
  for (let bin = 0; bin < signatureBins; bin++) {
    let from = bin
    for (let attempt = 1; own[from] === nothing; attempt++) from = borrowed(bin, attempt)
    bins[bin] = own[from]!
  }
  return bins
}

/**
 * The signature of a set of shingle hashes: 256 unsigned 32-bit numbers. Order and repetition do not matter. The hash's
 * upper eight bits choose its bin, the smallest hash of a bin stays, an empty bin borrows from one that is not.
 */
export function signature(hashes: Uint32Array): Uint32Array {
  const bins = new Uint32Array(signatureBins).fill(nothing)
  for (let i = 0; i < hashes.length; i++) put(bins, hashes[i]!)
  return densify(bins)
}

/** `signature(shingles(text))` without building the set. */
export function signText(text: string): Uint32Array {
  const bins = new Uint32Array(signatureBins).fill(nothing)
  eachShingle(text, (hash) => put(bins, hash))
  return densify(bins)
}

/** Whether a signature stands for a text without words. */
export const isEmptySignature = (of: Uint32Array) => of[0] === nothing

/** The signature as 1,024 bytes, little-endian on every machine, for a `bytea` column. */
export function signatureBytes(of: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(signatureBins * 4))
  for (let bin = 0; bin < signatureBins; bin++) view.setUint32(bin * 4, of[bin]!, true)
  return new Uint8Array(view.buffer)
}

/**
 * The reverse of `signatureBytes`. Copies, because a driver's buffer need not be aligned. RangeError unless 1,024
 * bytes.
 */
export function signatureFromBytes(bytes: Uint8Array): Uint32Array {
  if (bytes.byteLength !== signatureBins * 4)
    throw new RangeError(`a signature has 1024 bytes, not ${bytes.byteLength}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: signatureBins }, (_, bin) => view.getUint32(bin * 4, true))
}

/** The key of one band of a signature that begins at `offset` in `bins`: a signed 32-bit number, Postgres `integer`. */
export function bandKey(bins: Uint32Array, offset: number, band: number): number {
  let hash = mix(0, band)
  for (let row = 0; row < rowsPerBand; row++) hash = mix(hash, bins[offset + band * rowsPerBand + row]!)
  return finish(hash) | 0
}

/**
 * The 85 keys under which a text is found; none for an empty text. The band's number is part of the key, so one indexed
 * column is enough. Equal rows always give equal keys. Different rows share a key once in 2^32, which costs one
 * comparison and never a wrong answer.
 */
export function bandKeys(of: Uint32Array): Int32Array {
  if (isEmptySignature(of)) return new Int32Array(0)
  return Int32Array.from({ length: bandCount }, (_, band) => bandKey(of, 0, band))
}

/** How many bins agree in two signatures, each beginning at its own offset. */
export function equalBins(a: Uint32Array, aOffset: number, b: Uint32Array, bOffset: number): number {
  let equal = 0
  for (let bin = 0; bin < signatureBins; bin++) if (a[aOffset + bin] === b[bOffset + bin]) equal++
  return equal
}

/** The Jaccard likeness of two texts, 0 to 1 in steps of 1/256, guessed from their signatures. 0 when one is empty. */
export function estimateJaccard(a: Uint32Array, b: Uint32Array): number {
  if (isEmptySignature(a) || isEmptySignature(b)) return 0
  return equalBins(a, 0, b, 0) / signatureBins
}

/** How many members two sets, each rising and distinct as `shingles` gives them, have in common. */
export function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i]!
    const y = b[j]!
    if (x === y) shared++
    if (x <= y) i++
    if (y <= x) j++
  }
  return shared
}

/** Shared shingles in all shingles, 0 to 1. Two empty texts are 0: an empty answer copies nobody. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const shared = sharedCount(a, b)
  return shared === 0 ? 0 : shared / (a.length + b.length - shared)
}

/** The share of `part` that stands in `whole`, 0 to 1; not symmetric. 0 for an empty part. */
export function containment(part: Uint32Array, whole: Uint32Array): number {
  return part.length === 0 ? 0 : sharedCount(part, whole) / part.length
}
