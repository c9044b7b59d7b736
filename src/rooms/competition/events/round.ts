import type { EventCatalogue } from '#platform/events.ts'

export const roundEvents: EventCatalogue = {}
