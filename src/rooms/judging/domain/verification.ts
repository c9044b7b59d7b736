import type { Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { hasStage, isStageOpen, type PanelRound } from './panel.ts'

/** Was what was presented real? */
export const verdicts = ['confirmed', 'partly', 'not'] as const
export type Verdict = (typeof verdicts)[number]

/** Photos of one finding. A setting; they come in one upload, which may have 12 MB in all. */
export const mostPhotos = 8

/** A field verification of one finalist (verifikasi lapangan). `visited` is a calendar date. */
export type Finding = {
  id: string
  proposal: string
  visited: string
  online: boolean
  panel: string[]
  evaluators: string[]
  verdict: Verdict
  text: string
  photos: string[]
  at: Date
}

/** How many of the panel and of the evaluators must have been there. */
export function visitorsWanted(rules: Rules): { panel: number; evaluators: number } {
  const stage = rules.stages.find((each) => each.kind === 'field-verification')
  return stage?.kind === 'field-verification'
    ? { panel: stage.minPanel, evaluators: stage.minEvaluators }
    : { panel: 1, evaluators: 1 }
}

export function judgeFinding(
  round: PanelRound,
  finding: { panel: readonly string[]; evaluators: readonly string[]; visited: string },
  known: { panel: ReadonlySet<string>; evaluators: ReadonlySet<string> },
  now: Date,
): Decision<object, 'no-such-stage' | 'stage-not-open' | 'too-few-visitors' | 'visitor-unknown' | 'visit-in-future'> {
  if (!hasStage(round.rules, 'field-verification')) return refuse('no-such-stage')
  if (!isStageOpen(round, 'field-verification')) return refuse('stage-not-open')
  const wanted = visitorsWanted(round.rules)
  if (finding.panel.some((id) => !known.panel.has(id))) return refuse('visitor-unknown')
  if (finding.evaluators.some((id) => !known.evaluators.has(id))) return refuse('visitor-unknown')
  if (new Set(finding.panel).size < wanted.panel || new Set(finding.evaluators).size < wanted.evaluators)
    return refuse('too-few-visitors')
  return Date.parse(`${finding.visited}T00:00:00+07:00`) <= now.getTime() ? decide({}) : refuse('visit-in-future')
}
