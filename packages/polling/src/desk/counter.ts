import type { Voter } from '../format/index.ts'
import type { CardReader, CitizenCard } from './card-reader.ts'
import type { Desk } from './desk.ts'
import { type Found, type Identity, type Verdict, verdictOf } from './verdict.ts'

/** The person who stands at the desk. In memory only, and only until the next one: nothing of it is written but the act. */
export type AtDesk = {
  readonly found: Found
  readonly identity: Identity
  /** What the chip said, without the number: name and photograph. */
  readonly citizen?: Pick<CitizenCard, 'name' | 'photo'>
  /** The invitation that was shown is of somebody else than the card. */
  readonly otherInvitation?: true
  /** Milliseconds until the reader had the photograph (R3). */
  readonly readIn?: number
}

export type Typed =
  | { readonly kind: 'person'; readonly at: AtDesk }
  /** Several lines of the roll have this name. */
  | { readonly kind: 'names'; readonly voters: readonly Voter[] }
  | { readonly kind: 'problem'; readonly code: 'no-card' | 'broken' | 'unknown-text' | 'nik-length' }

/** A list somebody can look through at the desk. */
const mostNames = 12

/** One voter after the other: what is known of the one who stands here, and what comes next. */
export class Counter {
  #at: AtDesk | undefined
  /** A card was put on the reader that does not answer, and the voter is looked up otherwise now. */
  #broken = false
  /** Fingers that failed, by roll number, until the voter is let in or sent away: reading the card again gives no new tries (R3). */
  readonly #failed = new Map<number, number>()
  readonly #desk: Desk
  readonly #reader: CardReader

  constructor(desk: Desk, reader: CardReader) {
    this.#desk = desk
    this.#reader = reader
  }

  get at(): AtDesk | undefined {
    return this.#at
  }

  clear(): void {
    this.#at = undefined
    this.#broken = false
  }

  /** This voter was let in or sent away. */
  done(voter: number | undefined): void {
    if (voter !== undefined) this.#failed.delete(voter)
    this.clear()
  }

  verdict(): Verdict | undefined {
    const at = this.#at
    return at && verdictOf(at.found, at.identity, this.#desk.situation(at.found))
  }

  voter(): Voter | undefined {
    const found = this.#at?.found
    return found?.in === 'roll' ? this.#desk.voter(found.voter) : undefined
  }

  /** What a scanner or a person typed: nothing (read the card), an invitation, a NIK, a number in the roll, a name. */
  async typed(text: string): Promise<Typed> {
    const wanted = text.trim()
    if (wanted === '') return this.readCard()
    const invited = this.#desk.byInvitation(wanted)
    if (invited) return this.#person({ found: invited, identity: this.#noCard('number') })
    const digits = wanted.replaceAll(/[\s.-]/g, '')
    if (/^\d{16}$/.test(digits)) return this.#person({ found: this.#desk.byNik(digits), identity: this.#noCard('nik') })
    if (/^\d{1,6}$/.test(digits))
      return this.#person({ found: this.#desk.byNumber(Number(digits)), identity: this.#noCard('number') })
    if (/^\d{7,}$/.test(digits)) return { kind: 'problem', code: 'nik-length' }
    const parts = wanted.toLocaleLowerCase('id').split(/\s+/)
    const voters = this.#desk.plan.roll.voters.filter(({ name }) => {
      const has = name.toLocaleLowerCase('id')
      return parts.every((part) => has.includes(part))
    })
    if (voters.length === 0 || wanted.length < 3) return { kind: 'problem', code: 'unknown-text' }
    return { kind: 'names', voters: voters.slice(0, mostNames) }
  }

  /** Reads the card on the reader. A voter who was found by an invitation before stays, unless the card is another's. */
  async readCard(): Promise<Typed> {
    const before = this.#at
    const began = performance.now()
    const card = await this.#reader.read()
    if (card === 'absent') return { kind: 'problem', code: 'no-card' }
    if (card === 'broken') {
      if (before) return this.#person({ ...before, identity: { ...before.identity, card: 'broken' } })
      this.#broken = true
      return { kind: 'problem', code: 'broken' }
    }
    const found = this.#desk.byNik(card.nik)
    const other = before?.found.in === 'roll' && !(found.in === 'roll' && found.voter === before.found.voter)
    return this.#person({
      found,
      identity: { card: 'ok', tries: this.#failures(found), matched: false },
      citizen: { name: card.name, ...(card.photo ? { photo: card.photo } : {}) },
      readIn: performance.now() - began,
      ...(other ? { otherInvitation: true } : {}),
    })
  }

  /** One try of the finger against the card that was read. */
  async finger(): Promise<'match' | 'no-match' | 'gone'> {
    const at = this.#at
    if (this.verdict()?.kind !== 'finger' || !at) return 'gone'
    const answer = await this.#reader.finger()
    if (answer === 'gone' || this.#at !== at) return 'gone'
    if (answer === 'no-match' && at.found.in === 'roll') this.#failed.set(at.found.voter, this.#failures(at.found) + 1)
    this.#at = { ...at, identity: { ...at.identity, tries: at.identity.tries + 1, matched: answer === 'match' } }
    return answer
  }

  /** There is a card, and it does not help. */
  cardIs(card: 'broken' | 'absent'): void {
    if (this.#at && this.#at.identity.card !== 'ok')
      this.#at = { ...this.#at, identity: { ...this.#at.identity, card } }
  }

  async #person(at: AtDesk): Promise<Typed> {
    this.#at = at
    const share = at.found.in === 'roll' ? this.#desk.share(at.found.voter) : undefined
    // Before anybody is sent to another desk, that desk is asked once more.
    if (share?.decides === 'silent' && share.desk !== undefined) await this.#desk.plan.neighbours.exchange(share.desk)
    return { kind: 'person', at }
  }

  #failures(found: Found): number {
    return found.in === 'roll' ? (this.#failed.get(found.voter) ?? 0) : 0
  }

  #noCard(by: 'nik' | 'number'): Identity {
    return { card: this.#broken ? 'broken' : 'absent', tries: 0, matched: false, by }
  }
}
