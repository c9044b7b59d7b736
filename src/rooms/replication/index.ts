/** The door to the replication of innovations. Other rooms may use only what is named here. */
export { events } from './events.ts'
export { galleryPart } from './gate.tsx'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
