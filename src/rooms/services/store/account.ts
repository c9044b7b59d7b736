import { createHash } from 'node:crypto'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'

/** A program that works in one role of one service, for an area or the whole agency. */
export type Account = { agency: string; id: string; service: string; role: string; area: string; name: string }

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Whose token this is, unless it was revoked. */
export const findAccount = (db: Db | Tx, token: string): Promise<Account | undefined> =>
  db
    .selectFrom('services.account')
    .select(['agency', 'id', 'service', 'role', 'area', 'name'])
    .where('token', '=', hashOfToken(token))
    .where('revoked', 'is', null)
    .executeTakeFirst()

/** When it was used last, to the hour: a write for each request would be a waste. */
export async function touchAccount(db: Db, { agency, id }: Account, now: Date): Promise<void> {
  await db
    .updateTable('services.account')
    .set({ used: now })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('used', 'is', null), eb('used', '<', new Date(now.getTime() - 3_600_000))]))
    .execute()
}

export const listAccounts = (db: Db, service: string) =>
  db
    .selectFrom('services.account')
    .select(['id', 'name', 'role', 'area', 'made', 'revoked', 'used'])
    .where('service', '=', service)
    .orderBy('made')
    .execute()

/** An account of an agency that this person administers. */
export async function holdAccount(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.account')
    .select(['agency', 'id', 'service', 'role', 'area', 'name', 'revoked'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function addAccount(
  tx: Tx,
  { token, ...account }: Account & { token: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('services.account')
    .values({ ...account, token: hashOfToken(token), made: by.at, made_by: by.person })
    .execute()
}

export async function revokeAccount(tx: Tx, { agency, id }: Pick<Account, 'agency' | 'id'>, at: Date): Promise<void> {
  await tx
    .updateTable('services.account')
    .set({ revoked: at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
