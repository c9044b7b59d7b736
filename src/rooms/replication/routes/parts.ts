import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import { type C, found } from '#platform/http.ts'
import type { Known } from '../domain/shown.ts'
import { findKnown } from '../store/innovation.ts'

/** Whoever is not signed in is asked to. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** The innovation of the address. */
export async function knownParam(c: C): Promise<Known> {
  const code = c.req.param('code') ?? ''
  if (!/^MI-\d{6}$/.test(code)) throw new HTTPException(404)
  return found(await findKnown(c.get('ctx').db, code))
}
