import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import { type C, found, idParam } from '#platform/http.ts'
import { findService, type Service } from '../store/service.ts'

/** Whoever is not signed in is asked to. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** The service of the address, for those who may. */
export async function managed(c: C, may: (actor: Actor, service: Service) => boolean): Promise<Service> {
  const service = found(await findService(c.get('ctx').db, idParam(c, 'service')))
  if (!may(signedIn(c), service)) throw new HTTPException(403)
  return service
}
