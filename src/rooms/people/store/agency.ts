import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Agency, AgencyKind } from '../domain/agency.ts'
import { administered, isNational } from '../domain/office.ts'

export type AgencyFilter = { q?: string; kind?: AgencyKind; province?: string }

/** The agencies that this person may see, as a list with who administers each. One query; `total` counts all pages. */
export async function listAgencies(db: Db, actor: Actor, filter: AgencyFilter, page: number, size: number) {
  const rows = await seen(db, actor)
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .leftJoin('people.role as r', (join) =>
      join.onRef('r.agency', '=', 'a.id').on('r.role', '=', 'local-admin').on('r.ended', 'is', null),
    )
    .leftJoin('people.person as p', 'p.id', 'r.person')
    .select(['a.id', 'a.code', 'a.kind', 'a.name', 'a.demo', 'g.name as region', 'p.name as admin'])
    .select((eb) => [
      eb
        .selectFrom('people.unit as u')
        .whereRef('u.agency', '=', 'a.id')
        .select((e) => e.fn.countAll<string>().as('n'))
        .as('units'),
      eb
        .exists(
          eb
            .selectFrom('people.invitation as i')
            .select('i.id')
            .whereRef('i.agency', '=', 'a.id')
            .where('i.role', '=', 'local-admin')
            .where('i.used', 'is', null)
            .where('i.revoked', 'is', null),
        )
        .as('invited'),
      eb.fn.countAll<string>().over().as('total'),
    ])
    .$if(Boolean(filter.kind), (q) => q.where('a.kind', '=', filter.kind!))
    .$if(Boolean(filter.province), (q) => q.where(sql<string>`left(a.region, 2)`, '=', filter.province!))
    .$if(Boolean(filter.q), (q) => {
      const pattern = `%${filter.q!.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      return q.where((eb) =>
        eb.or([
          eb(eb.fn<string>('lower', ['a.name']), 'like', pattern),
          eb(eb.fn<string>('lower', ['a.code']), 'like', pattern),
        ]),
      )
    })
    .orderBy('a.name')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return {
    total: Number(rows[0]?.total ?? 0),
    rows: rows.map((row) => ({ ...row, units: Number(row.units), invited: Boolean(row.invited) })),
  }
}

/** One agency with the name and the time zone of its region. */
export async function findAgency(db: Db, actor: Actor, id: string) {
  return seen(db, actor)
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .select(['a.id', 'a.code', 'a.kind', 'a.name', 'a.region', 'a.demo', 'a.added', 'g.name as region_name'])
    .where('a.id', '=', id)
    .executeTakeFirst()
}

export async function holdAgency(tx: Tx, actor: Actor, id: string): Promise<Agency | undefined> {
  return seen(tx, actor)
    .select(['a.id', 'a.code', 'a.kind', 'a.name', 'a.region', 'a.demo'])
    .where('a.id', '=', id)
    .forUpdate('a')
    .executeTakeFirst()
}

/** What a person may see of the agencies: all, or the ones administered. */
function seen(db: Db | Tx, actor: Actor) {
  return db
    .selectFrom('people.agency as a')
    .$if(!isNational(actor), (q) => q.where((eb) => eb('a.id', '=', eb.fn.any(eb.val(administered(actor))))))
}

/** Which of these codes, names and addresses are taken already, for a form or a table. Names in lower case. */
export async function takenBy(db: Db | Tx, wanted: { codes: readonly string[]; names: readonly string[] }) {
  return db
    .selectFrom('people.agency')
    .select(['id', 'code', 'name'])
    .where((eb) =>
      eb.or([
        eb(eb.fn<string>('lower', ['code']), '=', eb.fn.any(eb.val(wanted.codes.map((code) => code.toLowerCase())))),
        eb(eb.fn<string>('lower', ['name']), '=', eb.fn.any(eb.val(wanted.names.map((name) => name.toLowerCase())))),
      ]),
    )
    .execute()
}

/** Agencies are added one at a time: nobody takes a code between the look and the writing. */
export async function lockAgencies(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(2001)`.execute(tx)
}

export async function addAgencies(
  tx: Tx,
  agencies: readonly (Omit<Agency, 'demo'> & { demo?: boolean })[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < agencies.length; from += 1000)
    await tx
      .insertInto('people.agency')
      .values(agencies.slice(from, from + 1000).map((agency) => ({ ...agency, added: now })))
      .execute()
}

export async function saveAgency(tx: Tx, id: string, agency: Omit<Agency, 'id' | 'demo'>): Promise<void> {
  await tx.updateTable('people.agency').set(agency).where('id', '=', id).execute()
}

/** Every agency this person may see, for a file. */
export async function exportAgencies(db: Db, actor: Actor) {
  return seen(db, actor)
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .leftJoin('people.role as r', (join) =>
      join.onRef('r.agency', '=', 'a.id').on('r.role', '=', 'local-admin').on('r.ended', 'is', null),
    )
    .leftJoin('people.person as p', 'p.id', 'r.person')
    .select(['a.code', 'a.kind', 'a.name', 'a.region', 'g.name as region_name', 'p.name as admin', 'p.email'])
    .orderBy('a.name')
    .execute()
}
