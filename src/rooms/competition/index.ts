/** The door to the competition room. Other rooms may use only what is named here. */
export { clusterOf, type Question, questionsFor, type Rules, type Stage, type StageKind } from './domain/round.ts'
export { shippedRounds } from './domain/shipped-rounds.ts'
export { type Content, type Entry, findEntry, listPassed, ownersOf, readingCopy } from './store/entry.ts'
export { findRound, listRounds, listStages, type Round, type StageRow } from './store/round.ts'
export { type Award, addAwards, listAwards } from './store/winner.ts'
