import { utf8ToBytes } from '@noble/hashes/utils.js'
import { hexHash } from '../hash.ts'
import {
  type EventType,
  type SetupData,
  writeBegin,
  writeEvent,
  writeOwned,
  writeSetupData,
  writeSizedTally,
} from './events.ts'
import type { OrderState, Stage } from './order.ts'
import { joined } from './source.ts'
import { firstName, frame } from './tar.ts'

/** Texts of the records of a Setup, each in its canonical form. */
export interface SetupTexts {
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  /** Belenios 3.2 and later. */
  readonly certificate?: string
}

/** What is refused, with its reason; the writer is as it was before. */
export class WriteRefused extends Error {
  override name = 'WriteRefused'
}

/**
 * Writes an archive: each call returns the bytes to append (its data records and its event) and counts them as written.
 * Pure: storing the bytes, in this order and each wholly, is the caller's. The texts are taken as they are: that they are
 * canonical and right in themselves is the caller's too; the order of events is kept here. Throws WriteRefused.
 */
export class ArchiveWriter {
  #timestamp: number | undefined
  #stage: Stage = 'setup'
  #height = -1
  #parent: string | undefined
  #ballots = new Set<string>()
  #owners = new Set<number>()

  /** A writer that goes on where an archive ends; the state is that of an Order which has read it without a fault. */
  static resume(state: OrderState): ArchiveWriter {
    const writer = new ArchiveWriter()
    writer.#timestamp = state.timestamp
    writer.#stage = state.stage
    writer.#height = state.height
    writer.#parent = state.parent
    writer.#ballots = new Set(state.ballots)
    writer.#owners = new Set(state.owners)
    return writer
  }

  get stage(): Stage {
    return this.#stage
  }

  /** As an Order would give it after reading what has been written. */
  get state(): OrderState {
    return {
      timestamp: this.#timestamp,
      stage: this.#stage,
      height: this.#height,
      parent: this.#parent,
      ballots: this.#ballots,
      owners: this.#owners,
    }
  }

  /** The record BELENIOS. Timestamp: whole seconds since 1970; every later record carries it as its time. */
  begin(timestamp: number): Uint8Array {
    if (this.#timestamp !== undefined) throw new WriteRefused('the archive has begun')
    const bytes = frame(firstName, utf8ToBytes(writeBegin(timestamp)), timestamp)
    this.#timestamp = timestamp
    return bytes
  }

  setup({ election, trustees, credentials, certificate }: SetupTexts): Uint8Array {
    const data: SetupData = {
      election: hexHash(election),
      trustees: hexHash(trustees),
      credentials: hexHash(credentials),
      ...(certificate !== undefined && { credentials_certificate: hexHash(certificate) }),
    }
    const texts = [election, trustees, credentials, ...(certificate === undefined ? [] : [certificate])]
    return this.#append('Setup', 'setup', 'open', [...texts, writeSetupData(data)])
  }

  /** A ballot. The identical text a second time is refused; another one of the same voter is a revote. */
  ballot(text: string): Uint8Array {
    const hash = hexHash(text)
    if (this.#ballots.has(hash)) throw new WriteRefused(`ballot ${hash} is in the archive already`)
    const bytes = this.#append('Ballot', 'open', 'open', [text])
    this.#ballots.add(hash)
    return bytes
  }

  endBallots(): Uint8Array {
    return this.#append('EndBallots', 'open', 'ended', [])
  }

  /** Number of ballots counted (after revotes) and the sum of their weights. */
  encryptedTally(text: string, { numTallied, totalWeight }: { numTallied: number; totalWeight: bigint }): Uint8Array {
    const encrypted_tally = hexHash(text)
    const sized = writeSizedTally({ num_tallied: numTallied, total_weight: totalWeight, encrypted_tally })
    return this.#append('EncryptedTally', 'ended', 'tallied', [text, sized])
  }

  /** Owner: the trustee's number, from 1, in the order of the archive's keys. */
  partialDecryption(owner: number, text: string): Uint8Array {
    if (!Number.isSafeInteger(owner) || owner < 1) throw new WriteRefused(`there is no trustee ${owner}`)
    if (this.#owners.has(owner)) throw new WriteRefused(`trustee ${owner} has decrypted already`)
    const owned = writeOwned({ owner, payload: hexHash(text) })
    const bytes = this.#append('PartialDecryption', 'tallied', 'tallied', [text, owned])
    this.#owners.add(owner)
    return bytes
  }

  result(text: string): Uint8Array {
    if (this.#stage === 'tallied' && this.#owners.size === 0)
      throw new WriteRefused('there is no partial decryption to make a result of')
    return this.#append('Result', 'tallied', 'decrypted', [text])
  }

  #append(type: EventType, at: Stage, to: Stage, texts: readonly string[]): Uint8Array {
    const timestamp = this.#timestamp
    if (timestamp === undefined) throw new WriteRefused('the archive has not begun')
    if (this.#stage !== at) throw new WriteRefused(`${type} cannot be written: the stage is ${this.#stage}, not ${at}`)
    // Compact JSON has neither: this catches a file's final newline, the usual slip.
    for (const text of texts)
      if (text === '' || /[\n\r]/.test(text)) throw new WriteRefused('a text is empty or has a line break')
    const payload = texts.length === 0 ? undefined : hexHash(texts.at(-1)!)
    const height = this.#height + 1
    const event = writeEvent({
      ...(this.#parent !== undefined && { parent: this.#parent }),
      height,
      type,
      ...(payload !== undefined && { payload }),
    })
    const hash = hexHash(event)
    const bytes = joined([
      ...texts.map((text) => frame(`${hexHash(text)}.data.json`, utf8ToBytes(text), timestamp)),
      frame(`${hash}.event.json`, utf8ToBytes(event), timestamp),
    ])
    this.#stage = to
    this.#height = height
    this.#parent = hash
    return bytes
  }
}
