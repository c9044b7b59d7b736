/** The door to the village elections. Other rooms may use only what is named here. */
export { events } from './events.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
