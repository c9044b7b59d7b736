import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import { bodyOf, toldOutside } from '../domain/hook.ts'
import { packagesOf } from './package.ts'

/** An agency as one that is told of events outside; held, so that it counts its addresses right. */
export async function holdAgency(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ agency: string; hooks: number } | undefined> {
  if (!administered(actor).includes(id)) return undefined
  const agency = await tx.selectFrom('people.agency').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!agency) return undefined
  const { n } = await tx
    .selectFrom('services.hook')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('agency', '=', id)
    .where('ended', 'is', null)
    .executeTakeFirstOrThrow()
  return { agency: id, hooks: Number(n) }
}

export const findAgencyName = (db: Db, id: string) =>
  db.selectFrom('people.agency').select(['id', 'name']).where('id', '=', id).executeTakeFirst()

export async function addHook(
  tx: Tx,
  { agency, id, address, secret }: Record<'agency' | 'id' | 'address' | 'secret', string>,
  by: { person: string | null; at: Date },
): Promise<void> {
  const { last } = await tx
    .selectFrom('log.event')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), sql<string>`0`).as('last'))
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('services.hook')
    .values({ agency, id, address, secret: seal(secret), seen: last, made: by.at, made_by: by.person })
    .execute()
}

/** An address of an agency that this person administers. */
export async function holdHook(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.hook')
    .select(['agency', 'id', 'address', 'secret', 'ended'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function endHook(tx: Tx, { agency, id }: { agency: string; id: string }, at: Date): Promise<void> {
  await tx.updateTable('services.hook').set({ ended: at }).where('agency', '=', agency).where('id', '=', id).execute()
  await tx.deleteFrom('services.delivery').where('hook', '=', id).where('state', '=', 'waiting').execute()
}

export async function changeSecret(
  tx: Tx,
  { agency, id, secret: old }: { agency: string; id: string; secret: string },
  secret: string,
  until: Date,
): Promise<void> {
  await tx
    .updateTable('services.hook')
    .set({ secret: seal(secret), old_secret: old, old_until: until })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** The addresses of an agency, with how many messages wait and how many were given up. One query. */
export async function listHooks(db: Db, agency: string) {
  const { rows } = await sql<{
    id: string
    address: string
    made: Date
    ended: Date | null
    waiting: number
    sent: number
    dead: number
  }>`select h.id, h.address, h.made, h.ended,
      count(d.id) filter (where d.state = 'waiting')::int as waiting,
      count(d.id) filter (where d.state = 'sent')::int as sent,
      count(d.id) filter (where d.state = 'dead')::int as dead
    from services.hook h left join services.delivery d on d.agency = h.agency and d.hook = h.id
    where h.agency = ${agency} group by h.agency, h.id order by h.made`.execute(db)
  return rows
}

/** What was given up, the last first. */
export const listDead = (db: Db, agency: string) =>
  db
    .selectFrom('services.delivery as d')
    .innerJoin('services.hook as h', (join) => join.onRef('h.agency', '=', 'd.agency').onRef('h.id', '=', 'd.hook'))
    .select(['d.id', 'd.name', 'd.body', 'd.at', 'd.failure', 'h.address'])
    .where('d.agency', '=', agency)
    .where('d.state', '=', 'dead')
    .where('h.ended', 'is', null)
    .orderBy('d.event', 'desc')
    .limit(100)
    .execute()

/** A message of an agency that this person administers. */
export async function holdDelivery(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.delivery')
    .select(['agency', 'id', 'name', 'state'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function retryDelivery(tx: Tx, { agency, id }: { agency: string; id: string }, now: Date): Promise<void> {
  await tx
    .updateTable('services.delivery')
    .set({ state: 'waiting', attempts: 0, first: null, due: now, failure: null, settled: null })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** Events that one look takes from the log. */
const portion = 500

/**
 * Put new events of the log into the queue of one address: those of the agency's cases, in the order of the log, each once. Cases
 * of a flow that only few may know of are not told. Returns whether there may be more.
 */
export async function gather(tx: Tx, now: Date): Promise<boolean> {
  const { rows: hooks } = await sql<{ agency: string; id: string; seen: string; last: string }>`
    select h.agency, h.id, h.seen, l.last from services.hook h cross join (select coalesce(max(id), 0) as last from log.event) l
    where h.ended is null and h.seen < l.last order by h.seen limit 1 for update of h skip locked`.execute(tx)
  const hook = hooks[0]
  if (!hook) return false
  const events = await tx
    .selectFrom('log.event as e')
    .innerJoin('services.case as c', (join) => join.onRef('c.id', '=', 'e.subject').onRef('c.agency', '=', 'e.scope'))
    .select([
      'e.id',
      'e.at',
      'e.name',
      'e.subject',
      'e.particulars',
      'c.service',
      'c.release',
      'c.flow',
      'c.part_of as part',
    ])
    .where('e.id', '>', hook.seen)
    .where('e.id', '<=', hook.last)
    .where('e.scope', '=', hook.agency)
    .where('e.name', 'in', [...toldOutside])
    .orderBy('e.id')
    .limit(portion)
    .execute()
  const packages = await packagesOf(
    tx,
    events.map(({ release }) => release),
  )
  const rows = events.flatMap((event) => {
    const pkg = packages.get(event.release.toString('hex'))!
    if (pkg.flows.some(({ id, only }) => id === event.flow && only.length > 0)) return []
    const particulars = event.particulars as Record<string, unknown>
    const body = bodyOf({ ...event, particulars }, { ...event, package: pkg.manifest.id })
    const { name, subject, at } = event
    return [{ agency: hook.agency, id: newId(), hook: hook.id, event: event.id, subject, name, body, at, due: now }]
  })
  if (rows.length > 0)
    await tx
      .insertInto('services.delivery')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute()
  const seen = events.length === portion ? events.at(-1)!.id : hook.last
  await tx
    .updateTable('services.hook')
    .set({ seen })
    .where('agency', '=', hook.agency)
    .where('id', '=', hook.id)
    .execute()
  return true
}

/**
 * The message that has waited longest and may go now, held: never one before which another of the same subject waits. With
 * the secrets that sign it.
 */
export async function holdNextDelivery(tx: Tx, now: Date) {
  const { rows } = await sql<{
    agency: string
    id: string
    hook: string
    body: string
    attempts: number
    first: Date | null
    address: string
    secret: string
    old_secret: string | null
    old_until: Date | null
  }>`
    select d.agency, d.id, d.hook, d.body, d.attempts, d.first, h.address, h.secret, h.old_secret, h.old_until
    from services.delivery d join services.hook h on h.agency = d.agency and h.id = d.hook
    where d.state = 'waiting' and d.due <= ${now} and not exists (
      select from services.delivery b where b.hook = d.hook and b.subject = d.subject and b.event < d.event and b.state = 'waiting')
    order by d.due, d.event limit 1 for update of d skip locked`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const old = row.old_secret && row.old_until && row.old_until > now ? [unseal(row.old_secret)] : []
  return { ...row, secrets: [unseal(row.secret), ...old] }
}

export type Settled = {
  state: 'waiting' | 'sent' | 'dead'
  attempts: number
  first: Date
  due?: Date
  failure: string | null
}

export async function settleDelivery(
  tx: Tx,
  { agency, id, hook }: { agency: string; id: string; hook: string },
  change: Settled,
  now: Date,
): Promise<void> {
  const settled = change.state === 'waiting' ? null : now
  await tx
    .updateTable('services.delivery')
    .set({ ...change, settled })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
  // While an address does not answer, the others that wait for it wait a minute too, and do not keep the worker busy.
  if (change.state === 'waiting')
    await tx
      .updateTable('services.delivery')
      .set({ due: new Date(now.getTime() + 60_000) })
      .where('hook', '=', hook)
      .where('state', '=', 'waiting')
      .where('due', '<=', now)
      .execute()
}

/** What arrived a week ago is of no use any more. */
export async function tidyDeliveries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('services.delivery').where('state', '=', 'sent').where('settled', '<', before).execute()
}
