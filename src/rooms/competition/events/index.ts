import type { EventCatalogue } from '#platform/events.ts'
import { admissionEvents } from './admission.ts'
import { proposalEvents } from './proposal.ts'
import { registerEvents } from './register.ts'
import { roundEvents } from './round.ts'

/** Every event this room tells. */
export const events: EventCatalogue = { ...roundEvents, ...proposalEvents, ...admissionEvents, ...registerEvents }
