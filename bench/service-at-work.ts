import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { settableClock } from '#platform/clock.ts'
import { connect, type Db } from '#platform/db.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { useSecretKey } from '#platform/secret.ts'
import { app } from '../src/app.ts'
import { clientFor } from '../src/demo/client.ts'
import { builders } from '../test/world.ts'
import { withScratchDatabase } from '../tools/scratch.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

/** A service as an agency runs it, in a database of its own: installed and given to its people through the addresses. */
export async function withService<Name extends string>(
  program: string,
  posts: Record<Name, readonly [role: string, area: string]>,
  work: (at: AtWork<Name>) => Promise<void>,
): Promise<void> {
  await withScratchDatabase(async (address) => {
    useSecretKey(Buffer.alloc(32, 7))
    await migrateJobs(address)
    const db = connect(address)
    const clock = settableClock(new Date('2026-03-02T05:30:00+07:00'))
    const files = { folder: mkdtempSync(path.join(tmpdir(), 'melayani-bench-')) }
    const web = app({ db, clock, files, demo: true })
    const build = builders(db)
    const agency = await build.anAgency()
    await db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
    const as = (person: string) => clientFor({ web, db, clock }, person)
    const admin = await as(await build.aPerson('local-admin', { agency }))
    const begun = performance.now()
    const answer = await admin.post(`/services/agencies/${agency}/install/${program}`)
    const installing = performance.now() - begun
    const service = answer.headers.get('location')!.split('/')[2]!
    const people = {} as Record<Name, string>
    for (const [name, [role, area]] of Object.entries(posts) as [Name, readonly [string, string]][]) {
      people[name] = await build.aPerson()
      const { email } = await db
        .selectFrom('people.person')
        .select('email')
        .where('id', '=', people[name])
        .executeTakeFirstOrThrow()
      await admin.post(`/services/${service}/roles`, { email, role, area })
    }
    try {
      await work({ address, db, clock, as, agency, service, people, installing })
    } finally {
      await db.destroy()
    }
  })
}

export type AtWork<Name extends string> = {
  address: string
  db: Db
  clock: ReturnType<typeof settableClock>
  as: (person: string) => ReturnType<typeof clientFor>
  agency: string
  service: string
  people: Record<Name, string>
  /** How long the installation took, its examples played among it (ms). */
  installing: number
}

export const report = {
  desa: '3510202001',
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  kira_umur: '27',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
}

/**
 * So many copies of the newest case, with numbers and ids of their own, over all villages of its regency and with deadlines
 * spread over so many minutes from `due`. Each has one open task, as the case has.
 */
export async function copyCases(
  db: Db,
  service: string,
  copies: number,
  { due, minutes, from = 0 }: { due: Date; minutes: number; from?: number },
): Promise<void> {
  await sql`with one as (select * from services."case" where service = ${service} order by opened desc, id desc limit 1),
      villages as (select array_agg(replace(code, '.', '') order by code) as codes from people.region where kind = 'village' and code like '35.10.%'),
      copied as (insert into services."case" (agency, id, service, release, number, flow, state, area, opened_as, opened_by, opened, closed, due, life, open, personal, specific)
        select o.agency, gen_random_uuid(), o.service, o.release, 'SALINAN-' || (i + ${from}::int), o.flow, o.state, v.codes[1 + i % array_length(v.codes, 1)],
          o.opened_as, o.opened_by, o.opened + i * interval '1 millisecond', null, ${due}::timestamptz + (i % ${minutes * 60}::int) * interval '1 second',
          o.life, o.open, o.personal, o.specific
        from one o, villages v, generate_series(1, ${copies}::int) i returning agency, id)
    insert into services.task (agency, id, "case", role, task, at)
    select agency, gen_random_uuid(), id, 'bidan', 'hubungi_ibu', ${due} from copied`.execute(db)
  await sql`analyze services."case", services.task`.execute(db)
}
