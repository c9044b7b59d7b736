import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { isNothing, nation, plus, type Sums, sums } from '../domain/rollup.ts'

const names = sql.join(sums.map((name) => sql.ref(name)))
const added = (of: string) => sql.join(sums.map((name) => sql`sum(${sql.ref(`${of}.${name}`)}) as ${sql.ref(name)}`))

/** Add what polling places changed, a row for each village: nobody waits for the nation. One query, none where nothing changed. */
export async function addDeltas(
  tx: Tx,
  changes: readonly { year: number; village: string; sums: Sums }[],
): Promise<void> {
  const villages = Map.groupBy(changes, ({ year, village }) => `${year} ${village}`)
  const rows = [...villages.values()]
    .map((own) => ({ year: own[0]!.year, village: own[0]!.village, ...own.map((each) => each.sums).reduce(plus) }))
    .filter((row) => !isNothing(row))
  if (rows.length === 0) return
  await sql`insert into voting.delta (year, village, ${names}) select year, village, ${names}
    from jsonb_populate_recordset(null::voting.delta, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}

/** Rows that wait are added to their levels when there are so many: a page reads fewer. */
const most = 20_000

/**
 * Add the waiting rows to every level above them, in one transaction, one at a time in the whole house; who comes while another
 * does it goes away. Whether it happens sooner or later, every page says the same. How many rows were added.
 */
export async function fold(db: Db): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows: lock } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('voting fold', 0)) as got`.execute(tx)
    if (!lock[0]!.got) return 0
    const { rows } = await sql<{ n: number }>`
      with gone as (
        delete from voting.delta where id in (select id from voting.delta order by id limit ${most}) returning *),
      villages as (select year, string_to_array(village, '.') as parts, ${added('gone')} from gone group by year, village),
      levels as (
        select v.year, array_to_string(v.parts[1:l.n], '.') as region,
          case when l.n > 0 then array_to_string(v.parts[1:l.n - 1], '.') end as parent, ${added('v')}
        from villages v cross join lateral generate_series(0, cardinality(v.parts)) l (n) group by 1, 2, 3),
      done as (
        insert into voting.node (year, region, parent, ${names}) select year, region, parent, ${names} from levels
        on conflict (year, region) do update set ${sql.join(
          sums.map((name) => sql`${sql.ref(name)} = voting.node.${sql.ref(name)} + ${sql.ref(`excluded.${name}`)}`),
        )})
      select count(*)::int as n from gone`.execute(tx)
    return rows[0]!.n
  })
}

/** Rows that wait to be added. */
export async function waiting(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from voting.delta`.execute(db)
  return rows[0]!.n
}

export type Node = { region: string; name: string } & Sums

const asNumbers = <T extends Record<string, unknown>>(row: T): T & Sums =>
  ({ ...row, ...Object.fromEntries(sums.map((name) => [name, Number(row[name] ?? 0)])) }) as T & Sums

/** Below a region: the nation has everything. */
const within = (region: string) => (region === nation ? sql`true` : sql`d.village || '.' like ${`${region}.%`}`)

/** The sums of a region in a year, with what waits. One query, of one moment. */
export async function nodeOf(db: Db | Tx, year: number, region: string): Promise<Sums> {
  const { rows } = await sql<Sums>`
    select ${added('a')} from (
      select ${names} from voting.node where year = ${year} and region = ${region}
      union all select ${names} from voting.delta d where d.year = ${year} and ${within(region)}) a`.execute(db)
  return asNumbers(rows[0]!)
}

/** The regions directly below one, with their names, by code. One query. */
export async function nodesBelow(db: Db | Tx, year: number, region: string): Promise<Node[]> {
  const depth = region === nation ? 1 : region.split('.').length + 1
  const { rows } = await sql<Node>`
    select a.region, coalesce(g.name, a.region) as name, ${added('a')} from (
      select region, ${names} from voting.node where year = ${year} and parent = ${region}
      union all
      select array_to_string((string_to_array(d.village, '.'))[1:${sql.lit(depth)}], '.'), ${names}
      from voting.delta d where d.year = ${year} and ${within(region)}) a
    left join people.region g on g.code = a.region group by a.region, g.name having sum(a.tps) > 0 order by a.region`.execute(
    db,
  )
  return rows.map(asNumbers)
}

/** The years in which anything is counted, the latest first. */
export async function yearsCounted(db: Db): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select year from voting.node where region = '' union select year from voting.delta order by year desc`.execute(db)
  return rows.map(({ year }) => year)
}

/** A region and those around it, from the province down. One query. */
export async function regionLine(db: Db, code: string): Promise<{ code: string; name: string }[]> {
  const parts = code.split('.')
  const codes = parts.map((_, i) => parts.slice(0, i + 1).join('.'))
  return db.selectFrom('people.region').select(['code', 'name']).where('code', 'in', codes).orderBy('code').execute()
}
