import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import { type C, found, idParam } from '#platform/http.ts'
import type { Election } from '../domain/election.ts'
import { may } from '../permissions.ts'
import { findElection } from '../store/election.ts'

/** Whoever is not signed in is asked to. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** The election of the address, as this reader sees it. */
export async function electionParam(c: C): Promise<Election> {
  const { db, actor } = c.get('ctx')
  return found(await findElection(db, actor, idParam(c, 'election')))
}

/** The same for those who prepare it; for others there is nothing at this address. */
export async function officeParam(c: C): Promise<Election> {
  const actor = signedIn(c)
  const election = await electionParam(c)
  if (!may.seeOffice(actor, election)) throw new HTTPException(404)
  return election
}

/** The bytes of an upload field, if a file was chosen. */
export async function upload(c: C, name: string): Promise<{ name: string; bytes: Buffer } | undefined> {
  const file = (await c.req.parseBody())[name]
  if (!(file instanceof File) || file.size === 0) return undefined
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) }
}
