import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { Held } from './case.ts'

/** What stands around a case on its page: open tasks, messages, its parts. Three queries. */
export async function aroundCase(db: Db, { agency, id }: Held) {
  const tasks = await db
    .selectFrom('services.task')
    .select(['role', 'task', 'at'])
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('done', 'is', null)
    .orderBy('at')
    .execute()
  const messages = await db
    .selectFrom('services.message')
    .select(['message', 'at', 'to_role', 'to_phone', 'text', 'state', 'why', 'due'])
    .where('agency', '=', agency)
    .where('case', '=', id)
    .orderBy('at', 'desc')
    .limit(50)
    .execute()
  const parts = await db
    .selectFrom('services.case')
    .select(['id', 'number', 'flow', 'state'])
    .where('agency', '=', agency)
    .where((eb) => eb('part_of', '=', id))
    .execute()
  return { tasks, messages, parts }
}

export type Listed = {
  id: string
  service: string
  agencyName: string
  release: Buffer
  number: string
  flow: string
  state: string
  area: string
  areaName: string | null
  due: Date | null
  opened: Date
  openedBy: string | null
  tasks: { role: string; task: string }[]
}
/** Of which cases of a service somebody with these posts knows: by reach, flow and area. */
export type Reach = {
  service: string
  own: boolean
  area: string
  except: readonly string[]
  flows: readonly string[]
}

/** Open cases within these reaches, the most urgent first, and how many there are in all. One query. */
export async function listCases(
  db: Db,
  person: string,
  reaches: readonly Reach[],
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: Listed[]; total: number }> {
  if (reaches.length === 0) return { rows: [], total: 0 }
  const conditions = reaches.map(
    ({ service, own, area, flows }) =>
      sql`(c.service = ${service} and c.flow = any(${[...flows]}) and ${own ? sql`c.opened_by = ${person}` : sql`c.area like ${`${area}%`}`})`,
  )
  const { rows } = await sql<Listed & { total: string }>`
    with mine as (
      select c.agency, c.id, c.service, c.release, c.number, c.flow, c.state, c.area, c.due, c.opened, c.opened_by as "openedBy",
        count(*) over () as total
      from services."case" c where c.closed is null and (${sql.join(conditions, sql` or `)})
      order by c.due nulls last, c.id limit ${limit} offset ${offset})
    select m.*, a.name as "agencyName", g.name as "areaName",
      coalesce((select json_agg(json_build_object('role', t.role, 'task', t.task) order by t.at) from services.task t
        where t.agency = m.agency and t."case" = m.id and t.done is null), '[]') as tasks
    from mine m join people.agency a on a.id = m.agency
    left join people.region g on g.code = concat_ws('.', nullif(substr(m.area, 1, 2), ''), nullif(substr(m.area, 3, 2), ''),
      nullif(substr(m.area, 5, 2), ''), nullif(substr(m.area, 7), ''))
    order by m.due nulls last, m.id`.execute(db)
  return { rows, total: Number(rows[0]?.total ?? 0) }
}

/** Every post that somebody holds. */
export const postsOf = (db: Db, person: string) =>
  db
    .selectFrom('services.post')
    .select(['id', 'service', 'role', 'area', 'except_areas as except'])
    .where('person', '=', person)
    .where('ended', 'is', null)
    .execute()
