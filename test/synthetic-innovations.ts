import { createHash } from 'node:crypto'
import { shippedInnovations } from '#competition'
import type { Db } from '#platform/db.ts'

/** A row of the register as the shipped file has it. */
type Row = { name: string; agency: string; region: string; level: string; category: string; summary: string }

/**
 * Innovations made by mixing the words of the shipped ones: as many as wanted, always the same ones, with as many
 * different words as names of people and places bring in. Put into the register as a bench or a test of size needs them.
 */
export async function registerSynthetic(db: Db, n: number, from = 0): Promise<void> {
  const rows = shippedInnovations as readonly Row[]
  const words = [...new Set(rows.flatMap((row) => `${row.name} ${row.summary}`.match(/[A-Za-z]{4,}/g) ?? []))]
  const provinces = Array.from({ length: 38 }, (_, i) => i)
  const codes = (
    await db.selectFrom('people.region').select('code').where('kind', '=', 'province').orderBy('code').execute()
  ).map((row) => row.code)
  for (let start = from; start < from + n; start += 2000) {
    const batch = Array.from({ length: Math.min(2000, from + n - start) }, (_, k) => {
      const i = start + k
      const pick = dice(i)
      const row = rows[pick(rows.length)]!
      const other = rows[pick(rows.length)]!
      const own = Array.from({ length: 3 }, () => words[pick(words.length)]!)
      const id = uuidOf(i)
      return {
        id,
        innovation: id,
        // A made-up word of its own, so that there are rare words too.
        name: `${row.name.split(' ').slice(0, 3).join(' ')} ${own.join(' ')} ${syllables(pick)}`,
        agency_name: `${row.agency} ${syllables(pick)}`,
        agency: null,
        region_name: other.region,
        region: pick(8) === 0 ? null : codes[provinces[pick(codes.length)]!]!,
        year: 2014 + pick(12),
        level: pick(3) === 0 ? 'Top 45' : 'Top 99',
        category: row.category === '-' ? null : row.category,
        summary: `${row.summary} ${other.summary} ${own.join(' ')}`,
        lang: 'id' as const,
        source: 'buatan untuk pengukuran',
      }
    })
    await db.insertInto('competition.winner').values(batch).execute()
  }
}

/** Numbers below `n`, the same for the same seed. */
function dice(seed: number) {
  let state = (seed + 1) * 2_654_435_761
  return (n: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % n
  }
}

const parts = ['ba', 'ri', 'ta', 'su', 'lo', 'me', 'ka', 'di', 'pu', 'ne', 'ja', 'wi', 'ra', 'gu', 'to', 'se']
const syllables = (pick: (n: number) => number) => Array.from({ length: 4 }, () => parts[pick(parts.length)]).join('')

const uuidOf = (i: number) => {
  const hash = createHash('sha256').update(`innovation ${i}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-7${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
