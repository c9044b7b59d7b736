import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { dayOf } from '../domain/calendar.ts'
import type { Case } from '../domain/case.ts'
import type { Computed } from '../domain/indicator.ts'
import type { Words } from '../domain/package/format/basics.ts'
import type { Package } from '../domain/package/format/index.ts'
import { type Known, knownOf } from '../domain/publishing.ts'
import { type Filed, putTogether } from '../domain/record.ts'
import type { Before, Kept, Snapshot } from '../domain/snapshot.ts'
import { findService, type Service } from './service.ts'

/** Cases that are read at a time. */
const portion = 1000

type Of = Pick<Service, 'agency' | 'id'>

/**
 * The cases of a service that were opened by a moment, portion by portion in the order of their ids, so that a million of
 * them are never in memory at once. All portions show one moment of the database when `tx` is a transaction that does.
 * A NIK stays encrypted: no figure is made from one.
 */
export async function* eachCase(tx: Db | Tx, { agency, id }: Of, pkg: Package, until: Date): AsyncGenerator<Case[]> {
  const sealed = (number: string) => number
  let last = ''
  for (;;) {
    let query = tx
      .selectFrom('services.case')
      .select(['id', 'number', 'flow', 'state', 'opened', 'closed', 'life', 'open', 'personal', 'specific'])
      .where('agency', '=', agency)
      .where('service', '=', id)
      .where('opened', '<=', until)
      .orderBy('id')
      .limit(portion)
    if (last) query = query.where('id', '>', last)
    const rows = await query.execute()
    if (rows.length === 0) return
    last = rows.at(-1)!.id
    yield rows.map(({ life, open, personal, specific, ...row }) => {
      const head = {
        number: row.number,
        flow: row.flow,
        state: row.state,
        openedAt: row.opened.getTime(),
        ...(row.closed ? { closedAt: row.closed.getTime() } : {}),
      }
      return putTogether(pkg, head, { life, open, personal, specific } as unknown as Filed, sealed)
    })
    if (rows.length < portion) return
  }
}

/** Every service that runs, by its id. */
export const everyService = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('services.service').select('id').where('retired', 'is', null).orderBy('id').execute()).map(
    ({ id }) => id,
  )

/** The day since which a service counts: of its first installation. */
export async function sinceOf(db: Db | Tx, { agency, id, zone, installed }: Service): Promise<string> {
  const { first } = await db
    .selectFrom('services.installation')
    .select((eb) => eb.fn.min('at').as('first'))
    .where('agency', '=', agency)
    .where('service', '=', id)
    .executeTakeFirstOrThrow()
  return dayOf((first ?? installed).getTime(), zone)
}

/** A service about to publish: what it has published before, held so that two at once publish one after the other. */
export type Publishing = Service & { since: string; before: Before; hashes: ReadonlySet<string> }

export async function holdPublishing(tx: Tx, _actor: Actor, id: string): Promise<Publishing | undefined> {
  await sql`select pg_advisory_xact_lock(7025, hashtext(${id}))`.execute(tx)
  const service = await findService(tx, id)
  if (!service) return undefined
  const rows = await snapshots(tx, service).select(['known', 'content']).orderBy('taken').orderBy('hash').execute()
  return {
    ...service,
    since: await sinceOf(tx, service),
    before: {
      known: knownOf(rows.map(({ known }) => known as unknown as Known)),
      figures: (rows.at(-1)?.content as unknown as Snapshot | undefined)?.figures ?? [],
    },
    hashes: new Set(rows.map(({ hash }) => hash.toString('hex'))),
  }
}

const snapshots = (db: Db | Tx, { agency, id }: Of) =>
  db
    .selectFrom('services.snapshot')
    .select(['hash', 'day', 'version', 'taken'])
    .where('agency', '=', agency)
    .where('service', '=', id)

export async function insertSnapshot(
  tx: Tx,
  { agency, id }: Of,
  { snapshot, text, hash, known }: Kept,
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('services.snapshot')
    .values({
      agency,
      service: id,
      hash: Buffer.from(hash, 'hex'),
      day: snapshot.day,
      version: snapshot.version,
      content: text,
      known: JSON.stringify(known),
      taken: by.at,
      by: by.person,
    })
    .execute()
}

export type Listed = { hash: string; day: string; version: string; taken: Date }

/** Everything that was published of a service, the latest day first. */
export const listSnapshots = async (db: Db, service: Of): Promise<Listed[]> =>
  (await snapshots(db, service).orderBy('day', 'desc').orderBy('taken', 'desc').orderBy('hash').execute()).map(
    (row) => ({
      ...row,
      hash: row.hash.toString('hex'),
    }),
  )

/** A snapshot by its hash, as the text that was hashed; undefined where there is none. `logged`: the log says so too. */
export async function findSnapshot(db: Db, { agency, id }: Of, hash: string) {
  const row = await db
    .selectFrom('services.snapshot')
    .select(['hash', 'taken', sql<string>`content::text`.as('text')])
    .where('agency', '=', agency)
    .where('service', '=', id)
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
  if (!row) return undefined
  const event = await db
    .selectFrom('log.event')
    .select('id')
    .where('subject', '=', id)
    .where('name', '=', 'services.figures-published')
    .where(sql<string>`particulars ->> 'hash'`, '=', hash)
    .executeTakeFirst()
  return {
    hash: row.hash.toString('hex'),
    taken: row.taken,
    text: row.text,
    snapshot: JSON.parse(row.text) as Snapshot,
    logged: event ? event.id : null,
  }
}

/** Whether the figures of this day, or of a later one, have been published. */
export const hasSnapshotSince = async (db: Db, { agency, id }: Of, day: string): Promise<boolean> =>
  Boolean(
    await db
      .selectFrom('services.snapshot')
      .select('day')
      .where('agency', '=', agency)
      .where('service', '=', id)
      .where('day', '>=', day)
      .executeTakeFirst(),
  )

/** What was published of a service: figures with their provenance. */
export type Figures = Snapshot & {
  service: { id: string; agency: string; since: string }
  names: Words
  hash: string
  taken: Date
  /** Where everybody can read and check it. */
  address: string
}

/**
 * The public figures of a service as they were last published by a moment (now, when none is given): the latest day, small
 * groups hidden. undefined where nothing was published yet, or there is no such service.
 */
export async function figuresOf(db: Db, service: string, until?: Date): Promise<Figures | undefined> {
  let query = db
    .selectFrom('services.snapshot as n')
    .innerJoin('services.service as s', (join) =>
      join.onRef('s.agency', '=', 'n.agency').onRef('s.id', '=', 'n.service'),
    )
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .select(['n.hash', 'n.taken', 'n.content', sql<Words>`r.content -> 'manifest' -> 'names'`.as('names')])
    .where('n.service', '=', service)
    .orderBy('n.day', 'desc')
    .orderBy('n.taken', 'desc')
    .limit(1)
  if (until) query = query.where('n.taken', '<=', until)
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const snapshot = row.content as unknown as Snapshot
  const hash = row.hash.toString('hex')
  return {
    ...snapshot,
    service: snapshot.service!,
    names: row.names,
    hash,
    taken: row.taken,
    address: `/services/${service}/figures/${hash}`,
  }
}

/** What was counted on a day, for those who work in the service; the day is counted anew when it is counted again. */
export async function saveCount(
  tx: Db | Tx,
  { agency, id, release }: Service,
  count: { day: string; until: Date; cases: number; figures: Computed[]; taken: Date },
): Promise<void> {
  const { day, ...rest } = count
  const row = { ...rest, release, figures: JSON.stringify(count.figures) }
  await tx
    .insertInto('services.count')
    .values({ agency, service: id, day, ...row })
    .onConflict((c) => c.columns(['agency', 'service', 'day']).doUpdateSet(row))
    .execute()
}

/** The last days that were counted, the latest first. */
export async function listCounts(db: Db, { agency, id }: Of, most: number) {
  const rows = await db
    .selectFrom('services.count')
    .select(['day', 'until', 'cases', 'figures', 'taken'])
    .where('agency', '=', agency)
    .where('service', '=', id)
    .orderBy('day', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...row, figures: row.figures as unknown as Computed[] }))
}
