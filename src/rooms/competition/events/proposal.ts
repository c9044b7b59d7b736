import type { EventCatalogue } from '#platform/events.ts'

export const proposalEvents: EventCatalogue = {}
