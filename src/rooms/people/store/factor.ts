import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Passkey } from '#platform/passkey.ts'
import { isNational } from '../domain/office.ts'

/** The second factors of an account, to be looked at. */
export async function findFactors(db: Db, person: string) {
  const account = await db
    .selectFrom('people.person')
    .select(['id', 'name', 'email', 'totp_secret', 'totp_since'])
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  const passkeys = await listPasskeys(db, person)
  const { left } = await db
    .selectFrom('people.recovery_code')
    .select((eb) => eb.fn.countAll<string>().as('left'))
    .where('person', '=', person)
    .where('used', 'is', null)
    .executeTakeFirstOrThrow()
  return { ...account, passkeys, recoveryLeft: Number(left) }
}

function listPasskeys(
  db: Db | Tx,
  person: string,
): Promise<(Passkey & { name: string; added: Date; used: Date | null })[]> {
  return db
    .selectFrom('people.passkey')
    .select(['credential', 'public_key', 'counter', 'transports', 'name', 'added', 'used'])
    .where('person', '=', person)
    .orderBy('added')
    .execute()
}

/** One's own account with its factors, held still. */
export async function holdFactors(tx: Tx, actor: Actor, id: string) {
  if (actor.id !== id) return undefined
  const account = await tx
    .selectFrom('people.person')
    .select(['id', 'totp_secret', 'totp_since', 'totp_last'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!account) return undefined
  const passkeys = await listPasskeys(tx, id)
  const codes = await tx
    .selectFrom('people.recovery_code')
    .select('code')
    .where('person', '=', id)
    .where('used', 'is', null)
    .execute()
  return { ...account, passkeys, codes: codes.map(({ code }) => code) }
}
export type HeldFactors = NonNullable<Awaited<ReturnType<typeof holdFactors>>>

/** The same with the challenge this session was given; it is gone with the asking, whatever the answer is. */
export async function holdChallenge(tx: Tx, actor: Actor, id: string, session: string | null) {
  const held = await holdFactors(tx, actor, id)
  if (!held || !session) return undefined
  const row = await tx
    .selectFrom('people.session')
    .select('challenge')
    .where('id', '=', session)
    .where('person', '=', id)
    .forUpdate()
    .executeTakeFirst()
  await tx.updateTable('people.session').set({ challenge: null }).where('id', '=', session).execute()
  return { ...held, challenge: row?.challenge ?? null }
}

export async function keepChallenge(db: Db, session: string, challenge: string): Promise<void> {
  await db.updateTable('people.session').set({ challenge }).where('id', '=', session).execute()
}

/** A secret that counts only once a code of it was given. */
export async function prepareApp(tx: Tx, person: string, sealed: string): Promise<void> {
  const row = { totp_secret: sealed, totp_since: null, totp_last: null }
  await tx.updateTable('people.person').set(row).where('id', '=', person).execute()
}

export async function confirmApp(tx: Tx, person: string, step: number, now: Date): Promise<void> {
  await tx
    .updateTable('people.person')
    .set({ totp_since: now, totp_last: String(step) })
    .where('id', '=', person)
    .execute()
}

export async function saveStep(tx: Tx, person: string, step: number): Promise<void> {
  await tx
    .updateTable('people.person')
    .set({ totp_last: String(step) })
    .where('id', '=', person)
    .execute()
}

export async function removeApp(tx: Tx, person: string): Promise<void> {
  const row = { totp_secret: null, totp_since: null, totp_last: null }
  await tx.updateTable('people.person').set(row).where('id', '=', person).execute()
}

export async function addPasskey(
  tx: Tx,
  person: string,
  key: { credential: string; publicKey: Buffer; counter: number; transports: string | null; name: string },
  now: Date,
): Promise<void> {
  const { publicKey, counter, ...rest } = key
  await tx
    .insertInto('people.passkey')
    .values({ ...rest, person, public_key: publicKey, counter: String(counter), added: now })
    .execute()
}

export async function notePasskeyUse(
  tx: Tx,
  person: string,
  key: { credential: string; counter: number },
  now: Date,
): Promise<void> {
  await tx
    .updateTable('people.passkey')
    .set({ counter: String(key.counter), used: now })
    .where('person', '=', person)
    .where('credential', '=', key.credential)
    .execute()
}

export async function removePasskey(tx: Tx, person: string, credential: string): Promise<void> {
  await tx.deleteFrom('people.passkey').where('person', '=', person).where('credential', '=', credential).execute()
}

/** New recovery codes; the earlier ones open nothing any more. */
export async function replaceRecoveryCodes(tx: Tx, person: string, codes: readonly Buffer[], now: Date): Promise<void> {
  await tx.deleteFrom('people.recovery_code').where('person', '=', person).execute()
  if (codes.length > 0)
    await tx
      .insertInto('people.recovery_code')
      .values(codes.map((code) => ({ person, code, made: now })))
      .execute()
}

export async function useRecoveryCode(tx: Tx, person: string, code: Buffer, now: Date): Promise<void> {
  await tx
    .updateTable('people.recovery_code')
    .set({ used: now })
    .where('person', '=', person)
    .where('code', '=', code)
    .execute()
}

/** From now on this session counts as proved by a second factor. */
export async function markFactor(tx: Tx, session: string, person: string, now: Date): Promise<void> {
  await tx
    .updateTable('people.session')
    .set({ factor: now })
    .where('id', '=', session)
    .where('person', '=', person)
    .execute()
}

/** Somebody else's account whose factors are to be cleared, for the national admin. */
export async function holdFactorOwner(tx: Tx, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  const account = await tx
    .selectFrom('people.person')
    .select(['id', 'totp_since'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!account) return undefined
  const passkeys = await listPasskeys(tx, id)
  return { ...account, passkeys: passkeys.length }
}

/** The name of an account with a factor, to be looked at before it is cleared. */
export async function findFactorOwner(db: Db, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  return db
    .selectFrom('people.person')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .where('closed', 'is', null)
    .executeTakeFirst()
}

export async function clearFactors(tx: Tx, person: string, now: Date): Promise<void> {
  await removeApp(tx, person)
  await tx.deleteFrom('people.passkey').where('person', '=', person).execute()
  await tx.deleteFrom('people.recovery_code').where('person', '=', person).execute()
  await sql`update people.session set ended = ${now} where person = ${person} and ended is null`.execute(tx)
}
