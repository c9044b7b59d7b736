import type { Actor } from '#platform/action.ts'
import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { mayPanel } from './permissions/panel.ts'
import { may } from './permissions.ts'

const released = { sealed: { released: null }, released: { released: new Date(0) } }
/** Sheets as they are dealt: one's own, and somebody else's. */
const sheets = {
  'own sheet': (actor: Actor) => ({ evaluator: actor.id ?? '' }),
  "somebody else's": { evaluator: elsewhere.person },
}

const readings = {
  'own reading': (actor: Actor) => ({ member: actor.id ?? '' }),
  "somebody else's": { member: elsewhere.person },
}

export const grid = gridOf(
  'judging',
  { ...may, ...mayPanel },
  {
    seeJudging: 'everywhere',
    seeOwnLetters: 'everywhere',
    manageEvaluators: 'everywhere',
    clearConflict: 'everywhere',
    manageAssignment: 'everywhere',
    openReading: 'everywhere',
    extendReading: 'everywhere',
    release: 'everywhere',
    runWave: 'everywhere',
    score: { things: sheets },
    declareConflict: { things: sheets },
    seeRanking: { things: released },
    seeOwnOffset: { things: released },
    seePanel: 'everywhere',
    setPlaces: 'everywhere',
    nominate: 'everywhere',
    settleTie: 'everywhere',
    assignPanel: 'everywhere',
    declareInterest: 'everywhere',
    readForPanel: { things: readings },
    runPlenary: 'everywhere',
    decideEntry: 'everywhere',
    announce: 'everywhere',
    object: 'everywhere',
    planInterviews: 'everywhere',
    confirmInterview: { things: { 'own entry': { agency: here.agency, unit: here.unit } } },
    scoreInterview: { things: readings },
    answerObjection: 'everywhere',
    publishBundle: 'everywhere',
    releaseLetters: 'everywhere',
    openLetter: { things: { 'own entry': { agency: here.agency, unit: here.unit } } },
    recordFinding: 'everywhere',
    rate: 'everywhere',
    recordDecree: 'everywhere',
  },
)
