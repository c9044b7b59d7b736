import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import type { ApiInnovation } from '../domain/api.ts'
import type { Query } from '../domain/query.ts'
import { whereOf } from './search.ts'

type Row = Omit<ApiInnovation, 'url' | 'changed' | 'summary' | 'translation' | 'contact' | 'status' | 'province'> & {
  changed: Date
  lang: 'id' | 'en'
  summary: string
  translation: string | null
  province_code: string | null
  province_name: string | null
  status: ApiInnovation['status']['value']
  status_on: string | null
  status_reason: string | null
  status_said: 'agency' | 'secretariat' | null
  office: string | null
  email: string | null
  phone: string | null
  site: string | null
}

/** Innovations by code, those after `after`; `limit` of them, with their awards, as the API gives them. */
export async function listByCode(
  db: Db,
  query: Query,
  options: { after?: string | undefined; limit: number; address: string },
): Promise<ApiInnovation[]> {
  return (await rowsOf(db, sql`${whereOf(query)} and code > ${options.after ?? ''}`, options.limit)).map((row) =>
    asApi(row, options.address),
  )
}

export async function findForApi(db: Db, code: string, address: string): Promise<ApiInnovation | undefined> {
  const [row] = await rowsOf(db, sql`code = ${code}`, 1)
  return row && asApi(row, address)
}

async function rowsOf(db: Db, where: ReturnType<typeof whereOf> | ReturnType<typeof sql>, limit: number) {
  const { rows } = await sql<Row>`
    with page as (select * from gallery.innovation where ${where} order by code limit ${limit})
    select i.code, i.name, i.agency_name as agency, i.category, i.summary, i.lang, i.translation, i.goals, i.flags as notes, i.demo, i.changed,
      r.code as province_code, r.name as province_name, i.status, i.status_on, i.status_reason, i.status_said,
      i.contact_office as office, i.contact_email as email, i.contact_phone as phone, i.contact_site as site,
      coalesce((select jsonb_agg(jsonb_build_object('from', p ->> 'from', 'question', p ->> 'question', 'text', p ->> 'text', 'lang', p ->> 'lang'))
        from jsonb_array_elements(i.story) p), '[]') as story,
      (select jsonb_agg(jsonb_build_object('year', a.year, 'level', a.level, 'family', a.family, 'category', a.category, 'source', a.source, 'decree', a.decree, 'demo', a.demo)
        order by a.year desc nulls last, a.level) from gallery.award a where a.innovation = i.id) as awards
    from page i left join people.region r on r.code = i.province order by i.code`.execute(db)
  return rows
}

function asApi(row: Row, address: string): ApiInnovation {
  const other = row.lang === 'en' ? 'id' : 'en'
  const { office, email, phone, site } = row
  return {
    code: row.code,
    url: `${address}/gallery/${row.code}`,
    name: row.name,
    agency: row.agency,
    province: row.province_code ? { code: row.province_code, name: row.province_name! } : null,
    category: row.category,
    summary: { lang: row.lang, text: row.summary },
    translation: row.translation === null ? null : { lang: other, text: row.translation },
    awards: row.awards ?? [],
    status: { value: row.status, on: row.status_on, reason: row.status_reason, said: row.status_said },
    goals: row.goals,
    story: row.story,
    contact: office || email || phone || site ? { office, email, phone, site } : null,
    notes: row.notes,
    demo: row.demo,
    changed: row.changed.toISOString(),
  }
}
