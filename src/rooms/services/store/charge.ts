import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Case } from '../domain/case.ts'
import { chargeRoles } from '../domain/charge.ts'
import type { Package } from '../domain/package/format/index.ts'

type Of = { agency: string; service: string; id: string; pkg: Package }

/**
 * The post of a role that an area belongs to: that with the smallest area; none where several share it, until one of them takes
 * the case. `kept` first, if it still fits.
 */
const holderOf = (
  service: string,
  role: ReturnType<typeof sql>,
  area: ReturnType<typeof sql>,
  kept = sql`null::uuid`,
) =>
  sql`(select case when p.id is not distinct from ${kept} or count(*) over (partition by length(p.area)) = 1 then p.id end
    from services.post p where p.service = ${service} and p.role = ${role} and p.ended is null
    and ${area} like p.area || '%' and not exists (select from unnest(p.except_areas) e where ${area} like e || '%')
    order by p.id is not distinct from ${kept} desc, length(p.area) desc limit 1)`

/** A new case in the ledger: for each role that works with it, who is in charge. */
export async function beginCharges(tx: Tx, of: Of, flow: string, area: string, at: Date): Promise<void> {
  const roles = chargeRoles(of.pkg, flow)
  if (roles.length === 0) return
  await sql`insert into services.charge (agency, service, "case", role, area, post, since, why)
    select ${of.agency}, ${of.service}, ${of.id}, r.role, ${area}, ${holderOf(of.service, sql`r.role`, sql`${area}::text`)}, ${at}::timestamptz, 'opened'
    from unnest(${roles}::text[]) as r (role)`.execute(tx)
}

/** A case has ended: so has everybody's charge of it. */
export async function endCharges(tx: Tx, { agency, id }: Pick<Of, 'agency' | 'id'>, at: Date): Promise<void> {
  await sql`update services.charge set until = greatest(since, ${at}::timestamptz) where agency = ${agency} and "case" = ${id} and until is null`.execute(
    tx,
  )
  await sql`update services.offer set answer = 'withdrawn', answered = ${at} where agency = ${agency} and "case" = ${id} and answer is null`.execute(
    tx,
  )
}

/** The same for many cases that have ended, each at its time. */
export async function endManyCharges(
  tx: Tx,
  ended: readonly { agency: string; id: string; at: Date }[],
): Promise<void> {
  if (ended.length === 0) return
  const rows = sql`jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as v (agency uuid, id uuid, at timestamptz)`
  await sql`update services.charge h set until = greatest(h.since, v.at) from ${rows}
    where h.agency = v.agency and h."case" = v.id and h.until is null`.execute(tx)
  await sql`update services.offer o set answer = 'withdrawn', answered = v.at from ${rows}
    where o.agency = v.agency and o."case" = v.id and o.answer is null`.execute(tx)
}

/** The ledger of cases that were played from their beginning: with whoever works there now, as long as each went on. */
export async function beginManyCharges(tx: Tx, list: readonly { of: Of; it: Case; area: string }[]): Promise<void> {
  const rows = list.flatMap(({ of: { agency, service, id, pkg }, it, area }) =>
    chargeRoles(pkg, it.flow).map((role) => ({
      ...{ agency, service, id, role, area, since: new Date(it.openedAt) },
      until: it.closedAt === undefined ? null : new Date(Math.max(it.openedAt, it.closedAt)),
    })),
  )
  if (rows.length === 0) return
  await sql`with v as materialized (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as v (agency uuid, service uuid, id uuid, role text, area text, since timestamptz, until timestamptz)),
    holders as (select d.service, d.role, d.area, (select case when count(*) over (partition by length(p.area)) = 1 then p.id end
        from services.post p where p.service = d.service and p.role = d.role and p.ended is null
        and d.area like p.area || '%' and not exists (select from unnest(p.except_areas) e where d.area like e || '%')
        order by length(p.area) desc limit 1) as post
      from (select distinct service, role, area from v) d)
    insert into services.charge (agency, service, "case", role, area, post, since, until, why)
    select v.agency, v.service, v.id, v.role, v.area, h.post, v.since, v.until, 'opened'
    from v join holders h on h.service = v.service and h.role = v.role and h.area = v.area`.execute(tx)
}

/** A case moves to another area. Whoever was in charge stays so where the new area is hers too. */
export async function moveCharges(tx: Tx, of: Of, area: string, at: Date): Promise<void> {
  await sql`with ended as (
      update services.charge set until = greatest(since, ${at}::timestamptz)
      where agency = ${of.agency} and "case" = ${of.id} and until is null and area <> ${area} returning *)
    insert into services.charge (agency, service, "case", role, area, post, since, why)
    select agency, service, "case", role, ${area}, ${holderOf(of.service, sql`ended.role`, sql`${area}::text`, sql`ended.post`)}, until, 'moved' from ended`.execute(
    tx,
  )
}

/** Everything that waits with a post in an area goes to another, or to whoever works there now; how much it was. */
export async function reroute(
  tx: Tx,
  { service, post, area }: { service: string; post: string; area: string },
  to: string | null,
  by: { person: string | null; at: Date; why: 'handed-over' | 'role-ended' },
): Promise<number> {
  const next = to === null ? holderOf(service, sql`ended.role`, sql`ended.area`) : sql`${to}::uuid`
  const { rows } = await sql<{ n: string }>`with ended as (
      update services.charge set until = greatest(since, ${by.at}::timestamptz)
      where post = ${post} and until is null and area like ${`${area}%`} returning *),
    begun as (insert into services.charge (agency, service, "case", role, area, post, since, why, by)
      select agency, service, "case", role, area, ${next}, until, ${by.why}, ${by.person}::uuid from ended returning 1)
    select count(*) as n from begun`.execute(tx)
  await sql`update services.offer o set answer = 'withdrawn', answered = ${by.at} from services."case" c
    where o.post = ${post} and o.answer is null and c.agency = o.agency and c.id = o."case" and c.area like ${`${area}%`}`.execute(
    tx,
  )
  return Number(rows[0]!.n)
}

/** Somebody begins to work in an area: what nobody is in charge of there is hers, unless others share it with her. */
export async function fillCharges(
  tx: Tx,
  { service, role, area }: { service: string; role: string; area: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await sql`with ended as (
      update services.charge set until = greatest(since, ${by.at}::timestamptz)
      where service = ${service} and role = ${role} and post is null and until is null and area like ${`${area}%`} returning *)
    insert into services.charge (agency, service, "case", role, area, post, since, why, by)
    select agency, service, "case", role, area, ${holderOf(service, sql`ended.role`, sql`ended.area`)}, until, 'role-given', ${by.person}::uuid
    from ended`.execute(tx)
}

/** Whoever moves a case of which nobody was in charge in her role has taken it. */
export async function takeByMoving(
  tx: Tx,
  { agency, service, id, area }: { agency: string; service: string; id: string; area: string },
  role: string,
  person: string,
  at: Date,
): Promise<void> {
  await sql`with own as (select p.id from services.post p where p.service = ${service} and p.role = ${role} and p.person = ${person}
        and p.ended is null and ${area}::text like p.area || '%' order by length(p.area) desc, p.id limit 1),
    ended as (update services.charge set until = greatest(since, ${at}::timestamptz)
      where agency = ${agency} and "case" = ${id} and role = ${role} and until is null and post is null and exists (select from own) returning *)
    insert into services.charge (agency, service, "case", role, area, post, since, why, by)
    select e.agency, e.service, e."case", e.role, e.area, own.id, e.until, 'taken', ${person}::uuid from ended e, own`.execute(
    tx,
  )
}

/** How many open cases wait with a post in an area. */
export async function waitingWith(db: Db | Tx, post: string, area: string): Promise<number> {
  const { n } = await db
    .selectFrom('services.charge')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('post', '=', post)
    .where('until', 'is', null)
    .where('area', 'like', `${area}%`)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export type TakenOver = {
  id: string
  service: string
  release: Buffer
  number: string
  flow: string
  state: string
  area: string
  areaName: string | null
  due: Date | null
  since: Date
  role: string
  from: string | null
}

/** Open cases that somebody took over from somebody else, those of the last hand-over first. */
export async function takenOver(db: Db, person: string, limit: number): Promise<TakenOver[]> {
  const { rows } =
    await sql<TakenOver>`select c.id, c.service, c.release, c.number, c.flow, c.state, c.area, g.name as "areaName", c.due, h.since, h.role,
      (select q.name from services.charge b join services.post o on o.id = b.post join people.person q on q.id = o.person
        where b.agency = h.agency and b."case" = h."case" and b.role = h.role and b.until = h.since order by b.since desc limit 1) as "from"
    from services.charge h join services.post p on p.id = h.post join services."case" c on c.agency = h.agency and c.id = h."case"
    left join people.region g on g.code = concat_ws('.', nullif(substr(c.area, 1, 2), ''), nullif(substr(c.area, 3, 2), ''),
      nullif(substr(c.area, 5, 2), ''), nullif(substr(c.area, 7), ''))
    where p.person = ${person} and p.ended is null and h.until is null and h.why = 'handed-over' and c.closed is null
    order by h.since desc, c.due nulls last, c.id limit ${limit}`.execute(db)
  return rows
}

export type LedgerLine = {
  role: string
  person: string | null
  name: string | null
  /** Cases that were hers at some time of the period; of these begun in it, handed on in it, and closed in it. */
  cases: number
  begun: number
  passed: number
  closed: number
  /** Days of all cases together. */
  days: number
}

/** Who was in charge of how much in a period, by role and person. One query; what nobody was in charge of stands at the end. */
export async function ledgerOf(db: Db, service: string, from: Date, to: Date): Promise<LedgerLine[]> {
  const { rows } = await sql<LedgerLine>`select h.role, p.person, q.name,
      count(distinct h."case")::int as cases, (count(*) filter (where h.since >= ${from}))::int as begun,
      (count(*) filter (where h.until < ${to} and (c.closed is null or h.until < c.closed)))::int as passed,
      (count(*) filter (where c.closed is not null and h.until >= c.closed and h.until < ${to}))::int as closed,
      (sum(extract(epoch from least(coalesce(h.until, ${to}), ${to}) - greatest(h.since, ${from}))) / 86400)::float8 as days
    from services.charge h join services."case" c on c.agency = h.agency and c.id = h."case"
    left join services.post p on p.id = h.post left join people.person q on q.id = p.person
    where h.service = ${service} and h.since < ${to} and (h.until is null or (h.until > ${from} and h.until > h.since))
    group by h.role, p.person, q.name order by h.role, q.name nulls last`.execute(db)
  return rows
}
