import { canonicalJson } from '#platform/canonical.ts'
import { decide, refuse } from '#platform/result.ts'

/** The signed sheet of a polling place as one person typed it. */
export type TypedSheet = {
  version: number
  corrects: string | null
  reason: string | null
  present: number
  votes: readonly number[]
  blank: number
  source: 'tally' | 'slips'
  /** Differences of the reconciliation as the sheet explains them. */
  differences: string | null
}

/** R49 for what is typed: the same bounds as for what is sent. */
export function judgeTyped(
  { version, corrects, reason, present, votes, blank, differences }: TypedSheet,
  bounds: { candidates: number; roll: number; pool: number },
) {
  const ballots = votes.reduce((sum, n) => sum + n, 0) + blank
  if (votes.length !== bounds.candidates) return refuse('candidates-differ')
  if (present > bounds.roll) return refuse('present-above-roll')
  if (ballots > bounds.roll) return refuse('votes-above-roll')
  if (ballots > bounds.pool) return refuse('votes-above-pool')
  if (ballots > present && differences === null) return refuse('votes-above-present')
  if ((version === 1) !== (corrects === null) || (corrects === null) !== (reason === null))
    return refuse('version-first')
  return decide(ballots)
}

/** What two must have typed alike: everything but the words of a reason or an explanation; that there is one, they must. */
export const sameSheet = (a: TypedSheet, b: TypedSheet): boolean =>
  canonicalJson(unworded(a)) === canonicalJson(unworded(b))

const unworded = (sheet: TypedSheet) => ({ ...sheet, reason: null, differences: sheet.differences !== null })
