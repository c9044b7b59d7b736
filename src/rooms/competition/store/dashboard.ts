import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { ProposalState } from '../domain/draft.ts'
import type { AgencyKind } from '../domain/round.ts'

/** Whose proposals: of a whole round, or of these agencies in it. */
export type Scope = { round: string; agencies: readonly string[] | null }

/** Where proposals lie, as the dashboards group them. */
export const draftStates = ['draft', 'returned', 'with-local-admin'] as const
export const submittedStates = ['submitted', 'passed', 'failed'] as const

export type ListFilter = {
  states?: readonly ProposalState[] | undefined
  kind?: AgencyKind | undefined
  /** Two digits; `pusat` for agencies without a region. */
  province?: string | undefined
  group?: string | undefined
  /** `-` for none chosen yet. */
  category?: string | undefined
  /** The day it was handed in, or begun where it is a draft, in WIB. */
  day?: string | undefined
  unit?: string | undefined
  text?: string | undefined
}

export type ListRow = {
  id: string
  agency: string
  unit: string
  number: number | null
  title: string
  group: string
  category: string | null
  startedOn: string | null
  source: string | null
  state: ProposalState
  since: Date
  touched: Date
  agencyName: string
  agencyKind: AgencyKind
  unitName: string
  province: string | null
  arrived: Date | null
  answered: string[]
  evidenced: string[]
}

const dayOf = sql<string>`to_char(coalesce(s.arrived, p.created) at time zone 'Asia/Jakarta', 'YYYY-MM-DD')`

const proposals = (db: Db, scope: Scope, filter: ListFilter) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .leftJoin('competition.submission as s', (join) =>
      join.onRef('s.agency', '=', 'p.agency').onRef('s.proposal', '=', 'p.id'),
    )
    .leftJoin('people.region as r', (join) => join.on(sql<SqlBool>`r.code = left(a.region, 2)`))
    .where('p.round', '=', scope.round)
    .where('p.state', '!=', 'withdrawn')
    .$if(scope.agencies !== null, (q) => q.where(sql<SqlBool>`p.agency = any (${[...(scope.agencies ?? [])]}::uuid[])`))
    .$if(filter.states !== undefined, (q) => q.where(sql<SqlBool>`p.state = any (${[...filter.states!]}::text[])`))
    .$if(filter.kind !== undefined, (q) => q.where('a.kind', '=', filter.kind!))
    .$if(filter.province === 'pusat', (q) => q.where('a.region', 'is', null))
    .$if(filter.province !== undefined && filter.province !== 'pusat', (q) =>
      q.where(sql<SqlBool>`left(a.region, 2) = ${filter.province}`),
    )
    .$if(filter.group !== undefined, (q) => q.where('p.group_key', '=', filter.group!))
    .$if(filter.category === '-', (q) => q.where('p.category', 'is', null))
    .$if(filter.category !== undefined && filter.category !== '-', (q) => q.where('p.category', '=', filter.category!))
    .$if(filter.day !== undefined, (q) => q.where(sql<SqlBool>`${dayOf} = ${filter.day}`))
    .$if(filter.unit !== undefined, (q) => q.where('p.unit', '=', filter.unit!))
    .$if(filter.text !== undefined, (q) =>
      // A draft's title is its owners' until it is submitted, so the country's list is not searched for it.
      scope.agencies === null
        ? q.where(
            sql<SqlBool>`(a.name ilike ${`%${filter.text}%`} or (p.number is not null and p.title ilike ${`%${filter.text}%`}))`,
          )
        : q.where(sql<SqlBool>`(u.name ilike ${`%${filter.text}%`} or p.title ilike ${`%${filter.text}%`})`),
    )

const listed = (db: Db, scope: Scope, filter: ListFilter) =>
  proposals(db, scope, filter)
    .select([
      'p.id',
      'p.agency',
      'p.unit',
      'p.number',
      'p.group_key as group',
      'p.category',
      'p.started_on as startedOn',
    ])
    .select(['p.source', 'p.state', 'p.state_since as since', 'a.name as agencyName', 'a.kind as agencyKind'])
    .select(['u.name as unitName', 'r.name as province', 's.arrived'])
    .select(
      scope.agencies === null
        ? sql<string>`case when p.number is null then '' else p.title end`.as('title')
        : sql<string>`p.title`.as('title'),
    )
    .select([
      sql<string[]>`array(select w.question from competition.answer w
        where w.agency = p.agency and w.proposal = p.id and btrim(w.value) <> '')`.as('answered'),
      sql<string[]>`array(select distinct e.question from competition.evidence e
        where e.agency = p.agency and e.proposal = p.id and e.removed is null)`.as('evidenced'),
      sql<Date>`greatest(p.state_since, p.created, (select max(w.at) from competition.answer w
        where w.agency = p.agency and w.proposal = p.id))`.as('touched'),
    ])

/** A page of proposals, submitted ones by number, then drafts, the longest untouched first. Two queries. */
export async function listProposals(
  db: Db,
  scope: Scope,
  filter: ListFilter,
  at: { page: number; size: number },
): Promise<{ rows: ListRow[]; total: number }> {
  const { n } = await proposals(db, scope, filter)
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  const rows = await listed(db, scope, filter)
    .orderBy(sql`p.number nulls last, p.state_since, p.id`)
    .limit(at.size)
    .offset((at.page - 1) * at.size)
    .execute()
  return { rows, total: Number(n) }
}

/** Every draft that can still be submitted, for guessing its risk. One query. */
export const listDrafts = (db: Db, scope: Scope, filter: ListFilter = {}): Promise<ListRow[]> =>
  listed(db, scope, { ...filter, states: filter.states ?? draftStates })
    .orderBy('p.id')
    .execute()

/** All that a list shows, in portions, for a file. */
export async function* portionsOf(db: Db, scope: Scope, filter: ListFilter, size = 500): AsyncGenerator<ListRow[]> {
  for (let after: string | undefined; ; ) {
    const rows = await listed(db, scope, filter)
      .$if(after !== undefined, (q) => q.where('p.id', '>', after!))
      .orderBy('p.id')
      .limit(size)
      .execute()
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    after = rows.at(-1)!.id
  }
}

export type Count = {
  state: ProposalState
  kind: AgencyKind
  province: string | null
  provinceName: string | null
  group: string
  category: string | null
  unit: string | null
  unitName: string | null
  n: number
}

/** How many proposals there are of each make; the dashboards add them up as they need. One query. */
export async function countProposals(db: Db, scope: Scope): Promise<Count[]> {
  const byUnit = scope.agencies !== null
  const { rows } = await sql<Count>`
    select p.state, a.kind, left(a.region, 2) as province, r.name as "provinceName", p.group_key as "group", p.category,
      ${byUnit ? sql`p.unit` : sql`null::uuid`} as unit, ${byUnit ? sql`u.name` : sql`null::text`} as "unitName", count(*)::int as n
    from competition.proposal p
    join people.agency a on a.id = p.agency
    join people.unit u on u.agency = p.agency and u.id = p.unit
    left join people.region r on r.code = left(a.region, 2)
    where p.round = ${scope.round} and p.state <> 'withdrawn'
      ${byUnit ? sql`and p.agency = any (${[...scope.agencies!]}::uuid[])` : sql``}
    group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(db)
  return rows
}

/** Handed in and begun, day by day in WIB. One query. */
export async function countDays(db: Db, scope: Scope): Promise<{ day: string; begun: number; submitted: number }[]> {
  const own = scope.agencies === null ? sql`` : sql`and p.agency = any (${[...scope.agencies]}::uuid[])`
  const { rows } = await sql<{ day: string; begun: number; submitted: number }>`
    select day, sum(begun)::int as begun, sum(submitted)::int as submitted from (
      select to_char(p.created at time zone 'Asia/Jakarta', 'YYYY-MM-DD') as day, 1 as begun, 0 as submitted
      from competition.proposal p where p.round = ${scope.round} and p.state <> 'withdrawn' ${own}
      union all
      select to_char(s.arrived at time zone 'Asia/Jakarta', 'YYYY-MM-DD'), 0, 1
      from competition.submission s join competition.proposal p on p.agency = s.agency and p.id = s.proposal
      where p.round = ${scope.round} and p.state <> 'withdrawn' ${own}) as days
    group by day order by day`.execute(db)
  return rows
}

/** Agencies by how many proposals they have submitted in a group. One query. */
export async function countByAgency(
  db: Db,
  scope: Scope,
): Promise<{ agency: string; agencyName: string; group: string; submitted: number; drafts: number }[]> {
  const { rows } = await sql<{ agency: string; agencyName: string; group: string; submitted: number; drafts: number }>`
    select p.agency, a.name as "agencyName", p.group_key as "group",
      count(*) filter (where p.state = any (${[...submittedStates]}::text[]))::int as submitted,
      count(*) filter (where p.state = any (${[...draftStates]}::text[]))::int as drafts
    from competition.proposal p join people.agency a on a.id = p.agency
    where p.round = ${scope.round} and p.state <> 'withdrawn'
      ${scope.agencies === null ? sql`` : sql`and p.agency = any (${[...scope.agencies]}::uuid[])`}
    group by 1, 2, 3 order by submitted desc, drafts desc, lower(a.name), p.group_key`.execute(db)
  return rows
}

/** The rounds in which these agencies have proposals, newest first by their last proposal. */
export async function roundsOf(db: Db, agencies: readonly string[]): Promise<string[]> {
  if (agencies.length === 0) return []
  const rows = await db
    .selectFrom('competition.proposal')
    .select('round')
    .where('agency', 'in', agencies)
    .groupBy('round')
    .orderBy((eb) => eb.fn.max('created'), 'desc')
    .execute()
  return rows.map(({ round }) => round)
}
