import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { fillCharges, reroute } from './charge.ts'

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
): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('services.post')
    .values({ agency, id, service, ...post, since: by.at, given_by: by.person })
    .execute()
  await fillCharges(tx, { service, role: post.role, area: post.area }, by)
  return id
}

/** The posts of a service that are held now, by role and name. */
export const listPosts = (db: Db | Tx, service: string) =>
  db
    .selectFrom('services.post as p')
    .innerJoin('people.person as h', 'h.id', 'p.person')
    .select([
      ...(['p.id', 'p.role', 'p.area', 'p.since', 'p.capacity', 'p.lat', 'p.lon', 'p.except_areas as except'] as const),
      ...(['h.id as person', 'h.name', 'h.email'] as const),
    ])
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

/** No case is opened while posts change hands: who is in charge of it would be decided by what was before. */
async function holdOpening(tx: Tx, { agency, service }: { agency: string; service: string }): Promise<void> {
  await tx
    .selectFrom('services.service')
    .select('id')
    .where('agency', '=', agency)
    .where('id', '=', service)
    .forUpdate()
    .execute()
}

/** A post ends; what waits with it goes to whoever works there now. */
export async function savePostEnd(
  tx: Tx,
  post: { agency: string; id: string; service: string; role: string; area: string },
  by: { person: string | null; at: Date },
) {
  await holdOpening(tx, post)
  await endPost(tx, post, by)
  await reroute(tx, { service: post.service, post: post.id, area: '' }, null, { ...by, why: 'role-ended' })
  // Of two who shared an area one is left: what nobody had taken is hers.
  await fillCharges(tx, post, by)
}

const endPost = (tx: Tx, post: { agency: string; id: string }, by: { person: string | null; at: Date }) =>
  tx
    .updateTable('services.post')
    .set({ ended: by.at, ended_by: by.person })
    .where('agency', '=', post.agency)
    .where('id', '=', post.id)
    .execute()

export type FullPost = {
  agency: string
  id: string
  service: string
  person: string
  name: string
  role: string
  area: string
  except: string[]
  capacity: number | null
  lat: number | null
  lon: number | null
  ended: Date | null
}

const fullPosts = (db: Db | Tx) =>
  db
    .selectFrom('services.post as p')
    .innerJoin('people.person as h', 'h.id', 'p.person')
    .select([
      ...(['p.agency', 'p.id', 'p.service', 'p.person', 'h.name', 'p.role', 'p.area', 'p.ended'] as const),
      ...(['p.except_areas as except', 'p.capacity', 'p.lat', 'p.lon'] as const),
    ])

/** A post of a service. */
export const findPost = (db: Db, service: string, id: string): Promise<FullPost | undefined> =>
  fullPosts(db).where('p.service', '=', service).where('p.id', '=', id).executeTakeFirst()

/** A post of an agency that this person administers, with all that are held in its service; nothing is opened meanwhile. */
export async function holdPosts(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ post: FullPost; others: FullPost[] } | undefined> {
  const held = await holdPost(tx, actor, id)
  if (!held) return undefined
  await holdOpening(tx, held)
  const post = await fullPosts(tx).where('p.id', '=', id).executeTakeFirstOrThrow()
  const others = await fullPosts(tx)
    .where('p.service', '=', held.service)
    .where('p.ended', 'is', null)
    .where('p.id', '<>', id)
    .execute()
  return { post, others }
}

/** An area goes from one post to another: both posts, and what waits, as of one moment. Returns how many cases went. */
export async function saveHandOver(
  tx: Tx,
  { post, area, ends, to }: { post: FullPost; area: string; ends: boolean; to: FullPost | { person: string } },
  by: { person: string | null; at: Date },
): Promise<number> {
  const { agency, service, role } = post
  if (ends) await endPost(tx, post, by)
  else await setExcept(tx, post, [...post.except.filter((part) => !part.startsWith(area)), area])
  let target: string
  if ('id' in to) {
    target = to.id
    if (to.except.some((part) => part.startsWith(area)))
      await setExcept(
        tx,
        to,
        to.except.filter((part) => !part.startsWith(area)),
      )
  } else {
    target = newId()
    await tx
      .insertInto('services.post')
      .values({ agency, id: target, service, person: to.person, role, area, since: by.at, given_by: by.person })
      .execute()
  }
  const cases = await reroute(tx, { service, post: post.id, area }, target, { ...by, why: 'handed-over' })
  await fillCharges(tx, { service, role, area }, by)
  return cases
}

const setExcept = (tx: Tx, { agency, id }: { agency: string; id: string }, except: string[]) =>
  tx
    .updateTable('services.post')
    .set({ except_areas: except })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()

/** Where a post's work begins, and how many open cases are assigned to it at most. */
export async function savePostRoom(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  room: { capacity: number | null; lat: number | null; lon: number | null },
): Promise<void> {
  await tx.updateTable('services.post').set(room).where('agency', '=', agency).where('id', '=', id).execute()
}
