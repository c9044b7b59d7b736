import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'

export type Offered = { agency: string; package: string; release: Buffer; agencyName: string }

/**
 * What others may adopt: the packages that an agency offers, in the release that it runs, and those that the owners of
 * innovations have published for replication. A local version is nobody's to publish: what is offered is the publisher's
 * version behind it.
 */
export async function listOffers(db: Db | Tx): Promise<Offered[]> {
  const { rows } = await sql<Offered>`
    select p.agency, p.package, p.release, a.name as "agencyName"
    from replication.publication p join people.agency a on a.id = p.agency
    union all
    select o.agency, o.package, coalesce(i.base, s.release), a.name
    from exchange.offer o join services.service s on s.agency = o.agency and s.id = o.service join people.agency a on a.id = o.agency
    left join services.installation i on i.agency = s.agency and i.service = s.id and i.release = s.release
    where o.ended is null and s.retired is null and not exists (select from replication.publication p where p.package = o.package)
    order by package limit 500`.execute(db)
  return rows
}

/** Services of these agencies, and whether each is offered. */
export const listOwn = (db: Db, agencies: readonly string[]) =>
  agencies.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('services.service as s')
        .innerJoin('people.agency as a', 'a.id', 's.agency')
        .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
        .leftJoin('exchange.offer as o', (join) =>
          join.onRef('o.agency', '=', 's.agency').onRef('o.service', '=', 's.id').on('o.ended', 'is', null),
        )
        .select([
          's.id as service',
          's.agency',
          'a.name as agencyName',
          'u.name as unitName',
          's.release',
          'o.id as offer',
        ])
        .where('s.agency', 'in', [...agencies])
        .where('s.retired', 'is', null)
        .orderBy('a.name')
        .orderBy('s.package')
        .execute()

export type Offerable = { agency: string; service: string; package: string; offered: boolean }

/** A service that may be offered, held; `offered`: this package is offered by somebody already. */
export async function holdOfferable(tx: Tx, _actor: Actor, service: string): Promise<Offerable | undefined> {
  const row = await tx
    .selectFrom('services.service')
    .select(['agency', 'id', 'package'])
    .where('id', '=', service)
    .where('retired', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  await sql`select pg_advisory_xact_lock(7024, hashtext(${row.package}))`.execute(tx)
  const now = await tx
    .selectFrom('exchange.offer')
    .select('id')
    .where('package', '=', row.package)
    .where('ended', 'is', null)
    .executeTakeFirst()
  return { agency: row.agency, service: row.id, package: row.package, offered: now !== undefined }
}

export async function newOffer(tx: Tx, of: Offerable, by: { person: string | null; at: Date }) {
  const { agency, service, package: name } = of
  await tx
    .insertInto('exchange.offer')
    .values({ agency, id: newId(), service, package: name, since: by.at, by: by.person })
    .execute()
}

/** An offer of an agency that this person administers. */
export async function holdOffer(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('exchange.offer')
    .select(['id', 'agency', 'service', 'package', 'ended'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function saveOfferEnd(
  tx: Tx,
  offer: { agency: string; id: string },
  by: { person: string | null; at: Date },
) {
  await tx
    .updateTable('exchange.offer')
    .set({ ended: by.at, ended_by: by.person })
    .where('agency', '=', offer.agency)
    .where('id', '=', offer.id)
    .execute()
}

/** Whether this package is or was offered to others. */
export async function wasOffered(db: Db | Tx, name: string): Promise<boolean> {
  const { rows } = await sql`
    select from exchange.offer where package = ${name} union all select from replication.publication where package = ${name} limit 1`.execute(
    db,
  )
  return rows.length > 0
}
