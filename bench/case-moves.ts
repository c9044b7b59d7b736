import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import { median, percentile } from './quantile.ts'
import { copyCases, type Figure, report, withService } from './service-at-work.ts'

const moves = 240
const atOnce = 4

/**
 * Opening and moving cases through the whole path (request, session, form, engine, store, event, answer) against a bare
 * database that does the same writes, in turns within one run; with as many cases already there, twice and four times as many.
 */
export async function benchCaseMoves(sizes: readonly number[] = [25_000, 50_000, 100_000]): Promise<Figure[]> {
  const figures: Figure[] = []
  const posts = { seller: ['laskar', ''], midwife: ['bidan', ''] } as const
  await withService('laskar-penjaja-sayur', posts, async ({ db, as, service, people, installing }) => {
    figures.push({
      name: 'install, its examples played',
      value: Math.round(installing),
      unit: 'ms',
      note: '7 examples',
    })
    const [seller, midwife] = [await as(people.seller), await as(people.midwife)]
    const open = async () => {
      const sent = await seller.post(`/services/${service}/open`, report)
      if (sent.status !== 303) throw new Error(`opening: ${sent.status}`)
      return sent.headers.get('location')!
    }
    const contact = async (address: string) => {
      const sent = await midwife.post(`${address}/moves/hubungi`, { cara_kontak: 'kunjungan' })
      if (sent.status !== 303) throw new Error(`moving: ${sent.status}`)
    }
    for (let i = 0; i < 20; i++) await contact(await open())
    let there = 0
    const speeds: number[] = []
    for (const size of sizes) {
      await copyCases(db, service, size - there, { due: new Date('2027-01-01'), minutes: 60_000, from: there })
      there = size
      const cases: string[] = []
      const opening = await timed(moves, async () => {
        cases.push(await open())
      })
      // Whole path, bare, whole path, bare: what the machine does besides falls on both.
      const whole: number[] = []
      const bare: number[] = []
      for (let turn = 0; turn < 2; turn++) {
        const half = cases.splice(0, moves / 2)
        const ids = half.map((address) => address.split('/').at(-1)!)
        whole.push(...(await timed(half.length, (i) => contact(half[i]!))).each)
        bare.push(...(await timed(ids.length, (i) => bareMove(db, ids[i]!))).each)
      }
      const perSecond = (each: readonly number[]) => (1000 * atOnce) / (each.reduce((a, b) => a + b, 0) / each.length)
      speeds.push(perSecond(whole))
      figures.push(
        {
          name: `cases opened, ${size.toLocaleString('en')} there`,
          value: Math.round(opening.perSecond),
          unit: '/s',
          note: `p50 ${median(opening.each).toFixed(1)} ms; p99 ${percentile(opening.each, 0.99).toFixed(1)} ms; ${atOnce} at once`,
        },
        {
          name: `case moves, ${size.toLocaleString('en')} there`,
          value: Math.round(perSecond(whole)),
          unit: '/s',
          note: `p50 ${median(whole).toFixed(1)} ms; p99 ${percentile(whole, 0.99).toFixed(1)} ms; ${(perSecond(whole) / perSecond(bare)).toFixed(2)} × the bare database (${Math.round(perSecond(bare))}/s)`,
        },
      )
    }
    figures.push({
      name: 'case moves, four times the cases',
      value: speeds[2]! / speeds[0]!,
      unit: '×',
      note: `of the speed with a quarter; twice: ${(speeds[1]! / speeds[0]!).toFixed(2)} ×`,
    })
  })
  return figures
}

/** So many pieces of work, a few at once: how long each took, and how many a second. */
async function timed(n: number, work: (i: number) => Promise<unknown>) {
  const each: number[] = []
  let next = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < n) {
        const i = next++
        const at = performance.now()
        await work(i)
        each.push(performance.now() - at)
      }
    }),
  )
  return { each, perSecond: (1000 * n) / (performance.now() - begun) }
}

/** What a move writes, by itself: the case held and written anew, its work done, a message, an event in the chain. */
async function bareMove(db: Db, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      agency: string
      life: unknown
      open: unknown
      personal: unknown
      specific: unknown
    }>`select agency, life, open, personal, specific
      from services."case" where id = ${id} for update`.execute(tx)
    const { agency, ...values } = rows[0]!
    const [life, open, personal, specific] = [values.life, values.open, values.personal, values.specific].map((one) =>
      JSON.stringify(one),
    )
    await sql`update services."case" set state = 'dihubungi', due = now(), life = ${life}, open = ${open}, personal = ${personal},
      specific = ${specific}, revision = revision + 1 where agency = ${agency} and id = ${id}`.execute(tx)
    await sql`update services.task set done = now() where agency = ${agency} and "case" = ${id} and done is null and role = 'bidan'`.execute(
      tx,
    )
    await sql`insert into services.message (agency, id, "case", message, at, to_role, text)
      values (${agency}, gen_random_uuid(), ${id}, 'sudah_ditangani', now(), 'laskar', '{"sms": "Sudah ditangani. Terima kasih!"}')`.execute(
      tx,
    )
    const event = {
      at: new Date(),
      actor: null,
      name: 'services.case-moved',
      subject: id,
      scope: agency,
      particulars: { move: 'hubungi' },
      hashed: 'x',
    }
    await sql`select log.append(${JSON.stringify([event])}::jsonb)`.execute(tx)
  })
}

if (import.meta.main) console.table(await benchCaseMoves())
