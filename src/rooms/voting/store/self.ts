import { newSigningKey, type SigningKey } from '@melayani/polling/format'
import type { Db, Tx } from '#platform/db.ts'
import { seal, unseal } from '#platform/secret.ts'

/** The key with which this installation signs election packages: made the first time that it is needed, once, and kept encrypted. */
export async function centreKey(db: Db | Tx, now: Date): Promise<SigningKey> {
  const known = await find(db)
  if (known) return known
  const { key, secret } = newSigningKey()
  await db
    .insertInto('voting.self')
    .values({ key, secret: seal(secret), made: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await find(db))!
}

async function find(db: Db | Tx): Promise<SigningKey | undefined> {
  const row = await db.selectFrom('voting.self').select(['key', 'secret']).executeTakeFirst()
  return row && { key: row.key, secret: unseal(row.secret) }
}
