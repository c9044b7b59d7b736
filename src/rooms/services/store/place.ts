import type { Db, Tx } from '#platform/db.ts'
import type { Installation } from '../domain/case.ts'
import { nationalHolidays } from '../domain/holidays.ts'

import type { Service } from './service.ts'

let provincesAndRegencies: Set<string> | undefined

/** Codes of provinces, regencies and cities, without dots. They do not change while we run. */
export async function largeRegions(db: Db | Tx): Promise<ReadonlySet<string>> {
  provincesAndRegencies ??= new Set(
    (
      await db.selectFrom('people.region').select('code').where('kind', 'in', ['province', 'regency', 'city']).execute()
    ).map(({ code }) => plain(code)),
  )
  return provincesAndRegencies
}

const districtsAndVillages = new Map<string, ReadonlySet<string>>()

async function smallRegions(db: Db | Tx, region: string): Promise<ReadonlySet<string>> {
  const known = districtsAndVillages.get(region)
  if (known) return known
  const found = new Set((await regionsWithin(db, region)).map(({ code }) => plain(code)))
  districtsAndVillages.set(region, found)
  return found
}

/** What the engine needs to know of the place in which a service runs. Two queries at most. */
export async function placeOf(
  db: Db | Tx,
  service: Pick<Service, 'region' | 'zone' | 'settings' | 'demo'>,
): Promise<Installation> {
  const large = await largeRegions(db)
  const small = service.region ? await smallRegions(db, service.region) : new Set<string>()
  return {
    place: { zone: service.zone, holidays: nationalHolidays() },
    settings: service.settings,
    language: 'id',
    knowsRegion: (code) => large.has(code) || small.has(code),
    ...(service.demo ? { allowSynthetic: true } : {}),
  }
}

/** A place for time alone: no regions are asked for. */
export const placeOfTime = (service: Pick<Service, 'zone' | 'settings'>): Installation => ({
  place: { zone: service.zone, holidays: nationalHolidays() },
  settings: service.settings,
  language: 'id',
})

const plain = (code: string) => code.replaceAll('.', '')

/** Districts and villages of a region, with the name of the district. */
export function regionsWithin(db: Db | Tx, region: string) {
  return db
    .selectFrom('people.region as g')
    .innerJoin('people.region as p', 'p.code', 'g.parent')
    .select(['g.code', 'g.kind', 'g.name', 'p.name as within'])
    .where('g.code', 'like', `${region}.%`)
    .where('g.kind', 'in', ['district', 'village'])
    .orderBy('g.code')
    .execute()
}

/** Names of regions by their code without dots. One query, or none. */
export async function regionNames(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const dotted = codes.map((code) =>
    [code.slice(0, 2), code.slice(2, 4), code.slice(4, 6), code.slice(6)].filter(Boolean).join('.'),
  )
  const rows = await db.selectFrom('people.region').select(['code', 'name']).where('code', 'in', dotted).execute()
  return new Map(rows.map(({ code, name }) => [plain(code), name]))
}
