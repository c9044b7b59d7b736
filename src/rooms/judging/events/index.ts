import type { EventCatalogue } from '#platform/events.ts'
import { panelEvents } from './panel.ts'

/** Everything this room tells. */
export const events: EventCatalogue = { ...panelEvents }
