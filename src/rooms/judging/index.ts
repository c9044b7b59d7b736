/** The door to the judging room. Other rooms may use only what is named here. */
export { events as judgingEvents } from './events/index.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { latestRanking, type RankingSnapshot } from './store/ranking.ts'
export { words as judgingWords } from './text/index.ts'
