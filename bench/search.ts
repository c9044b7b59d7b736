import { sql } from 'kysely'
import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { connect, type Db } from '#platform/db.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { querySchema } from '../src/rooms/gallery/domain/query.ts'
import { count, putRight, search } from '../src/rooms/gallery/store/search.ts'
import { registerSynthetic } from '../test/synthetic-innovations.ts'
import { withScratchDatabase } from '../tools/scratch.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

/** What people ask: a rare word, two words, a common word, a mistyped one, a filter, nothing. */
const questions: Record<string, { q?: string; province?: string; year?: string; level?: string }> = {
  'two words': { q: 'penjaja sayur' },
  'common word': { q: 'pemerintah' },
  'mistyped word': { q: 'penjaja sayor' },
  'words and filters': { q: 'sampah', province: '35', level: 'top99' },
  'filters alone': { province: '65', year: '2019' },
  'first page': {},
}

/** One page as the gallery answers it: counts for the filters, corrected words if nothing fits, results with marks. */
async function answer(db: Db, asked: Record<string, string>): Promise<number> {
  let query = querySchema.parse(asked)
  let { total } = await count(db, query)
  if (total === 0 && query.q) {
    query = { ...query, q: (await putRight(db, query.q)) ?? query.q }
    total = (await count(db, query)).total
  }
  await search(db, query, { offset: 0, limit: 20 })
  return total
}

/** Make the counts kept for the last question worth nothing, so that each is counted anew. */
const touch = (db: Db) =>
  sql`update gallery.innovation set changed = clock_timestamp() where code = 'MI-000001'`.execute(db)

/** Search over 20,000 innovations, and over twice and four times as many: p50, p99 and growth. */
export async function benchSearch(sizes: readonly number[] = [20_000, 40_000, 80_000]): Promise<Figure[]> {
  const figures: Figure[] = []
  await withScratchDatabase(async (address) => {
    await migrateJobs(address)
    const db = connect(address, 4)
    try {
      await importInnovations(db)
      let there = 0
      const medians = new Map<string, number[]>()
      for (const size of sizes) {
        await registerSynthetic(db, size - there, there)
        there = size
        const begun = performance.now()
        await db.transaction().execute(syncGallery)
        const synced = performance.now() - begun
        await sql`vacuum analyze gallery.innovation, gallery.award, gallery.word`.execute(db)
        const again = performance.now()
        await db.transaction().execute(syncGallery)
        figures.push(
          figure(
            `sync to ${size.toLocaleString('en')}`,
            synced,
            'ms',
            `new ones written; nothing new: ${ms(performance.now() - again)}`,
          ),
        )
        for (const [name, asked] of Object.entries(questions)) {
          const times: number[] = []
          let total = 0
          for (let i = 0; i < warm + runs; i++) {
            await touch(db)
            const at = performance.now()
            total = await answer(db, asked as Record<string, string>)
            if (i >= warm) times.push(performance.now() - at)
          }
          times.sort((a, b) => a - b)
          const p50 = quantile(times, 0.5)
          const known = medians.get(name) ?? []
          medians.set(name, [...known, p50])
          const growth = known[0] ? `; ${(p50 / known[0]).toFixed(1)} times the first size` : ''
          figures.push(
            figure(
              `search ${size.toLocaleString('en')}: ${name}`,
              p50,
              'ms',
              `p50 of ${runs}; p99 ${ms(quantile(times, 0.99))}; ${total} found${growth}`,
            ),
          )
        }
      }
    } finally {
      await db.destroy()
    }
  })
  return figures
}

/** How often each question is asked before and while the clock runs. */
const warm = 5
const runs = 60
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
const ms = (value: number) => `${value.toFixed(1)} ms`
const figure = (name: string, value: number, unit: string, note: string): Figure => ({
  name,
  value: Math.round(value * 100) / 100,
  unit,
  note,
})

if (import.meta.main) console.table(await benchSearch())
