import { sql } from 'kysely'
import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { settableClock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import { drain } from '#platform/jobs.ts'
import { codeAt } from '#platform/totp.ts'
import { app, type House } from '../app.ts'
import { jobs } from '../jobs.ts'
import { aLook, realSize, runServices } from './cases/run.ts'
import {
  banyuwangi,
  bondowoso,
  copiers,
  demoPassword,
  demoSecret,
  evaluators,
  garda,
  laskar,
  panel,
  secretariat,
  sellers,
} from './cast.ts'
import { countVillage } from './counted.ts'
import { seedPeople } from './people.ts'
import { first, openPracticeRound, openRound, playRound } from './round.ts'
import { at, castOf } from './story.ts'
import { prepareVillage } from './village.ts'

const mark = async (db: Db, name: string) => {
  await sql`insert into public.migration (name) values (${name}) on conflict do nothing`.execute(db)
}

/** How far the demo of this database is: a set-up that was cut off half-way is begun again from nothing. */
export async function demoState(db: Db): Promise<'none' | 'cut-off' | 'done' | 'not-empty'> {
  const { rows } = await sql<{ name: string }>`select name from public.migration where name like 'demo %'`.execute(db)
  if (rows.some((row) => row.name === 'demo done')) return 'done'
  if (rows.length > 0) return 'cut-off'
  const anybody = await db.selectFrom('people.person').select('id').limit(1).executeTakeFirst()
  return anybody ? 'not-empty' : 'none'
}

/** Fill an empty database with the demo. */
export async function seedDemo(house: House, address: string, say: (line: string) => void): Promise<void> {
  const { db } = house
  await mark(db, 'demo begun')
  say('demo: 142 real innovations with their sources')
  await importInnovations(db)
  await db.transaction().execute(syncGallery)
  say('demo: agencies, units and people')
  const people = await seedPeople(db)
  const now = house.clock.now()
  const clock = settableClock(at(first, 0))
  const stage = { web: app({ ...house, clock, demo: true }), db, clock, people }
  const cast = castOf(stage)
  const round = await openRound(stage, cast, 'peragaan-2017')
  await playRound({ ...stage, ...round }, cast, () => drain(address, db, jobs), say)
  await cast.leave()
  // Ten years later: the sessions of 2017 are over.
  clock.set(now)
  const today = castOf(stage)
  await openPracticeRound(stage, today, now)
  await today.leave()
  say('demo: two services at work in Banyuwangi, with invented cases; one is copied by three')
  // DEMO_CASES=real: a thousand women and 5,191 children; takes minutes.
  await runServices(stage, process.env.DEMO_CASES === 'real' ? realSize : aLook)
  say('demo: a village prepares an election, and practises it')
  const villagers = castOf(stage)
  const regency = people.agencies.get('Pemerintah Kabupaten Banyuwangi')!.id
  await prepareVillage(db, villagers, regency, now)
  await drain(address, db, jobs)
  say('demo: a village has voted; its records wait for the verifier')
  // After the last drain: judging records is the worker's, and the start does not wait for it.
  await countVillage(stage, villagers, regency)
  await villagers.leave()
  await mark(db, 'demo done')
}

/** What to tell whoever started the demo. */
export function castList(): string {
  const line = (person: { name: string; email: string }, what: string) =>
    `  ${person.email.padEnd(28)} ${person.name} · ${what}`
  return [
    `The demo's cast (password of all: ${demoPassword})`,
    line(secretariat[0]!, 'admin nasional'),
    `  ${''.padEnd(28)} second factor now: ${codeAt(demoSecret, new Date())}; the next codes: npm run demo-code (or key ${demoSecret} in an app)`,
    line(banyuwangi.admin, 'admin lokal Banyuwangi'),
    line(banyuwangi.unit, 'UPP Banyuwangi'),
    line(evaluators[0]!, 'evaluator'),
    line(panel[0]!, 'panelis'),
    line(sellers[0]!, 'penjaja sayur, Sempu'),
    line(laskar.midwife, 'bidan, Sempu'),
    line(garda.visitor, 'petugas kunjungan, Garda Ampuh'),
    line(copiers[0]!.people.bidan, `bidan, ${copiers[0]!.unit} (replikasi)`),
    line(bondowoso, 'admin lokal Bondowoso, yang mereplikasi; pemiliknya Dewi: /replication'),
  ].join('\n')
}
