import {
  type ArchiveEvent,
  type EventType,
  type Owned,
  type Reading,
  readBegin,
  readEvent,
  readOwned,
  readSetupData,
  readSizedTally,
  type SetupData,
  type SizedTally,
} from './events.ts'
import { type ArchiveRule, type Fault, faultAt, type Place } from './fault.ts'
import type { ArchiveRecord } from './read.ts'
import { type Role, recordsOf } from './refers.ts'

/** How far an election has come: before its Setup, taking ballots, closed, with the encrypted tally, with the result. */
export const stages = ['setup', 'open', 'ended', 'tallied', 'decrypted'] as const
export type Stage = (typeof stages)[number]

/** An event with the data records it refers to, directly or through its payload. A part that is not there is missing. */
export interface Entry extends Place {
  readonly kind: 'entry'
  readonly hash: string
  readonly event: ArchiveEvent
  readonly parts: { readonly [role in Role]?: ArchiveRecord }
  readonly setup?: SetupData
  readonly sized?: SizedTally
  readonly owned?: Owned
  /** False when a rule of the order is broken at this event or at its records. */
  readonly sound: boolean
}

/** What a writer must know to go on after the last event. */
export interface OrderState {
  readonly timestamp: number | undefined
  readonly stage: Stage
  /** Of the last event; -1 before the first. */
  readonly height: number
  /** Hash of the last event. */
  readonly parent: string | undefined
  /** Hashes of the ballots, hex. */
  readonly ballots: ReadonlySet<string>
  /** Trustees whose partial decryption is recorded. */
  readonly owners: ReadonlySet<number>
}

/** Before which event a type may stand, and where it leaves the election. */
const course: { readonly [type in EventType]: { readonly at: Stage; readonly to: Stage } } = {
  Setup: { at: 'setup', to: 'open' },
  Ballot: { at: 'open', to: 'open' },
  EndBallots: { at: 'open', to: 'ended' },
  EncryptedTally: { at: 'ended', to: 'tallied' },
  Shuffle: { at: 'tallied', to: 'tallied' },
  EndShuffles: { at: 'tallied', to: 'tallied' },
  PartialDecryption: { at: 'tallied', to: 'tallied' },
  Result: { at: 'tallied', to: 'decrypted' },
}

/** Setup has the most records before it: five. What waits longer than that belongs to no event. */
const mostWaiting = 5

const withoutPayload = (type: EventType) => type === 'EndBallots' || type === 'EndShuffles'

/**
 * The order of records and events as a state machine (specification 2.0, section 4.4, whose "typical" sequence is
 * demanded here). It is fed record by record and says at once what is wrong; after a fault it takes the archive's word
 * for where it is and goes on, so that one fault hides no other. Pure; its memory grows by the hash of each ballot.
 */
export class Order {
  #timestamp: number | undefined
  #stage: Stage = 'setup'
  #height = -1
  #parent: string | undefined
  #begun = false
  #waiting: ArchiveRecord[] = []
  #ballots = new Set<string>()
  #owners = new Set<number>()
  #last: Place = { record: 0, offset: 0, name: '' }
  #faults: Fault[] = []

  get stage(): Stage {
    return this.#stage
  }

  /** A view of where the archive stands, sound until the next record is taken. */
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

  /** Data records that no event has referred to yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** The next record: what is wrong with it, and, if it is a readable event, the event with its records. */
  take(record: ArchiveRecord): { faults: readonly Fault[]; entry?: Entry } {
    this.#faults = []
    this.#last = record
    if (record.kind === 'header') this.#timestamp = readBegin(record.body).value
    if (record.kind === 'data') this.#wait(record)
    if (record.kind !== 'event') return { faults: this.#faults }
    const entry = this.#event(record)
    return { faults: this.#faults, ...(entry && { entry }) }
  }

  /** At the end of the archive: what should still have come. */
  finish(): readonly Fault[] {
    this.#faults = []
    this.#drop(this.#waiting, 'the archive ends before an event refers to it')
    this.#waiting = []
    if (!this.#begun) this.#fault(this.#last, 'event.no-setup', 'there is no Setup')
    return this.#faults
  }

  #fault(place: Place, rule: ArchiveRule, detail: string) {
    this.#faults.push(faultAt(place, rule, detail))
  }

  #drop(records: readonly ArchiveRecord[], detail: string) {
    for (const record of records) this.#fault(record, 'record.unreferenced', detail)
  }

  #wait(record: ArchiveRecord) {
    this.#waiting.push(record)
    if (this.#waiting.length > mostWaiting)
      this.#drop(this.#waiting.splice(0, 1), `${mostWaiting} further records follow it before any event`)
  }

  #event(record: ArchiveRecord): Entry | undefined {
    const waiting = this.#waiting
    this.#waiting = []
    const event = this.#value(record, readEvent(record.body), 'event')
    if (event === undefined) {
      // Nothing is known of it but that it is there: the next one should name it as its parent.
      this.#parent = record.hash
      this.#height++
      return undefined
    }
    this.#chain(record, event)
    this.#course(record, event)
    const found = this.#resolve(record, event, waiting)
    this.#once(record, event, found)
    if (event.type === 'Setup') this.#begun = true
    return {
      kind: 'entry',
      record: record.record,
      offset: record.offset,
      name: record.name,
      hash: record.hash,
      event,
      ...found,
      sound: this.#faults.length === 0,
    }
  }

  /** The value of a reading, its fault noted. */
  #value<T>(place: Place, reading: Reading<T>, what: 'event' | 'record'): T | undefined {
    if (reading.fault !== undefined)
      this.#fault(place, reading.value === undefined ? `${what}.shape` : `${what}.canonical`, reading.fault)
    return reading.value
  }

  #chain(record: ArchiveRecord, { parent, height }: ArchiveEvent) {
    if (parent !== this.#parent)
      this.#fault(
        record,
        'event.parent',
        `the parent is ${parent ?? 'absent'}, the event before ${this.#parent ?? 'none'}`,
      )
    if (height !== this.#height + 1)
      this.#fault(record, 'event.height', `the height is ${height}, it should be ${this.#height + 1}`)
    this.#parent = record.hash
    this.#height = height
  }

  #course(record: ArchiveRecord, { type }: ArchiveEvent) {
    const { at, to } = course[type]
    const shuffle = type === 'Shuffle' || type === 'EndShuffles'
    if (shuffle) this.#fault(record, 'event.unsupported', `${type} is not supported`)
    if (this.#stage === 'decrypted') this.#fault(record, 'event.after-result', `${type} after the Result`)
    else if (type === 'Setup' && this.#begun) this.#fault(record, 'event.second-setup', 'a second Setup')
    else if (this.#stage !== at)
      this.#fault(record, 'event.order', `${type} stands where the election is ${sayStage[this.#stage]}`)
    else if (shuffle && this.#owners.size > 0)
      this.#fault(record, 'event.order', `${type} stands after a partial decryption`)
    else if (type === 'Result' && this.#owners.size === 0)
      this.#fault(record, 'event.order', 'Result stands before any partial decryption')
    if (stages.indexOf(to) > stages.indexOf(this.#stage)) this.#stage = to
  }

  /** Finds the records the event refers to among those that wait, and says which are missing, too many or misplaced. */
  #resolve(record: ArchiveRecord, event: ArchiveEvent, waiting: readonly ArchiveRecord[]) {
    const { type, payload } = event
    if (withoutPayload(type) !== (payload === undefined))
      this.#fault(record, 'event.payload', payload === undefined ? `${type} needs a payload` : `${type} has no payload`)
    const holder = payload === undefined ? undefined : waiting.findLast(({ hash }) => hash === payload)
    if (payload !== undefined && !withoutPayload(type) && holder === undefined)
      this.#fault(record, 'event.payload', `its payload ${payload} does not stand directly before it`)
    const setup = holder && type === 'Setup' ? this.#value(holder, readSetupData(holder.body), 'record') : undefined
    const sized =
      holder && type === 'EncryptedTally' ? this.#value(holder, readSizedTally(holder.body), 'record') : undefined
    const owned =
      holder && (type === 'PartialDecryption' || type === 'Shuffle')
        ? this.#value(holder, readOwned(holder.body), 'record')
        : undefined

    const parts: { [role in Role]?: ArchiveRecord } = {}
    const left = new Set(waiting)
    let reached = -1
    for (const [role, hash] of recordsOf(event, { setup, sized, owned })) {
      const part = hash === payload ? holder : [...left].find((one) => one.hash === hash)
      if (part === undefined) {
        if (hash !== payload) this.#fault(record, 'record.missing', `${role} ${hash} does not stand before its event`)
        continue
      }
      left.delete(part)
      parts[role] = part
      const at = waiting.indexOf(part)
      if (at < reached) this.#fault(part, 'record.order', `${role} stands after a record that should follow it`)
      reached = Math.max(reached, at)
    }
    this.#drop([...left], `the ${type} that follows does not refer to it`)
    return { parts, ...(setup && { setup }), ...(sized && { sized }), ...(owned && { owned }) }
  }

  /** What may be there only once. */
  #once(record: ArchiveRecord, { type, payload }: ArchiveEvent, { owned }: { owned?: Owned }) {
    if (type === 'Ballot' && payload !== undefined) {
      if (this.#ballots.has(payload))
        this.#fault(record, 'event.duplicate-ballot', `ballot ${payload} is there already`)
      this.#ballots.add(payload)
    }
    if (type === 'PartialDecryption' && owned !== undefined) {
      if (this.#owners.has(owned.owner))
        this.#fault(record, 'event.duplicate-owner', `trustee ${owned.owner} has decrypted already`)
      this.#owners.add(owned.owner)
    }
  }
}

const sayStage: { readonly [stage in Stage]: string } = {
  setup: 'not set up',
  open: 'open',
  ended: 'closed without a tally',
  tallied: 'tallied',
  decrypted: 'decrypted',
}
