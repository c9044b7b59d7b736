import type { Act, CheckInMethod, Line } from '../format/index.ts'

/** A line by its place: who wrote it and where. */
export type Place = { readonly device: string; readonly seq: number }

/** What all desks together did for one voter. There is no order between desks, so everything here is a set or a number. */
export type VoterBook = {
  readonly checkIns: readonly (Place & { method: CheckInMethod; assisted: boolean; step: string; queued?: number })[]
  readonly issued: readonly (Place & { replaces?: 'returned' | 'void' })[]
  readonly returned: readonly Place[]
}

/**
 * One person, twice. `check-in`: two desks let the same voter in, but at most one token is out: nothing is lost, and it is shown.
 * `token`: more tokens went out than came back: the reconciliation will not hold by itself, and two officers write it up.
 */
export type Conflict = {
  readonly kind: 'check-in' | 'token'
  readonly voter: number
  readonly places: readonly Place[]
}

const nobody: VoterBook = { checkIns: [], issued: [], returned: [] }
const byPlace = (a: Place, b: Place) => (a.device === b.device ? a.seq - b.seq : a.device < b.device ? -1 : 1)

/**
 * The attendance list, folded from the logs of all desks. The same lines give the same book in whatever order they came, so
 * that desks that have exchanged everything show the same.
 */
export class Book {
  #voters = new Map<number, VoterBook>()
  #quarters = new Map<string, Set<number>>()
  #turnedAway = new Map<string, number>()

  /** Each line once: a log never gives a line twice. */
  add(line: Line): void {
    const { device, seq, step, act } = line
    if (act.kind === 'turned-away') {
      const reason = act.reason.split(':')[0]!
      this.#turnedAway.set(reason, (this.#turnedAway.get(reason) ?? 0) + 1)
    }
    const change = changeOf(act)
    if (!change) return
    const before = this.#voters.get(change.voter) ?? nobody
    const place = { device, seq }
    if (change.kind === 'check-in') {
      const checkIns = [
        ...before.checkIns,
        {
          ...place,
          method: change.method,
          assisted: change.assisted ?? false,
          step,
          ...(change.queued ? { queued: change.queued } : {}),
        },
      ]
      this.#voters.set(change.voter, { ...before, checkIns: checkIns.sort(byPlace) })
      const quarter = this.#quarters.get(step) ?? new Set()
      this.#quarters.set(step, quarter.add(change.voter))
    } else if (change.kind === 'token-issued') {
      const issued = [...before.issued, { ...place, ...(change.replaces ? { replaces: change.replaces } : {}) }]
      this.#voters.set(change.voter, { ...before, issued: issued.sort(byPlace) })
    } else this.#voters.set(change.voter, { ...before, returned: [...before.returned, place].sort(byPlace) })
  }

  of(voter: number): VoterBook {
    return this.#voters.get(voter) ?? nobody
  }

  /** Numbers in the roll of those who were let in, ascending: never in the order in which they came. */
  get present(): number[] {
    return [...this.#voters]
      .filter(([, { checkIns }]) => checkIns.length > 0)
      .map(([voter]) => voter)
      .sort((a, b) => a - b)
  }

  get counts(): { present: number; issued: number; returned: number; assisted: number; turnedAway: number } {
    const books = [...this.#voters.values()]
    const sum = (of: (book: VoterBook) => number) => books.reduce((total, book) => total + of(book), 0)
    return {
      present: this.present.length,
      issued: sum(({ issued }) => issued.length),
      returned: sum(({ returned }) => returned.length),
      assisted: sum(({ checkIns }) => (checkIns.some(({ assisted }) => assisted) ? 1 : 0)),
      turnedAway: [...this.#turnedAway.values()].reduce((total, count) => total + count, 0),
    }
  }

  /** How many were let in from this closed queue, at all desks that are known of. */
  queued(round: number): number {
    return [...this.#voters.values()].filter(({ checkIns }) => checkIns.some(({ queued }) => queued === round)).length
  }

  /** Reasons and how often, by reason. */
  get turnedAway(): [reason: string, count: number][] {
    return [...this.#turnedAway].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  /** How many were let in in each quarter of an hour: the finest that is known. */
  get progress(): [step: string, present: number][] {
    return [...this.#quarters]
      .map(([step, voters]): [string, number] => [step, voters.size])
      .sort(([a], [b]) => (a < b ? -1 : 1))
  }

  /** By voter's number; the same on every device that holds the same lines. */
  get conflicts(): Conflict[] {
    return [...this.#voters]
      .sort(([a], [b]) => a - b)
      .flatMap(([voter, book]): Conflict[] => {
        const tokens = tooMany(book)
        if (tokens.length > 0) return [{ kind: 'token', voter, places: tokens }]
        return book.checkIns.length > 1 ? [{ kind: 'check-in', voter, places: book.checkIns.map(placeOf) }] : []
      })
  }
}

export function bookOf(logs: Iterable<readonly Line[]>): Book {
  const book = new Book()
  for (const lines of logs) for (const line of lines) book.add(line)
  return book
}

/** Tokens of this voter that are out: 0 or 1 where all is well. A void one was used up in a booth, and its session ended there. */
export const outstanding = ({ issued, returned }: VoterBook): number =>
  issued.filter(({ replaces }) => replaces !== 'void').length - returned.length

const placeOf = ({ device, seq }: Place): Place => ({ device, seq })

function tooMany({ issued, returned }: VoterBook): Place[] {
  const first = issued.filter(({ replaces }) => replaces === undefined)
  const again = issued.filter(({ replaces }) => replaces === 'returned')
  if (first.length > 1) return first.map(placeOf)
  return again.length > returned.length ? again.map(placeOf) : []
}

function changeOf(act: Act) {
  return act.kind === 'check-in' || act.kind === 'token-issued' || act.kind === 'token-returned' ? act : undefined
}
