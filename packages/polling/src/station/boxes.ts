import { type Group, readBallot, writeBallot } from '@melayani/ballot'
import { type BallotFault, ballotFaults } from '@melayani/ballot/cast'
import { type Counts, type ElectionPackage, electionFingerprint, hashOf } from '../format/index.ts'
import { type Box, type BoxCounts, countSlots, type Imported, openBox } from '../media/box.ts'
import type { Medium } from '../media/medium.ts'
import type { Slot } from '../media/slot.ts'
import { boxPlan } from '../media/slot-size.ts'

/** A ballot that the station will not count, and why. Its slot is named by its random id: by nothing that a voter has. */
export type Refused = {
  readonly device: string
  readonly slot: string
  readonly why: 'form' | 'election' | 'member' | 'proof' | 'signature' | 'credential' | 'roll' | 'twice' | 'opened'
}

/**
 * The station's copies of all ballot boxes: one file for each booth, on all media. Each ballot is judged when it comes, as a
 * stranger would (R57): form, election, membership, every proof, the signature, a credential of the roll that no other ballot used.
 */
export class Boxes {
  readonly #boxes = new Map<string, Box>()
  readonly #judged = new Map<string, Refused['why'] | 'good'>()
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

  /** All slots of all booths. */
  all(): { readonly device: string; readonly slot: Slot }[] {
    return this.devices.flatMap((device) =>
      this.#boxes
        .get(device)!
        .all()
        .map((slot) => ({ device, slot })),
    )
  }

  counts(device?: string): BoxCounts {
    return countSlots(this.all().flatMap((each) => (device && each.device !== device ? [] : [each.slot])))
  }

  /** Texts of the ballots that count, sorted by their hash, and those that do not. Each is judged once. */
  ballots(): { good: string[]; refused: Refused[] } {
    const good: { hash: string; text: string }[] = []
    const refused: Refused[] = []
    const used = new Map<string, number>()
    const add = (name: string) => used.set(name, (used.get(name) ?? 0) + 1)
    const all = this.all()
    const cast = all.filter(({ slot }) => slot.state === 'cast')
    const opened = new Set(all.flatMap(({ slot }) => (slot.state === 'spoiled' ? [hashOf(slot.ballot!)] : [])))
    for (const { slot } of cast) {
      add(slot.credential)
      for (const alpha of alphasOf(slot.ballot!)) add(alpha)
    }
    for (const { device, slot } of cast) {
      const text = slot.ballot!
      const hash = hashOf(text)
      // A credential used twice, or a machine that draws the same number twice (T27): no ballot of them is counted by us.
      const once = [slot.credential, ...alphasOf(text)].every((each) => used.get(each) === 1)
      const why = !once ? 'twice' : opened.has(hash) ? 'opened' : this.#why(slot)
      if (why === 'good') good.push({ hash, text })
      else refused.push({ device, slot: slot.id, why })
    }
    good.sort((a, b) => (a.hash < b.hash ? -1 : 1))
    return { good: good.map(({ text }) => text), refused }
  }

  /** Judges what has come since, at most `most` ballots, so that closing finds nothing left to do. True when all are judged. */
  judgeSome(most: number): boolean {
    let left = most
    for (const { slot } of this.all()) {
      if (slot.state !== 'cast' || this.#judged.has(slot.id)) continue
      if (left-- === 0) return false
      this.#why(slot)
    }
    return true
  }

  #why(slot: Slot): Refused['why'] | 'good' {
    const known = this.#judged.get(slot.id)
    if (known) return known
    const why = this.#judge(slot)
    this.#judged.set(slot.id, why)
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
}

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
 * a number that only grows.
 */
export const countsOf = (
  desks: Pick<Counts, 'present' | 'issued' | 'returned'>,
  box: BoxCounts,
  byHand?: { readonly slips: number; readonly slipsVoid: number },
): Counts => ({
  ...desks,
  used: box.used,
  cast: box.cast,
  void: box.void,
  spoiled: box.spoiled,
  pending: box.pending,
  slips: byHand?.slips ?? box.cast,
  slipsVoid: byHand?.slipsVoid ?? box.slipsVoid,
  reprints: box.reprints,
})
