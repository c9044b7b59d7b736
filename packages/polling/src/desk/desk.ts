import type { Act, CheckInMethod, ElectionPackage, Roll, Signature, SigningKey, Voter } from '../format/index.ts'
import { makeStamp, nikMark, readInvitation, stampText } from '../format/index.ts'
import { type Chain, ChainRefused, openChain, type Row } from '../media/chain.ts'
import { type Logs, openLogs, placeOf, type Taken } from '../media/logs.ts'
import type { Medium } from '../media/medium.ts'
import type { Queue } from '../net/index.ts'
import { Book, type Conflict, outstanding, type VoterBook } from './book.ts'
import type { Neighbours } from './neighbours.ts'
import { type Share, shareOf, sharesOf } from './share.ts'
import type { Found, Situation, TurnAway } from './verdict.ts'

/** Why the desk does not do it. Each has a sentence on the screen. */
export type DeskRefusal =
  | 'not-open'
  | 'queue'
  | 'not-in-roll'
  | 'already'
  | 'needs-two'
  | 'other-desk'
  | 'not-present'
  | 'token-out'
  | 'no-token'
  | 'not-agreed'
export class Refused extends Error {
  readonly code: DeskRefusal

  constructor(code: DeskRefusal) {
    super(code)
    this.code = code
  }
}

export type DeskPlan = {
  readonly media: readonly Medium[]
  /** "desk-2" and its number. */
  readonly device: string
  readonly number: number
  readonly key: SigningKey
  readonly package: ElectionPackage
  /** hashOf the package's text. */
  readonly packageHash: string
  readonly roll: Roll
  readonly rollKey: string
  /** What the station and the other desks said last. */
  readonly neighbours: Neighbours
  readonly now?: () => Date
}

/** Whether the owner of a voter's share has heard of this check-in and knows no other. */
export type Agreement = 'agreed' | 'already' | 'silent'

/**
 * A check-in desk without its screen: who is let in, who gets a token, and what is written before anything is said. Nothing
 * here reads a token: it is drawn sealed from a box, and only that one was handed out is written (T17).
 */
export class Desk {
  readonly chain: Chain
  readonly logs: Logs
  readonly book = new Book()
  readonly plan: DeskPlan
  readonly shares: readonly Share[]
  readonly #voters: ReadonlyMap<string, Voter>
  readonly #elsewhere: ReadonlyMap<string, number>
  readonly #now: () => Date
  /** Voters of other desks' shares whose check-in here the desk of the share has confirmed. After a restart it is asked anew. */
  readonly #agreed = new Set<number>()

  constructor(plan: DeskPlan) {
    const { media, device, key, packageHash, neighbours, roll } = plan
    this.plan = plan
    this.#now = plan.now ?? (() => new Date())
    this.chain = openChain(media, device, key, packageHash, { now: this.#now, zone: plan.package.rules.zone })
    this.logs = openLogs(media, packageHash, neighbours.keyOf, { own: this.chain, known: neighbours.devices() })
    for (const lines of this.logs.lines.values()) for (const line of lines) this.book.add(line)
    this.shares = sharesOf(plan.package.roll.count, Math.max(1, plan.package.tps.desks))
    this.#voters = new Map(roll.voters.map((voter) => [voter.nik, voter]))
    this.#elsewhere = new Map(roll.elsewhere)
  }

  byNik(nik: string): Found {
    const mark = nikMark(this.plan.rollKey, nik)
    const voter = this.#voters.get(mark)
    if (voter) return { in: 'roll', voter: voter.no }
    const tps = this.#elsewhere.get(mark)
    return tps === undefined ? { in: 'none' } : { in: 'elsewhere', tps }
  }

  byNumber(voter: number): Found {
    return this.voter(voter) ? { in: 'roll', voter } : { in: 'none' }
  }

  /** An invitation only finds its line; undefined when it is none of this election. */
  byInvitation(text: string): Found | undefined {
    const { election, tps } = this.plan.package
    const read = readInvitation(election.id, text)
    if (!read) return undefined
    return read.tps === tps.number ? this.byNumber(read.no) : { in: 'elsewhere', tps: read.tps }
  }

  voter(no: number): Voter | undefined {
    const at = this.plan.roll.voters[no - 1]
    return at?.no === no ? at : this.plan.roll.voters.find((each) => each.no === no)
  }

  /** Number of the desk that decides about this voter, and how it stands. */
  share(voter: number): Situation['share'] {
    const { neighbours, number } = this.plan
    const desk = neighbours.ownerOf(shareOf(voter, this.shares))
    if (desk === undefined) return { decides: 'nobody' }
    if (desk === number) return { decides: 'here', desk }
    return { decides: neighbours.reached(desk) ? 'reached' : 'silent', desk }
  }

  situation(found: Found): Situation {
    const voter = found.in === 'roll' ? found.voter : 0
    return {
      stage: this.plan.neighbours.stage(),
      present: this.book.of(voter).checkIns.length > 0,
      share: voter ? this.share(voter) : { decides: 'here' },
      ...(this.queue ? { queueLeft: this.queue.left } : {}),
      cutOff: this.plan.package.rules.cutOff,
    }
  }

  /** The closed queue with how many of it are still to be let in, at all desks; undefined while everybody may come. */
  get queue(): (Queue & { readonly left: number }) | undefined {
    const queue = this.plan.neighbours.queue()
    return queue && { ...queue, left: Math.max(0, queue.standing - this.book.queued(queue.round)) }
  }

  /** The line of a check-in now: from the queue when it is closed. */
  checkInAct(voter: number, method: CheckInMethod, assisted = false): Act {
    const { queue } = this
    return {
      kind: 'check-in',
      voter,
      method,
      ...(assisted ? { assisted } : {}),
      ...(queue ? { queued: queue.round } : {}),
    }
  }

  get conflicts(): Conflict[] {
    return this.book.conflicts
  }

  /** Let in at this desk and still without a token: the power went, or the other desk did not answer. */
  get unfinished(): number[] {
    return this.book.present.filter((no) => {
      const { checkIns, issued } = this.book.of(no)
      return issued.length === 0 && checkIns.some(({ device }) => device === this.plan.device)
    })
  }

  /** The last token this desk gave: after a power cut somebody must look whether it was handed over. */
  get lastIssued(): number | undefined {
    const last = this.chain.entries.findLast(({ act }) => act.kind === 'token-issued' || act.kind === 'token-returned')
    return last?.act.kind === 'token-issued' ? last.act.voter : undefined
  }

  write(act: Act, by?: readonly Signature[]): Row {
    const row = this.chain.append(act, by)
    this.book.add(this.chain.entries.at(-1)!)
    this.plan.neighbours.changed()
    return row
  }

  /** What others sent; its own lines too, where others still hold what its media have lost. */
  absorb(rows: readonly Row[]): Taken {
    const { device } = this.plan
    const before = this.chain.entries.length
    const lost = rows.filter((row) => {
      const place = placeOf(row)
      return place?.device === device && place.seq > before
    })
    try {
      if (lost.length > 0) this.chain.adopt(lost)
    } catch (error) {
      // A row that is not this desk's own, or not the next one: nothing of it is kept.
      if (!(error instanceof ChainRefused)) throw error
    }
    const taken = this.logs.take(rows.filter((row) => !lost.includes(row)))
    for (const line of [...this.chain.entries.slice(before), ...taken.taken]) this.book.add(line)
    return taken
  }

  /**
   * Durable before it returns. `by` are two officers where the verdict asks for them: any method but card and finger, and any
   * voter about whom this desk may not decide alone. Throws Refused, and then nothing was written.
   */
  letIn(
    voter: number,
    method: CheckInMethod,
    { assisted, by }: { assisted?: boolean; by?: readonly Signature[] } = {},
  ) {
    const { stage, present, share, queueLeft, cutOff } = this.situation(this.byNumber(voter))
    if (!this.voter(voter)) throw new Refused('not-in-roll')
    if (stage !== 'open') throw new Refused('not-open')
    if (present) throw new Refused('already')
    if (queueLeft === 0) throw new Refused('queue')
    if (share.decides === 'silent' && cutOff === 'own-share') throw new Refused('other-desk')
    const alone = method === 'card-finger' && (share.decides === 'here' || share.decides === 'reached')
    if (!alone && !this.#two(by)) throw new Refused('needs-two')
    return this.write(this.checkInAct(voter, method, assisted), by)
  }

  /**
   * Asks the desk of the voter's share, after the check-in was written here: it now knows of it, and if it or anybody it has
   * heard had let the voter in before, that is known here when it has answered. Only then may a token go out, so that two desks
   * never both give one. At the desk of the share itself nobody needs to be asked.
   */
  async agree(voter: number): Promise<Agreement> {
    const share = this.share(voter)
    if (share.decides !== 'here') {
      if (share.desk === undefined || !(await this.plan.neighbours.exchange(share.desk))) return 'silent'
      const others = this.book.of(voter).checkIns.filter(({ device }) => device !== this.plan.device)
      if (others.length > 0 || this.book.of(voter).issued.length > 0) return 'already'
    }
    this.#agreed.add(voter)
    return 'agreed'
  }

  /** A token goes out. Throws Refused, and then none may. */
  issue(voter: number, { replaces, by }: { replaces?: 'returned' | 'void'; by?: readonly Signature[] } = {}): Row {
    const book = this.book.of(voter)
    if (book.checkIns.length === 0) throw new Refused('not-present')
    const two = this.#two(by)
    if (replaces === undefined) {
      if (book.issued.length > 0) throw new Refused('token-out')
      const { decides } = this.share(voter)
      const { cutOff } = this.plan.package.rules
      // Two officers may decide for a desk that was stopped; for one that is merely silent only where the rules let them.
      const overruled = decides !== 'silent' || cutOff === 'two-officers'
      const agreed = this.#mine(book) && this.#agreed.has(voter)
      const before = decides !== 'reached' && decides !== 'here' && overruled && this.#letInByTwo(voter)
      if (!agreed && !before && !(two && overruled)) throw new Refused(two ? 'other-desk' : 'not-agreed')
    } else {
      const blocked = this.mayReplace(voter, replaces)
      if (blocked) throw new Refused(blocked)
      if (!two) throw new Refused('needs-two')
    }
    return this.write({ kind: 'token-issued', voter, ...(replaces ? { replaces } : {}) }, by)
  }

  /** Why a token may not come back (`back`), or may not be replaced after it did or after its ballot was void; else undefined. */
  mayReplace(voter: number, what: 'back' | 'returned' | 'void'): DeskRefusal | undefined {
    const book = this.book.of(voter)
    if (book.checkIns.length === 0) return 'not-present'
    if (book.issued.length === 0) return 'no-token'
    if (what === 'returned') return outstanding(book) === 0 ? undefined : 'token-out'
    return outstanding(book) === 1 ? undefined : 'no-token'
  }

  /** A token comes back unused; two officers put it into its envelope. */
  giveBack(voter: number, by: readonly Signature[]): Row {
    const blocked = this.mayReplace(voter, 'back')
    if (blocked) throw new Refused(blocked)
    if (!this.#two(by)) throw new Refused('needs-two')
    return this.write({ kind: 'token-returned', voter }, by)
  }

  turnAway(reason: TurnAway, { voter, tps }: { voter?: number; tps?: number } = {}): Row {
    return this.write({
      kind: 'turned-away',
      reason: tps === undefined ? reason : `${reason}:${tps}`,
      ...(voter === undefined ? {} : { voter }),
    })
  }

  /** The stamp for a token that goes out now. */
  stamp(): string {
    const { device, key, packageHash } = this.plan
    return stampText(makeStamp(device, key, packageHash, this.#now().getTime()))
  }

  /** Two different officers of this polling place. That their signatures hold for the line is the chain's to check. */
  #two(by: readonly Signature[] | undefined): boolean {
    const officers = this.plan.package.officers.filter(({ role }) => role === 'chair' || role === 'officer')
    const keys = new Set(by?.map(({ key }) => key))
    return officers.filter(({ key }) => keys.has(key)).length >= 2
  }

  /** Two officers let the voter in at this desk, knowing that nobody could be asked. */
  #letInByTwo(voter: number): boolean {
    return this.chain.entries.some(({ act, by }) => act.kind === 'check-in' && act.voter === voter && this.#two(by))
  }

  #mine(book: VoterBook): boolean {
    return book.checkIns.some(({ device }) => device === this.plan.device)
  }
}
