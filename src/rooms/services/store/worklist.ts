import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { Held } from './held.ts'

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
  /** Who is in charge of it, by role. */
  charges: { role: string; name: string; person: string }[]
}
/** Of which cases of a service somebody with these posts knows: by reach, flow and area. */
export type Reach = {
  service: string
  own: boolean
  area: string
  except: readonly string[]
  flows: readonly string[]
}

/** What of a worklist is asked for. `area`: a region code without dots; `late`: what was due before this moment; `posts`: only what these are in charge of. */
export type Wanted = {
  service?: string | undefined
  flow?: string | undefined
  state?: string | undefined
  area?: string | undefined
  late?: Date | undefined
  posts?: readonly string[] | undefined
}
/** The last row of a page: the next one begins after it. */
export type Cursor = { due: Date | null; id: string }

/** When a case is due as text that the database reads: what waits for nothing comes last. */
const urgency = (due: Date | null) => due?.toISOString() ?? 'infinity'

/**
 * Open cases within these reaches, the most urgent first. Each reach is read in the order of one index and no further than a
 * page, so that it takes as long over a million cases as over a thousand: a person of a district by area, one of a whole
 * agency by time, one who knows of her own cases by herself.
 */
export function worklistQuery(
  person: string,
  reaches: readonly Reach[],
  wanted: Wanted,
  { after, limit }: { after?: Cursor | undefined; limit: number },
): RawBuilder<Listed> {
  const from = urgency(after?.due ?? null)
  const onwards = after
    ? sql`and (coalesce(c.due, 'infinity'::timestamptz), c.id) > (${from}::timestamptz, ${after.id}::uuid)`
    : sql``
  const filter = sql`${wanted.flow ? sql`and c.flow = ${wanted.flow}` : sql``} ${wanted.state ? sql`and c.state = ${wanted.state}` : sql``}
    ${wanted.late ? sql`and coalesce(c.due, 'infinity'::timestamptz) < ${wanted.late}` : sql``} ${onwards}`
  const page = sql`order by coalesce(c.due, 'infinity'::timestamptz), c.id limit ${limit}`
  const columns = sql`c.agency, c.id, c.service, c.release, c.number, c.flow, c.state, c.area, c.due, c.opened, c.opened_by`
  const narrowed = reaches.flatMap((reach) => narrow(reach, wanted) ?? [])
  const branches = narrowed.map(({ service, own, area, except, flows }) => {
    const without =
      except.length > 0 ? sql`and not c.area like any(${except.map((part) => `${part}%`)}::text[])` : sql``
    const known = sql`c.service = ${service} and c.closed is null and c.flow = any(${[...flows]}::text[])`
    if (wanted.posts)
      return sql`(select ${columns} from services.charge g join services."case" c on c.agency = g.agency and c.id = g."case"
        where g.post = any(${[...wanted.posts]}::uuid[]) and g.until is null and ${known}
          and ${own ? sql`c.opened_by = ${person}` : sql`c.area like ${`${area}%`}`} ${without} ${filter} ${page})`
    if (own)
      return sql`(select ${columns} from services."case" c where c.opened_by = ${person} and c.area like ${`${area}%`} and ${known} ${filter} ${page})`
    if (area.length < 6)
      return sql`(select ${columns} from services."case" c where ${known} and c.area like ${`${area}%`} ${without} ${filter} ${page})`
    // The villages of a district that have cases, one by one along the index, and of each its most urgent.
    const next = sql`select c.area collate "C" as area from services."case" c where c.service = ${service} and c.flow = f.flow and c.closed is null`
    return sql`(select c.* from unnest(${[...flows]}::text[]) as f (flow) cross join lateral (
        with recursive areas (area) as (
          (${next} and c.area collate "C" >= ${area} and c.area collate "C" < ${`${area}:`} order by 1 limit 1)
          union all
          select n.area from areas a cross join lateral (${next} and c.area collate "C" > a.area and c.area collate "C" < ${`${area}:`} order by 1 limit 1) n)
        select area from areas) a cross join lateral (
          select ${columns} from services."case" c where c.service = ${service} and c.flow = f.flow and c.closed is null
            and c.area collate "C" = a.area ${without} ${filter} ${page}) c ${page})`
  })
  const all =
    branches.length > 0 ? sql.join(branches, sql` union `) : sql`select ${columns} from services."case" c where false`
  return sql<Listed>`with mine as (select * from (${all}) c ${page})
    select c.agency, c.id, c.service, c.release, c.number, c.flow, c.state, c.area, c.due, c.opened, c.opened_by as "openedBy",
      a.name as "agencyName", g.name as "areaName",
      coalesce((select json_agg(json_build_object('role', t.role, 'task', t.task) order by t.at) from services.task t
        where t.agency = c.agency and t."case" = c.id and t.done is null), '[]') as tasks,
      coalesce((select json_agg(json_build_object('role', h.role, 'name', p.name, 'person', p.id) order by h.role) from services.charge h
        join services.post o on o.id = h.post join people.person p on p.id = o.person
        where h.agency = c.agency and h."case" = c.id and h.until is null), '[]') as charges
    from mine c join people.agency a on a.id = c.agency
    left join people.region g on g.code = concat_ws('.', nullif(substr(c.area, 1, 2), ''), nullif(substr(c.area, 3, 2), ''),
      nullif(substr(c.area, 5, 2), ''), nullif(substr(c.area, 7), ''))
    ${page}`
}

/** A reach within what is asked for; undefined where nothing of it is. */
function narrow(reach: Reach, { service, area = '' }: Wanted): Reach | undefined {
  if (service && service !== reach.service) return undefined
  if (area.startsWith(reach.area)) return { ...reach, area }
  return reach.area.startsWith(area) ? reach : undefined
}

/** A page of the worklist, and whether there is more. `after`: the last case of the page before. Two queries at most. */
export async function listCases(
  db: Db,
  person: string,
  reaches: readonly Reach[],
  wanted: Wanted,
  { after: id, size }: { after?: string | undefined; size: number },
): Promise<{ rows: Listed[]; more: boolean }> {
  if (reaches.length === 0) return { rows: [], more: false }
  const last = id && (await db.selectFrom('services.case').select('due').where('id', '=', id).executeTakeFirst())
  const after = id && last ? { id, due: last.due } : undefined
  const { rows } = await worklistQuery(person, reaches, wanted, { after, limit: size + 1 }).execute(db)
  return { rows: rows.slice(0, size), more: rows.length > size }
}

/** Every post that somebody holds. */
export const postsOf = (db: Db, person: string) =>
  db
    .selectFrom('services.post')
    .select(['id', 'service', 'role', 'area', 'except_areas as except'])
    .where('person', '=', person)
    .where('ended', 'is', null)
    .execute()
