import { createHash } from 'node:crypto'
import { canonicalJson } from '#platform/canonical.ts'
import { type Audited, type AuditPile, isRequired, standingOf } from './audit.ts'
import type { Election } from './election.ts'
import { filingOf, mayFile } from './objection.ts'
import { type Proof, provenBy } from './proof.ts'
import type { Outcome } from './tie.ts'
import type { ShownTps, VillageResult } from './village.ts'

/** What the committee decides: who is elected with how many votes, or that nobody is. And what it was summed from. */
export type DecisionContent = {
  /** `winner`, or why nobody is elected: the empty box has won, the profile says re-vote, its ladder has ended, nobody got a vote. */
  kind: Exclude<Outcome['kind'], 'facts-missing'> | 'empty-box'
  candidate: number | null
  /** As it stood on the ballot. */
  name: string | null
  totals: readonly number[]
  blank: number
  present: number
  voters: number
  /** The hash of the result that counts of each polling place, by number. */
  results: readonly { tps: string; number: number; hash: string }[]
}

export type Decision = {
  version: number
  outcome: 'elected' | 'nobody'
  candidate: number | null
  content: DecisionContent
  hash: string
  place: string
  witnesses: string
  made: Date
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
}

/** A candidate as the sealed packages have it. */
export type NamedCandidate = { number: number; name: string; emptyBox?: true }

/** Everything that a decision rests on. */
export type Deciding = {
  election: Election
  /** Instant at which the first polling place opened; none before its packages are sealed. */
  opens: Date | null
  places: readonly ShownTps[]
  candidates: readonly NamedCandidate[]
  result: VillageResult
  results: DecisionContent['results']
  /** An objection was neither decided nor withdrawn. */
  objected: boolean
  /** What counts of each polling place, as slips are audited by it; and every audit, the last at the end. */
  piles: readonly AuditPile[]
  audits: readonly Audited[]
  /** What the result of each polling place rests on. */
  proofs: readonly Proof[]
}

/** What stands against a decision. Each has a sentence in the room's words. */
export type Obstacle =
  | 'decide-not-held'
  | 'decide-missing'
  | 'decide-facts'
  | 'decide-early'
  | 'decide-objected'
  | 'decide-audit'
  | 'decide-differs'
  | 'decide-again'
  | 'decide-unaudited'
  | 'decide-unproven'

/**
 * What stands against deciding now: results that are missing or contradict each other, facts that the ladder asks for, days in
 * which objections may still be filed, objections without an end (R35), and an audit of just these numbers that has no end or did
 * not confirm the winner. After numbers changed under such an audit, another must confirm them; so must one where the rules of the
 * election ask for it (R65). And nothing is decided on a result that no record, no count of slips and no statement of two bears out.
 */
export function obstaclesTo(deciding: Deciding, now: Date): Obstacle[] {
  const { election, opens, result, objected, audits, piles } = deciding
  const audited = standingOf(audits, piles)
  const against: [Obstacle, boolean][] = [
    ['decide-not-held', election.state !== 'held'],
    ['decide-missing', !result.complete],
    ['decide-facts', result.outcome?.kind === 'facts-missing'],
    ['decide-early', opens === null || now < opens || mayFile(opens, filingOf(election), now).ok],
    ['decide-objected', objected],
    ['decide-audit', audited === 'open'],
    ['decide-differs', audited === 'differs'],
    ['decide-again', audited === 'again'],
    ['decide-unaudited', audited === 'none' && result.complete && isRequired(piles, election.profile.rules)],
    ['decide-unproven', unproven(deciding).length > 0],
  ]
  return against.flatMap(([obstacle, holds]) => (holds ? [obstacle] : []))
}

/** The polling places whose result rests on nothing that anybody could examine. */
export const unproven = ({ proofs, piles, audits }: Pick<Deciding, 'proofs' | 'piles' | 'audits'>): Proof[] =>
  proofs.filter((proof) => provenBy(proof, piles, audits) === undefined)

/** The last day (YYYY-MM-DD, by the village's clock) on which objections may be filed; none before the packages are sealed. */
export function lastToFile({ election, opens }: Pick<Deciding, 'election' | 'opens'>): string | null {
  const window = opens && mayFile(opens, filingOf(election), opens)
  return window?.ok ? window.change : null
}

/** What there is to decide; undefined while no outcome is known. */
export function contentOf({
  candidates,
  result,
  results,
}: Pick<Deciding, 'candidates' | 'result' | 'results'>): DecisionContent | undefined {
  const { outcome, totals, blank, present, voters } = result
  if (!outcome || outcome.kind === 'facts-missing') return undefined
  const first = outcome.kind === 'winner' ? candidates.find(({ number }) => number === outcome.candidate) : undefined
  const decided = first?.emptyBox
    ? { kind: 'empty-box' as const, candidate: null, name: null }
    : { kind: outcome.kind, candidate: first?.number ?? null, name: first?.name ?? null }
  return { ...decided, totals, blank, present, voters, results }
}

/** Whether what counts now is still what was decided: a correction may come later, and everybody is told. */
export const standsAsDecided = (
  { totals, blank, present }: DecisionContent,
  result: Pick<VillageResult, 'complete' | 'totals' | 'blank' | 'present'>,
): boolean =>
  result.complete &&
  JSON.stringify([totals, blank, present]) === JSON.stringify([result.totals, result.blank, result.present])

/** What is written down and confirmed: these numbers of this election, and nothing else. */
export const decisionHash = (election: string, content: DecisionContent): string =>
  createHash('sha256').update(canonicalJson({ election, content })).digest('hex')
