import {
  type EncryptedTally,
  type Group,
  openGroup,
  type PartialDecryption,
  readElection,
  readEncryptedTally,
  readPartialDecryption,
  readTrustees,
  type Trustee,
  writePartialDecryption,
  writeResult,
} from '@melayani/ballot'
import {
  combine,
  type DecryptionOrder,
  type DecryptionRule,
  decryptionFaults,
  type Fault,
  type Missing,
  missingDecryptions,
  type OrderRule,
} from '@melayani/ballot/trustee'
import { type OpenCard, type StrongerRule, strongerFaults } from '../card/index.ts'
import { electionFingerprint, hashOf } from '../format/index.ts'

/** What one trustee gave, as it is kept, carried on a stick or in a QR code, and put into archive and record. */
export type TakenDecryption = {
  /** Number among the keys of the record, from 1. */
  readonly owner: number
  /** Text of the archive's record. */
  readonly decryption: string
  /** Text of the stronger proof. */
  readonly stronger: string
}

export type TakeFault = Fault<
  | OrderRule
  | DecryptionRule
  | StrongerRule
  | 'card.gone'
  | 'card.election'
  | 'card.no-key'
  | 'decryption.unreadable'
  | 'decryption.other'
>

export type OpenedTally =
  /** `votes` in the order of the candidates' numbers. `text`: the archive's record of the result. */
  | { readonly state: 'result'; readonly votes: readonly number[]; readonly blank: number; readonly text: string }
  /** So many more are needed, of these owners. */
  | { readonly state: 'missing'; readonly missing: readonly Missing[] }
  /** Sound decryptions that do not lead to one result, or to none: nothing is announced, the paper is counted. */
  | { readonly state: 'disagree'; readonly owners: readonly number[] }

export type TallyTexts = {
  /** Records of the archive, byte for byte. */
  readonly election: string
  readonly trustees: string
  readonly tally: string
  /** Ballots in the tally. */
  readonly ballots: number
}

/** The hash that is announced at close, printed and signed, before any card is put in. */
export const announcedOf = ({ election, tally }: Pick<TallyTexts, 'election' | 'tally'>) => ({
  election: electionFingerprint(election),
  tally: hashOf(tally),
})

/**
 * The opening of one announced tally by its trustees, card after card. `before`: what was taken before a restart; it is judged
 * anew. More trustees than are needed may come, and should: they must all lead to the same result.
 */
export class TallyOpening {
  readonly order: DecryptionOrder
  readonly #group: Group<unknown>
  readonly #trustees: readonly Trustee[]
  readonly #tally: EncryptedTally
  readonly #ballots: number
  readonly #taken = new Map<number, TakenDecryption>()

  /** `group`: only public values pass here, so it may be a quick one (`openKernel` of @melayani/ballot). */
  constructor(
    { election, trustees, tally, ballots }: TallyTexts,
    before: readonly TakenDecryption[] = [],
    group: Group<unknown> = openGroup(readElection(election).group),
  ) {
    this.order = { election, trustees, tally, announced: announcedOf({ election, tally }) }
    if (group.name !== readElection(election).group)
      throw new RangeError(`a tally over another group than ${group.name}`)
    this.#group = group
    this.#trustees = readTrustees(trustees)
    this.#tally = readEncryptedTally(tally)
    this.#ballots = ballots
    for (const each of before) {
      const faults = this.take(each)
      if (faults.length > 0) throw new Error(`a decryption kept earlier is not sound: ${JSON.stringify(faults)}`)
    }
  }

  get taken(): readonly TakenDecryption[] {
    return [...this.#taken.values()].sort((a, b) => a.owner - b.owner)
  }

  missing(): readonly Missing[] {
    return missingDecryptions(this.#trustees, new Set(this.#taken.keys()))
  }

  /** Lets a card decrypt, and judges what it gives as a stranger's. Empty: it was taken. */
  present(card: OpenCard): { owner: number } | { faults: readonly TakeFault[] } {
    if (!card.decrypt) return { faults: [{ rule: 'card.no-key', at: 'card' }] }
    const done = card.decrypt(this.order)
    if (!done.ok) return { faults: done.faults }
    const { owner, decryption, stronger } = done.value
    const faults = this.take({ owner, decryption: writePartialDecryption(decryption), stronger })
    return faults.length > 0 ? { faults } : { owner }
  }

  /** Takes what a trustee elsewhere gave. Every fault, or none: then it counts. The same owner again changes nothing. */
  take(given: TakenDecryption): readonly TakeFault[] {
    const { owner } = given
    let decryption: PartialDecryption
    try {
      decryption = readPartialDecryption(given.decryption)
    } catch {
      return [{ rule: 'decryption.unreadable', trustee: owner, at: 'decryption' }]
    }
    const board = { fingerprint: this.order.announced.election, trustees: this.#trustees, tally: this.#tally }
    const faults: TakeFault[] = [...decryptionFaults(this.#group, board, owner, decryption)]
    if (faults.length === 0) faults.push(...strongerFaults(this.#group, board, owner, decryption, given.stronger))
    if (faults.length > 0) return faults
    const earlier = this.#taken.get(owner)
    if (earlier) {
      const same = factorsOf(earlier) === factorsOf(given)
      return same ? [] : [{ rule: 'decryption.other', trustee: owner, at: 'decryption_factors' }]
    }
    this.#taken.set(owner, { owner, decryption: given.decryption, stronger: given.stronger })
    return []
  }

  result(): OpenedTally {
    const missing = this.missing()
    if (missing.length > 0) return { state: 'missing', missing }
    const owners = [...this.#taken.keys()].sort((a, b) => a - b)
    const opened = subsetsToCompare(this.#trustees, owners).map((subset) => this.#combined(subset))
    const [first] = opened
    const text = first && writeResult(first)
    if (!first || opened.some((each) => each === undefined || writeResult(each) !== text))
      return { state: 'disagree', owners }
    const [blank, ...votes] = first[0]!.map(Number)
    if (blank! + votes.reduce((sum, each) => sum + each, 0) !== this.#ballots) return { state: 'disagree', owners }
    return { state: 'result', votes, blank: blank!, text: text! }
  }

  #combined(owners: readonly number[]) {
    const decryptions = new Map(
      owners.map((owner) => [owner, readPartialDecryption(this.#taken.get(owner)!.decryption)] as const),
    )
    const board = {
      fingerprint: this.order.announced.election,
      trustees: this.#trustees,
      tally: this.#tally,
      totalWeight: BigInt(this.#ballots),
    }
    const done = combine(this.#group, board, decryptions)
    return done.state === 'result' ? done.result : undefined
  }
}

const factorsOf = ({ decryption }: TakenDecryption) =>
  JSON.stringify(readPartialDecryption(decryption).decryption_factors)

/**
 * Sets of trustees of whom each can open the tally, so that every one who came is in one of them: all with a key of their own,
 * and of each threshold group its first t, then its first t - 1 with each further one. Shares lie on one polynomial of degree
 * t - 1 just when all these sets agree.
 */
function subsetsToCompare(trustees: readonly Trustee[], present: readonly number[]): number[][] {
  let next = 1
  const groups = trustees.map(([kind, value]) => {
    const size = kind === 'Single' ? 1 : value.verification_keys.length
    const owners = Array.from({ length: size }, () => next++).filter((owner) => present.includes(owner))
    return { owners, needed: kind === 'Single' ? 1 : value.threshold }
  })
  const first = groups.map(({ owners, needed }) => owners.slice(0, needed))
  const others = groups.flatMap(({ owners, needed }, at) =>
    owners
      .slice(needed)
      .map((extra) => first.map((each, other) => (other === at ? [...each.slice(0, -1), extra] : each))),
  )
  return [first, ...others].map((sets) => sets.flat())
}

/**
 * Whether a tally can still be opened when the cards (and their backups) of these owners are lost (R71). Where it cannot, the
 * result of the polling place comes from its slips, counted by hand (`source: 'slips'`), and the archive stays closed for ever.
 */
export const opensWithout = (trusteesText: string, lost: readonly number[]): readonly Missing[] => {
  const trustees = readTrustees(trusteesText)
  let all = 0
  for (const [kind, value] of trustees) all += kind === 'Single' ? 1 : value.verification_keys.length
  const present = Array.from({ length: all }, (_, at) => at + 1).filter((owner) => !lost.includes(owner))
  return missingDecryptions(trustees, new Set(present))
}
