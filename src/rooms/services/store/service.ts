import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Install, Installer } from '../domain/installing.ts'
import type { Package } from '../domain/package/format/index.ts'
import { changeOver } from './changeover.ts'
import { packageOf, packagesOf } from './package.ts'

/** A package that an agency runs, with where it runs. */
export type Service = {
  agency: string
  agencyName: string
  /** The unit that runs it; none where the agency runs it as a whole. */
  unit: string | null
  unitName: string | null
  /** Code of the agency's region; none for a national one. */
  region: string | null
  id: string
  pkg: Package
  release: Buffer
  settings: Record<string, unknown>
  opened: number
  installed: Date
  /** Since when it takes no new cases. */
  retired: Date | null
  zone: 'WIB' | 'WITA' | 'WIT'
  demo: boolean
}

const services = (db: Db | Tx) =>
  db
    .selectFrom('services.service as s')
    .innerJoin('people.agency as a', 'a.id', 's.agency')
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
    .select([
      's.agency',
      's.unit',
      'u.name as unitName',
      's.id',
      's.release',
      's.settings',
      's.opened',
      's.installed',
      's.retired',
      'a.name as agencyName',
      'a.region',
      'a.demo',
      'g.zone',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof services>['executeTakeFirstOrThrow']>>

const asService = (row: Row, pkg: Package): Service => ({
  ...row,
  settings: row.settings as Record<string, unknown>,
  zone: (row.zone ?? 'WIB') as Service['zone'],
  pkg,
})

/** A service, retired or not. Everybody may know of it: it is published. */
export async function findService(db: Db | Tx, id: string): Promise<Service | undefined> {
  const row = await services(db).where('s.id', '=', id).executeTakeFirst()
  return row && asService(row, await packageOf(db, row.release))
}

/** The same, held until the act is over. */
export async function holdService(tx: Tx, _actor: Actor, id: string): Promise<Service | undefined> {
  const row = await services(tx).where('s.id', '=', id).forUpdate('s').executeTakeFirst()
  return row && asService(row, await packageOf(tx, row.release))
}

/** Services by name of the agency; of these only, when given. Two queries at most. */
export async function listServices(db: Db, only?: readonly string[]): Promise<Service[]> {
  let query = services(db).orderBy('a.name').orderBy('s.package').limit(500)
  if (only) query = query.where('s.id', 'in', only.length > 0 ? [...only] : [''])
  const rows = only?.length === 0 ? [] : await query.execute()
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  return rows.map((row) => asService(row, packages.get(row.release.toString('hex'))!))
}

/** The agencies of these ids by name, for whoever administers them. */
export function listAgencies(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('people.agency')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .execute()
}

/** The units of an agency by name. */
export const listUnits = (db: Db, agency: string) =>
  db.selectFrom('people.unit').select(['id', 'name']).where('agency', '=', agency).orderBy('name').execute()
/** An agency whose people are made up. */
export const findDemoAgency = (db: Db, id: string) =>
  db.selectFrom('people.agency').select(['id', 'name']).where('id', '=', id).where('demo', '=', true).executeTakeFirst()

/** An agency as one that installs packages; held, so that two at once install one after the other. */
export async function holdInstaller(tx: Tx, _actor: Actor, agency: string): Promise<Installer | undefined> {
  await sql`select pg_advisory_xact_lock(7019, hashtext(${agency}))`.execute(tx)
  return findInstaller(tx, agency)
}

export async function findInstaller(db: Db | Tx, agency: string): Promise<Installer | undefined> {
  const known = await db.selectFrom('people.agency').select('id').where('id', '=', agency).executeTakeFirst()
  if (!known) return undefined
  const installed = await db
    .selectFrom('services.service as s')
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .innerJoin('services.installation as i', (join) =>
      join.onRef('i.agency', '=', 's.agency').onRef('i.service', '=', 's.id').onRef('i.release', '=', 's.release'),
    )
    .leftJoin('services.release as b', 'b.hash', 'i.base')
    .select([
      's.id as service',
      's.package',
      's.unit',
      'r.version',
      'r.hash',
      'i.key',
      'i.seal',
      'b.version as base',
      's.settings',
    ])
    .where('s.agency', '=', agency)
    .execute()
  const publishers = await db.selectFrom('services.publisher').select('key').execute()
  const units = await db.selectFrom('people.unit').select('id').where('agency', '=', agency).execute()
  const releases = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', (join) =>
      join.on((eb) => eb('r.hash', '=', eb.fn.coalesce('i.base', 'i.release'))),
    )
    .select(['r.package', 'r.version', 'r.hash'])
    .distinct()
    .where('i.agency', '=', agency)
    .execute()
  const packages = await packagesOf(
    db,
    installed.map(({ hash }) => hash),
  )
  return {
    agency,
    others: [...packages.values()],
    known: releases.map(({ hash, ...row }) => ({ ...row, hash: hash.toString('hex') })),
    installed: installed.map((row) => ({
      ...row,
      settings: row.settings as Record<string, unknown>,
      hash: row.hash.toString('hex'),
      seal: row.seal?.toString('hex') ?? null,
    })),
    keys: publishers.map(({ key }) => key),
    units: units.map(({ id }) => id),
  }
}

/** The seal under which a release was installed here first; none for one shipped with the house. */
export async function sealOf(db: Db | Tx, release: Buffer): Promise<Install['seal']> {
  const row = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.publisher as p', 'p.key', 'i.key')
    .select(['i.seal', 'i.key', 'p.name as publisher'])
    .where('i.release', '=', release)
    // A version made here is signed by nobody, whoever signed what it was made from.
    .where('i.base', 'is', null)
    .orderBy('i.at')
    .limit(1)
    .executeTakeFirst()
  return row?.seal && row.key ? { hash: row.seal.toString('hex'), key: row.key, publisher: row.publisher } : null
}

/** Keep a package and let new cases of the agency run by it. `service` is the id of a new one. */
export async function saveInstall(
  tx: Tx,
  agency: string,
  { pkg, hash, seal, service, fresh, unit }: Install & { service: string; fresh: boolean },
  by: { person: string | null; at: Date },
): Promise<void> {
  const release = Buffer.from(hash, 'hex')
  const { id, version } = pkg.manifest
  await tx
    .insertInto('services.release')
    .values({ hash: release, package: id, version, content: JSON.stringify(pkg), added: by.at })
    .onConflict((c) => c.doNothing())
    .execute()
  if (fresh)
    await tx
      .insertInto('services.service')
      .values({ agency, id: service, package: id, unit, release, installed: by.at })
      .execute()
  else await changeOver(tx, { agency, id: service }, { release }, by)
  await tx
    .insertInto('services.installation')
    .values({
      agency,
      service,
      release,
      seal: seal ? Buffer.from(seal.hash, 'hex') : null,
      key: seal?.key ?? null,
      by: by.person,
      at: by.at,
    })
    // A version that was taken back may come again.
    .onConflict((c) => c.doNothing())
    .execute()
}

export async function saveSettings(tx: Tx, { agency, id }: Service, settings: Record<string, unknown>): Promise<void> {
  await tx
    .updateTable('services.service')
    .set({ settings: JSON.stringify(settings) })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** From now on no new cases, or again new ones. */
export async function saveRetirement(tx: Tx, { agency, id }: Service, retired: Date | null): Promise<void> {
  await tx.updateTable('services.service').set({ retired }).where('agency', '=', agency).where('id', '=', id).execute()
}

/** The next number of a case of this service; the service is held. */
export const takeNumber = (tx: Tx, service: Service, at: Date): Promise<void> => addNumbers(tx, service, 1, at)

/** So many numbers are taken; the service is held. `at`: when the first of these cases was opened. */
export async function addNumbers(tx: Tx, { agency, id }: Service, n: number, at: Date): Promise<void> {
  await tx
    .updateTable('services.service')
    .set((eb) => ({ opened: eb('opened', '+', n), first_case: eb.fn.coalesce('first_case', eb.val(at)) }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
