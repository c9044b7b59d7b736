import type { EventCatalogue } from '#platform/events.ts'

/** Everything this room tells. */
export const events: EventCatalogue = {}
