import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import { readCode } from '../domain/innovation.ts'
import { hitEnd, hitStart, piecesOf, type Query, sortOf } from '../domain/query.ts'
import type { Facet, Found } from '../domain/shown.ts'

const headline = `StartSel=${hitStart}, StopSel=${hitEnd}, HighlightAll=true`

/** The words asked for as a query in the stems of both languages and as written. Every word must be there. */
const tsquery = (words: string) =>
  sql`(websearch_to_tsquery('indonesian', ${words}) || websearch_to_tsquery('simple', ${words}) || websearch_to_tsquery('english', ${words}))`

const matches = (words: string): RawBuilder<boolean> => {
  if (!words) return sql`true`
  const code = readCode(words)
  return code ? sql`code = ${code}` : sql`words @@ ${tsquery(words)}`
}

const conditions = (query: Query) => ({
  province:
    query.province === undefined
      ? sql`true`
      : query.province === 'nasional'
        ? sql`province is null`
        : sql`province = ${query.province}`,
  year: query.year === undefined ? sql`true` : sql`years @> array[${query.year}::int]`,
  level: query.level === undefined ? sql`true` : sql`levels @> array[${query.level}::text]`,
  category: query.category === undefined ? sql`true` : sql`categories @> array[${query.category}::text]`,
  status: query.status === undefined ? sql`true` : sql`status = ${query.status}`,
  goal: query.goal === undefined ? sql`true` : sql`goals @> array[${query.goal}::int]`,
})

/** Everything a list asks: words and filters. */
export const whereOf = (query: Query): RawBuilder<boolean> => {
  const c = conditions(query)
  return sql`${matches(query.q)} and ${c.province} and ${c.year} and ${c.level} and ${c.category} and ${c.status} and ${c.goal}`
}

const orders = {
  relevance: (words: string) => sql`ts_rank(words, ${tsquery(words)}, 1) desc, last_year desc nulls last, code`,
  newest: () => sql`last_year desc nulls last, code`,
  oldest: () => sql`first_year asc nulls last, code`,
  name: () => sql`lower(name), code`,
}

/**
 * Words that the gallery does not know, put right by the most similar word it knows: "penjaja sayor" becomes "penjaja
 * sayur". Undefined when there is nothing to put right.
 */
export async function putRight(db: Db, words: string): Promise<string | undefined> {
  const typed = [...new Set(words.toLowerCase().match(/[\p{L}]{3,}/gu) ?? [])].slice(0, 12)
  if (typed.length === 0) return undefined
  const { rows } = await sql<{ typed: string; right: string | null }>`
    select typed, case when exists (select from gallery.word where word = typed) then typed else (
      select word from gallery.word where word % typed order by similarity(word, typed) desc, uses desc, word limit 1) end as right
    from unnest(${typed}::text[]) as typed`.execute(db)
  const right = new Map(rows.map((row) => [row.typed, row.right]))
  if (rows.every((row) => row.right === row.typed || row.right === null)) return undefined
  return words.toLowerCase().replace(/[\p{L}]{3,}/gu, (word) => right.get(word) ?? word)
}

/** One page of what was asked, in its order. */
export async function search(
  db: Db,
  query: Query,
  { offset, limit }: { offset: number; limit: number },
): Promise<Found[]> {
  const order = orders[sortOf(query)](query.q)
  const marked = (column: RawBuilder<unknown>, config: RawBuilder<unknown>) =>
    query.q ? sql`ts_headline(${config}, ${column}, ${tsquery(query.q)}, ${headline})` : column
  const own = sql`case i.lang when 'en' then 'english'::regconfig else 'indonesian'::regconfig end`
  const other = sql`case i.lang when 'en' then 'indonesian'::regconfig else 'english'::regconfig end`
  const { rows } = await sql<
    Omit<Found, 'name' | 'summary' | 'translation'> & { name: string; summary: string; translation: string | null }
  >`
    with hits as materialized (select * from gallery.innovation where ${whereOf(query)} order by ${order} offset ${offset} limit ${limit})
    select i.code, ${marked(sql`i.name`, sql`'indonesian'::regconfig`)} as name, i.agency_name as agency, i.region_name as region, i.province,
      i.last_year as "lastYear", i.category, i.status, i.flags, i.demo, i.lang, ${marked(sql`i.summary`, own)} as summary,
      ${marked(sql`i.translation`, other)} as translation,
      coalesce((select jsonb_agg(jsonb_build_object('year', a.year, 'level', a.level, 'family', a.family, 'demo', a.demo) order by a.year desc nulls last, a.level)
        from gallery.award a where a.innovation = i.id), '[]') as awards
    from hits i order by ${order}`.execute(db)
  return rows.map((row) => ({
    ...row,
    name: piecesOf(row.name),
    summary: piecesOf(row.summary),
    translation: row.translation === null ? null : piecesOf(row.translation),
  }))
}

export type Counts = { total: number; facets: Facet[] }

/** Counts already made, by database and question, for as long as the gallery stays as it is. */
const counted = new WeakMap<Db, Map<string, { changed: string; at: number; counts: Promise<Counts> }>>()
const keptFor = 30_000
const keptMost = 500

/**
 * How many there are of what was asked, and of each province, year, level, category, goal and status under it. A filter's own
 * counts leave that filter out, so that they say what one would get by choosing another.
 *
 * On the day of an announcement everybody asks the same few questions, so counts are kept until an innovation changes,
 * and never longer than half a minute.
 */
export async function count(db: Db, query: Query): Promise<Counts> {
  const { rows } = await sql<{
    changed: string | null
  }>`select max(changed)::text as changed from gallery.innovation`.execute(db)
  const changed = rows[0]?.changed ?? ''
  const { sort: _, ...asked } = query
  const key = JSON.stringify(asked)
  const kept = counted.get(db) ?? new Map()
  counted.set(db, kept)
  const known = kept.get(key)
  if (known && known.changed === changed && performance.now() - known.at < keptFor) return known.counts
  const counts = countNow(db, query)
  kept.set(key, { changed, at: performance.now(), counts })
  counts.catch(() => kept.delete(key))
  if (kept.size > keptMost) kept.delete(kept.keys().next().value!)
  return counts
}

async function countNow(db: Db, query: Query): Promise<Counts> {
  const c = conditions(query)
  const { rows } = await sql<{ kind: Facet['kind'] | 'total'; value: string; n: number }>`
    with base as materialized (select province, years, levels, categories, status, goals,
        ${c.province} as p, ${c.year} as y, ${c.level} as l, ${c.category} as c, ${c.status} as s, ${c.goal} as g
      from gallery.innovation where ${matches(query.q)})
    select 'total' as kind, '' as value, count(*)::int as n from base where p and y and l and c and s and g
    union all select 'province', coalesce(province, 'nasional'), count(*)::int from base where y and l and c and s and g group by 2
    union all select 'year', year::text, count(*)::int from base, unnest(years) as year where p and l and c and s and g group by 2
    union all select 'level', level, count(*)::int from base, unnest(levels) as level where p and y and c and s and g group by 2
    union all select 'category', category, count(*)::int from base, unnest(categories) as category where p and y and l and s and g group by 2
    union all select 'goal', goal::text, count(*)::int from base, unnest(goals) as goal where p and y and l and c and s group by 2
    union all select 'status', status, count(*)::int from base where p and y and l and c and g group by 2`.execute(db)
  return {
    total: rows.find((row) => row.kind === 'total')?.n ?? 0,
    facets: rows.filter((row) => row.kind !== 'total') as Facet[],
  }
}

/** The 38 provinces, for the filter and the map. */
export function listProvinces(db: Db) {
  return db
    .selectFrom('people.region')
    .select(['code', 'name'])
    .where('kind', '=', 'province')
    .orderBy('code')
    .execute()
}
