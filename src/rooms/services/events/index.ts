import type { EventCatalogue } from '#platform/events.ts'
import { caseEvents } from './case.ts'
import { channelEvents } from './channel.ts'
import { packageEvents } from './package.ts'
import { postEvents } from './post.ts'

/** Every event this room tells. */
export const events: EventCatalogue = { ...packageEvents, ...postEvents, ...caseEvents, ...channelEvents }
