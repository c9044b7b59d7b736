import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { administered, isNational, type Post } from '../domain/office.ts'
import { closedAddress } from '../domain/profile.ts'
import { clearFactors } from './factor.ts'
import { endEmailChanges, endResets } from './profile.ts'

const columns = ['id', 'name', 'email', 'lang', 'phone', 'password', 'closed', 'added', 'totp_since'] as const

/** The offices that somebody holds now. */
function officesOf(db: Db | Tx, person: string) {
  return db
    .selectFrom('people.role as r')
    .leftJoin('people.agency as a', 'a.id', 'r.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'r.agency').onRef('u.id', '=', 'r.unit'))
    .select(['r.id', 'r.role', 'r.agency', 'r.unit', 'r.since', 'a.name as agency_name', 'u.name as unit_name'])
    .where('r.person', '=', person)
    .where('r.ended', 'is', null)
    .orderBy('r.id')
}

/** The account itself, the secretariat, and the admins of an agency where the person holds an office may look at it. */
const sees = (actor: Actor, person: string, offices: readonly Post[]) =>
  actor.id === person ||
  isNational(actor) ||
  offices.some(({ agency }) => agency !== null && administered(actor).includes(agency))

/** An account with its present offices, for whoever may see it. */
export async function findAccount(db: Db, actor: Actor, id: string) {
  const account = await db
    .selectFrom('people.person as p')
    .select(columns)
    .select((eb) =>
      eb.exists(eb.selectFrom('people.passkey as k').select('k.person').whereRef('k.person', '=', 'p.id')).as('keys'),
    )
    .where('p.id', '=', id)
    .executeTakeFirst()
  if (!account) return undefined
  const offices = await officesOf(db, id).execute()
  if (!sees(actor, id, offices)) return undefined
  return { ...account, offices, has_factor: account.totp_since !== null || Boolean(account.keys) }
}
export type SeenAccount = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/**
 * Offices are given by many at once (`together`), but never while an account is being closed (`alone`). Taken before any
 * row, so that nobody waits in a ring.
 */
export async function holdOffices(tx: Tx, how: 'together' | 'alone'): Promise<void> {
  await (how === 'alone'
    ? sql`select pg_advisory_xact_lock(2004)`
    : sql`select pg_advisory_xact_lock_shared(2004)`
  ).execute(tx)
}

/** An account that is open, held still with its offices, and the number of national admins. */
export async function holdCaredFor(tx: Tx, actor: Actor, id: string) {
  await holdOffices(tx, 'alone')
  const nationals = await tx
    .selectFrom('people.role')
    .select('id')
    .where('role', '=', 'national-admin')
    .where('ended', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const account = await tx
    .selectFrom('people.person')
    .select(columns)
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!account) return undefined
  const offices = await officesOf(tx, id).forUpdate('r').execute()
  return sees(actor, id, offices) ? { ...account, offices, nationals: nationals.length } : undefined
}
export type CaredFor = NonNullable<Awaited<ReturnType<typeof holdCaredFor>>>

/** The password opens nothing any more, and every session ends. */
export async function voidPassword(tx: Tx, person: string, now: Date): Promise<void> {
  await tx.updateTable('people.person').set({ password: null }).where('id', '=', person).execute()
  await sql`update people.session set ended = ${now} where person = ${person} and ended is null`.execute(tx)
}

/** Close an account: its name stays for the history, everything that it could be reached or opened by goes. */
export async function closeAccount(
  tx: Tx,
  person: string,
  end: { now: Date; by: string | null; reason: string },
): Promise<void> {
  await tx
    .updateTable('people.role')
    .set({ ended: end.now, ended_by: end.by, reason: end.reason })
    .where('person', '=', person)
    .where('ended', 'is', null)
    .execute()
  await clearFactors(tx, person, end.now)
  await endResets(tx, person, end.now)
  await endEmailChanges(tx, person, end.now)
  await tx
    .updateTable('people.person')
    .set({
      closed: end.now,
      closed_by: end.by,
      closed_reason: end.reason,
      email: closedAddress(person),
      phone: null,
      password: null,
      must_change: false,
    })
    .where('id', '=', person)
    .execute()
}
