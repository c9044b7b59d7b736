import type { Db } from '#platform/db.ts'
import { countNightly, writeStories } from '#services'
import { addPerson, garda, laskar, sellers } from '../cast.ts'
import type { Client } from '../client.ts'
import { castOf, done, type Stage } from '../story.ts'
import { day } from './chance.ts'
import { storiesOfChildren } from './children.ts'
import { playCopies, unitNamed } from './copies.ts'
import { storiesOfWomen } from './women.ts'

/** How many are invented, and since how many days. */
export type Size = { women: number; children: number; days: number; snapshots: number }
/** Enough to look at, and quick to make. */
export const aLook: Size = { women: 120, children: 140, days: 280, snapshots: 4 }
/** Puskesmas Sempu with its ten sellers, and the children of Banyuwangi as they were counted. */
export const realSize: Size = { women: 1000, children: 5191, days: 320, snapshots: 4 }

type Place = Pick<Stage, 'web' | 'db' | 'clock' | 'people'>

/**
 * Kabupaten Banyuwangi runs two packages: Puskesmas Sempu the vegetable sellers', the education office Garda Ampuh. Installed,
 * set and given to its people through the product's own addresses; the cases are invented and written at once. The first is
 * copied by others. Returns the ids of the services.
 */
export async function runServices(stage: Place, size: Size = aLook): Promise<{ laskar: string; garda: string }> {
  const { db, clock } = stage
  const now = clock.now()
  const midnight = new Date(`${new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)}T00:00:00+07:00`)
  const from = new Date(midnight.getTime() - size.days * day)
  clock.set(from)
  const cast = castOf(stage)
  const agency = stage.people.agencies.get('Pemerintah Kabupaten Banyuwangi')!
  const admin = await cast.as(agency.admin)
  const sempu = await unitNamed(db, agency, 'Puskesmas Sempu')
  const running = {
    laskar: await install(admin, agency.id, 'laskar-penjaja-sayur', sempu),
    garda: await install(admin, agency.id, 'garda-ampuh'),
  }
  const posts = [
    ...sellers.map((seller) => ({ service: running.laskar, ...seller, role: 'laskar', area: '35.10.20' })),
    ...Object.values(laskar).map((person) => ({ service: running.laskar, ...person, area: '35.10.20' })),
    ...Object.values(garda).map((person) => ({ service: running.garda, ...person, area: '' })),
  ]
  const ids = new Map<string, string>()
  for (const { name, email, service, role, area } of posts) {
    ids.set(email, await addPerson(db, { name, email }))
    await done(admin.post(`/services/${service}/roles`, { email, role, area }), `the role ${role} of ${name}`)
  }
  const idOf = ({ email }: { email: string }) => ids.get(email)!
  await writeStories(
    db,
    running.laskar,
    storiesOfWomen({
      women: size.women,
      villages: await villagesOf(db, '35.10.20'),
      people: { sellers: sellers.map(idOf), midwife: idOf(laskar.midwife), head: idOf(laskar.head) },
      from: new Date(from.getTime() + day),
      until: now,
    }),
    now,
  )
  await writeStories(
    db,
    running.garda,
    storiesOfChildren({
      children: size.children,
      villages: await villagesOf(db, '35.10'),
      people: {
        operator: idOf(garda.operator),
        visitor: idOf(garda.visitor),
        office: idOf(garda.office),
        school: idOf(garda.school),
      },
      from: new Date(from.getTime() + day),
      until: now,
    }),
    now,
  )
  await playCopies(stage, cast, { service: running.laskar, unit: sempu, from, now })
  await cast.leave()
  await publishMonths(stage, now, size.snapshots)
  return running
}

async function install(admin: Client, agency: string, name: string, unit = ''): Promise<string> {
  const answer = await done(admin.post(`/services/agencies/${agency}/install/${name}`, { unit }), `installing ${name}`)
  return answer.headers.get('location')!.split('/')[2]!
}

/** Villages of a region, without dots; one of each district first, then the second of each … */
async function villagesOf(db: Db, region: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people.region')
    .select(['code', 'parent'])
    .where('kind', '=', 'village')
    .where('code', 'like', `${region}.%`)
    .orderBy('code')
    .execute()
  const districts = [...Map.groupBy(rows, ({ parent }) => parent).values()]
  const most = Math.max(...districts.map((list) => list.length))
  return Array.from({ length: most }, (_, i) => districts.flatMap((list) => (list[i] ? [list[i].code] : [])))
    .flat()
    .map((code) => code.replaceAll('.', ''))
}

/** The figures of the last months, each published on the first night after it, and those of last night. */
async function publishMonths({ db, clock }: Pick<Place, 'db' | 'clock'>, now: Date, months: number): Promise<void> {
  const local = new Date(now.getTime() + 7 * 3_600_000)
  for (let back = months - 1; back >= 0; back--) {
    const first = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - back, 1) - 7 * 3_600_000 + 20 * 60_000
    if (first > now.getTime()) continue
    clock.set(new Date(first))
    await countNightly(db, clock.now())
  }
  clock.set(now)
  await countNightly(db, now)
}
