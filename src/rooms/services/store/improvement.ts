import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { originAgency } from '../domain/improving.ts'
import type { Package } from '../domain/package/format/index.ts'
import { packagesOf } from './package.ts'

type By = { person: string | null; at: Date }

/**
 * The agency of this house from which a package comes: the one that wrote it here, or the one that its origin names. None
 * where the origin is elsewhere.
 */
export async function findOrigin(
  db: Db | Tx,
  base: { hash: string; pkg: Package },
): Promise<{ id: string; name: string } | undefined> {
  const { region, agency: named } = base.pkg.manifest.origin
  const written = await db
    .selectFrom('services.draft_release as d')
    .innerJoin('people.agency as a', 'a.id', 'd.agency')
    .select(['a.id', 'a.name'])
    .where('d.hash', '=', Buffer.from(base.hash, 'hex'))
    .limit(1)
    .executeTakeFirst()
  if (written) return written
  const agencies = await db
    .selectFrom('people.agency')
    .select((eb) => ['id', 'name', eb('region', '=', region ?? '').as('inRegion')])
    .where((eb) =>
      eb.or([
        eb.and([eb('region', '=', region ?? ''), eb('kind', 'in', ['province', 'regency', 'city'])]),
        eb('name', '=', named),
      ]),
    )
    .orderBy('name')
    .limit(200)
    .execute()
  const found = originAgency(
    base.pkg,
    agencies.map(({ inRegion, ...one }) => ({ ...one, inRegion: Boolean(inRegion) })),
  )
  return found && { id: found.id, name: found.name }
}

/** Versions that the agency of a package's origin runs as they are, newest last: what its adopters may go on to. */
export async function listOriginReleases(db: Db, origin: string, pkg: string) {
  const rows = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .select(['r.hash', 'r.version'])
    .distinct()
    .where('i.agency', '=', origin)
    .where('r.package', '=', pkg)
    .where('i.base', 'is', null)
    .execute()
  return rows.map(({ hash, version }) => ({ hash: hash.toString('hex'), version }))
}

/**
 * Versions of a publisher that other units of the same agency installed, each with the unit that did so first by name: what
 * one of them tried the next may go on to.
 */
export async function listReleasesBeside(
  db: Db,
  { agency, id }: { agency: string; id: string },
  pkg: string,
): Promise<{ hash: string; version: string; from: string }[]> {
  const rows = await db
    .selectFrom('services.installation as i')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .innerJoin('services.service as s', (join) =>
      join.onRef('s.agency', '=', 'i.agency').onRef('s.id', '=', 'i.service'),
    )
    .innerJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
    .select((eb) => ['r.hash', 'r.version', eb.fn.min(eb.fn.coalesce('u.name', 'a.name')).as('from')])
    .where('i.agency', '=', agency)
    .where('i.service', '!=', id)
    .where('r.package', '=', pkg)
    .where('i.base', 'is', null)
    .groupBy(['r.hash', 'r.version'])
    .execute()
  return rows.map(({ hash, version, from }) => ({ hash: hash.toString('hex'), version, from: from ?? '' }))
}

/** The service by which an agency runs a package: of several the one that was installed first. */
export const findRunningOf = (db: Db | Tx, agency: string, pkg: string) =>
  db
    .selectFrom('services.service')
    .select('id')
    .where('agency', '=', agency)
    .where('package', '=', pkg)
    .where('retired', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

const rows = (db: Db | Tx, actor: Actor) =>
  db
    .selectFrom('services.improvement as i')
    .innerJoin('people.agency as a', 'a.id', 'i.agency')
    .innerJoin('people.agency as u', 'u.id', 'i.upstream')
    .innerJoin('services.release as r', 'r.hash', 'i.release')
    .innerJoin('services.release as b', 'b.hash', 'i.base')
    .leftJoin('services.release as n', 'n.hash', 'i.adopted')
    .select([
      'i.id',
      'i.agency',
      'i.service',
      'i.package',
      'i.release',
      'i.base',
      'i.upstream',
      'i.reason',
      'i.at',
      'i.answer',
      'i.answer_reason as answerReason',
      'i.answered',
      'a.name as agencyName',
      'u.name as upstreamName',
      'r.version',
      'b.version as baseVersion',
      'n.version as adoptedVersion',
    ])
    .where((eb) => {
      const agencies = [...administered(actor)]
      return agencies.length === 0
        ? eb.val(false)
        : eb.or([eb('i.agency', 'in', agencies), eb('i.upstream', 'in', agencies)])
    })

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>
export type ImprovementRow = Row & { pkg: Package }

/** Improvements that this person's agencies offered or were offered, open ones first, latest first. Two queries at most. */
export async function listImprovements(db: Db, actor: Actor, of?: { service: string }): Promise<ImprovementRow[]> {
  let query = rows(db, actor)
    .orderBy('i.answered', (o) => o.desc().nullsFirst())
    .orderBy('i.at', 'desc')
    .limit(200)
  if (of) query = query.where('i.service', '=', of.service)
  const found = await query.execute()
  const packages = await packagesOf(
    db,
    found.map(({ base }) => base),
  )
  return found.map((row) => ({ ...row, pkg: packages.get(row.base.toString('hex'))! }))
}

export type OfferedImprovement = Row & { basePkg: Package; offered: Package }

export async function findImprovement(db: Db | Tx, actor: Actor, id: string): Promise<OfferedImprovement | undefined> {
  const row = await rows(db, actor).where('i.id', '=', id).executeTakeFirst()
  return row && withPackages(db, row)
}

/** The same, held until the act is over. */
export async function holdImprovement(tx: Tx, actor: Actor, id: string): Promise<OfferedImprovement | undefined> {
  const row = await rows(tx, actor).where('i.id', '=', id).forUpdate('i').executeTakeFirst()
  return row && withPackages(tx, row)
}

async function withPackages(db: Db | Tx, row: Row): Promise<OfferedImprovement> {
  const packages = await packagesOf(db, [row.base, row.release])
  const of = (hash: Buffer) => packages.get(hash.toString('hex'))!
  return { ...row, basePkg: of(row.base), offered: of(row.release) }
}

export async function wasOffered(tx: Tx, service: string, release: string): Promise<boolean> {
  const row = await tx
    .selectFrom('services.improvement')
    .select('id')
    .where('service', '=', service)
    .where('release', '=', Buffer.from(release, 'hex'))
    .executeTakeFirst()
  return row !== undefined
}

export async function saveImprovement(
  tx: Tx,
  {
    agency,
    id: service,
    pkg,
    hash,
    base,
  }: { agency: string; id: string; pkg: Package; hash: string; base: { hash: string } },
  offer: { id: string; upstream: string; reason: string },
  by: By,
): Promise<void> {
  await tx
    .insertInto('services.improvement')
    .values({
      agency,
      service,
      ...offer,
      package: pkg.manifest.id,
      release: Buffer.from(hash, 'hex'),
      base: Buffer.from(base.hash, 'hex'),
      at: by.at,
      by: by.person,
    })
    .execute()
}

export async function saveAnswer(
  tx: Tx,
  { agency, id }: Pick<Row, 'agency' | 'id'>,
  answer: { answer: 'adopted'; adopted: Buffer } | { answer: 'declined'; answer_reason: string },
  by: By,
): Promise<void> {
  await tx
    .updateTable('services.improvement')
    .set({ ...answer, answered: by.at, answered_by: by.person })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
