import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Owner, ownerOf } from './agencies.ts'
import { addPerson, banyuwangi, evaluators, panel, secretariat } from './cast.ts'
import { innovations } from './innovations.ts'

export type DemoAgency = { id: string; name: string; admin: string; units: Map<string, { id: string; person: string }> }
export type DemoPeople = {
  secretariat: string[]
  evaluators: string[]
  panel: string[]
  agencies: Map<string, DemoAgency>
}

/** A short sign-in name from an agency or unit: "Pemerintah Kota Surabaya" → kota-surabaya. */
const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/^pemerintah (daerah )?/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)

/** The owners of the real innovations as agencies and units, each with its people; the secretariat, evaluators and panel. */
export async function seedPeople(db: Db): Promise<DemoPeople> {
  const regions = new Map(
    (
      await db
        .selectFrom('people.region')
        .select(['code', 'name'])
        .where('kind', 'in', ['province', 'regency', 'city'])
        .execute()
    ).map((r) => [r.name, r.code]),
  )
  const agencies = new Map<string, DemoAgency>()
  const taken = new Set<string>()
  const email = (name: string) => {
    let address = `${slug(name)}@peragaan.example`
    for (let n = 2; taken.has(address); n++) address = `${slug(name)}-${n}@peragaan.example`
    taken.add(address)
    return address
  }
  for (const owner of innovations.map((innovation) => ownerOf(innovation.agency))) {
    const agency = agencies.get(owner.agency) ?? (await addAgency(db, owner, regions, email))
    agencies.set(owner.agency, agency)
    if (!agency.units.has(owner.unit)) agency.units.set(owner.unit, await addUnit(db, agency, owner.unit, email))
  }
  return {
    secretariat: await everyone(db, secretariat, 'national-admin'),
    evaluators: await everyone(db, evaluators, 'evaluator'),
    panel: await everyone(db, panel, 'panel'),
    agencies,
  }
}

async function everyone(
  db: Db,
  people: readonly { name: string; email: string }[],
  role: 'national-admin' | 'evaluator' | 'panel',
) {
  const ids: string[] = []
  for (const { name, email } of people) ids.push(await addPerson(db, { name, email }, role))
  return ids
}

const isBanyuwangi = (name: string) => name === 'Pemerintah Kabupaten Banyuwangi'

async function addAgency(
  db: Db,
  owner: Owner,
  regions: ReadonlyMap<string, string>,
  email: (name: string) => string,
): Promise<DemoAgency> {
  const id = newId()
  const region = owner.region === null ? null : regions.get(owner.region)
  if (region === undefined) throw new Error(`The demo's region "${owner.region}" is not in the list of regions.`)
  await db
    .insertInto('people.agency')
    .values({ id, code: slug(owner.agency), kind: owner.kind, name: owner.agency, region, demo: true })
    .execute()
  const person = isBanyuwangi(owner.agency)
    ? banyuwangi.admin
    : { name: `Admin lokal ${owner.agency.replace(/^Pemerintah /, '')}`, email: email(`admin-${slug(owner.agency)}`) }
  return { id, name: owner.agency, admin: await addPerson(db, person, 'local-admin', { agency: id }), units: new Map() }
}

async function addUnit(db: Db, agency: DemoAgency, name: string, email: (name: string) => string) {
  const id = newId()
  await db.insertInto('people.unit').values({ agency: agency.id, id, name }).execute()
  const person = isBanyuwangi(agency.name)
    ? banyuwangi.unit
    : { name: `${name}, ${agency.name.replace(/^Pemerintah /, '')}`, email: email(`upp-${slug(agency.name)}`) }
  return { id, person: await addPerson(db, person, 'unit', { agency: agency.id, unit: id }) }
}
