import type { EventCatalogue } from '#platform/events.ts'
import { panelEvents } from './panel.ts'
import { events as scoring } from './scoring.ts'

/** Everything this room tells. */
export const events: EventCatalogue = { ...scoring, ...panelEvents }
