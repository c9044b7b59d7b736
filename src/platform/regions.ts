import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import type { Tx } from './db.ts'

/** Provinces by time zone (Keppres 41/1987; the provinces split off since keep the zone of their mother province). */
const wita = ['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']
const wit = ['81', '82', '91', '92', '93', '94', '95', '96']
const zoneOf = (code: string) =>
  wita.includes(code.slice(0, 2)) ? 'WITA' : wit.includes(code.slice(0, 2)) ? 'WIT' : 'WIB'

const read = (name: string) =>
  parse(
    readFileSync(
      path.join(path.dirname(fileURLToPath(import.meta.resolve('idn-area-data'))), '../data', `${name}.csv`),
    ),
    {
      columns: true,
    },
  ) as Record<string, string>[]

/** Load the 38 provinces, 514 regencies and cities, districts and villages with their Kemendagri codes. */
export async function loadRegions(tx: Tx): Promise<void> {
  const rows = [
    ...read('provinces').map((r) => ({ code: r.code!, kind: 'province', name: r.name!, parent: null })),
    ...read('regencies').map((r) => ({
      code: r.code!,
      kind: r.name!.startsWith('Kota ') ? 'city' : 'regency',
      name: r.name!,
      parent: r.province_code!,
    })),
    ...read('districts').map((r) => ({ code: r.code!, kind: 'district', name: r.name!, parent: r.regency_code! })),
    ...read('villages').map((r) => ({ code: r.code!, kind: 'village', name: r.name!, parent: r.district_code! })),
  ]
  for (let from = 0; from < rows.length; from += 20_000) {
    const part = rows.slice(from, from + 20_000)
    await sql`insert into people.region (code, kind, name, parent, zone)
      select * from unnest(${part.map((r) => r.code)}::text[], ${part.map((r) => r.kind)}::text[], ${part.map((r) => r.name)}::text[],
        ${part.map((r) => r.parent)}::text[], ${part.map((r) => zoneOf(r.code))}::text[])`.execute(tx)
  }
  // Without it the first searches do not know that the index is worth its while.
  await sql`analyze people.region`.execute(tx)
}
