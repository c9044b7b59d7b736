import type { ArchiveRecord } from '../archive/index.ts'

/** A record to be read again. */
export interface Slot {
  readonly record: number
  readonly offset: number
  readonly name: string
  readonly hash: string
  /** Bytes of its body. */
  readonly size: number
}

export const slotOf = ({ record, offset, name, hash, body }: ArchiveRecord): Slot => ({
  record,
  offset,
  name,
  hash,
  size: body.length,
})

/**
 * Where every ballot stands and which of them count: all that is kept of a ballot between the first reading and its
 * judgment, about a hundred bytes.
 */
export class BallotIndex {
  readonly #records: number[] = []
  readonly #offsets: number[] = []
  readonly #sizes: number[] = []
  readonly #hashes: string[] = []
  /** Number in the roll, -1 when it does not stand there. */
  readonly #credentials: number[] = []
  /** By number in the roll, the last ballot of each credential. */
  readonly #last = new Map<number, number>()

  get length(): number {
    return this.#records.length
  }

  /** Has this credential voted before? */
  has(credential: number): boolean {
    return this.#last.has(credential)
  }

  add({ record, offset, hash, size }: Slot, credential: number): void {
    if (credential >= 0) this.#last.set(credential, this.length)
    this.#records.push(record)
    this.#offsets.push(offset)
    this.#sizes.push(size)
    this.#hashes.push(hash)
    this.#credentials.push(credential)
  }

  slot(ballot: number): Slot {
    const hash = this.#hashes[ballot]!
    return {
      record: this.#records[ballot]!,
      offset: this.#offsets[ballot]!,
      name: `${hash}.data.json`,
      hash,
      size: this.#sizes[ballot]!,
    }
  }

  /** The number in the roll of a ballot that counts; undefined when it is unknown or was replaced. */
  counts(ballot: number): number | undefined {
    const credential = this.#credentials[ballot]!
    return this.#last.get(credential) === ballot ? credential : undefined
  }

  /** Numbers in the roll of all who voted. */
  voters(): Iterable<number> {
    return this.#last.keys()
  }
}
