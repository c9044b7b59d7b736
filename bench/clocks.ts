import { sql } from 'kysely'
import { tick } from '../src/rooms/services/actions/time.ts'
import { copyCases, type Figure, report, withService } from './service-at-work.ts'

/** Time limits that end in one minute, 25,000 to 100,000 of them: how long the worker takes for all, each once and in its order. */
export async function benchClocks(sizes: readonly number[] = [25_000, 50_000, 100_000]): Promise<Figure[]> {
  const figures: Figure[] = []
  const posts = { seller: ['laskar', ''] } as const
  await withService('laskar-penjaja-sayur', posts, async ({ db, as, service, people }) => {
    const seller = await as(people.seller)
    await seller.post(`/services/${service}/open`, report)
    const { due } = await db.selectFrom('services.case').select('due').executeTakeFirstOrThrow()
    let from = 0
    let first: number | undefined
    // The one that is copied waits for nobody.
    await sql`update services."case" set stuck = 'disalin'`.execute(db)
    for (const size of sizes) {
      await copyCases(db, service, size, { due: due!, minutes: 1, from })
      from += size
      const begun = performance.now()
      const steps = await tick(db, new Date(due!.getTime() + 60_000))
      const seconds = (performance.now() - begun) / 1000
      const left = await sql<{
        n: number
      }>`select count(*)::int as n from services."case" where stuck is null and due <= ${new Date(due!.getTime() + 60_000)}`.execute(
        db,
      )
      const perSecond = steps / seconds
      first ??= perSecond
      figures.push({
        name: `time limits, ${size.toLocaleString('en')} due in one minute`,
        value: seconds,
        unit: 's',
        note: `${steps.toLocaleString('en')} steps; ${Math.round(perSecond)}/s; ${(perSecond / first).toFixed(2)} × the first; ${left.rows[0]!.n} left`,
      })
      await sql`truncate services.task, services.message, services.consent cascade`.execute(db)
      await sql`delete from services."case" where number like 'SALINAN-%'`.execute(db)
    }
  })
  return figures
}

if (import.meta.main) console.table(await benchClocks())
