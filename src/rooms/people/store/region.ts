import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Region, RegionKind } from '../domain/agency.ts'

const shape = sql`g.code, g.kind, g.name, nullif(concat_ws(', ', p.name, pp.name, ppp.name), '') as within`
const joined = sql`people.region g left join people.region p on p.code = g.parent left join people.region pp on pp.code = p.parent
  left join people.region ppp on ppp.code = pp.parent`

const large: readonly RegionKind[] = ['province', 'regency', 'city']

/**
 * Regions whose name or code holds what was typed: whole names first, then names that begin with it (with or without
 * "Kabupaten" or "Kota"), the larger region before the smaller. One query.
 */
export async function searchRegions(
  db: Db | Tx,
  typed: string,
  kinds: readonly RegionKind[] = [],
  limit = 20,
): Promise<Region[]> {
  const q = typed.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 100)
  if (q === '') return []
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const start = pattern.slice(1)
  // Two letters stand in half of all names: they are looked for among the large regions only.
  const wanted = kinds.length > 0 ? kinds : q.length < 3 ? large : []
  const ofKind = wanted.length > 0 ? sql`and g.kind = any(${[...wanted]})` : sql``
  const named = /^\d/.test(q) ? sql`g.code like ${start}` : sql`lower(g.name) like ${pattern}`
  const short = sql`regexp_replace(lower(g.name), '^(kabupaten|kota|provinsi) (administrasi )?', '')`
  const { rows } = await sql<Region>`
    with found as materialized (
      select * from people.region g where ${named} ${ofKind})
    select ${shape} from (
      select *, case when ${short} = ${q} or lower(g.name) = ${q} or g.code = ${q} then 0
          when ${short} like ${start} or lower(g.name) like ${start} then 1 else 2 end as place,
        array_position(array['province', 'regency', 'city', 'district', 'village'], g.kind) as size
      from found g order by place, size, g.name, g.code limit ${limit}) g
    left join people.region p on p.code = g.parent left join people.region pp on pp.code = p.parent
    left join people.region ppp on ppp.code = pp.parent
    order by g.place, g.size, g.name, g.code`.execute(db)
  return rows
}

/** The region with this Kemendagri code. */
export async function findRegion(db: Db | Tx, code: string): Promise<Region | undefined> {
  const { rows } = await sql<Region>`select ${shape} from ${joined} where g.code = ${code}`.execute(db)
  return rows[0]
}

/** Regions by code and by full name (lower case), for a table that names either. Provinces, regencies and cities only. */
export async function findRegionsNamed(db: Db | Tx, typed: readonly string[]): Promise<Region[]> {
  const wanted = [...new Set(typed.map((text) => text.toLowerCase()))]
  const { rows } = await sql<Region>`select ${shape} from ${joined}
    where g.kind in ('province', 'regency', 'city') and (g.code = any(${wanted}) or lower(g.name) = any(${wanted}))`.execute(
    db,
  )
  return rows
}

export async function listProvinces(db: Db): Promise<{ code: string; name: string }[]> {
  return db
    .selectFrom('people.region')
    .select(['code', 'name'])
    .where('kind', '=', 'province')
    .orderBy('name')
    .execute()
}
