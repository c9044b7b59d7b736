import { type Group, readBallot, writeBallot } from '@melayani/ballot'
import { type BallotFault, ballotFaults, checkOpeningWith } from '@melayani/ballot/cast'
import { type Counts, type ElectionPackage, electionFingerprint, hashOf, tokenProofHolds } from '../format/index.ts'
import { type Box, type BoxCounts, countSlots, type Imported, openBox } from '../media/box.ts'
import type { Medium } from '../media/medium.ts'
import { follows, readSlot, type Slot } from '../media/slot.ts'
import { boxPlan } from '../media/slot-size.ts'
import { openingRecord } from '../record/index.ts'

/** A slot, and the booth whose box it lies in. */
export type Kept = { readonly device: string; readonly slot: Slot }

/**
 * A ballot that the station will not count, nor show as opened, and why. Its slot is named by its random id: by nothing that a voter
 * has. `copy`: the very text stands in another slot as well, and counts, is shown or is refused there, once.
 */
export type Refused = {
  readonly device: string
  readonly slot: string
  readonly ballot: string
  /** Of a challenged ballot: what its slot says that it held, in JSON or not. */
  readonly opening?: string
  readonly why:
    | 'form'
    | 'election'
    | 'member'
    | 'proof'
    | 'signature'
    | 'credential'
    | 'roll'
    | 'twice'
    | 'opened'
    | 'copy'
    | 'opening'
}
/** A challenged ballot whose opening holds: it counts for nothing and is published (R62). */
export type Challenged = { readonly ballot: string; readonly record: string }

/**
 * The station's copies of all ballot boxes: one file for each booth, on all media. Each ballot is judged when it comes, as a
 * stranger would (R57): form, election, membership, every proof, the signature, a credential of the roll that no other ballot used.
 */
export class Boxes {
  readonly #boxes = new Map<string, Box>()
  /** By the slot itself: a cast one is never replaced by another, and this tells no order. */
  readonly #judged = new WeakMap<Slot, Refused['why'] | 'good'>()
  readonly #shown = new WeakMap<Slot, boolean>()
  readonly #package: ElectionPackage
  readonly #media: readonly Medium[]
  readonly #hash: string
  readonly #group: Group<unknown>
  readonly #roll: ReadonlySet<string>
  readonly #fingerprint: string

  /** `group`: for public values, so the quick kernel will do. */
  constructor(content: ElectionPackage, packageHash: string, media: readonly Medium[], group: Group<unknown>) {
    this.#package = content
    this.#media = media
    this.#hash = packageHash
    this.#group = group
    this.#roll = new Set(JSON.parse(content.ballot.credentials) as string[])
    this.#fingerprint = electionFingerprint(content.ballot.election)
  }

  /** The copy of a booth's box; made empty when it is new. */
  open(device: string): Box {
    const there = this.#boxes.get(device)
    if (there) return there
    const box = openBox(this.#media, boxPlan(this.#package, this.#hash), { file: `box-${device}` })
    this.#boxes.set(device, box)
    return box
  }

  get(device: string): Box | undefined {
    return this.#boxes.get(device)
  }

  get devices(): readonly string[] {
    return [...this.#boxes.keys()].sort()
  }

  /** Takes slots of a booth; durable when it returns. What is wrong with a ballot does not keep it from being stored. */
  take(device: string, slots: readonly Uint8Array[]): Imported {
    return this.open(device).importFrom(slots)
  }

  /** Whether all of these are here already, as they are or further on. */
  holds(device: string, slots: readonly Uint8Array[]): boolean {
    return slots.every((bytes) => {
      const slot = readSlot(this.#hash, bytes)
      const here = slot && this.#boxes.get(device)?.get(slot.id)
      return slot !== undefined && here !== undefined && follows(here, slot)
    })
  }

  /** The booth under whose name one of these is here already; undefined when they are new, or of this one. */
  otherOwner(device: string, slots: readonly Pick<Slot, 'id'>[]): string | undefined {
    return this.devices.find((other) => other !== device && slots.some(({ id }) => this.#boxes.get(other)!.get(id)))
  }

  /**
   * All slots of all booths. A box that came under two names is one box: a slot that is here twice is given once, as it is
   * furthest on, unless the two cannot both have happened.
   */
  all(): Kept[] {
    const first = new Map<string, number>()
    const list: Kept[] = []
    for (const device of this.devices)
      for (const slot of this.#boxes.get(device)!.all()) {
        const at = first.get(slot.id)
        const there = at === undefined ? undefined : list[at]!
        if (there && follows(there.slot, slot)) continue
        if (there && follows(slot, there.slot)) {
          list[at!] = { device: there.device, slot }
          continue
        }
        if (!there) first.set(slot.id, list.length)
        list.push({ device, slot })
      }
    return list
  }

  /** `device`: of its own box alone, as its screen has them. */
  counts(device?: string): BoxCounts {
    return device
      ? (this.#boxes.get(device)?.counts() ?? countSlots([]))
      : countSlots(this.all().map(({ slot }) => slot))
  }

  /**
   * Texts of the ballots that count, those that were opened, both sorted by their hash, and those that do not hold. Each is judged
   * once. Only a ballot that holds by itself shows that its token was used, and only an opening that holds opens a vote: whatever
   * else a booth sends takes nobody's.
   */
  ballots(): { good: string[]; challenged: Challenged[]; refused: Refused[] } {
    const good: string[] = []
    const refused: Refused[] = []
    const all = this.all()
    const cast = all.filter(({ slot }) => slot.state === 'cast')
    const challenged = new Map<string, Challenged>()
    for (const { device, slot } of all.filter(({ slot }) => slot.state === 'spoiled')) {
      const [ballot, opening, why] = [slot.ballot!, slot.opening!, this.#why(slot)]
      if (why === 'good' && !challenged.has(ballot))
        challenged.set(ballot, { ballot, record: openingRecord(this.#fingerprint, ballot, opening) })
      else refused.push({ device, slot: slot.id, ballot, opening, why: why === 'good' ? 'copy' : why })
    }
    // By their ciphertexts, not as a whole: signed anew, an opened vote would still be open.
    const opened = new Set([...challenged.keys()].flatMap(alphasOf))
    const sound = new Set(cast.flatMap(({ slot }) => (this.#why(slot) === 'good' ? [slot.ballot!] : [])))
    const uses = new Map<string, number>()
    for (const text of sound) for (const mark of marksOf(text)) uses.set(mark, (uses.get(mark) ?? 0) + 1)
    const judged = new Set<string>()
    const whyOf = (slot: Slot, text: string): Refused['why'] | 'good' => {
      const why = this.#why(slot)
      if (!sound.has(text)) return why
      if (why !== 'good' || judged.has(text)) return 'copy'
      judged.add(text)
      // A credential used twice, or a machine that draws the same number twice (T27): no ballot of them is counted by us.
      if (marksOf(text).some((mark) => uses.get(mark) !== 1)) return 'twice'
      return alphasOf(text).some((each) => opened.has(each)) ? 'opened' : 'good'
    }
    for (const { device, slot } of cast) {
      const text = slot.ballot!
      const why = whyOf(slot, text)
      if (why === 'good') good.push(text)
      else refused.push({ device, slot: slot.id, ballot: text, why })
    }
    return {
      good: byHash(good, (text) => text),
      challenged: byHash([...challenged.values()], ({ ballot }) => ballot),
      refused,
    }
  }

  /**
   * Tokens that opened a ballot in more than one box, or were cast twice in one: the booths of each, and how many of its ballots were
   * cast. A token is dead once it was used, and a void one is replaced by another, so each of these was copied.
   */
  copied(): { readonly devices: readonly string[]; readonly cast: number }[] {
    const byToken = Map.groupBy(this.#used(), ({ slot }) => slot.credential)
    return [...byToken.values()]
      .map((list) => ({
        devices: [...new Set(list.map(({ device }) => device))].sort(),
        cast: new Set(list.flatMap(({ slot }) => (slot.state === 'cast' ? [slot.ballot] : []))).size,
      }))
      .filter(({ devices, cast }) => devices.length > 1 || cast > 1)
      .sort((a, b) => (a.devices.join() < b.devices.join() ? -1 : 1))
  }

  /** Public credentials of the tokens that were used at other booths than `device`, as far as the slots show it. */
  usedElsewhere(device: string): string[] {
    return this.#used().flatMap((kept) => (kept.device === device ? [] : [kept.slot.credential]))
  }

  /** The slots that show that their token was used. */
  #used(): Kept[] {
    return this.all().filter(({ slot }) => this.#showsToken(slot))
  }

  /** Sessions that officers must decide. One that shows no token is nobody's: there is no voter and no slip to ask. */
  undecided(): Kept[] {
    return this.#used().filter(({ slot }) => slot.state === 'open' || slot.state === 'pending')
  }

  /** How many sessions of each booth show no token: its programs are not ours, or it never saw the tokens that it names. */
  unproven(): ReadonlyMap<string, number> {
    const count = new Map<string, number>()
    for (const { device, slot } of this.all())
      if (!this.#showsToken(slot)) count.set(device, (count.get(device) ?? 0) + 1)
    return count
  }

  /** By the proof that was made when it was opened, or by a ballot that holds and that the token signed. */
  #showsToken(slot: Slot): boolean {
    const known = this.#shown.get(slot)
    if (known !== undefined) return known
    const { proof, ballot, credential, state } = slot
    const shown =
      this.#roll.has(credential) &&
      ((proof !== undefined && tokenProofHolds(this.#group, this.#fingerprint, credential, proof)) ||
        (ballot !== undefined && (state === 'cast' ? this.#why(slot) : this.#judge(slot)) === 'good'))
    this.#shown.set(slot, shown)
    return shown
  }

  /** Judges what has come since, at most `most` ballots, so that closing finds nothing left to do. True when all are judged. */
  judgeSome(most: number): boolean {
    let left = most
    for (const { slot } of this.all()) {
      if ((slot.state !== 'cast' && slot.state !== 'spoiled') || this.#judged.has(slot)) continue
      if (left-- === 0) return false
      this.#why(slot)
    }
    return true
  }

  #why(slot: Slot): Refused['why'] | 'good' {
    const known = this.#judged.get(slot)
    if (known) return known
    const why = slot.state === 'spoiled' ? this.#judgeOpening(slot) : this.#judge(slot)
    this.#judged.set(slot, why)
    return why
  }

  #judge({ ballot = '', credential }: Slot): Refused['why'] | 'good' {
    const [fault]: BallotFault[] = ballotFaults(this.#group, this.#package.ballot.election, ballot)
    if (fault) return fault.rule
    const read = readBallot(ballot)
    if (writeBallot(read) !== ballot) return 'form'
    if (read.election_hash !== this.#fingerprint) return 'election'
    if (read.credential !== credential) return 'credential'
    return this.#roll.has(credential) ? 'good' : 'roll'
  }

  #judgeOpening({ ballot = '', opening = '' }: Slot): Refused['why'] | 'good' {
    const record = openingRecord(this.#fingerprint, ballot, opening)
    if (checkOpeningWith(this.#group, this.#package.ballot.election, record).faults.length > 0) return 'opening'
    return this.#roll.has(readBallot(ballot).credential) ? 'good' : 'roll'
  }
}

/** Sorted by the hash of a text, as the archive is. */
const byHash = <T>(list: readonly T[], textOf: (each: T) => string): T[] =>
  list
    .map((each) => ({ each, hash: hashOf(textOf(each)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ each }) => each)

/** What no two ballots share: the token, and every number that was drawn. Of a ballot that can be read. */
const marksOf = (ballot: string): string[] => [readBallot(ballot).credential, ...alphasOf(ballot)]

/** First halves of all ciphertexts; none of what cannot be read. */
function alphasOf(ballot: string): string[] {
  try {
    return readBallot(ballot).answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha))
  } catch {
    return []
  }
}

/**
 * What desks, boxes and hands say together (R64). Before slips are counted by hand, those of ballots that were cast are meant:
 * a number that only grows. Void slips are always those that the booths know of; what hands found of them stands beside (`HandCounted`).
 */
export const countsOf = (
  desks: Pick<Counts, 'present' | 'issued' | 'returned'>,
  box: BoxCounts,
  byHand?: { readonly slips: number },
): Counts => ({
  ...desks,
  used: box.used,
  cast: box.cast,
  void: box.void,
  spoiled: box.spoiled,
  pending: box.pending,
  slips: byHand?.slips ?? box.cast,
  slipsVoid: box.slipsVoid,
  reprints: box.reprints,
})
