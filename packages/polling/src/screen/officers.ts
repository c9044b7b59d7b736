import { randomBytes } from 'node:crypto'
import type { Officer, Role, Signature } from '../format/index.ts'

/** A card as a reader gives it. The cards of the ceremony have this shape. */
export type ReadCard<Open extends OpenedCard = OpenedCard> = {
  readonly id: string
  readonly name: string
  readonly role: Role
  open(pin: string): Open | CardRefused
}
export type OpenedCard = {
  readonly id: string
  readonly name: string
  readonly role: Role
  sign(kind: string, text: string): Signature
}
export type CardRefused = {
  readonly refused: 'wrong-pin' | 'locked' | 'blocked' | 'card-fault'
  readonly left?: number
  /** Milliseconds since 1970. */
  readonly until?: number
}

/** Who must agree to an act. `roles`: each officer has one of them; `one`: at least one of them has this role. */
export type Need = { readonly count: number; readonly roles: readonly Role[] }

export const twoOfficers: Need = { count: 2, roles: ['chair', 'officer'] }

/** What waits for officers. `title` and `detail` tell them, in their language, what they agree to. */
export type PendingAct<Open extends OpenedCard = OpenedCard> = {
  readonly title: (lang: 'id' | 'en') => string
  readonly detail?: (lang: 'id' | 'en') => string
  readonly need: Need
  /** Where "cancel" leads. */
  readonly back: string
  /** Done once all have agreed; gives the address to go to, or a sentence why it could not be done. */
  readonly run: (cards: readonly Open[]) => Promise<ActDone> | ActDone
}
export type ActDone = { readonly to: string } | { readonly refusal: (lang: 'id' | 'en') => string }

export type PresentProblem = {
  readonly code:
    | 'no-card'
    | 'wrong-pin'
    | 'locked'
    | 'blocked'
    | 'stranger'
    | 'same-officer'
    | 'not-entitled'
    | 'expired'
    | 'card-fault'
  readonly left?: number
  readonly until?: number
}

/** An opened card is held for so long, in milliseconds, while the second officer steps up. */
const patience = 180_000

type Waiting<Open extends OpenedCard> = { act: PendingAct<Open>; cards: Open[]; touched: number; running: boolean }

/**
 * Acts that wait for officers (R67). One reader serves: the first officer's card is opened and held, at most three minutes and
 * in memory only, until the second's is; then both sign the same line. Nothing is signed for an act that is not completed.
 */
export class Acts<Open extends OpenedCard = OpenedCard> {
  readonly #waiting = new Map<string, Waiting<Open>>()
  readonly #officers: () => readonly Officer[]
  readonly #now: () => number

  /** `officers`: those of the package; a card of anybody else is refused, whatever it says of itself. */
  constructor(officers: () => readonly Officer[], now: () => number = Date.now) {
    this.#officers = officers
    this.#now = now
  }

  /** The address under which officers agree. */
  begin(act: PendingAct<Open>): string {
    const id = randomBytes(12).toString('hex')
    this.#sweep()
    this.#waiting.set(id, { act, cards: [], touched: this.#now(), running: false })
    return `/act/${id}`
  }

  get(id: string): { readonly act: PendingAct<Open>; readonly agreed: readonly Open[] } | undefined {
    this.#sweep()
    const found = this.#waiting.get(id)
    return found && { act: found.act, agreed: found.cards }
  }

  cancel(id: string): void {
    this.#waiting.delete(id)
  }

  /** A card and a PIN. When the last needed one agrees the act is done, once. */
  async present(
    id: string,
    card: ReadCard<Open> | undefined,
    pin: string,
  ): Promise<{ problem: PresentProblem } | { waiting: true } | { done: ActDone }> {
    this.#sweep()
    const found = this.#waiting.get(id)
    if (!found || found.running) return { problem: { code: 'expired' } }
    if (!card) return { problem: { code: 'no-card' } }
    const officer = this.#officers().find((each) => each.id === card.id)
    if (!officer) return { problem: { code: 'stranger' } }
    if (found.cards.some((each) => each.id === officer.id)) return { problem: { code: 'same-officer' } }
    if (!found.act.need.roles.includes(officer.role)) return { problem: { code: 'not-entitled' } }
    const open = card.open(pin)
    if ('refused' in open) {
      const { refused, ...more } = open
      return { problem: { code: refused, ...more } }
    }
    // What a card says of itself is believed only as far as its key goes.
    const proof = open.sign('card-presented/1', id)
    if (proof.key !== officer.key) return { problem: { code: 'stranger' } }
    found.cards.push(open)
    found.touched = this.#now()
    if (found.cards.length < found.act.need.count) return { waiting: true }
    found.running = true
    this.#waiting.delete(id)
    return { done: await found.act.run(found.cards) }
  }

  #sweep(): void {
    const now = this.#now()
    for (const [id, { touched, running }] of this.#waiting)
      if (!running && now - touched > patience) this.#waiting.delete(id)
  }
}
