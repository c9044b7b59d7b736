import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Known } from '../domain/shown.ts'

type Row = Omit<Known, 'publication'> & {
  id: string | null
  publisher: string
  package: string
  release: Buffer
  version: string
  unit: string | null
  unitName: string | null
  since: Date
  changed: Date
}

async function list(db: Db | Tx, where: ReturnType<typeof sql>): Promise<Known[]> {
  const { rows } = await sql<Row>`
    select i.code, i.name, i.agency, coalesce(a.name, i.agency_name) as "agencyName", i.demo, p.id, p.agency as publisher, p.package, p.release, r.version,
      p.unit, u.name as "unitName", p.since, p.changed
    from gallery.innovation i left join people.agency a on a.id = i.agency
    left join replication.publication p on p.innovation = i.code left join services.release r on r.hash = p.release
    left join people.unit u on u.agency = p.agency and u.id = p.unit
    where ${where} order by i.name, i.code`.execute(db)
  return rows.map(({ code, name, agency, agencyName, demo, id, publisher, ...rest }) => ({
    code,
    name,
    agency,
    agencyName,
    demo,
    publication: id === null ? null : { id, agency: publisher, ...rest },
  }))
}

/** An innovation of the gallery with what is published for it. One query. */
export const findKnown = async (db: Db | Tx, code: string): Promise<Known | undefined> =>
  (await list(db, sql`i.code = ${code}`))[0]

/** These innovations. One query. */
export const listKnown = (db: Db, codes: readonly string[]): Promise<Known[]> =>
  list(db, sql`i.code = any(${[...codes]})`)

/** All that can be installed, and all that is being copied without a package. One query. */
export const listCopied = (db: Db): Promise<Known[]> =>
  list(db, sql`p.id is not null or exists (select from replication.process c where c.innovation = i.code)`)

/** The same, held until the act is over: two who publish or adopt one innovation come one after the other. */
export async function holdKnown(tx: Tx, code: string): Promise<Known | undefined> {
  await sql`select pg_advisory_xact_lock(7022, hashtext(${code}))`.execute(tx)
  return findKnown(tx, code)
}

/** Name and region of an agency. */
export const findAgency = (db: Db | Tx, id: string) =>
  db.selectFrom('people.agency').select(['id', 'name', 'region', 'demo']).where('id', '=', id).executeTakeFirst()

/** These agencies by name, each with its units by name. Two queries. */
export async function listAgencies(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  const agencies = await db
    .selectFrom('people.agency')
    .select(['id', 'name', 'region'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .execute()
  const units = await db
    .selectFrom('people.unit')
    .select(['agency', 'id', 'name'])
    .where('agency', 'in', [...ids])
    .orderBy('name')
    .execute()
  return agencies.map((agency) => ({ ...agency, units: units.filter((unit) => unit.agency === agency.id) }))
}

/** The regions directly within a region: districts of a regency, regencies of a province; provinces of the nation. */
export const regionsOf = (db: Db | Tx, region: string | null) =>
  db
    .selectFrom('people.region')
    .select(['code', 'name'])
    .where((eb) => (region === null ? eb('kind', '=', 'province') : eb('parent', '=', region)))
    .orderBy('code')
    .execute()
