import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Lang, Zone } from '#platform/text.ts'
import { isSessionAlive, sessionDays } from '../domain/account.ts'

export type Reader = {
  actor: Actor
  session: string
  /** When the session was last noted to be in use. */
  seen: Date
  lang: Lang
  zone: Zone
  mustChange: boolean
  needsFactor: boolean
}

/** Who holds this cookie, with offices and time zone; undefined when the session is over. One query: every request asks it. */
export async function readerOf(db: Db, token: Buffer, now: Date): Promise<Reader | undefined> {
  const row = await db
    .selectFrom('people.session as s')
    .innerJoin('people.person as p', 'p.id', 's.person')
    .select([
      's.id',
      's.person',
      's.seen',
      's.expires',
      's.ended',
      's.factor',
      'p.name',
      'p.lang',
      'p.must_change',
      'p.totp_since',
    ])
    .select((eb) =>
      eb
        .exists(eb.selectFrom('people.passkey as k').select('k.person').whereRef('k.person', '=', 'p.id'))
        .as('has_passkey'),
    )
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('people.role as r')
          .leftJoin('people.agency as a', 'a.id', 'r.agency')
          .leftJoin('people.region as g', 'g.code', 'a.region')
          .select(['r.role', 'r.agency', 'r.unit', 'g.zone'])
          .whereRef('r.person', '=', 'p.id')
          .where('r.ended', 'is', null)
          .orderBy('r.id'),
      ).as('offices'),
    )
    .where('s.token', '=', token)
    .where('p.closed', 'is', null)
    .executeTakeFirst()
  if (!row || !isSessionAlive(row, now)) return undefined
  const { offices } = row
  const hasFactor = row.totp_since !== null || Boolean(row.has_passkey)
  const national = offices.some((o) => o.role === 'national-admin')
  return {
    actor: {
      id: row.person,
      name: row.name,
      offices: offices.map(({ role, agency, unit }) => ({ role, agency, unit })),
      secondFactor: row.factor !== null,
    },
    session: row.id,
    seen: row.seen,
    lang: row.lang,
    zone: offices.find((o) => o.zone)?.zone ?? 'WIB',
    mustChange: row.must_change,
    needsFactor: row.factor === null && (national || hasFactor),
  }
}

/** Note that the session is in use; at most once in five minutes, so that reading pages and saving answers asks no more. */
export async function touchSession(db: Db, { session: id, seen }: Reader, now: Date): Promise<void> {
  if (now.getTime() - seen.getTime() < 300_000) return
  await db
    .updateTable('people.session')
    .set({ seen: now })
    .where('id', '=', id)
    .where('seen', '<', new Date(now.getTime() - 300_000))
    .execute()
}

export async function startSession(
  db: Db | Tx,
  session: {
    person: string
    token: Buffer
    now: Date
    address: string
    agent: string
    factor: Date | null
    replaces?: string | null
  },
): Promise<string> {
  const id = newId()
  const { person, token, now, address, agent, factor, replaces } = session
  if (replaces) await endSession(db, replaces, now)
  await db
    .insertInto('people.session')
    .values({
      id,
      person,
      token,
      started: now,
      seen: now,
      expires: new Date(now.getTime() + sessionDays * 86_400_000),
      address,
      agent: agent.slice(0, 200),
      factor,
    })
    .execute()
  return id
}

export async function endSession(db: Db | Tx, id: string, now: Date): Promise<void> {
  await db.updateTable('people.session').set({ ended: now }).where('id', '=', id).where('ended', 'is', null).execute()
}

/** End every session of a person but one. */
export async function endOtherSessions(db: Db | Tx, person: string, keep: string | null, now: Date): Promise<void> {
  await db
    .updateTable('people.session')
    .set({ ended: now })
    .where('person', '=', person)
    .where('ended', 'is', null)
    .$if(keep !== null, (q) => q.where('id', '!=', keep!))
    .execute()
}

export async function listSessions(db: Db, person: string, now: Date) {
  const rows = await db
    .selectFrom('people.session')
    .select(['id', 'started', 'seen', 'expires', 'ended', 'address', 'agent'])
    .where('person', '=', person)
    .where('ended', 'is', null)
    .orderBy('seen', 'desc')
    .execute()
  return rows.filter((row) => isSessionAlive(row, now))
}

export async function holdSession(tx: Tx, actor: Actor, id: string) {
  if (!actor.id) return undefined
  return tx
    .selectFrom('people.session')
    .select(['id', 'person', 'ended'])
    .where('id', '=', id)
    .where('person', '=', actor.id)
    .forUpdate()
    .executeTakeFirst()
}
