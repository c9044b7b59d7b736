import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Account } from '../domain.ts'

const columns = ['id', 'name', 'email', 'password', 'must_change', 'totp_since', 'closed'] as const

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
