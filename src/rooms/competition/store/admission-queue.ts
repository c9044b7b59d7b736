import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { AgencyKind } from '../domain/round.ts'

export const queueStandings = ['unread', 'second-reading', 'passed', 'failed'] as const
export const queueSorts = ['findings', 'number', 'agency', 'likeness'] as const
export type QueueFilter = {
  standing?: (typeof queueStandings)[number] | undefined
  severity?: 'fail' | 'warning' | 'hint' | 'none' | 'unexamined' | undefined
  rule?: string | undefined
  kinds?: readonly AgencyKind[] | undefined
  province?: string | undefined
  group?: string | undefined
  text?: string | undefined
  sort: (typeof queueSorts)[number]
}

export type QueueRow = {
  id: string
  number: number
  title: string
  agencyName: string
  unitName: string
  group: string
  state: string
  standing: (typeof queueStandings)[number]
  fails: number | null
  warnings: number | null
  hints: number | null
  rules: string[] | null
  firstReader: string | null
  likeness: number | null
}

const standing = sql<
  (typeof queueStandings)[number]
>`case p.state when 'passed' then 'passed' when 'failed' then 'failed'
  else case when d.reading is null then 'unread' else 'second-reading' end end`

const queue = (db: Db, round: string, filter: Omit<QueueFilter, 'sort'>) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .leftJoin('competition.examination as x', (join) =>
      join.onRef('x.agency', '=', 'p.agency').onRef('x.proposal', '=', 'p.id'),
    )
    .leftJoin('competition.admission as d', (join) =>
      join.onRef('d.agency', '=', 'p.agency').onRef('d.proposal', '=', 'p.id').on('d.reading', '=', 1),
    )
    .where('p.round', '=', round)
    .where('p.state', 'in', ['submitted', 'passed', 'failed'])
    .$if(filter.standing !== undefined, (q) => q.where(sql<SqlBool>`${standing} = ${filter.standing}`))
    .$if(filter.severity === 'fail', (q) => q.where('x.fails', '>', 0))
    .$if(filter.severity === 'warning', (q) => q.where('x.warnings', '>', 0))
    .$if(filter.severity === 'hint', (q) => q.where('x.hints', '>', 0))
    .$if(filter.severity === 'none', (q) => q.where(sql<SqlBool>`x.fails + x.warnings + x.hints = 0`))
    .$if(filter.severity === 'unexamined', (q) => q.where('x.at', 'is', null))
    .$if(filter.rule !== undefined, (q) => q.where(sql<SqlBool>`${filter.rule} = any (x.rules)`))
    .$if(filter.kinds !== undefined, (q) =>
      q.where('a.kind', 'in', filter.kinds!.length > 0 ? filter.kinds! : ['' as AgencyKind]),
    )
    .$if(filter.province !== undefined, (q) => q.where(sql<SqlBool>`left(a.region, 2) = ${filter.province}`))
    .$if(filter.group !== undefined, (q) => q.where('p.group_key', '=', filter.group!))
    .$if(filter.text !== undefined, (q) =>
      q.where(
        sql<SqlBool>`(p.title ilike ${`%${filter.text}%`} or a.name ilike ${`%${filter.text}%`} or p.number::text = ${filter.text})`,
      ),
    )

/** A page of the queue, what needs a person first, with the number of all. Two queries, whatever the size. */
export async function listQueue(
  db: Db,
  round: string,
  filter: QueueFilter,
  at: { page: number; size: number },
): Promise<{ rows: QueueRow[]; total: number }> {
  const counted = await queue(db, round, filter)
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  const likeness = sql<number | null>`(select max(greatest(l.title, coalesce(l.text, 0))) from competition.likeness l
    where l.agency = p.agency and l.proposal = p.id)`
  const orders = {
    findings: sql`coalesce(x.fails, 0) desc, coalesce(x.warnings, 0) desc, coalesce(x.hints, 0) desc, p.number, p.id`,
    number: sql`p.number, p.id`,
    agency: sql`lower(a.name), p.number, p.id`,
    likeness: sql`${likeness} desc nulls last, p.number, p.id`,
  }
  const rows = await queue(db, round, filter)
    .select(['p.id', 'p.title', 'a.name as agencyName', 'u.name as unitName', 'p.group_key as group', 'p.state'])
    .select(['x.fails', 'x.warnings', 'x.hints', 'x.rules', 'd.by as firstReader'])
    .select((eb) => eb.fn.coalesce('p.number', sql<number>`0`).as('number'))
    .select([standing.as('standing'), likeness.as('likeness')])
    .orderBy(orders[filter.sort])
    .limit(at.size)
    .offset((at.page - 1) * at.size)
    .execute()
  return { rows, total: Number(counted.n) }
}

export type QueueCounts = {
  standings: Record<(typeof queueStandings)[number], number>
  rules: { rule: string; n: number }[]
  clean: number
  unexamined: number
}

/** How many stand where, and how many each rule concerns, over the whole round. Two queries. */
export async function countQueue(db: Db, round: string): Promise<QueueCounts> {
  const rows = await queue(db, round, {})
    .select([standing.as('standing')])
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .select(sql<string>`count(*) filter (where x.fails + x.warnings + x.hints = 0)`.as('clean'))
    .select(sql<string>`count(*) filter (where x.at is null)`.as('unexamined'))
    .groupBy(standing)
    .execute()
  const { rows: rules } = await sql<{ rule: string; n: number }>`
    select rule, count(*)::int as n from competition.examination x
    join competition.proposal p on p.agency = x.agency and p.id = x.proposal, unnest(x.rules) as rule
    where x.round = ${round} and p.state in ('submitted', 'passed', 'failed') group by rule order by n desc, rule`.execute(
    db,
  )
  const of = (name: string) => Number(rows.find((row) => row.standing === name)?.n ?? 0)
  return {
    standings: {
      unread: of('unread'),
      'second-reading': of('second-reading'),
      passed: of('passed'),
      failed: of('failed'),
    },
    rules,
    clean: Number(rows.find((row) => row.standing === 'unread')?.clean ?? 0),
    unexamined: rows.reduce((sum, row) => sum + Number(row.unexamined), 0),
  }
}

/** Entries on which the machine found nothing and which nobody has read yet, up to `limit`, by number. */
export async function listClean(db: Db, round: string, limit: number): Promise<string[]> {
  const rows = await queue(db, round, { standing: 'unread', severity: 'none' })
    .select('p.id')
    .orderBy('p.number')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The next entry that this reader may read, after this one in the order of the queue. */
export async function nextToRead(db: Db, round: string, reader: string, after: string): Promise<string | undefined> {
  const row = await queue(db, round, {})
    .select('p.id')
    .where('p.state', '=', 'submitted')
    .where('p.id', '!=', after)
    .where((eb) => eb.or([eb('d.by', 'is', null), eb('d.by', '!=', reader)]))
    .orderBy(sql`coalesce(x.fails, 0) desc, coalesce(x.warnings, 0) desc, coalesce(x.hints, 0) desc, p.number, p.id`)
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

export type AdmittedRow = {
  id: string
  number: number
  title: string
  agencyName: string
  agencyKind: AgencyKind
  group: string
}

/** The published list: the entries that passed, by number. Nothing of the others. */
export async function listAdmitted(
  db: Db,
  round: string,
  filter: { text?: string | undefined },
  at: { page: number; size: number },
): Promise<{ rows: AdmittedRow[]; total: number }> {
  const admitted = db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .where('p.round', '=', round)
    .where('p.state', '=', 'passed')
    .$if(filter.text !== undefined, (q) =>
      q.where(sql<SqlBool>`(p.title ilike ${`%${filter.text}%`} or a.name ilike ${`%${filter.text}%`})`),
    )
  const { n } = await admitted.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
  const rows = await admitted
    .select(['p.id', 'p.title', 'p.group_key as group', 'a.name as agencyName', 'a.kind as agencyKind'])
    .select((eb) => eb.fn.coalesce('p.number', sql<number>`0`).as('number'))
    .orderBy('p.number')
    .orderBy('p.id')
    .limit(at.size)
    .offset((at.page - 1) * at.size)
    .execute()
  return { rows, total: Number(n) }
}

/** The provinces that agencies of this round's submissions lie in, for the filter. */
export async function listProvinces(db: Db, round: string): Promise<{ code: string; name: string }[]> {
  return db
    .selectFrom('people.region as r')
    .select(['r.code', 'r.name'])
    .where('r.kind', '=', 'province')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('competition.proposal as p')
          .innerJoin('people.agency as a', 'a.id', 'p.agency')
          .select('p.id')
          .where('p.round', '=', round)
          .where(sql<SqlBool>`left(a.region, 2) = r.code`),
      ),
    )
    .orderBy('r.name')
    .execute()
}
