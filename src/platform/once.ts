import { createHash } from 'node:crypto'
import type { Actor } from './action.ts'
import type { Tx } from './db.ts'

/**
 * The row of a token: made from the token and from who does what to which thing, so that nobody meets the result of
 * another, and a token used for something else is simply a new one.
 */
export function tokenOf(key: string, actor: Actor, action: string, subject: string) {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, actor.id, action, subject]))
    .digest('hex')
  const token = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { token, actor: actor.id, action, subject }
}
export type Token = ReturnType<typeof tokenOf>

/** Takes the token, or returns what was done with it. A second click waits here until the first is done. */
export async function takeToken(tx: Tx, row: Token, lasts: boolean) {
  const fresh = await tx
    .insertInto('log.once')
    .values({ ...row, lasts })
    .onConflict((c) => c.doNothing())
    .returning('token')
    .executeTakeFirst()
  if (fresh) return undefined
  return tx.selectFrom('log.once').select('change').where('token', '=', row.token).executeTakeFirstOrThrow()
}

/** Nothing was done with it. */
export async function giveTokenBack(tx: Tx, { token }: Token) {
  await tx.deleteFrom('log.once').where('token', '=', token).execute()
}

/** What was done with it, for whoever comes with it again. */
export async function keepChange(tx: Tx, { token }: Token, change: unknown) {
  await tx
    .updateTable('log.once')
    .set({ change: JSON.stringify(change ?? null) })
    .where('token', '=', token)
    .execute()
}
