import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'

import type { Service } from './service.ts'

/** The person of this address, to be given a role. */
export const findPersonByEmail = (tx: Tx, email: string) =>
  tx
    .selectFrom('people.person')
    .select(['id', 'name'])
    .where('email', '=', email.toLowerCase())
    .where('closed', 'is', null)
    .executeTakeFirst()

export const newPost = async (
  tx: Tx,
  { agency, id: service }: Service,
  post: { person: string; role: string; area: string },
  by: { person: string | null; at: Date },
): Promise<void> => {
  await tx
    .insertInto('services.post')
    .values({ agency, id: newId(), service, ...post, since: by.at, given_by: by.person })
    .execute()
}

/** The posts of a service that are held now, by role and name. */
export const listPosts = (db: Db | Tx, service: string) =>
  db
    .selectFrom('services.post as p')
    .innerJoin('people.person as h', 'h.id', 'p.person')
    .select(['p.id', 'p.role', 'p.area', 'p.since', 'h.id as person', 'h.name', 'h.email'])
    .where('p.service', '=', service)
    .where('p.ended', 'is', null)
    .orderBy('p.role')
    .orderBy('h.name')
    .execute()

/** A post of an agency that this person administers. */
export async function holdPost(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.post')
    .select(['id', 'agency', 'service', 'person', 'role', 'area', 'ended'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function savePostEnd(
  tx: Tx,
  post: { agency: string; id: string },
  by: { person: string | null; at: Date },
) {
  await tx
    .updateTable('services.post')
    .set({ ended: by.at, ended_by: by.person })
    .where('agency', '=', post.agency)
    .where('id', '=', post.id)
    .execute()
}
