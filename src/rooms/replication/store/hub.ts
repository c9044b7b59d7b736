import { sql } from 'kysely'
import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'

export type Hub = {
  id: string
  name: string
  areas: string[]
  areaNames: string[]
  /** The agency that answers for it: as noted, or the province's. */
  agency: string | null
  agencyName: string | null
  decree: string | null
  since: string
  source: string
  until: string | null
  coaches: number
  /** Whether this reader is a coach of it. */
  coached: boolean
}

async function list(db: Db | Tx, person: string | null, where: ReturnType<typeof sql>): Promise<Hub[]> {
  const { rows } = await sql<Hub>`
    select h.id, h.name, h.areas, coalesce(array(select g.name from people.region g where g.code = any(h.areas) order by g.code), '{}') as "areaNames",
      a.id as agency, a.name as "agencyName", h.decree, h.since, h.source, h.until,
      (select count(*)::int from replication.coach k where k.hub = h.id and k.ended is null) as coaches,
      exists (select from replication.coach k where k.hub = h.id and k.ended is null and k.person = ${person}::uuid) as coached
    from replication.hub h left join people.agency a on a.id = coalesce(h.agency,
      (select p.id from people.agency p where p.kind = 'province' and p.region = any(h.areas) order by p.added, p.id limit 1))
    where ${where} order by h.since, h.name`.execute(db)
  return rows
}

/** Every hub, oldest first. One query. */
export const listHubs = (db: Db, actor: Actor) => list(db, actor.id, sql`true`)

export const findHub = async (db: Db | Tx, actor: Actor, id: string): Promise<Hub | undefined> =>
  (await list(db, actor.id, sql`h.id = ${id}`))[0]

/** The same, held until the act is over. */
export async function holdHub(tx: Tx, actor: Actor, id: string): Promise<Hub | undefined> {
  await tx.selectFrom('replication.hub').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findHub(tx, actor, id)
}

/** The hubs in whose area one of these agencies lies. */
export const hubsOf = async (db: Db, agencies: readonly string[]): Promise<string[]> =>
  agencies.length === 0
    ? []
    : (
        await sql<{ id: string }>`select h.id from replication.hub h where exists (
            select from people.agency a where a.id = any(${[...agencies]}::uuid[])
              and (a.id = h.agency or substr(a.region, 1, 2) = any(h.areas)))`.execute(db)
      ).rows.map(({ id }) => id)

export type NewHub = {
  name: string
  areas: string[]
  agency: string | null
  decree: string | null
  since: string
  source: string
}

export async function insertHub(tx: Tx, id: string, hub: NewHub): Promise<void> {
  await tx
    .insertInto('replication.hub')
    .values({ id, ...hub })
    .execute()
}

/** Two who add a hub come one after the other. */
export async function holdList(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7022, 1)`.execute(tx)
}

/** Which of these codes are regions. */
export const knownRegions = async (tx: Db | Tx, codes: readonly string[]): Promise<string[]> =>
  codes.length === 0
    ? []
    : (
        await tx
          .selectFrom('people.region')
          .select('code')
          .where('code', 'in', [...codes])
          .execute()
      ).map(({ code }) => code)

export const hubNamed = (tx: Tx, name: string) =>
  tx
    .selectFrom('replication.hub')
    .select('id')
    .where(sql<boolean>`lower(name) = ${name.toLowerCase()}`)
    .executeTakeFirst()

/** Who accompanies replication in the areas of a hub. */
export const coachesOf = (db: Db | Tx, hub: string) =>
  db
    .selectFrom('replication.coach as k')
    .innerJoin('people.person as p', 'p.id', 'k.person')
    .innerJoin('people.region as g', 'g.code', 'k.area')
    .select(['k.id', 'k.person', 'k.area', 'k.since', 'p.name', 'g.name as areaName'])
    .where('k.hub', '=', hub)
    .where('k.ended', 'is', null)
    .orderBy('p.name')
    .execute()

export const personOf = (tx: Tx, email: string) =>
  tx
    .selectFrom('people.person')
    .select(['id'])
    .where('email', '=', email.toLowerCase())
    .where('closed', 'is', null)
    .executeTakeFirst()

export const coachHeld = (tx: Tx, person: string, area: string) =>
  tx
    .selectFrom('replication.coach')
    .select('id')
    .where('person', '=', person)
    .where('area', '=', area)
    .where('ended', 'is', null)
    .executeTakeFirst()

export async function insertCoach(
  tx: Tx,
  coach: { hub: string; person: string; area: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('replication.coach')
    .values({ ...coach, id: newId(), since: by.at, given_by: by.person })
    .execute()
}

export const holdCoach = (tx: Tx, actor: Actor, id: string) =>
  isNational(actor)
    ? tx
        .selectFrom('replication.coach')
        .select(['id', 'hub', 'person', 'area', 'ended'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
    : Promise.resolve(undefined)

export async function saveCoachEnd(tx: Tx, id: string, by: { person: string | null; at: Date }): Promise<void> {
  await tx.updateTable('replication.coach').set({ ended: by.at, ended_by: by.person }).where('id', '=', id).execute()
}
