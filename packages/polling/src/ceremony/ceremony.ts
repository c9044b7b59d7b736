import { openGroup, type Trustee, writeTrustees } from '@melayani/ballot'
import { coordinate, takeCertificates, takeOutputs, takePolynomials } from '@melayani/ballot/trustee'
import { type CardRefusal, isOpen, makeFileCard, type OpenFileCard, type Reader, type Work } from '../card/index.ts'
import { newSigningKey, type Role } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import { sealFor } from '../seal/sealed-box.ts'
import { ceremonyKind, rollKeyAbout, writeAnswer } from './answer.ts'
import {
  beginShare,
  bindSingle,
  coefexpsOf,
  commitShare,
  forgetDealing,
  KeyCardRefused,
  type KeyCardRule,
  readSingle,
  revealShare,
  singleKey,
  takeShare,
  writeSingle,
} from './key-card.ts'
import { makeAnswer, makeElections } from './made.ts'
import type { CeremonyOrder } from './order.ts'
import { type Holder, isTrustee, type KeyGroup, type People, peopleOf } from './people.ts'
import { asSignature, type CeremonyState, keepState, newState, readState } from './state.ts'

/** The rounds, in their order. In each every card that has something to do is asked once. */
export const phases = ['cards', 'commit', 'reveal', 'take', 'pools', 'sign', 'done'] as const
export type Phase = (typeof phases)[number]

export type Step = { readonly holder: Holder; readonly done: boolean }

/** Why a card did nothing: its own refusal, or that of the ceremony. */
export type CeremonyRefusal =
  | { readonly refused: 'card'; readonly why: CardRefusal }
  | { readonly refused: 'key'; readonly rule: KeyCardRule; readonly message: string }
  | { readonly refused: 'no-card' | 'stranger' | 'used-card' | 'not-now' | 'already' | 'reader-full' }

/**
 * The key ceremony of a village's election on one laptop without network. It carries public messages between cards and keeps
 * them, so that it goes on after a crash where it was; what a card said it says again when it is asked again.
 */
export class Ceremony {
  readonly order: CeremonyOrder
  readonly orderHash: string
  readonly people: People
  readonly #medium: Medium
  readonly #clock: () => Date
  readonly #work: Work | undefined
  #state: CeremonyState

  constructor(
    { order, hash }: { order: CeremonyOrder; hash: string },
    medium: Medium,
    { clock = () => new Date(), work }: { clock?: () => Date; work?: Work } = {},
  ) {
    this.order = order
    this.orderHash = hash
    this.people = peopleOf(order)
    this.#medium = medium
    this.#clock = clock
    this.#work = work
    const kept = readState(medium, hash)
    this.#state = kept ?? newState(hash)
    if (!kept) this.#keep({})
  }

  get state(): CeremonyState {
    return this.#state
  }

  /** Durable before it returns. */
  #keep(change: Partial<CeremonyState>, ...minutes: { what: string; who?: string }[]): void {
    const step = stepOf(this.#clock())
    const next = {
      ...this.#state,
      ...change,
      minutes: [...this.#state.minutes, ...minutes.map((each) => ({ step, ...each }))],
    }
    keepState(this.#medium, next)
    this.#state = next
  }

  /** For the pools, which change with the sheets. */
  keepPools(pools: CeremonyState['pools'], what: string, who: string): void {
    this.#keep({ pools }, { what, who })
    this.#write()
  }

  phase(): Phase {
    const open = (phase: Phase) => this.steps(phase).some(({ done }) => !done)
    for (const phase of ['cards', 'commit', 'reveal', 'take'] as const) if (open(phase)) return phase
    if (this.order.tps.some(({ id }) => this.#state.pools[id]?.stage !== 'counted')) return 'pools'
    return this.signedEnough() ? 'done' : 'sign'
  }

  /** Whose turn it is in a round, in the order of the list. */
  steps(phase: Phase): Step[] {
    const { cards, commitments, polynomials, owned, signatures } = this.#state
    const inAll = (given: CeremonyState['commitments'], { shares, id }: Holder) =>
      Object.keys(shares).every((group) => given[group]?.[id] !== undefined)
    const shareHolders = this.people.holders.filter(({ shares }) => Object.keys(shares).length > 0)
    switch (phase) {
      case 'cards':
        return this.people.holders.map((holder) => ({ holder, done: cards[holder.id] !== undefined }))
      case 'commit':
        return shareHolders.map((holder) => ({ holder, done: inAll(commitments, holder) }))
      case 'reveal':
        return shareHolders.map((holder) => ({ holder, done: inAll(polynomials, holder) }))
      case 'take':
        return this.people.holders.filter(isTrustee).map((holder) => ({ holder, done: owned[holder.id] !== undefined }))
      case 'sign':
        return this.people.holders.map((holder) => ({
          holder,
          done: signatures.some(({ key }) => key === cards[holder.id]?.key),
        }))
      default:
        return []
    }
  }

  /**
   * A blank card for somebody, with the PIN they chose; the reader must be empty, as a chip's blank card has nothing to read.
   * Goes on with a card that a crash left half made, if this is its PIN. Throws on a PIN with a fault.
   */
  makeCard(reader: Reader, id: string, pin: string): CeremonyRefusal | undefined {
    const holder = this.people.holders.find((each) => each.id === id)
    if (!holder) return { refused: 'stranger' }
    if (this.#state.cards[id]) return { refused: 'already' }
    if (reader.state() === 'empty')
      makeFileCard(reader.medium, `${holder.id}.card.json`, holder, pin, ...(this.#work ? [this.#work] : []))
    const card = reader.card()
    if (!card) return { refused: 'reader-full' }
    if (card.id !== id) return { refused: 'reader-full' }
    const open = card.open(pin)
    if (!isOpen(open)) return { refused: 'card', why: open }
    return this.#refusing(() => this.#enrol(holder, open))
  }

  /** What this card has to do in the round that is on. */
  present(card: OpenFileCard): CeremonyRefusal | undefined {
    const known = this.#state.cards[card.id]
    const holder = this.people.holders.find((each) => each.id === card.id)
    if (!holder) return { refused: 'stranger' }
    if (known ? known.key !== card.key : this.phase() !== 'cards') return { refused: 'used-card' }
    // Whoever was there may sign, also after enough have.
    const now = this.phase()
    const phase = now === 'done' ? 'sign' : now
    const step = this.steps(phase).find((each) => each.holder.id === card.id)
    if (!step) return { refused: 'not-now' }
    if (step.done) return { refused: 'already' }
    return this.#refusing(() => {
      if (phase === 'cards') return this.#enrol(holder, card)
      if (card.content().dealing.ceremony?.state !== this.#state.id && phase !== 'sign') return { refused: 'used-card' }
      if (phase === 'commit') this.#commit(holder, card)
      else if (phase === 'reveal') this.#reveal(holder, card)
      else if (phase === 'take') this.#take(holder, card)
      else this.#sign(holder, card)
      return undefined
    })
  }

  #refusing(work: () => CeremonyRefusal | undefined): CeremonyRefusal | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof KeyCardRefused)) throw error
      return { refused: 'key', rule: error.rule, message: error.message }
    }
  }

  #enrol(holder: Holder, card: OpenFileCard): CeremonyRefusal | undefined {
    const content = card.content()
    const mark = content.dealing.ceremony
    if (mark ? mark.state !== this.#state.id : content.keys.length > 0) return { refused: 'used-card' }
    if (!mark) {
      const given = this.order.tps.find(({ id }) => id === holder.rollOf)?.rollKey
      const rollKey = holder.rollOf ? { rollKey: given ?? newSigningKey().secret } : {}
      card.keep({
        ...content,
        ...rollKey,
        dealing: { ...content.dealing, ceremony: { state: this.#state.id, messages: [] } },
      })
    }
    const { group } = this.order
    const single = holder.single ? { single: writeSingle(singleKey(card, group, holder.name)) } : {}
    const certificates = { ...this.#state.certificates }
    for (const [name, index] of Object.entries(holder.shares)) {
      const certificate = beginShare(card, group, name, this.#planOf(name), index)
      certificates[name] = { ...certificates[name], [holder.id]: certificate }
    }
    const { rollKey } = card.content()
    const sealed = rollKey
      ? { rollKey: sealFor(this.order.centre.box, rollKey, rollKeyAbout(this.order.election.id, holder.rollOf!)) }
      : {}
    const cards = { ...this.#state.cards, [holder.id]: { key: card.key, ...single, ...sealed } }
    this.#keep({ cards, certificates }, { what: 'card-made', who: holder.name })
    return undefined
  }

  #groupOf(name: string): KeyGroup {
    return this.people.groups.find((each) => each.name === name)!
  }

  #planOf = (name: string) => ({ threshold: this.order.threshold.needed, size: this.#groupOf(name).members.length })

  #inOrder(given: CeremonyState['certificates'], name: string): string[] {
    return this.#groupOf(name).members.map((id) => given[name]![id]!)
  }

  #commit(holder: Holder, card: OpenFileCard): void {
    const commitments = { ...this.#state.commitments }
    for (const name of Object.keys(holder.shares)) {
      const certificates = this.#inOrder(this.#state.certificates, name)
      const commitment = commitShare(card, this.order.group, name, certificates)
      commitments[name] = { ...commitments[name], [holder.id]: commitment }
    }
    this.#keep({ commitments }, { what: 'key-committed', who: holder.name })
  }

  #reveal(holder: Holder, card: OpenFileCard): void {
    const polynomials = { ...this.#state.polynomials }
    for (const [name, index] of Object.entries(holder.shares)) {
      const message = revealShare(card, name, index, this.#inOrder(this.#state.commitments, name))
      polynomials[name] = { ...polynomials[name], [holder.id]: message }
    }
    const minutes = [{ what: 'key-revealed', who: holder.name }]
    const complete = this.people.groups.every(({ name, members }) => members.every((id) => polynomials[name]?.[id]))
    const elections = complete ? this.#elections(polynomials) : this.#state.elections
    this.#keep({ polynomials, elections }, ...minutes)
  }

  #singlesOf(tps: string) {
    return this.people.holders
      .filter(({ single }) => single?.includes(tps))
      .map(({ id }) => readSingle(this.#state.cards[id]!.single!))
  }

  #keysOf(tps: string, polynomials: CeremonyState['polynomials']) {
    const { name } = this.people.groups.find((each) => each.tps.includes(tps))!
    return { singles: this.#singlesOf(tps), pedersen: { coefexps: this.#inOrder(polynomials, name).map(coefexpsOf) } }
  }

  #elections(polynomials: CeremonyState['polynomials']): CeremonyState['elections'] {
    return makeElections(this.order, (tps) => this.#keysOf(tps, polynomials))
  }

  #take(holder: Holder, card: OpenFileCard): void {
    const outputs = { ...this.#state.outputs }
    let signatures: CeremonyState['owned'][string] = {}
    const { polynomials, elections } = this.#state
    for (const name of Object.keys(holder.shares)) {
      const of = this.#groupOf(name).tps.map((tps) => ({ text: elections[tps]!, singles: this.#singlesOf(tps) }))
      const taken = takeShare(card, this.order.group, name, this.#inOrder(polynomials, name), of)
      outputs[name] = { ...outputs[name], [holder.id]: taken.output }
      signatures = { ...signatures, ...taken.signatures }
    }
    if (holder.single) {
      const of = holder.single.map((tps) => ({ text: elections[tps]!, keys: this.#keysOf(tps, polynomials) }))
      signatures = { ...signatures, ...bindSingle(card, this.order.group, of) }
    }
    const owned = { ...this.#state.owned, [holder.id]: signatures }
    this.#keep({ outputs, owned }, { what: 'key-taken', who: holder.name })
    // Seeds went with the last round; what remains of it was public. Once it is known here, the card need not say it again.
    forgetDealing(card)
  }

  /** The trustees' text of a polling place. Throws before the round 'take' is through. */
  trusteesText(tps: string): string {
    const group = openGroup(this.order.group)
    const { name } = this.people.groups.find((each) => each.tps.includes(tps))!
    const { certificates, polynomials, outputs } = this.#state
    const certified = must(takeCertificates(group, coordinate(this.#planOf(name)), this.#inOrder(certificates, name)))
    const { state } = must(takePolynomials(group, certified, this.#inOrder(polynomials, name)))
    const pedersen = must(takeOutputs(group, state, this.#inOrder(outputs, name)))
    return writeTrustees([...this.#singlesOf(tps).map((key): Trustee => ['Single', key]), pedersen])
  }

  /** Writes the answer's text, once all pools are counted. It never changes afterwards. */
  #write(): void {
    if (this.#state.answer !== undefined || this.order.tps.some(({ id }) => this.#state.pools[id]?.stage !== 'counted'))
      return
    const trustees = Object.fromEntries(this.order.tps.map(({ id }) => [id, this.trusteesText(id)]))
    this.#keep({ answer: JSON.stringify(makeAnswer(this.order, this.orderHash, this.people, this.#state, trustees)) })
  }

  #sign(holder: Holder, card: OpenFileCard): void {
    this.#write()
    const signature = card.sign(ceremonyKind, this.#state.answer!)
    this.#keep({ signatures: [...this.#state.signatures, signature] }, { what: 'signed', who: holder.name })
  }

  /** The committee and at least one who is not of it have signed. */
  signedEnough(): boolean {
    const roles = new Set(this.#state.signatures.map(({ role }) => role as Role))
    return roles.has('committee') && roles.size > 1
  }

  /** The document to be carried to the centre; undefined before it is signed. */
  answerText(): string | undefined {
    const { answer, signatures } = this.#state
    return answer !== undefined && this.signedEnough() ? writeAnswer(answer, signatures.map(asSignature)) : undefined
  }
}

const must = <T>(outcome: { ok: true; value: T } | { ok: false; faults: readonly unknown[] }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
  return outcome.value
}

/** "2026-11-22T08:15", local time, the quarter of the hour that has begun. */
const stepOf = (at: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  const quarter = Math.floor(at.getMinutes() / 15) * 15
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(quarter)}`
}
