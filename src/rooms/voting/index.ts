/** The door to the village elections. Other rooms may use only what is named here. */
export { events } from './events.ts'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { isStreamed } from './routes/streamed.ts'
