import type { TieStep } from './profile.ts'

/** A polling place as the ladder sees it. */
export type TieTps = { number: number; roll: number; votes: readonly number[] }

/** What a committee took from the candidates' papers, by candidate number: higher is more (R27b). */
export type TieFacts = Partial<Record<'education-level' | 'formal-education-path', Readonly<Record<number, number>>>>

/** One rung as it was climbed. `left`: the candidates that remain after it; `why` is a key of the room's words. */
export type Climbed = {
  step: TieStep
  why:
    | 'decides'
    | 'narrows'
    | 'still-equal'
    | 'no-single-largest'
    | 'one-tps'
    | 'only-for-one-tps'
    | 'no-hamlets'
    | 'facts-missing'
    | 're-vote'
  /** The polling place it looked at. */
  place?: string
  roll?: number
  /** What was compared, by candidate number. */
  compared?: readonly { candidate: number; value: number }[]
  left: readonly number[]
}

export type Outcome =
  | { kind: 'no-votes' }
  | { kind: 'winner'; candidate: number; votes: number; steps: readonly Climbed[] }
  /** Nobody is elected yet: the profile says re-vote, its ladder has ended, or facts are to be entered. */
  | {
      kind: 're-vote' | 'undecided' | 'facts-missing'
      equal: readonly number[]
      votes: number
      steps: readonly Climbed[]
    }

/**
 * Who has won, by the sums and, where the most votes are equal, by the ladder of the profile (R27), rung by rung. A rung that
 * cannot decide passes on those it leaves; nothing is guessed: where facts are missing the ladder stops and says so.
 */
export function outcomeOf(tps: readonly TieTps[], ladder: readonly TieStep[], facts: TieFacts = {}): Outcome {
  const totals = tps.reduce<number[]>((sum, { votes }) => votes.map((n, i) => n + (sum[i] ?? 0)), [])
  const votes = Math.max(0, ...totals)
  if (votes === 0) return { kind: 'no-votes' }
  let left = totals.flatMap((n, i) => (n === votes ? [i + 1] : []))
  const steps: Climbed[] = []
  if (left.length === 1) return { kind: 'winner', candidate: left[0]!, votes, steps }
  for (const step of ladder) {
    const climbed = climb(step, left, tps, facts)
    steps.push(climbed)
    left = [...climbed.left]
    if (left.length === 1) return { kind: 'winner', candidate: left[0]!, votes, steps }
    if (climbed.why === 're-vote' || climbed.why === 'facts-missing')
      return { kind: climbed.why, equal: left, votes, steps }
  }
  return { kind: 'undecided', equal: left, votes, steps }
}

function climb(step: TieStep, left: readonly number[], tps: readonly TieTps[], facts: TieFacts): Climbed {
  switch (step) {
    case 'largest-tps':
      if (tps.length < 2) return { step, why: 'one-tps', left }
      return atLargest(
        step,
        left,
        tps.map(({ number, roll, votes }) => ({ place: String(number), roll, votes })),
      )
    // R27b is for a village with one polling place. Its votes lie in one box, so none are known by hamlet: the ladder goes on.
    case 'largest-hamlet':
      return { step, why: tps.length > 1 ? 'only-for-one-tps' : 'no-hamlets', left }
    case 'education-level':
    case 'formal-education-path': {
      const known = facts[step] ?? {}
      if (left.some((candidate) => known[candidate] === undefined)) return { step, why: 'facts-missing', left }
      return most(step, left, (candidate) => known[candidate]!)
    }
    case 're-vote':
      return { step, why: 're-vote', left }
  }
}

type Place = { place: string; roll: number; votes: readonly number[] }
function atLargest(step: TieStep, left: readonly number[], places: readonly Place[]): Climbed {
  const roll = Math.max(...places.map((each) => each.roll))
  const largest = places.filter((each) => each.roll === roll)
  if (largest.length > 1) return { step, why: 'no-single-largest', roll, left }
  const { place, votes } = largest[0]!
  return { ...most(step, left, (candidate) => votes[candidate - 1] ?? 0), place, roll }
}

function most(step: TieStep, before: readonly number[], scoreOf: (candidate: number) => number): Climbed {
  const compared = before.map((candidate) => ({ candidate, value: scoreOf(candidate) }))
  const top = Math.max(...compared.map(({ value }) => value))
  const left = compared.filter(({ value }) => value === top).map(({ candidate }) => candidate)
  const why = left.length === 1 ? 'decides' : left.length < before.length ? 'narrows' : 'still-equal'
  return { step, why, compared, left }
}
