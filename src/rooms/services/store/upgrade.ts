import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Running } from '../domain/local.ts'
import { changeOver } from './changeover.ts'
import { packagesOf } from './package.ts'
import { findService, holdService, type Service } from './service.ts'

type By = { person: string | null; at: Date }

/** A service with what stands behind its release: the publisher's version, whose seal it bore, and all that it ran before. */
export type Upgradable = Service & Running & { key: string | null; seal: string | null }

async function withRelease(db: Db | Tx, service: Service | undefined): Promise<Upgradable | undefined> {
  if (!service) return undefined
  const rows = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .select(['r.hash', 'r.version', 'i.base', 'i.seal', 'i.key'])
    .where('i.agency', '=', service.agency)
    .where('i.service', '=', service.id)
    .execute()
  const current = rows.find(({ hash }) => hash.equals(service.release))!
  const base = current.base ?? current.hash
  const packages = await packagesOf(db, [base])
  return {
    ...service,
    hash: service.release.toString('hex'),
    base: { hash: base.toString('hex'), pkg: packages.get(base.toString('hex'))! },
    earlier: rows.map(({ hash, version }) => ({ hash: hash.toString('hex'), version })),
    key: current.key,
    seal: current.seal?.toString('hex') ?? null,
  }
}

export const findUpgradable = async (db: Db, id: string) => withRelease(db, await findService(db, id))

/** The same, held until the act is over. */
export const holdUpgradable = async (tx: Tx, actor: Actor, id: string) =>
  withRelease(tx, await holdService(tx, actor, id))

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
