import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type Figures, figuresOf } from './figures.ts'

/** The figures of a service as another room keeps them: whole figures with what they are made from, no cells. */
export type Embeddable = ReturnType<typeof embeddable>

const embeddable = ({ service, names, package: name, version, day, hash, address, figures }: Figures) => ({
  service: service.id,
  names: names as Record<string, string>,
  agency: service.agency,
  package: name,
  version,
  since: service.since,
  day,
  hash,
  address,
  figures: figures.map(({ indicator, names, unit, whole: { n, value, hidden }, of, query }) => ({
    indicator,
    names: names as Record<string, string>,
    unit,
    whole: { n, value, hidden },
    of,
    query,
  })),
})

/** The services of an agency that have published figures by a moment, with the last of them. One query a service, and one. */
export async function publishedBy(db: Db | Tx, agency: string, until: Date): Promise<Embeddable[]> {
  const services = await db
    .selectFrom('services.service')
    .select('id')
    .where('agency', '=', agency)
    .where('retired', 'is', null)
    .orderBy('package')
    .orderBy('id')
    .limit(50)
    .execute()
  const all = []
  for (const { id } of services) all.push(await figuresOf(db, id, until))
  return all.flatMap((one) => (one ? [embeddable(one)] : []))
}

/** What was published of a service under this hash, as the very text that was hashed. */
export async function publishedText(db: Db, service: string, hash: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('services.snapshot')
    .select(sql<string>`content::text`.as('text'))
    .where('service', '=', service)
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
  return row?.text
}
