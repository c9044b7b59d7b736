/** The door to the gallery. Other rooms may use only what is named here. */
export { events } from './events.ts'
export { knowReplication } from './gate.ts'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { codesOf, innovationsByCode } from './store/innovation.ts'
export { type Synced, syncGallery } from './store/sync.ts'
