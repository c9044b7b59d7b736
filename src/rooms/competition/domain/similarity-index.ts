import {
  bandCount,
  bandKey,
  equalBins,
  isEmptySignature,
  nearDuplicateThreshold,
  rowsPerBand,
  signatureBins,
} from './similarity.ts'

/** A text of the index that is like the one asked about. `estimate` is the guessed Jaccard likeness, 0 to 1. */
export type Match = { item: number; estimate: number }

/** Numbers in a sketch: the last byte of every bin, four to a number. */
const sketchSize = signatureBins / 4

/** Writes a signature's sketch to `into`, from `offset` on. */
function sketch(signature: Uint32Array, into: Uint32Array, offset: number) {
  for (let i = 0; i < sketchSize; i++) {
    let four = 0
    for (let j = 0; j < 4; j++) four = (four << 8) | (signature[i * 4 + j]! & 0xff)
    into[offset + i] = four
  }
}

/**
 * How many bytes agree in two sketches: never fewer than the bins that agree, so a pair that fails here needs no
 * further look. Four bytes at a time, for most candidates share only the form's wording and this is where time goes.
 */
function equalBytes(a: Uint32Array, b: Uint32Array, bOffset: number) {
  let counts = 0
  for (let i = 0; i < sketchSize; i++) {
    const differing = a[i]! ^ b[bOffset + i]!
    // The top bit of each byte is set where the byte is not 0; each of the four counts stays under 256.
    const set = ((differing & 0x7f7f7f7f) + 0x7f7f7f7f) | differing
    counts += (~set >>> 7) & 0x01010101
  }
  return (counts & 0xff) + ((counts >>> 8) & 0xff) + ((counts >>> 16) & 0xff) + (counts >>> 24)
}

/**
 * The look-up that Postgres does with rows of band keys, in memory: for tests, measurement, and a round compared in one
 * go. It is a few typed arrays, 1.8 to 2 kB a text of the capacity, since a Map of arrays needs several times that.
 */
export class SimilarityIndex {
  #size = 0
  #capacity: number
  #signatures: Uint32Array
  #sketches: Uint32Array
  /**
   * The last posting put into each slot, or -1; a posting is item * bandCount + band, a slot is some bits of its key.
   */
  #heads: Int32Array
  /** The posting put into the same slot before this one, or -1. */
  #before: Int32Array
  /** The question in which an item was last compared, so that it is compared once however many bands it shares. */
  #asked: Uint32Array
  #question = 0

  /** `capacity` is a number of texts; the index doubles when it is full. RangeError unless a whole number from 1. */
  constructor(capacity = 1024) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`capacity must be from 1, not ${capacity}`)
    this.#capacity = capacity
    this.#signatures = new Uint32Array(capacity * signatureBins)
    this.#sketches = new Uint32Array(capacity * sketchSize)
    this.#heads = SimilarityIndex.#slots(capacity)
    this.#before = new Int32Array(capacity * bandCount)
    this.#asked = new Uint32Array(capacity)
  }

  /** A power of two of slots, at least one for two postings. */
  static #slots(capacity: number) {
    return new Int32Array(2 ** Math.ceil(Math.log2((capacity * bandCount) / 2))).fill(-1)
  }

  /** How many texts it holds. */
  get size(): number {
    return this.#size
  }

  /** What it occupies, in bytes. */
  get bytes(): number {
    const parts = [this.#signatures, this.#sketches, this.#heads, this.#before, this.#asked]
    return parts.reduce((sum, part) => sum + part.byteLength, 0)
  }

  /** Takes a signature in and gives the item's number: 0, 1, 2 in the order of adding. An empty text is never found. */
  add(signature: Uint32Array): number {
    if (this.#size === this.#capacity) this.#grow()
    const item = this.#size++
    this.#signatures.set(signature, item * signatureBins)
    sketch(signature, this.#sketches, item * sketchSize)
    this.#link(item)
    return item
  }

  /** The items whose estimate reaches the threshold, most alike first, then in the order of adding. */
  query(signature: Uint32Array, threshold = nearDuplicateThreshold): Match[] {
    if (isEmptySignature(signature)) return []
    const found: Match[] = []
    const question = ++this.#question
    const asked = new Uint32Array(sketchSize)
    sketch(signature, asked, 0)
    for (let band = 0; band < bandCount; band++) {
      let posting = this.#heads[bandKey(signature, 0, band) & (this.#heads.length - 1)]!
      for (; posting >= 0; posting = this.#before[posting]!) {
        const item = Math.floor(posting / bandCount)
        if (this.#asked[item] === question || !this.#sameRows(signature, posting, band)) continue
        this.#asked[item] = question
        if (equalBytes(asked, this.#sketches, item * sketchSize) < threshold * signatureBins) continue
        const estimate = equalBins(signature, 0, this.#signatures, item * signatureBins) / signatureBins
        if (estimate >= threshold) found.push({ item, estimate })
      }
    }
    return found.sort((a, b) => b.estimate - a.estimate || a.item - b.item)
  }

  /** Compares the rows themselves, so that the keys need not be kept. */
  #sameRows(signature: Uint32Array, posting: number, band: number) {
    const item = Math.floor(posting / bandCount)
    if (posting - item * bandCount !== band) return false
    const theirs = item * signatureBins + band * rowsPerBand
    for (let row = 0; row < rowsPerBand; row++)
      if (this.#signatures[theirs + row] !== signature[band * rowsPerBand + row]) return false
    return true
  }

  #link(item: number) {
    const offset = item * signatureBins
    if (isEmptySignature(this.#signatures.subarray(offset))) return
    for (let band = 0; band < bandCount; band++) {
      const slot = bandKey(this.#signatures, offset, band) & (this.#heads.length - 1)
      this.#before[item * bandCount + band] = this.#heads[slot]!
      this.#heads[slot] = item * bandCount + band
    }
  }

  #grow() {
    this.#capacity *= 2
    const grown = new SimilarityIndex(this.#capacity)
    grown.#signatures.set(this.#signatures)
    grown.#sketches.set(this.#sketches)
    grown.#asked.set(this.#asked)
    this.#signatures = grown.#signatures
    this.#sketches = grown.#sketches
    this.#asked = grown.#asked
    this.#heads = grown.#heads
    this.#before = grown.#before
    for (let item = 0; item < this.#size; item++) this.#link(item)
  }
}
