/** The door to the replication of innovations. Other rooms may use only what is named here. */
export type { Branch } from './domain/lineage.ts'
export { events } from './events.ts'
export { galleryPart } from './gate.tsx'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { lineageOf } from './store/lineage.ts'
