import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'

/** A short address of a service. */
export type Link = { agency: string; id: string; service: string; code: string; label: string }

/** The link of this code, unless it was revoked. */
export const findLink = (db: Db | Tx, code: string): Promise<Link | undefined> =>
  db
    .selectFrom('services.link')
    .select(['agency', 'id', 'service', 'code', 'label'])
    .where('code', '=', code)
    .where('revoked', 'is', null)
    .executeTakeFirst()

export const listLinks = (db: Db, service: string) =>
  db
    .selectFrom('services.link')
    .select(['id', 'code', 'label', 'made', 'revoked', 'seen', 'sent'])
    .where('service', '=', service)
    .orderBy('made')
    .execute()

/** A link of an agency that this person administers. */
export async function holdLink(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.link')
    .select(['agency', 'id', 'service', 'code', 'label', 'revoked'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function addLink(tx: Tx, link: Link, by: { person: string | null; at: Date }): Promise<void> {
  await tx
    .insertInto('services.link')
    .values({ ...link, made: by.at, made_by: by.person })
    .execute()
}

export async function revokeLink(tx: Tx, { agency, id }: Pick<Link, 'agency' | 'id'>, at: Date): Promise<void> {
  await tx.updateTable('services.link').set({ revoked: at }).where('agency', '=', agency).where('id', '=', id).execute()
}

/** One more who opened the form, or sent it. Who it was is not kept. */
export async function countLink(db: Db | Tx, { agency, id }: Pick<Link, 'agency' | 'id'>, what: 'seen' | 'sent') {
  await db
    .updateTable('services.link')
    .set((eb) => ({ [what]: eb(what, '+', 1) }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
