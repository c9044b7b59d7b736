import type { Actor } from '#platform/action.ts'
import { elsewhere, gridOf } from '#platform/grid.ts'
import { may } from './permissions.ts'

const released = { sealed: { released: null }, released: { released: new Date(0) } }
/** Sheets as they are dealt: one's own, and somebody else's. */
const sheets = {
  'own sheet': (actor: Actor) => ({ evaluator: actor.id ?? '' }),
  "somebody else's": { evaluator: elsewhere.person },
}

export const grid = gridOf('judging', may, {
  seeJudging: 'everywhere',
  manageEvaluators: 'everywhere',
  manageAssignment: 'everywhere',
  openReading: 'everywhere',
  release: 'everywhere',
  runWave: 'everywhere',
  score: { things: sheets },
  declareConflict: { things: sheets },
  seeRanking: { things: released },
  seeOwnOffset: { things: released },
})
