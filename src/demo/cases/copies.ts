import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { packageOf, writeStories } from '#services'
import { addPerson, type Copier, copiers } from '../cast.ts'
import type { Client } from '../client.ts'
import type { DemoAgency } from '../people.ts'
import { type Cast, done, type Stage } from '../story.ts'
import { day } from './chance.ts'
import { storiesOfWomen } from './women.ts'

type Place = Pick<Stage, 'db' | 'clock' | 'people'>

/** A unit of an agency of the demo, by its name; the same one however often it is asked for. */
export async function unitNamed(db: Db, agency: DemoAgency, name: string): Promise<string> {
  const known = await db
    .selectFrom('people.unit')
    .select('id')
    .where('agency', '=', agency.id)
    .where('name', '=', name)
    .executeTakeFirst()
  if (known) return known.id
  const id = newId()
  await db.insertInto('people.unit').values({ agency: agency.id, id, name }).execute()
  return id
}

/**
 * The innovation is published as a package by its owner and copied: by another unit of the same agency as far as the
 * certificate, by a neighbour who has had its first reports, and by one in whose office nothing happens. All that is decided is
 * done through the product's own addresses; the few cases are invented.
 */
export async function playCopies(
  { db, clock, people }: Place,
  cast: Cast,
  { service, unit, from, now }: { service: string; unit: string; from: Date; now: Date },
): Promise<void> {
  const owner = people.agencies.get('Pemerintah Kabupaten Banyuwangi')!
  const { code } = await db
    .selectFrom('gallery.innovation')
    .select('code')
    .where('name', '=', 'Laskar Penjaja Sayur')
    .executeTakeFirstOrThrow()
  const at = `/replication/innovations/${code}`
  const share = (part: number) => new Date(from.getTime() + part * (now.getTime() - from.getTime()))
  clock.set(share(0.1))
  await done((await cast.as(owner.admin)).post(`${at}/publish`, { service, unit }), 'publishing the package')
  for (const copier of copiers) {
    clock.set(share(copier.adopted))
    const agency = people.agencies.get(copier.agency)!
    const own = await unitNamed(db, agency, copier.unit)
    const adopter = await cast.as(agency.admin)
    const adopted = await done(adopter.post(`${at}/adopt`, { agency: agency.id, unit: own }), `${copier.unit} adopting`)
    const process = adopted.headers.get('location')!
    if (copier.women > 0) await staff({ db, adopter, copier, agency: agency.id, unit: own, from: clock.now(), now })
    const owning = await cast.as(owner.admin)
    for (const [client, move] of [
      [adopter, 'sign'],
      // One office signs for both where it is the same.
      ...(agency === owner ? [] : [[owning, 'sign'] as const]),
      [owning, 'approve'],
      ...(copier.certified ? [[owning, 'certify'] as const] : []),
    ] as const) {
      if (copier.women === 0) continue
      clock.set(move === 'certify' ? share(0.8) : new Date(clock.now().getTime() + 2 * day))
      await client.wake()
      await done(client.post(`${process}/${move}`, { note: 'Peragaan.' }), `${move} of ${copier.unit}`)
    }
  }
  clock.set(now)
}

type Staffed = { db: Db; adopter: Client; copier: Copier; agency: string; unit: string; from: Date; now: Date }

/** Its settings looked through, its people named, its first reports. */
async function staff({ db, adopter, copier, agency, unit, from, now }: Staffed): Promise<void> {
  const { id: service, release } = await db
    .selectFrom('services.service')
    .select(['id', 'release'])
    .where('agency', '=', agency)
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow()
  const pkg = await packageOf(db, release)
  const typed = (value: unknown) => (typeof value === 'boolean' ? (value ? 'ya' : 'tidak') : String(value))
  const settings = Object.fromEntries(pkg.settings.map(({ id, default: value }) => [id, typed(value)]))
  const named = { ...settings, nama_puskesmas: copier.unit }
  await done(adopter.post(`/services/${service}/settings`, named), `settings of ${copier.unit}`)
  for (const [role, person] of Object.entries(copier.people)) {
    await addPerson(db, person)
    const form = { email: person.email, role, area: copier.district }
    await done(adopter.post(`/services/${service}/roles`, form), `the role ${role} in ${copier.unit}`)
  }
  const [seller, midwife] = [await addPerson(db, copier.people.laskar), await addPerson(db, copier.people.bidan)]
  const villages = await db
    .selectFrom('people.region')
    .select('code')
    .where('kind', '=', 'village')
    .where('parent', '=', copier.district)
    .orderBy('code')
    .execute()
  const stories = storiesOfWomen({
    women: copier.women,
    villages: villages.map(({ code }) => code.replaceAll('.', '')),
    people: { sellers: [seller], midwife, head: midwife },
    from: new Date(from.getTime() + day),
    until: now,
  })
  await writeStories(
    db,
    service,
    stories.filter((story) => story.length > 0),
    now,
  )
}
