import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { staffedSince } from '../domain/staffing.ts'
import { packagesOf } from './package.ts'

/** A service as it really runs: all of it read from what was done, nothing from what was typed. */
export type Running = {
  service: string
  package: string
  agency: string
  agencyName: string
  unit: string | null
  unitName: string | null
  /** Code of the agency's region; none for a national one. */
  region: string | null
  demo: boolean
  release: Buffer
  version: string
  /** The first installation, also after upgrades. */
  installed: Date
  /** Its settings were looked through and no case has to wait for want of a person; the later of the two. */
  configured: Date | null
  firstCase: Date | null
  /** Cases in which a person did something in the last 30 days. */
  casesLast30: number
  /** When a person last did something in a case. */
  lastCase: Date | null
  retired: Date | null
}

/** Who runs these packages, or these services, first come first. Four queries at most, however many. */
export async function runningOf(
  db: Db | Tx,
  of: string | { packages?: readonly string[]; services?: readonly string[] },
  now: Date = new Date(),
): Promise<Running[]> {
  const { packages, services } = typeof of === 'string' ? { packages: [of], services: undefined } : of
  if (packages?.length === 0 || services?.length === 0) return []
  const { rows } = await sql<Omit<Running, 'configured'>>`
    select s.id as service, s.package, s.agency, a.name as "agencyName", s.unit, u.name as "unitName", a.region, a.demo, s.release, r.version, s.retired,
      coalesce((select min(i.at) from services.installation i where i.agency = s.agency and i.service = s.id), s.installed) as installed,
      coalesce(s.first_case, (select min(c.opened) from services."case" c where c.service = s.id)) as "firstCase",
      (select count(*)::int from services."case" c where c.service = s.id and c.moved > ${now}::timestamptz - interval '30 days') as "casesLast30",
      (select max(c.moved) from services."case" c where c.service = s.id) as "lastCase"
    from services.service s join services.release r on r.hash = s.release join people.agency a on a.id = s.agency
    left join people.unit u on u.agency = s.agency and u.id = s.unit
    where true ${packages ? sql`and s.package = any(${[...packages]})` : sql``} ${services ? sql`and s.id = any(${[...services]}::uuid[])` : sql``}
    order by installed, s.id`.execute(db)
  if (rows.length === 0) return []
  const ids = rows.map(({ service }) => service)
  const reviewed = await sql<{ service: string; at: Date }>`
    select subject as service, min(at) as at from log.event where name = 'services.setting-changed' and subject = any(${ids}::uuid[]) group by subject`.execute(
    db,
  )
  const reviews = new Map(reviewed.rows.map(({ service, at }) => [service, at]))
  const posts = await db
    .selectFrom('services.post')
    .select(['service', 'role'])
    .select((eb) => eb.fn.min('since').as('since'))
    .where('service', 'in', ids)
    .groupBy(['service', 'role'])
    .execute()
  const given = Map.groupBy(posts, ({ service }) => service)
  const content = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  return rows.map((row) => {
    const pkg = content.get(row.release.toString('hex'))!
    const review = pkg.settings.length === 0 ? row.installed : reviews.get(row.service)
    const staffed = staffedSince(pkg, new Map(given.get(row.service)?.map(({ role, since }) => [role, since])))
    const later =
      review && staffed ? new Date(Math.max(review.getTime(), staffed.getTime(), row.installed.getTime())) : null
    return { ...row, configured: later }
  })
}
