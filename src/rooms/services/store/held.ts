import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { unseal } from '#platform/secret.ts'
import type { Case, Installation } from '../domain/case.ts'
import { mayKnowOthers, type Post, rolesIn } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { type Filed, putTogether } from '../domain/record.ts'
import { packageOf, packagesOf } from './package.ts'
import { placeOf, placeOfTime } from './place.ts'

/** A case as somebody holds it: with the package that it runs by, and the roles in which this person knows of it. */
export type Held = {
  agency: string
  id: string
  service: string
  release: Buffer
  area: string
  openedBy: string | null
  openedAs: string
  partOf: string | null
  due: Date | null
  it: Case
  pkg: Package
  here: Installation
  roles: string[]
  /** The worker could not go on with it. */
  stuck: boolean
  /** The case that stayed when this one turned out to be of the same person. */
  mergedInto: string | null
  /** The case by which this person knows of this one, which it was merged into: she sees what both hold alike. */
  through?: { id: string; it: Case }
  /** One more with every change. */
  revision: number
  /** How many packages told one another until it was opened. */
  depth: number
}

export const cases = (db: Db | Tx) =>
  db
    .selectFrom('services.case as c')
    .innerJoin('services.service as s', (join) =>
      join.onRef('s.agency', '=', 'c.agency').onRef('s.id', '=', 'c.service'),
    )
    .innerJoin('people.agency as a', 'a.id', 'c.agency')
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .selectAll('c')
    .select(['s.settings', 'a.region', 'a.demo', 'g.zone'])

type Row = Awaited<ReturnType<ReturnType<typeof cases>['executeTakeFirstOrThrow']>>

export async function asHeld(db: Db | Tx, row: Row, regions: boolean): Promise<Held> {
  const pkg = await packageOf(db, row.release)
  const about = {
    region: row.region,
    demo: row.demo,
    zone: (row.zone ?? 'WIB') as 'WIB' | 'WITA' | 'WIT',
    settings: row.settings as Record<string, unknown>,
  }
  const { life, open, personal, specific } = row as unknown as Filed
  const head = {
    number: row.number,
    flow: row.flow,
    state: row.state,
    openedAt: row.opened.getTime(),
    ...(row.closed ? { closedAt: row.closed.getTime() } : {}),
  }
  return {
    agency: row.agency,
    id: row.id,
    service: row.service,
    release: row.release,
    area: row.area,
    openedBy: row.opened_by,
    openedAs: row.opened_as,
    partOf: row.part_of,
    due: row.due,
    it: putTogether(pkg, head, { life, open, personal, specific }, unseal),
    pkg,
    here: regions ? await placeOf(db, about) : placeOfTime(about),
    roles: [],
    stuck: row.stuck !== null,
    mergedInto: row.merged_into,
    revision: row.revision,
    depth: row.depth,
  }
}

/** The posts that somebody holds in a service. */
export async function postsIn(db: Db | Tx, actor: Actor, service: string): Promise<Post[]> {
  if (!actor.id) return []
  return db
    .selectFrom('services.post')
    .select(['role', 'area', 'except_areas as except'])
    .where('service', '=', service)
    .where('person', '=', actor.id)
    .where('ended', 'is', null)
    .orderBy('since')
    .execute()
}

async function known(db: Db | Tx, actor: Actor, row: Row | undefined, regions: boolean): Promise<Held | undefined> {
  if (!row) return undefined
  const held = await asHeld(db, row, regions)
  const posts = await postsIn(db, actor, row.service)
  const roles = rolesIn(held.pkg, held.it, held, actor.id, posts)
  return roles.length > 0 ? { ...held, roles } : undefined
}

const rowOf = (db: Db | Tx, id: string, hold: boolean) => {
  const query = cases(db).where('c.id', '=', id)
  return (hold ? query.forUpdate('c') : query).executeTakeFirst()
}

/** The case that a merged one leads on to, through others if need be. */
async function lastOf(db: Db | Tx, row: Row, hold: boolean): Promise<Row> {
  let last = row
  while (last.merged_into !== null) last = (await rowOf(db, last.merged_into, hold))!
  return last
}

/**
 * A case that somebody knows of. One that was merged leads on to the one that stayed: by her own right, or, for whoever knows
 * of own cases only, as far as both are alike. Whoever knows of the one that stayed in no way sees the merged one, closed.
 */
async function through(db: Db | Tx, actor: Actor, id: string, hold: boolean): Promise<Held | undefined> {
  const row = await rowOf(db, id, hold)
  const held = await known(db, actor, row, hold)
  if (!row || !held || row.merged_into === null) return held
  const last = await lastOf(db, row, hold)
  const own = await known(db, actor, last, hold)
  if (own) return own
  const roles = held.roles.filter((role) => !mayKnowOthers(held.pkg, [role]))
  return roles.length > 0 ? { ...(await asHeld(db, last, hold)), roles, through: { id: held.id, it: held.it } } : held
}

/** A case that this person knows of. */
export const findCase = (db: Db, actor: Actor, id: string) => through(db, actor, id, false)

/**
 * Those of these cases that somebody knows of, as they are now: by the posts given, or by all that she holds. One query for
 * the cases, one for the posts, and one for releases that were not read yet.
 */
export async function findCases(
  db: Db,
  actor: Actor,
  ids: readonly string[],
  posts?: readonly (Post & { service: string })[],
): Promise<Held[]> {
  if (ids.length === 0 || !actor.id) return []
  const rows = await cases(db)
    .where('c.id', 'in', [...ids])
    .orderBy('c.number')
    .execute()
  await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const all =
    posts ??
    (await db
      .selectFrom('services.post')
      .select(['service', 'role', 'area', 'except_areas as except'])
      .where('person', '=', actor.id)
      .where('ended', 'is', null)
      .execute())
  const held = await Promise.all(rows.map((row) => asHeld(db, row, false)))
  return held.flatMap((one) => {
    const own = all.filter(({ service }) => service === one.service)
    const roles = rolesIn(one.pkg, one.it, one, actor.id, own)
    return roles.length > 0 ? [{ ...one, roles }] : []
  })
}

/** The same, held until the act is over. */
export const holdCase = (tx: Tx, actor: Actor, id: string) => through(tx, actor, id, true)

/** This very case, merged or not, held. */
export const holdKnown = async (tx: Tx, actor: Actor, id: string) => known(tx, actor, await rowOf(tx, id, true), true)

/** This very case, merged or not. */
export const findKnown = async (db: Db, actor: Actor, id: string) => known(db, actor, await rowOf(db, id, false), false)

/** A case for whoever opened it without an account and has shown its code: in the role in which it was opened. */
export async function findFollowed(db: Db | Tx, id: string, hold = false): Promise<Held | undefined> {
  const query = cases(db).where('c.id', '=', id).where('c.code', 'is not', null)
  const row = await (hold ? query.forUpdate('c') : query).executeTakeFirst()
  if (!row) return undefined
  const held = await asHeld(db, row, hold)
  if (row.merged_into === null) return { ...held, roles: [row.opened_as] }
  return {
    ...(await asHeld(db, await lastOf(db, row, hold), hold)),
    roles: [row.opened_as],
    through: { id: held.id, it: held.it },
  }
}
export const holdFollowed = (tx: Tx, _actor: Actor, id: string) => findFollowed(tx, id, true)

export const findByNumber = (db: Db, service: string, number: string) =>
  db
    .selectFrom('services.case')
    .select(['id', 'agency', 'code'])
    .where('service', '=', service)
    .where('number', '=', number)
    .executeTakeFirst()

/** Cases in which something is due, longest waiting first, held; those that another worker holds are left to it. */
export async function holdDue(tx: Tx, now: Date, most: number): Promise<Held[]> {
  const rows = await cases(tx)
    .where('c.due', '<=', now)
    .where('c.stuck', 'is', null)
    .orderBy('c.due')
    .orderBy('c.id')
    .limit(most)
    .forUpdate('c')
    .skipLocked()
    .execute()
  const held: Held[] = []
  for (const row of rows) held.push(await asHeld(tx, row, false))
  return held
}

/** One case for time alone, held. */
export async function holdForTime(tx: Tx, id: string): Promise<Held | undefined> {
  const row = await cases(tx).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  return row && asHeld(tx, row, false)
}
