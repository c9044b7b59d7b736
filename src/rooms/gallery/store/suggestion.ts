import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { readCode } from '../domain/innovation.ts'
import { readCodeStart, type SuggestedRow, suggestMost } from '../domain/suggestion.ts'
import { putRight } from './search.ts'

/** Of a word that stands in thousands of names, so many are looked at: enough to rank, few enough to be quick. */
const looked = 300

/** The words of a name, the last one perhaps half typed, as a question to the index of words; undefined for none. */
function wordsOf(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  if ((words.at(-1)?.length ?? 0) < 3 && words.length < 2) return undefined
  // A is the weight of the name: what only the summary says is found by the search itself.
  return words.map((word, i) => (i === words.length - 1 ? `${word}:*A` : `${word}:A`)).join(' & ')
}

/**
 * What fits what is being typed, best first: a code, names that begin with it, agencies and categories, names that hold
 * its words; and when nothing does, what fits the words put right. Two queries, by indexes. `called` are categories that the words name in another
 * language.
 */
export async function suggest(db: Db, typed: string, called: readonly string[] = []): Promise<SuggestedRow[]> {
  const q = typed.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 100)
  const right = (await putRight(db, q)) ?? q
  const like = (text: string) => text.replace(/[\\%_]/g, '\\$&')
  const start = `${like(q)}%`
  const codeStart = `${readCodeStart(q) ?? '-'}%`
  const code = readCode(q) ?? '-'
  const held = (text: string) => {
    const words = wordsOf(text)
    return words ? sql`words @@ to_tsquery('simple', ${words})` : sql`false`
  }
  const listed = (text: string) => sql`lower(text) like ${text.length < 3 ? `${like(text)}%` : `%${like(text)}%`}`
  const { rows } = await sql<SuggestedRow>`
    with coded as materialized (
        select name, code, agency_name from gallery.innovation where code = ${code} or code like ${codeStart} order by code limit 3),
      begun as materialized (
        select name, code, agency_name, last_year from gallery.innovation where lower(name) like ${start}
        order by lower(name) using ~<~ limit 5),
      held as materialized (
        select name, code, agency_name, last_year from gallery.innovation where ${held(q)} limit ${looked}),
      listed as materialized (
        select kind, text, uses, lower(text) like ${start} as starts from gallery.suggestion where ${listed(q)} or (kind = 'category' and text = any(${[...called]}::text[]))
        order by starts desc, uses desc, text limit 3),
      fits as materialized (
        select 'innovation' as kind, name as text, code, agency_name as note, 0 as place, right(code, 6)::int as n from coded
        union all select 'innovation', name, code, agency_name, 1, -coalesce(last_year, 0) from begun
        union all select kind, text, null, uses::text, case when starts then 2 else 3 end, -uses from listed
        union all select 'innovation', name, code, agency_name, 4, -coalesce(last_year, 0) from held),
      nearly as materialized (
        select 'innovation' as kind, name as text, code, agency_name as note, 5 as place, -coalesce(last_year, 0) as n
        from (select * from gallery.innovation where not exists (select from fits) and ${held(right)} limit ${looked}) i
        union all select kind, text, null, uses::text, 6, -uses
        from (select * from gallery.suggestion where not exists (select from fits) and ${listed(right)} limit ${looked}) s)
    select kind, text, code, note from (
      select distinct on (kind, coalesce(code, text)) kind, text, code, note, place, n
      from (select * from fits union all select * from nearly) x
      order by kind, coalesce(code, text), place, n) best
    order by place, n, text, code limit ${suggestMost}`.execute(db)
  return rows
}

/** Agencies and categories, counted anew. */
export async function refreshSuggestions(tx: Tx): Promise<void> {
  await tx.deleteFrom('gallery.suggestion').execute()
  await sql`insert into gallery.suggestion (kind, text, uses)
    select 'agency', agency_name, count(*) from gallery.innovation group by agency_name
    union all select 'category', tag, count(*) from gallery.innovation, unnest(categories) as tag group by tag`.execute(
    tx,
  )
}
