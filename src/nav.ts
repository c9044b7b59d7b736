import * as competition from '#competition'
import * as exchange from '#exchange'
import * as gallery from '#gallery'
import * as judging from '#judging'
import * as people from '#people'
import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import * as replication from '#replication'
import * as services from '#services'
import * as voting from '#voting'

/** The main menu of this reader: what each room offers, in the order of the house. */
export function navFor(actor: Actor, lang: Lang): NavItem[] {
  return [
    ...competition.nav(actor, lang),
    ...judging.nav(actor, lang),
    ...gallery.nav(actor, lang),
    ...services.nav(actor, lang),
    ...replication.nav(actor, lang),
    ...voting.nav(actor, lang),
    ...exchange.nav(actor, lang),
    ...people.nav(actor, lang),
  ]
}
