import { randomBytes } from 'node:crypto'
import { type Card, CardGone, isOpen, type OpenCard } from '../card/card.ts'
import type { Officer, Role, Signature } from '../format/index.ts'

/** A reader with a card in it, or without. `openReader` of card/ is one. */
export type CardSlot = { card(): Card | undefined }

/** Who must agree to an act: so many different officers, each with one of these roles; `among`: one of them must have this one. */
export type Need = { readonly count: number; readonly roles: readonly Role[]; readonly among?: Role }

/** The roles of which the next card must be: where the last one is awaited and the one that must be among them has not come, that. */
export const rolesLeft = ({ count, roles, among }: Need, agreed: readonly Pick<Agreed, 'role'>[]): readonly Role[] =>
  among && agreed.length === count - 1 && !agreed.some(({ role }) => role === among) ? [among] : roles

export const twoOfficers: Need = { count: 2, roles: ['chair', 'officer'] }

/** An officer who agreed, and their signatures under the documents of the act, in their order. */
export type Agreed = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly signatures: readonly Signature[]
}

type Say = (lang: 'id' | 'en') => string
export type ActDone = { readonly to: string } | { readonly refusal: Say }

/** What waits for officers. `title` and `detail` tell them, in their language, what they agree to. */
export type PendingAct = {
  readonly title: Say
  readonly detail?: Say
  readonly need: Need
  /** Where "cancel" leads. */
  readonly back: string
  /**
   * What each officer's card signs, asked anew for each: for an act of a log `[{ kind: 'act/1', text: chain.textOf(act) }]`.
   * When it is no longer what the first officer signed (the log has grown meanwhile), the act begins again.
   */
  readonly documents: () => readonly { readonly kind: string; readonly text: string }[]
  /** For what only the card itself can do (decrypt, give the roll's key), while it is in the reader; a sentence refuses. */
  readonly use?: (card: OpenCard) => Say | undefined
  /** Done once all have agreed; gives the address to go to, or a sentence why it could not be done. */
  readonly run: (agreed: readonly Agreed[]) => Promise<ActDone> | ActDone
}

export type PresentProblem =
  | {
      readonly code:
        | 'no-card'
        | 'wait'
        | 'pin'
        | 'locked'
        | 'gone'
        | 'unreadable'
        | 'stranger'
        | 'same-officer'
        | 'not-entitled'
        | 'expired'
        | 'moved'
      readonly left?: number
      /** Seconds. */
      readonly wait?: number
    }
  | { readonly code: 'refused'; readonly sentence: Say }

/** Between two officers, in milliseconds. */
const patience = 180_000

type Waiting = { act: PendingAct; texts: string; agreed: Agreed[]; touched: number; running: boolean }

/**
 * Acts that wait for officers (R67). One reader serves: each officer's card signs while it is in it, and the act is done with all
 * signatures once the last of them has agreed, at most three minutes after the one before. PINs and opened cards are held nowhere.
 */
export class Acts {
  readonly #waiting = new Map<string, Waiting>()
  readonly #officers: () => readonly Officer[]
  readonly #now: () => number

  /** `officers`: those of the package; a card of anybody else is refused, whatever it says of itself. */
  constructor(officers: () => readonly Officer[], now: () => number = Date.now) {
    this.#officers = officers
    this.#now = now
  }

  /** The address under which officers agree. */
  begin(act: PendingAct): string {
    const id = randomBytes(12).toString('hex')
    this.#sweep()
    this.#waiting.set(id, { act, texts: '', agreed: [], touched: this.#now(), running: false })
    return `/act/${id}`
  }

  get(id: string): { readonly act: PendingAct; readonly agreed: readonly Agreed[] } | undefined {
    this.#sweep()
    const found = this.#waiting.get(id)
    return found && { act: found.act, agreed: found.agreed }
  }

  /** Whether an officer has agreed and a second is awaited: a line that can wait is not written now, or both begin again. */
  get halfway(): boolean {
    this.#sweep()
    return [...this.#waiting.values()].some(({ agreed }) => agreed.length > 0)
  }

  /** Whether an act was begun that officers may still agree to: what was typed for it is here alone. */
  get waiting(): boolean {
    this.#sweep()
    return this.#waiting.size > 0
  }

  cancel(id: string): void {
    this.#waiting.delete(id)
  }

  /** A card and a PIN. When the last needed one agrees the act is done, once. */
  async present(
    id: string,
    card: Card | undefined,
    pin: string,
  ): Promise<{ problem: PresentProblem } | { waiting: true } | { done: ActDone }> {
    this.#sweep()
    const found = this.#waiting.get(id)
    if (!found || found.running) return { problem: { code: 'expired' } }
    if (!card) return { problem: { code: 'no-card' } }
    // What a card says of itself is not believed: its role is that of the package, and its signatures must be by the key there.
    const officer = this.#officers().find((each) => each.id === card.id && each.key === card.key)
    if (!officer) return { problem: { code: 'stranger' } }
    if (found.agreed.some((each) => each.id === officer.id)) return { problem: { code: 'same-officer' } }
    if (!rolesLeft(found.act.need, found.agreed).includes(officer.role)) return { problem: { code: 'not-entitled' } }
    const open = card.open(pin)
    if (!isOpen(open)) {
      const { refused, ...more } = open
      return { problem: { code: refused, ...more } }
    }
    const documents = found.act.documents()
    const texts = JSON.stringify(documents)
    if (found.agreed.length > 0 && texts !== found.texts) {
      found.agreed = []
      return { problem: { code: 'moved' } }
    }
    let signatures: Signature[]
    try {
      signatures = documents.map(({ kind, text }) => open.sign(kind, text))
      if (signatures.some(({ key }) => key !== officer.key)) return { problem: { code: 'stranger' } }
      const sentence = found.act.use?.(open)
      if (sentence) return { problem: { code: 'refused', sentence } }
    } catch (error) {
      if (error instanceof CardGone) return { problem: { code: 'gone' } }
      throw error
    }
    const { name, role } = officer
    found.texts = texts
    found.agreed.push({ id: officer.id, name, role, signatures })
    found.touched = this.#now()
    if (found.agreed.length < found.act.need.count) return { waiting: true }
    found.running = true
    this.#waiting.delete(id)
    return { done: await found.act.run(found.agreed) }
  }

  #sweep(): void {
    const now = this.#now()
    for (const [id, { touched, running }] of this.#waiting)
      if (!running && now - touched > patience) this.#waiting.delete(id)
  }
}
