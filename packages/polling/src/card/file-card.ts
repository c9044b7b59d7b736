import { randomBytes } from 'node:crypto'
import { type GroupName, openGroup, platformRandom, readEncryptedTally } from '@melayani/ballot'
import { type DecryptionOrder, decrypt, readSecret } from '@melayani/ballot/trustee'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { newSigningKey, type Role, sign } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import { boxSecretOf, openBox } from '../seal/sealed-box.ts'
import { type Card, type CardDecryption, CardGone, type CardRefusal, type OpenCard } from './card.ts'
import { aboutCard, type CardContent, type CardFile, readCardFile, readContent } from './card-file.ts'
import { noneWrong, pinFault, triesLeft, waitAfter, waits } from './pin.ts'
import { keyOfPin, openText, sealText, usualWork, type Work } from './seal.ts'
import { proveStronger } from './stronger.ts'

export type CardHolder = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tps?: string
  readonly candidate?: number
}

/** Milliseconds since 1970. */
export type Clock = () => number

/** An opened simulator also gives its contents to the key ceremony, which a chip would do itself. See src/ceremony. */
export interface OpenFileCard extends OpenCard {
  readonly content: () => CardContent
  /** Durable before it returns. Throws CardGone. */
  readonly keep: (content: CardContent) => void
  /** Seals the same contents under another PIN, with another salt. */
  readonly changePin: (pin: string) => void
}

const writeFile = (medium: Medium, file: string, content: CardFile) =>
  medium.replace(file, utf8ToBytes(`${JSON.stringify(content, undefined, 1)}\n`))

/**
 * Writes a new card with a signing key of its own, and no other secret yet. Throws on a PIN with a fault (`pinFault`), and
 * where the file exists: a card is never written over.
 */
export function makeFileCard(
  medium: Medium,
  file: string,
  { id, name, role, tps, candidate }: CardHolder,
  pin: string,
  work: Work = usualWork,
): void {
  if (pinFault(pin)) throw new RangeError(`a PIN that is ${pinFault(pin)}`)
  if (medium.read(file)) throw new Error(`there is a card in ${file} already`)
  const { secret: signing, key } = newSigningKey()
  writeCard(
    medium,
    file,
    { id, name, role, tps, candidate, key },
    { signing, keys: [], opened: [], dealing: {} },
    pin,
    work,
  )
}

/** Seals contents under a PIN and writes the file. */
export function writeCard(
  medium: Medium,
  file: string,
  { id, name, role, key, tps, candidate }: CardHolder & { readonly key: string },
  content: CardContent,
  pin: string,
  work: Work,
): void {
  const salt = randomBytes(16)
  const face: CardFile = {
    form: 'melayani-card/1',
    id,
    name,
    role,
    key,
    ...(tps === undefined ? {} : { tps }),
    ...(candidate === undefined ? {} : { candidate }),
    work,
    salt: salt.toString('hex'),
    wrong: noneWrong,
    sealed: '',
  }
  const sealed = sealText(keyOfPin(pin, salt, work), JSON.stringify(content), aboutCard(face))
  writeFile(medium, file, { ...face, sealed })
}

/**
 * The simulator of a chip card: a file. What it enforces (tries, one tally of an election, its memory) holds for whoever
 * uses it through this code. **A file can be copied and put back as it was, a chip cannot**: with a copy somebody tries PINs
 * as fast as scrypt lets them, and a trustee's copy does not know what its original opened. In a real election the chip
 * stands in its place; until then keep cards in sealed envelopes on sticks of their own.
 */
export class FileCard implements Card {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly key: string
  readonly tps?: string
  readonly candidate?: number
  readonly #medium: Medium
  readonly #file: string
  readonly #clock: Clock

  constructor(medium: Medium, file: string, face: CardFile, clock: Clock) {
    this.id = face.id
    this.name = face.name
    this.role = face.role
    this.key = face.key
    if (face.tps !== undefined) this.tps = face.tps
    if (face.candidate !== undefined) this.candidate = face.candidate
    this.#medium = medium
    this.#file = file
    this.#clock = clock
  }

  #face(): CardFile | undefined {
    const bytes = this.#medium.read(this.#file)
    const face = bytes && readCardFile(bytes)
    return face?.key === this.key && face.id === this.id ? face : undefined
  }

  left(): number {
    const face = this.#face()
    return face ? triesLeft(face.wrong) : 0
  }

  open(pin: string): OpenFileCard | CardRefusal {
    const face = this.#face()
    if (!face) return { refused: 'gone' }
    const now = this.#clock()
    const wait = waits(face.wrong, now)
    if (wait === 'locked') return { refused: 'locked' }
    if (wait > 0) {
      // A clock that was put back: the wait is counted by it from here on, or it would last until the old time comes again.
      if (face.wrong.at > now)
        writeFile(this.#medium, this.#file, { ...face, wrong: { count: face.wrong.count, at: now } })
      return { refused: 'wait', wait }
    }
    // Counted as wrong first, on the medium: pulling the plug during the check gives no further try.
    const wrong = { count: face.wrong.count + 1, at: now }
    writeFile(this.#medium, this.#file, { ...face, wrong })
    const key = keyOfPin(pin, Buffer.from(face.salt, 'hex'), face.work)
    const text = openText(key, face.sealed, aboutCard(face))
    if (text === undefined) {
      if (triesLeft(wrong) === 0) return { refused: 'locked' }
      return { refused: 'pin', left: triesLeft(wrong), wait: waitAfter(wrong.count) }
    }
    writeFile(this.#medium, this.#file, { ...face, wrong: noneWrong })
    let content: CardContent
    try {
      content = readContent(text)
    } catch {
      return { refused: 'unreadable' }
    }
    return this.#opened(key, content)
  }

  #opened(firstKey: Uint8Array, first: CardContent): OpenFileCard {
    let key = firstKey
    let held = first
    const present = () => {
      const face = this.#face()
      if (!face) throw new CardGone(this.name)
      return face
    }
    const keep = (content: CardContent) => {
      const face = present()
      writeFile(this.#medium, this.#file, {
        ...face,
        sealed: sealText(key, JSON.stringify(content), aboutCard(face)),
      })
      held = content
    }
    const decryptIf = (order: DecryptionOrder) => {
      try {
        return decryptWith(held, order, keep)
      } catch (error) {
        if (!(error instanceof CardGone)) throw error
        return { ok: false, faults: [{ rule: 'card.gone', at: 'card' }] } as const
      }
    }
    return {
      id: this.id,
      name: this.name,
      role: this.role,
      key: this.key,
      ...(this.tps === undefined ? {} : { tps: this.tps }),
      ...(this.candidate === undefined ? {} : { candidate: this.candidate }),
      ...(held.rollKey === undefined ? {} : { rollKey: held.rollKey }),
      ...(held.keys.length === 0 ? {} : { decrypt: decryptIf }),
      sign: (kind, text) => {
        present()
        return sign(kind, text, { role: this.role, signer: this.name }, held.signing)
      },
      unseal: (sealed, about) => {
        present()
        return openBox(boxSecretOf(held.signing), sealed, about)
      },
      content: () => held,
      keep,
      changePin: (pin) => {
        const fault = pinFault(pin)
        if (fault) throw new RangeError(`a PIN that is ${fault}`)
        const face = present()
        const salt = randomBytes(16)
        const next = keyOfPin(pin, salt, face.work)
        const sealed = sealText(next, JSON.stringify(held), aboutCard(face))
        writeFile(this.#medium, this.#file, { ...face, salt: salt.toString('hex'), sealed })
        key = next
      },
    }
  }
}

/**
 * The card's own part of opening a tally. It opens tallies of those elections only that were written to it at the key
 * ceremony, of each one tally for ever, and remembers this durably before the decryption leaves (T25).
 */
function decryptWith(
  content: CardContent,
  order: DecryptionOrder,
  keep: (content: CardContent) => void,
): ReturnType<NonNullable<OpenCard['decrypt']>> {
  const fitting = content.keys.find(({ elections }) => elections.includes(order.announced.election))
  if (!fitting) return { ok: false, faults: [{ rule: 'card.election', at: 'announced.election' }] }
  const group = openGroup((JSON.parse(fitting.secret) as { group: GroupName }).group)
  const secret = readSecret(group, fitting.secret)
  // A key of several polling places is safe with several elections only because the card knows which they are.
  const done = decrypt(group, secret, order, content.opened, platformRandom, {
    sharedKey: fitting.elections.length > 1,
  })
  if (!done.ok) return done
  const { owner, decryption, opened } = done.value
  const board = { fingerprint: order.announced.election, tally: readEncryptedTally(order.tally) }
  const stronger = proveStronger(group, secret, board, decryption)
  // Also when the same tally is asked for again: the write is what shows that the card is still there.
  keep({ ...content, opened: opened.map((each) => ({ ...each })) })
  const value: CardDecryption = { owner, decryption, stronger }
  return { ok: true, value }
}
