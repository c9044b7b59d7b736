import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { AwardLine, Brief, Innovation, Photo, Related, Telling } from '../domain/shown.ts'

/** One innovation with its history, newest award first. Everybody may read it. */
export async function findByCode(
  db: Db,
  code: string,
): Promise<{ innovation: Innovation; awards: AwardLine[] } | undefined> {
  const innovation = await db.selectFrom('gallery.innovation').selectAll().where('code', '=', code).executeTakeFirst()
  if (!innovation) return undefined
  const awards = await db
    .selectFrom('gallery.award')
    .select(['id', 'year', 'level', 'family', 'category', 'source', 'decree', 'round', 'flags', 'demo'])
    .where('innovation', '=', innovation.id)
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('level')
    .execute()
  return {
    innovation: { ...innovation, story: innovation.story as Telling[], photos: innovation.photos as Photo[] },
    awards: awards as AwardLine[],
  }
}

/** The innovations that carry these codes: the identity in the register of winners, by code. */
export async function innovationsByCode(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await db.selectFrom('gallery.innovation').select(['code', 'id']).where('code', 'in', codes).execute()
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** The codes that these innovations carry, by their identity in the register of winners. */
export async function codesOf(db: Db, innovations: readonly string[]): Promise<Map<string, string>> {
  if (innovations.length === 0) return new Map()
  const rows = await db.selectFrom('gallery.innovation').select(['code', 'id']).where('id', 'in', innovations).execute()
  return new Map(rows.map(({ code, id }) => [id, code]))
}

/** Others that share words with it; those of its category or province first. At most `limit`. */
export async function listRelated(db: Db, id: string, limit = 4): Promise<Related[]> {
  const { rows } = await sql<Related>`
    with own as (select id, category, province, to_tsquery('indonesian', nullif((
        select string_agg(quote_literal(w), ' | ') from unnest(regexp_split_to_array(lower(name || ' ' || case when lang = 'id' then summary else coalesce(translation, '') end), '[^[:alpha:]]+')) w where length(w) > 4), '')) as words
      from gallery.innovation where id = ${id})
    select i.code, i.name, i.agency_name as agency, i.last_year as "lastYear"
    from gallery.innovation i, own where i.id <> own.id and i.words @@ own.words
    order by ts_rank(i.words, own.words, 1) * (case when i.category = own.category then 2 else 1 end) * (case when i.province = own.province then 1.3 else 1 end) desc, i.code
    limit ${limit}`.execute(db)
  return rows
}

/** Figures for the front page: how many innovations, agencies and provinces, and the newest change. */
export async function countGallery(
  db: Db,
): Promise<{ innovations: number; agencies: number; provinces: number; changed: Date | null }> {
  const { rows } = await sql<{ innovations: number; agencies: number; provinces: number; changed: Date | null }>`
    select count(*)::int as innovations, count(distinct lower(agency_name))::int as agencies, count(distinct province)::int as provinces, max(changed) as changed
    from gallery.innovation`.execute(db)
  return rows[0]!
}

/** Real innovations of the source articles, for the front page; the day decides which of them. */
export async function listHighlights(db: Db, day: string, limit = 6): Promise<Brief[]> {
  const { rows } = await sql<Brief>`
    select code, name, agency_name as agency, region_name as region, last_year as "lastYear", lang, summary, translation
    from gallery.innovation where in_seed order by md5(code || ${day}), code limit ${limit}`.execute(db)
  return rows
}

/** Innovations by province code; national ones are left out of a map. */
export async function countByProvince(db: Db): Promise<{ code: string; name: string; n: number }[]> {
  const { rows } = await sql<{ code: string; name: string; n: number }>`
    select r.code, r.name, count(i.id)::int as n from people.region r left join gallery.innovation i on i.province = r.code
    where r.kind = 'province' group by r.code, r.name order by r.code`.execute(db)
  return rows
}
