import * as competition from '#competition'
import * as exchange from '#exchange'
import * as gallery from '#gallery'
import { judgingEvents } from '#judging'
import * as people from '#people'
import type { EventCatalogue } from '#platform/events.ts'
import * as replication from '#replication'
import * as services from '#services'
import * as voting from '#voting'

/** Every event that any room tells, by room: docs/events.md and the audit page are made of it. A room's door gives its `events`. */
export const catalogues: Record<string, EventCatalogue> = {
  people: people.events,
  competition: competition.events,
  judging: judgingEvents,
  gallery: gallery.events,
  services: services.events,
  replication: replication.events,
  exchange: exchange.events,
  voting: voting.events,
}

/** All of them as one catalogue. Names begin with the room's word, so they cannot meet. */
export const allEvents = (): EventCatalogue => Object.assign({}, ...Object.values(catalogues)) as EventCatalogue
