import { type LawName, reconcile } from '@melayani/polling/format'
import { z } from 'zod'
import { decide, refuse } from '#platform/result.ts'

/** A number of people or papers: whole, not negative, no larger than any polling place could have. */
const count = z.number().int().min(0).max(10_000_000)
/** PostgreSQL keeps no NUL and no half of a pair in a text. */
export const isClean = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
const sentence = z.string().trim().min(1).max(2000).refine(isClean)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** The result of one polling place as it is signed (`TpsResult` of the polling place), strictly: a field we do not know is none. */
export const resultShape = z.strictObject({
  format: z.literal('melayani-result/1'),
  mode: z.enum(['real', 'practice']),
  election: z.string().min(1).max(100),
  tps: z.string().min(1).max(100),
  package: hash,
  version: z.number().int().min(1).max(1000),
  corrects: z.strictObject({ hash, reason: sentence }).optional(),
  roll: count,
  present: count,
  votes: z.array(count).min(1).max(20),
  blank: count,
  counts: z.strictObject({
    present: count,
    issued: count,
    returned: count,
    used: count,
    cast: count,
    void: count,
    spoiled: count,
    pending: count,
    slips: count,
    slipsVoid: count,
    reprints: count,
  }),
  source: z.enum(['tally', 'slips']),
  unreadable: count.optional(),
  archive: hash.optional(),
  reconciled: z.boolean(),
  differences: z.array(sentence).max(50),
})
export type Result = z.output<typeof resultShape>

/** What the sealed package of the polling place says, as far as a result is measured by it. */
export type Bounds = {
  mode: 'real' | 'practice'
  candidates: number
  /** Voters on the roll, those added later included. */
  roll: number
  pool: number
}

/** R49: why a number cannot be. Each has a sentence in the room's words. */
export const impossibilities = [
  'mode-differs',
  'candidates-differ',
  'roll-differs',
  'present-above-roll',
  'votes-above-roll',
  'votes-above-pool',
  'sum-not-ballots',
  'issued-above-pool',
  'votes-above-present',
  'reconciled-untrue',
  'difference-unexplained',
  'version-first',
] as const
export type Impossible = (typeof impossibilities)[number]

export const validVotes = ({ votes }: Pick<Result, 'votes'>): number => votes.reduce((sum, each) => sum + each, 0)

/**
 * The laws of reconciliation (R64) that do not hold. What is left in the box of tokens and lies in the two envelopes is counted at the
 * polling place, not here.
 */
export function brokenLaws({ counts, present, roll }: Pick<Result, 'counts' | 'present' | 'roll'>): LawName[] {
  const byHand = { unused: 0, voidSlips: counts.slipsVoid, replaced: counts.reprints }
  const laws = reconcile({ ...counts, present }, { pool: counts.issued, roll, ...byHand })
  const broken = laws.filter(({ holds }) => !holds).map(({ law }) => law)
  return present === counts.present || broken.includes('present') ? broken : ['present', ...broken]
}

type Hours = { mode: 'real' | 'practice'; opens: Date; closes: Date; voters: number }

/**
 * Whether nobody can have counted yet: before the hour at which the polls close (legal profile) a polling place has a result only
 * when its whole roll has come, for then its station lets it close. A rehearsal may be held at any hour of its day.
 */
export const isTooEarly = ({ mode, opens, closes, voters }: Hours, present: number, now: Date): boolean =>
  now < (mode === 'practice' || present >= voters ? opens : closes)

/** Judge the numbers of a result against its package (R49). What is impossible is never taken; what differs must be explained. */
export function judgeNumbers(result: Result, bounds: Bounds) {
  const { votes, blank, counts } = result
  const ballots = validVotes(result) + blank
  if (result.mode !== bounds.mode) return refuse('mode-differs')
  if (votes.length !== bounds.candidates) return refuse('candidates-differ')
  if (result.roll !== bounds.roll) return refuse('roll-differs')
  if (result.present > bounds.roll) return refuse('present-above-roll')
  if (ballots > bounds.roll) return refuse('votes-above-roll')
  if (ballots > bounds.pool) return refuse('votes-above-pool')
  if (counts.issued > bounds.pool) return refuse('issued-above-pool')
  const slips = ballots + (result.unreadable ?? 0)
  const sum =
    result.source === 'tally' ? result.unreadable === undefined && ballots === counts.cast : slips === counts.slips
  if (!sum) return refuse('sum-not-ballots')
  const explained = result.differences.length > 0
  if (ballots > result.present && !explained) return refuse('votes-above-present')
  if (result.reconciled && (explained || brokenLaws(result).length > 0)) return refuse('reconciled-untrue')
  if (!result.reconciled && !explained) return refuse('difference-unexplained')
  if ((result.version === 1) !== (result.corrects === undefined)) return refuse('version-first')
  return decide(result)
}
