import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Profile } from '../domain/profile.ts'

const columns = ['id', 'name', 'email', 'lang', 'phone', 'lang_since'] as const

export function findProfile(db: Db, person: string) {
  return db
    .selectFrom('people.person')
    .select(columns)
    .where('id', '=', person)
    .where('closed', 'is', null)
    .executeTakeFirst()
}

/** One's own profile, held still. */
export async function holdProfile(tx: Tx, actor: Actor, id: string) {
  if (actor.id !== id) return undefined
  return tx
    .selectFrom('people.person')
    .select(columns)
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function saveProfile(tx: Tx, person: string, profile: Profile, now: Date): Promise<void> {
  await tx
    .updateTable('people.person')
    .set({ ...profile, lang_since: now })
    .where('id', '=', person)
    .execute()
}

export async function saveLanguage(tx: Tx, person: string, lang: Profile['lang'], now: Date): Promise<void> {
  await tx.updateTable('people.person').set({ lang, lang_since: now }).where('id', '=', person).execute()
}

/** The account of whoever asks for a new address, held still, and whether somebody has that address already. */
export async function holdForNewEmail(tx: Tx, actor: Actor, id: string, wanted: string) {
  if (actor.id !== id) return undefined
  const account = await tx
    .selectFrom('people.person')
    .select(['id', 'name', 'email', 'lang', 'password'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return account && { ...account, taken: await hasAccount(tx, wanted) }
}

async function hasAccount(tx: Tx, email: string): Promise<boolean> {
  const row = await tx.selectFrom('people.person').select('id').where('email', '=', email).executeTakeFirst()
  return row !== undefined
}

/** A link that proves a new address; the earlier ones of the account open nothing any more. */
export async function addEmailChange(
  tx: Tx,
  change: { id: string; person: string; email: string; token: Buffer; sent: Date; expires: Date },
): Promise<void> {
  await endEmailChanges(tx, change.person, change.sent)
  await tx.insertInto('people.email_change').values(change).execute()
}

export async function endEmailChanges(tx: Tx, person: string, now: Date): Promise<void> {
  await tx
    .updateTable('people.email_change')
    .set({ used: now })
    .where('person', '=', person)
    .where('used', 'is', null)
    .execute()
}

/** The address that this link proves, for whoever asked for it. */
export async function findEmailChange(db: Db, actor: Actor, token: Buffer, now: Date) {
  return db
    .selectFrom('people.email_change')
    .select(['id', 'email'])
    .where('token', '=', token)
    .where('person', '=', actor.id)
    .where('used', 'is', null)
    .where('expires', '>', now)
    .executeTakeFirst()
}

/** The same, held still with the account. The address is locked: an invitation accepted now must not make it an account. */
export async function holdEmailChange(tx: Tx, actor: Actor, id: string, token: Buffer) {
  if (actor.id !== id) return undefined
  const asked = await tx
    .selectFrom('people.email_change')
    .select(['id', 'email'])
    .where('token', '=', token)
    .where('person', '=', id)
    .executeTakeFirst()
  if (!asked) return undefined
  await sql`select pg_advisory_xact_lock(2002, hashtext(${asked.email}))`.execute(tx)
  const account = await tx
    .selectFrom('people.person')
    .select(['id', 'name', 'email', 'lang'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  const link = await tx
    .selectFrom('people.email_change')
    .select(['id', 'email', 'used', 'expires'])
    .where('id', '=', asked.id)
    .forUpdate()
    .executeTakeFirst()
  return account && link && { ...account, link, taken: await hasAccount(tx, asked.email) }
}

/** The new address counts. Links to a new password went to the old mailbox, so they open nothing any more. */
export async function saveEmail(tx: Tx, person: string, email: string, now: Date): Promise<void> {
  await tx.updateTable('people.person').set({ email }).where('id', '=', person).execute()
  await endEmailChanges(tx, person, now)
  await endResets(tx, person, now)
}

export async function endResets(tx: Tx, person: string, now: Date): Promise<void> {
  await tx
    .updateTable('people.password_reset')
    .set({ used: now })
    .where('person', '=', person)
    .where('used', 'is', null)
    .execute()
}
