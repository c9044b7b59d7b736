/** The door to the exchange room. Other rooms may use only what is named here. */
export { events } from './events.ts'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { offersFor } from './store/elsewhere.ts'
export { type Adopter, adoptersOf, listAdopters } from './store/heartbeat.ts'
