/** The door to the judging room. Other rooms may use only what is named here. */
export type { Ranked, RankingResultRow, RankingSnapshot } from './domain/standing.ts'
export { events as judgingEvents } from './events/index.ts'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { endInterrupted } from './running.ts'
export { latestRanking } from './store/ranking.ts'
export { words as judgingWords } from './text/index.ts'
