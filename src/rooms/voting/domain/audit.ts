import {
  type Announced,
  type AuditPlan,
  type AuditRules,
  type Bravo,
  bravo,
  type Compared,
  type Count,
  compare,
  type Drawn,
  drawPlaces,
  drawSlips,
  type PileState,
  pileState,
  planAudit,
  type Reading,
  type Round,
  sameWinner,
  winnerOf,
} from '@melayani/polling/audit'
import type { Rules } from './profile.ts'

export type { Announced, AuditPlan, Bravo, Compared, Count, Drawn, PileState, Reading }

/**
 * The slips of a polling place as they were announced: its numbers, how many slips were counted in its box (null where its
 * result does not say), and the hash of that result.
 */
export type AuditPile = {
  readonly tps: string
  readonly number: number
  readonly votes: readonly number[]
  readonly blank: number
  readonly slips: number | null
  readonly result: string
}

export type Audit = {
  readonly kind: 'full' | 'poll'
  readonly risk: number
  readonly announced: Announced
  readonly piles: readonly AuditPile[]
  readonly first: number | null
  readonly places: number
  readonly dice: string | null
  /** Whether a second person compared the dice. */
  readonly seen: Date | null
  readonly drawn: number
  readonly escalated: Date | null
  readonly outcome: 'confirmed' | 'differs' | null
}

/** One person's count of a pile in a round, or reading of a slip; `by` is who. */
export type CountRow = Count & {
  readonly tps: string
  readonly round: number
  readonly side: 'a' | 'b'
  readonly by: string
}
export type ReadingRow = { readonly n: number; readonly by: string; readonly try: number; readonly reading: string }

const slipsIn = ({ votes, blank }: Pick<AuditPile, 'votes' | 'blank'>) => votes.reduce((sum, each) => sum + each, blank)
export const pilesOf = (audit: Pick<Audit, 'piles'>) =>
  audit.piles.map((pile) => ({ tps: pile.number, slips: slipsIn(pile) }))

/** What the polling places announced together. */
export const announcedBy = (piles: readonly AuditPile[]): Announced => ({
  votes: (piles[0]?.votes ?? []).map((_, at) => piles.reduce((sum, { votes }) => sum + (votes[at] ?? 0), 0)),
  blank: piles.reduce((sum, { blank }) => sum + blank, 0),
})

/** Why all is counted: by the numbers, because a box has not as many slips as were announced, or because it was chosen. */
export type AuditWhy = (AuditPlan & { kind: 'full' })['why'] | 'slips' | 'chosen'

/**
 * How the slips are audited by the numbers that were announced. Slips are drawn from piles of the announced size: where the box
 * holds another number of them, those beyond it could never be drawn and the risk limit would not hold, so all are counted.
 */
export function planOf(
  piles: readonly AuditPile[],
  rules: Omit<AuditRules, 'fullShare'>,
): Exclude<AuditPlan, { kind: 'full' }> | { readonly kind: 'full'; readonly why: AuditWhy } {
  if (piles.some((pile) => pile.slips !== slipsIn(pile))) return { kind: 'full', why: 'slips' }
  return planAudit(announcedBy(piles), { ...rules, fullShare: 0.5 })
}

/** What the rules of an election say of its audit, as shares. */
export const auditRules = ({ audit }: Pick<Rules, 'audit'>): Omit<AuditRules, 'fullShare'> => ({
  risk: audit.value.risk / 100,
  fullBelow: audit.value.below / 100,
})

/** Whether these numbers may be decided only after an audit: where all slips are to be counted, or always. */
export const isRequired = (piles: readonly AuditPile[], rules: Pick<Rules, 'audit'>): boolean =>
  rules.audit.value.required === 'always' || planOf(piles, auditRules(rules)).kind === 'full'

type Numbers = Pick<AuditPile, 'tps' | 'votes' | 'blank'>
/** Whether these are the same numbers at the same polling places, whichever version says so. */
export const sameNumbers = (some: readonly Numbers[], others: readonly Numbers[]): boolean => {
  const keyOf = (piles: readonly Numbers[]) =>
    JSON.stringify(piles.map(({ tps, votes, blank }) => [tps, votes, blank]).toSorted())
  return keyOf(some) === keyOf(others)
}

/** An audit as it stands, with what was counted in it. */
export type Audited = Pick<Audit, 'kind' | 'escalated' | 'outcome' | 'piles'> & {
  readonly counts: readonly CountRow[]
  /** Two of the committee took what was counted as the result. */
  readonly adopted: boolean
}
export const countsAll = ({ kind, escalated }: Pick<Audit, 'kind' | 'escalated'>): boolean =>
  kind === 'full' || escalated !== null

/** What two people found in each pile, where all are counted and agreed. */
export function foundBy(audit: Audited): Numbers[] | undefined {
  if (!countsAll(audit)) return undefined
  const found = audit.piles.flatMap((pile) => {
    const { state } = pileShown(pile, audit.counts)
    return state.kind === 'agreed' ? [{ tps: pile.tps, ...state.count }] : []
  })
  return found.length === audit.piles.length ? found : undefined
}

/**
 * What the audits of an election, the last at the end, say of the numbers that count now: nothing (`none`), that one of them is
 * open, confirmed or differs, or that another must follow (`again`): the numbers changed after one that had no end or differed.
 * A new version with the numbers of the one before changes nothing; numbers that two people counted from all slips are confirmed.
 */
export function standingOf(
  audits: readonly Audited[],
  now: readonly Numbers[],
): 'none' | 'open' | 'confirmed' | 'differs' | 'again' {
  const last = audits.at(-1)
  if (!last) return 'none'
  const unchanged = sameNumbers(last.piles, now)
  // Where only what nobody can read makes the difference, the votes are those that were announced: two must say that they hold.
  const counted = last.outcome === 'differs' && sameNumbers(foundBy(last) ?? [], now) && (last.adopted || !unchanged)
  if (counted) return 'confirmed'
  if (unchanged) return last.outcome ?? 'open'
  return audits.every(({ outcome }) => outcome === 'confirmed') ? 'none' : 'again'
}

/** The slips drawn by now, in the order of the draw. */
export const drawnSlips = (audit: Audit): Drawn[] =>
  audit.seen && audit.dice ? drawSlips(audit.dice, pilesOf(audit), 1, audit.drawn) : []

/** Polling places whose slips are all counted: every one of a full count, the drawn ones of a poll. */
export function countedPlaces(audit: Audit): number[] {
  const all = audit.piles.map(({ number }) => number)
  if (countsAll(audit)) return all
  return audit.seen && audit.dice ? drawPlaces(audit.dice, all, audit.places).sort((a, b) => a - b) : []
}

/** How the count of a pile stands, and when it is agreed, how it stands to the tally. */
export type PileShown = {
  readonly pile: AuditPile
  readonly state: PileState
  readonly rounds: readonly Round[]
  readonly compared: Compared | undefined
}
export function pileShown(pile: AuditPile, counts: readonly CountRow[]): PileShown {
  const own = counts.filter(({ tps }) => tps === pile.tps)
  const most = Math.max(0, ...own.map(({ round }) => round))
  const rounds: Round[] = Array.from({ length: most }, (_, at) => {
    const of = (side: 'a' | 'b') => own.find((count) => count.round === at + 1 && count.side === side)
    return { a: of('a'), b: of('b') }
  })
  const state = pileState(rounds)
  return { pile, state, rounds, compared: state.kind === 'agreed' ? compare(state.count, pile) : undefined }
}

/** In which round and on which side this person counts a pile next; undefined when it is done, or they have counted in this round. */
export function nextCount(
  pile: AuditPile,
  counts: readonly CountRow[],
  by: string,
): { round: number; side: 'a' | 'b' } | undefined {
  const { state } = pileShown(pile, counts)
  if (state.kind === 'agreed') return undefined
  const round = state.kind === 'different' ? state.round + 1 : state.round
  const own = counts.filter((count) => count.tps === pile.tps && count.round === round)
  if (own.some((count) => count.by === by)) return undefined
  return { round, side: own.length === 0 ? 'a' : 'b' }
}

/** What is known of a drawn slip: who read it, and whether two agree. Readings of a third stay in the log and decide nothing. */
export type SlipShown = Drawn & {
  readonly readers: readonly string[]
  readonly agreed: Reading | undefined
  readonly different: boolean
}
export function slipsShown(audit: Audit, readings: readonly ReadingRow[]): SlipShown[] {
  const by = Map.groupBy(readings, ({ n }) => n)
  return drawnSlips(audit).map((slip) => {
    const latest = new Map<string, ReadingRow>()
    for (const row of by.get(slip.n) ?? []) if ((latest.get(row.by)?.try ?? 0) < row.try) latest.set(row.by, row)
    const [a, b] = [...latest.values()]
    const equal = a !== undefined && b !== undefined && a.reading === b.reading
    return {
      ...slip,
      readers: [...latest.keys()],
      agreed: equal ? readingOf(a.reading) : undefined,
      different: a !== undefined && b !== undefined && !equal,
    }
  })
}
export const readingOf = (text: string): Reading =>
  text === 'blank' || text === 'unreadable' ? text : Number(text) - 1

/** Whether this person reads a slip now: one of two, who has not read it, or both again where they differ. */
export const reads = ({ readers, agreed, different }: SlipShown, by: string): boolean =>
  agreed === undefined && (different ? readers.includes(by) : readers.length < 2 && !readers.includes(by))

export type Verdict =
  | { readonly kind: 'waiting' }
  /** The drawn slips do not confirm the winner yet: more are drawn, or all are counted. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'differs' }

/**
 * What the audit says now. A full count decides when every pile is agreed; a poll when every drawn slip and every drawn place is.
 * Without a winner on paper, or with another than the tally's, it differs; so do equal votes that lie otherwise on paper.
 */
export function verdictOf(audit: Audit, counts: readonly CountRow[], readings: readonly ReadingRow[]): Verdict {
  const places = new Set(countedPlaces(audit))
  const shown = audit.piles.filter(({ number }) => places.has(number)).map((pile) => pileShown(pile, counts))
  if (shown.some(({ state }) => state.kind !== 'agreed')) return { kind: 'waiting' }
  if (countsAll(audit)) {
    const whole = shown.reduce<Count>((sum, { state }) => (state.kind === 'agreed' ? add(sum, state.count) : sum), {
      votes: audit.announced.votes.map(() => 0),
      blank: 0,
      unreadable: 0,
    })
    // Equal votes are decided by the ladder, which looks at single polling places: paper must say the same of each.
    const confirmed =
      winnerOf(audit.announced) === undefined
        ? shown.every(({ compared }) => compared?.same)
        : sameWinner(whole, audit.announced)
    return { kind: confirmed ? 'confirmed' : 'differs' }
  }
  if (audit.drawn === 0) return { kind: 'waiting' }
  // A pile that was counted to the last slip and says other numbers is reason to count them all.
  if (shown.some(({ compared }) => compared?.same === false)) return { kind: 'not-yet' }
  const slips = slipsShown(audit, readings)
  if (slips.some(({ agreed }) => agreed === undefined)) return { kind: 'waiting' }
  const { confirmed } = bravo(
    audit.announced,
    audit.risk,
    slips.map(({ agreed }) => agreed!),
  )
  return { kind: confirmed ? 'confirmed' : 'not-yet' }
}

const add = (a: Count, b: Count): Count => ({
  votes: a.votes.map((each, at) => each + (b.votes[at] ?? 0)),
  blank: a.blank + b.blank,
  unreadable: a.unreadable + b.unreadable,
})
