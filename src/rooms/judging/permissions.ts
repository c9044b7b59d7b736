import { administered, isEvaluator, isNational, isPanel, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'

type OfEvaluator = { evaluator: string }
type Reading = { released: Date | null }

/** Who may do what in this room. One line per verb. */
export const may = {
  seeJudging: (actor: Actor) => isNational(actor) || isEvaluator(actor) || isPanel(actor),
  /** A unit its own, a local admin those of all units of the agency. */
  seeOwnLetters: (actor: Actor) => administered(actor).length > 0 || unitsOf(actor).length > 0,
  manageEvaluators: (actor: Actor) => isNational(actor),
  clearConflict: (actor: Actor) => isNational(actor),
  manageAssignment: (actor: Actor) => isNational(actor),
  openReading: (actor: Actor) => isNational(actor),
  extendReading: (actor: Actor) => isNational(actor),
  release: (actor: Actor) => isNational(actor),
  runWave: (actor: Actor) => isNational(actor),
  /** Own sheets only: before release nobody else reads them, not even the secretariat. */
  score: (actor: Actor, sheet: OfEvaluator) => isEvaluator(actor) && actor.id === sheet.evaluator,
  declareConflict: (actor: Actor, pair: OfEvaluator) => isEvaluator(actor) && actor.id === pair.evaluator,
  seeRanking: (actor: Actor, reading: Reading) => reading.released !== null && (isNational(actor) || isPanel(actor)),
  /** How mild or strict one was, for oneself alone. */
  seeOwnOffset: (actor: Actor, reading: Reading) => reading.released !== null && isEvaluator(actor),
}
