import type { Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { areFinalistsPublic, hasStage, isStageOpen, type PanelRound } from './panel.ts'

/** How many ratings an entry needs before its figure is shown or counted; undefined when the public does not rate. */
export function leastRatings(rules: Rules): number | undefined {
  const stage = rules.stages.find((each) => each.kind === 'public-rating')
  return stage?.kind === 'public-rating' ? stage.minRatings : undefined
}

/** May the public rate now? Only public finalists, while the stage is open. */
export function judgeRating(round: PanelRound): Decision<object, 'no-such-stage' | 'stage-not-open'> {
  if (!hasStage(round.rules, 'public-rating') || !areFinalistsPublic(round)) return refuse('no-such-stage')
  return isStageOpen(round, 'public-rating') ? decide({}) : refuse('stage-not-open')
}

/** The mean stars of an entry for the public, or null below the least number, so that single voters cannot be read off. */
export const shownStars = (rating: { n: number; sum: number } | undefined, least: number): number | null =>
  rating && rating.n > 0 && rating.n >= least ? Math.round((rating.sum / rating.n) * 10) / 10 : null
