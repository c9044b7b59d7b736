import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { administered, isNational, type Office, type Post, teamRoles } from '../domain/office.ts'

/** Everybody who holds or held an office of an agency (or, with null, of the national team): present ones first. */
export async function listHolders(db: Db, agency: string | null) {
  return db
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'r.agency').onRef('u.id', '=', 'r.unit'))
    .select([
      'r.id',
      'r.person',
      'r.role',
      'r.agency',
      'r.unit',
      'u.name as unit_name',
      'r.since',
      'r.ended',
      'r.reason',
    ])
    .select(['p.name', 'p.email', 'p.closed'])
    .$if(agency !== null, (q) => q.where('r.agency', '=', agency!))
    .$if(agency === null, (q) => q.where('r.role', 'in', [...teamRoles]))
    .orderBy(sql`r.ended is not null`)
    .orderBy(
      sql`array_position(array['national-admin', 'local-admin', 'deputy', 'panel', 'evaluator', 'unit'], r.role)`,
    )
    .orderBy('u.name')
    .orderBy('p.name')
    .execute()
}

/** An office as whoever may see it finds it, to look at. */
export async function findOffice(db: Db, actor: Actor, id: string) {
  return visible(db, actor)
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .leftJoin('people.agency as a', 'a.id', 'r.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'r.agency').onRef('u.id', '=', 'r.unit'))
    .select(['r.id', 'r.person', 'r.role', 'r.agency', 'r.unit', 'r.ended'])
    .select(['p.name', 'a.name as agency_name', 'u.name as unit_name'])
    .where('r.id', '=', id)
    .executeTakeFirst()
}

/** An office held still, with the number of national admins (held too, so that two cannot end each other). */
export async function holdOffice(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Office & { nationals: number }) | undefined> {
  const nationals = await tx
    .selectFrom('people.role')
    .select('id')
    .where('role', '=', 'national-admin')
    .where('ended', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const office = await visible(tx, actor)
    .select(['r.id', 'r.person', 'r.role', 'r.agency', 'r.unit', 'r.ended'])
    .where('r.id', '=', id)
    .forUpdate('r')
    .executeTakeFirst()
  return office && { ...office, nationals: nationals.length }
}

function visible(db: Db | Tx, actor: Actor) {
  return db
    .selectFrom('people.role as r')
    .$if(!isNational(actor), (q) => q.where((eb) => eb('r.agency', '=', eb.fn.any(eb.val(administered(actor))))))
}

export async function endRole(
  tx: Tx,
  id: string,
  end: { now: Date; by: string | null; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('people.role')
    .set({ ended: end.now, ended_by: end.by, reason: end.reason })
    .where('id', '=', id)
    .where('ended', 'is', null)
    .execute()
}

export async function giveRole(
  tx: Tx,
  person: string,
  post: Post,
  given: { now: Date; by: string | null },
): Promise<string> {
  const id = newId()
  const { role, agency, unit } = post
  await tx
    .insertInto('people.role')
    .values({ id, person, role, agency, unit, since: given.now, given_by: given.by })
    .execute()
  return id
}

/** The present local admin and deputies of an agency, held still. */
export async function holdHeads(tx: Tx, agency: string) {
  return tx
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .select(['r.id', 'r.person', 'r.role', 'p.name', 'p.email', 'p.lang'])
    .where('r.agency', '=', agency)
    .where('r.role', 'in', ['local-admin', 'deputy'])
    .where('r.ended', 'is', null)
    .orderBy('r.id')
    .forUpdate('r')
    .execute()
}

export async function agencyNameOf(tx: Tx, agency: string): Promise<string> {
  const row = await tx.selectFrom('people.agency').select('name').where('id', '=', agency).executeTakeFirstOrThrow()
  return row.name
}
