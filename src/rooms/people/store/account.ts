import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Account } from '../domain/account.ts'

const columns = [
  'id',
  'name',
  'email',
  'lang',
  'lang_since',
  'password',
  'must_change',
  'totp_since',
  'closed',
] as const

export function findAccountByEmail(db: Db, email: string): Promise<Account | undefined> {
  return db
    .selectFrom('people.person')
    .select(columns)
    .where('email', '=', email.trim().toLowerCase())
    .where('closed', 'is', null)
    .executeTakeFirst()
}

/** One's own account, held still. */
export async function holdOwnAccount(tx: Tx, actor: Actor, id: string): Promise<Account | undefined> {
  if (actor.id !== id) return undefined
  return tx
    .selectFrom('people.person')
    .select(columns)
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function savePassword(tx: Tx, person: string, hash: string): Promise<void> {
  await tx.updateTable('people.person').set({ password: hash, must_change: false }).where('id', '=', person).execute()
}

export async function listOffices(db: Db, person: string) {
  return db
    .selectFrom('people.role as r')
    .leftJoin('people.agency as a', 'a.id', 'r.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'r.agency').onRef('u.id', '=', 'r.unit'))
    .select(['r.id', 'r.role', 'r.since', 'r.ended', 'a.name as agency', 'u.name as unit'])
    .where('r.person', '=', person)
    .orderBy('r.since')
    .execute()
}

/** A new account; its address was proved by whoever made it necessary (an invitation's link). */
export async function addAccount(
  tx: Tx,
  account: { id: string; name: string; email: string; password: string; lang: 'id' | 'en'; phone: string | null },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('people.person')
    .values({ ...account, lang_since: now, added: now })
    .execute()
}

/** An account that a letter goes to, held still: whoever asked for it need not be signed in. */
export async function holdAccount(tx: Tx, id: string): Promise<(Account & { lang: 'id' | 'en' }) | undefined> {
  return tx
    .selectFrom('people.person')
    .select([...columns, 'lang'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** A new link to replace a password; the earlier ones open nothing any more. */
export async function addReset(
  tx: Tx,
  reset: { id: string; person: string; token: Buffer; sent: Date; expires: Date },
): Promise<void> {
  await tx
    .updateTable('people.password_reset')
    .set({ used: reset.sent })
    .where('person', '=', reset.person)
    .where('used', 'is', null)
    .execute()
  await tx.insertInto('people.password_reset').values(reset).execute()
}

/** Whose password this link replaces, if it still does. */
export async function findReset(db: Db, token: Buffer, now: Date) {
  return db
    .selectFrom('people.password_reset as t')
    .innerJoin('people.person as p', 'p.id', 't.person')
    .select(['t.id', 't.person'])
    .where('t.token', '=', token)
    .where('t.used', 'is', null)
    .where('t.expires', '>', now)
    .where('p.closed', 'is', null)
    .executeTakeFirst()
}

/** The account behind a link, held still with the link. */
export async function holdReset(tx: Tx, person: string, token: Buffer) {
  const account = await holdAccount(tx, person)
  const reset = await tx
    .selectFrom('people.password_reset')
    .select(['id', 'used', 'expires'])
    .where('token', '=', token)
    .where('person', '=', person)
    .forUpdate()
    .executeTakeFirst()
  return account && reset && { ...account, reset }
}

export async function useReset(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('people.password_reset').set({ used: now }).where('id', '=', id).execute()
}
