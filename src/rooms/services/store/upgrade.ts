import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Running } from '../domain/local.ts'
import type { Choices } from '../domain/package/merge.ts'
import type { House, Newer, OpenCases } from '../domain/upgrading.ts'
import { changeOver } from './changeover.ts'
import { packagesOf } from './package.ts'
import { findService, holdInstaller, holdService, type Service } from './service.ts'

type By = { person: string | null; at: Date }

/** A service with what stands behind its release: the publisher's version, whose seal it bore, and all that it ran before. */
export type Upgradable = Service & Running & { key: string | null; seal: string | null }

async function withRelease(db: Db | Tx, service: Service | undefined): Promise<Upgradable | undefined> {
  if (!service) return undefined
  const rows = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .leftJoin('services.release as b', 'b.hash', 'i.base')
    .select(['r.hash', 'r.version', 'i.base', 'b.version as published', 'i.seal', 'i.key'])
    .where('i.agency', '=', service.agency)
    .where('i.service', '=', service.id)
    .execute()
  const current = rows.find(({ hash }) => hash.equals(service.release))!
  const base = current.base ?? current.hash
  const others = await db
    .selectFrom('services.service')
    .select('release')
    .where('agency', '=', service.agency)
    .where('id', '!=', service.id)
    .execute()
  const packages = await packagesOf(db, [base])
  const beside = await packagesOf(
    db,
    others.map(({ release }) => release),
  )
  return {
    ...service,
    hash: service.release.toString('hex'),
    base: { hash: base.toString('hex'), pkg: packages.get(base.toString('hex'))! },
    // The publisher's releases behind local versions are known too, though they never ran alone.
    earlier: rows.flatMap(({ hash, version, base: behind, published }) => [
      { hash: hash.toString('hex'), version },
      ...(behind ? [{ hash: behind.toString('hex'), version: published! }] : []),
    ]),
    others: [...beside.values()],
    key: current.key,
    seal: current.seal?.toString('hex') ?? null,
  }
}

export const findUpgradable = async (db: Db, id: string) => withRelease(db, await findService(db, id))

/** The same, held until the act is over, and against whatever else its agency is installing. */
export async function holdUpgradable(tx: Tx, actor: Actor, id: string) {
  const known = await findService(tx, id)
  if (!known) return undefined
  await holdInstaller(tx, actor, known.agency)
  return withRelease(tx, await holdService(tx, actor, id))
}

/** Keep the content of a release; one that is known stays as it is. */
export async function keepRelease(
  tx: Tx,
  { pkg, hash }: { pkg: Service['pkg']; hash: string },
  at: Date,
): Promise<void> {
  const { id, version } = pkg.manifest
  await tx
    .insertInto('services.release')
    .values({ hash: Buffer.from(hash, 'hex'), package: id, version, content: JSON.stringify(pkg), added: at })
    .onConflict((c) => c.doNothing())
    .execute()
}

export type Switch = {
  pkg: Service['pkg']
  hash: string
  /** The publisher's release that it was made from; none when it is one itself. */
  base: string | null
  key: string | null
  seal: string | null
  settings?: Record<string, unknown>
}

/** Let new cases of a service run by another release. */
export async function saveSwitch(tx: Tx, { agency, id }: Service, change: Switch, by: By): Promise<void> {
  const release = Buffer.from(change.hash, 'hex')
  await keepRelease(tx, change, by.at)
  await tx
    .insertInto('services.installation')
    .values({
      agency,
      service: id,
      release,
      base: change.base === null ? null : Buffer.from(change.base, 'hex'),
      seal: change.seal === null ? null : Buffer.from(change.seal, 'hex'),
      key: change.key,
      by: by.person,
      at: by.at,
    })
    .onConflict((c) => c.doNothing())
    .execute()
  await changeOver(tx, { agency, id }, { release, ...(change.settings ? { settings: change.settings } : {}) }, by)
}

/** A newer release that is being decided on for a service. */
export async function findDraft(db: Db | Tx, { agency, id }: Pick<Service, 'agency' | 'id'>) {
  const row = await db
    .selectFrom('services.upgrade')
    .select(['release', 'seal', 'key', 'choices', 'left_out', 'revision', 'at'])
    .where('agency', '=', agency)
    .where('service', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { release, seal, key, choices, left_out: leftOut, revision, at } = row
  const pkg = (await packagesOf(db, [release])).get(release.toString('hex'))!
  const hash = release.toString('hex')
  return { pkg, hash, seal: seal?.toString('hex') ?? null, key, choices: choices as Choices, leftOut, revision, at }
}

/** Begin to decide on a newer release; what was decided before stays, where both sides still say the same. */
export async function saveDraft(tx: Tx, { agency, id }: Service, newer: Newer, by: By): Promise<void> {
  await keepRelease(tx, newer, by.at)
  const row = {
    release: Buffer.from(newer.hash, 'hex'),
    seal: newer.seal === null ? null : Buffer.from(newer.seal, 'hex'),
    key: newer.key,
    at: by.at,
    by: by.person,
  }
  await tx
    .insertInto('services.upgrade')
    .values({ agency, service: id, ...row })
    .onConflict((c) => c.columns(['agency', 'service']).doUpdateSet({ ...row, left_out: [] }))
    .execute()
}

export async function saveChoices(tx: Tx, { agency, id }: Service, choices: Choices, leftOut: readonly string[]) {
  await tx
    .updateTable('services.upgrade')
    .set((eb) => ({ choices: JSON.stringify(choices), left_out: [...leftOut], revision: eb('revision', '+', 1) }))
    .where('agency', '=', agency)
    .where('service', '=', id)
    .execute()
}

export async function dropDraft(tx: Tx, { agency, id }: Pick<Service, 'agency' | 'id'>): Promise<void> {
  await tx.deleteFrom('services.upgrade').where('agency', '=', agency).where('service', '=', id).execute()
}

/** Whose packages are trusted, and by whose keys this package was ever installed in this house. */
export async function findHouse(db: Db | Tx, pkg: string): Promise<House> {
  const keys = await db.selectFrom('services.publisher').select('key').execute()
  const used = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .select('i.key')
    .distinct()
    .where('r.package', '=', pkg)
    .where('i.key', 'is not', null)
    .execute()
  return { keys: keys.map(({ key }) => key), used: used.map(({ key }) => key!) }
}

/** Open cases of a service by version, flow and state. */
export async function countOpenCases(db: Db, { agency, id }: Pick<Service, 'agency' | 'id'>): Promise<OpenCases[]> {
  const rows = await db
    .selectFrom('services.case as c')
    .innerJoin('services.release as r', 'r.hash', 'c.release')
    .select((eb) => ['r.version', 'c.flow', 'c.state', eb.fn.countAll<string>().as('count')])
    .where('c.agency', '=', agency)
    .where('c.service', '=', id)
    .where('c.closed', 'is', null)
    .groupBy(['r.version', 'c.flow', 'c.state'])
    .orderBy('r.version')
    .orderBy('c.flow')
    .orderBy('c.state')
    .execute()
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
}

/** Each time another release became the one for new cases, latest first. */
export const listChangeovers = (db: Db, { agency, id }: Pick<Service, 'agency' | 'id'>) =>
  db
    .selectFrom('services.changeover as o')
    .innerJoin('services.release as b', 'b.hash', 'o.before')
    .innerJoin('services.release as a', 'a.hash', 'o.after')
    .select(['o.n', 'b.version as before', 'a.version as after', 'o.at', 'o.undone', 'o.settings'])
    .where('o.agency', '=', agency)
    .where('o.service', '=', id)
    .orderBy('o.n', 'desc')
    .limit(50)
    .execute()
