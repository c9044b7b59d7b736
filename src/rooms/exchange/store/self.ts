import { sql } from 'kysely'
import { publicOrigin } from '#platform/address.ts'
import type { Db, Tx } from '#platform/db.ts'
import { seal, unseal } from '#platform/secret.ts'
import { newKeyPair, type Signed } from '../domain/signed.ts'

/** This installation as others know it. */
export type Self = {
  key: string
  secret: string
  name: string
  address: string
  sequence: number
  digest: Buffer | null
  catalogue: Signed | null
  issued: Date | null
}

/** Who we are towards others. The key is made the first time that it is needed, once, and kept encrypted. */
export async function selfOf(db: Db | Tx, now: Date): Promise<Self> {
  const known = await find(db)
  if (known) return known
  const { key, secret } = newKeyPair()
  await db
    .insertInto('exchange.self')
    .values({ key, secret: seal(secret), made: now })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await find(db))!
}

/** The same, held until a new edition of the catalogue is signed. */
export async function holdSelf(tx: Tx, now: Date): Promise<Self> {
  await selfOf(tx, now)
  await sql`select 1 from exchange.self for update`.execute(tx)
  return (await find(tx))!
}

async function find(db: Db | Tx): Promise<Self | undefined> {
  const row = await db
    .selectFrom('exchange.self')
    .select(['key', 'secret', 'sequence', 'digest', 'catalogue', 'issued'])
    .executeTakeFirst()
  if (!row) return undefined
  const address = publicOrigin()
  return {
    ...row,
    secret: unseal(row.secret),
    name: new URL(address).host,
    address,
    sequence: Number(row.sequence),
    catalogue: row.catalogue as Signed | null,
  }
}

export async function saveEdition(
  tx: Tx,
  edition: { sequence: number; digest: Buffer; catalogue: Signed; issued: Date },
) {
  await tx
    .updateTable('exchange.self')
    .set({ ...edition, catalogue: JSON.stringify(edition.catalogue) })
    .execute()
}
