import { type Decision, decide, refuse } from '#platform/result.ts'
import { finalistStage, isStageOpen, type PanelRound, plenaryOf } from './panel.ts'

/** `nominee`: read before the plenary. `feasibility`: can it be widened nationally (2025)? */
export const readingKinds = ['nominee', 'feasibility'] as const
export type ReadingKind = (typeof readingKinds)[number]

export type PanelReading = {
  agency: string
  proposal: string
  member: string
  memberName: string
  kind: ReadingKind
  score: number | null
  note: string
  done: Date | null
}

/** How many members the rules want to read one entry; undefined when the round has no such stage. */
export function readersPerEntry({ rules }: Pick<PanelRound, 'rules'>, kind: ReadingKind): number | undefined {
  for (const stage of rules.stages) {
    if (kind === 'nominee' && stage.kind === 'panel') return stage.membersPerProposal
    if (kind === 'feasibility' && stage.kind === 'ministry-feasibility') return stage.reviewersPerProposal
  }
  return undefined
}

/** May readings be dealt and written now? Until the plenary that uses them is opened, in their stage. */
export function judgeReading(
  round: PanelRound,
  kind: ReadingKind,
): Decision<object, 'stage-not-open' | 'plenary-open'> {
  const plenary = plenaryOf(round, kind === 'nominee' ? 'finalists' : 'levels')
  if (plenary) return refuse('plenary-open')
  const stage = kind === 'nominee' ? finalistStage(round.rules) : 'ministry-feasibility'
  return isStageOpen(round, stage) ? decide({}) : refuse('stage-not-open')
}

/** Others see a reading when the plenary that uses it is open, and only when it is done. */
export const isUnsealed = (round: Pick<PanelRound, 'plenaries'>, kind: ReadingKind): boolean =>
  plenaryOf(round, kind === 'nominee' ? 'finalists' : 'levels') !== undefined

/** The mean of the scores given, 0-100; null when nobody gave one. */
export function meanOf(scores: readonly (number | null)[]): number | null {
  const given = scores.filter((score) => score !== null)
  return given.length === 0 ? null : given.reduce((a, b) => a + b, 0) / given.length
}
