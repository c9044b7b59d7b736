import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import { type C, idParam } from '#platform/http.ts'
import { may } from '../permissions.ts'

/** Whoever is not signed in is asked to. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** The agency of the address, for its local admin. Another agency is none of their business. */
export function ownAgency(c: C): string {
  const actor = signedIn(c)
  const agency = idParam(c, 'agency')
  if (!may.adopt(actor, { agency })) throw new HTTPException(404)
  return agency
}
