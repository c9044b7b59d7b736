import { administered, isEvaluator, isLocalAdminOf, isNational, isPanel, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'

/** Who keeps an innovation up: the local admin of its agency, or the secretariat. The public may read every one. */
const keeps = (actor: Actor, innovation: { agency: string | null }) =>
  isNational(actor) || (innovation.agency !== null && isLocalAdminOf(actor, innovation.agency))

/** Who may do what in this room. One line per verb. */
export const may = {
  sayStatus: keeps,
  giveContact: keeps,
  chooseGoals: keeps,
  addToStory: keeps,
  assignAgency: (actor: Actor) => isNational(actor),
  sync: (actor: Actor) => isNational(actor),
}

/** What awaits this reader, for the front page: simple doors to where they work. */
export function doors(actor: Actor): ('rounds' | 'register' | 'proposals' | 'inbox' | 'own' | 'judging')[] {
  return [
    ...(isNational(actor) ? (['rounds'] as const) : []),
    ...(unitsOf(actor).length > 0 ? (['proposals'] as const) : []),
    ...(administered(actor).length > 0 ? (['inbox', 'own'] as const) : []),
    ...(isNational(actor) || isEvaluator(actor) || isPanel(actor) ? (['judging'] as const) : []),
    ...(isNational(actor) ? (['register'] as const) : []),
  ]
}

/** Whose word it is when this person speaks of an innovation: the agency's own people speak for the agency. */
export const speaksAs = (actor: Actor, innovation: { agency: string | null }): 'agency' | 'secretariat' =>
  innovation.agency !== null && isLocalAdminOf(actor, innovation.agency) ? 'agency' : 'secretariat'
