import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Talk } from '../domain/conversation.ts'
import { markOfPhone } from './message.ts'

const gateways = (db: Db | Tx) =>
  db
    .selectFrom('services.gateway as g')
    .innerJoin('people.agency as a', 'a.id', 'g.agency')
    .select(['g.agency', 'g.id', 'g.service', 'g.name', 'g.secret', 'g.made', 'g.revoked', 'g.heard', 'a.demo'])

export type Gateway = {
  agency: string
  id: string
  service: string
  name: string
  /** What it signs with, in the clear. */
  secret: string
  demo: boolean
}

/** A gateway that may be heard. */
export async function findGateway(db: Db | Tx, id: string): Promise<Gateway | undefined> {
  const row = await gateways(db).where('g.id', '=', id).where('g.revoked', 'is', null).executeTakeFirst()
  return row && { ...row, secret: unseal(row.secret) }
}

/** The gateways of a service, those that were closed too. */
export const listGateways = (db: Db, service: string) =>
  db
    .selectFrom('services.gateway')
    .select(['id', 'name', 'made', 'revoked', 'heard'])
    .where('service', '=', service)
    .orderBy('made')
    .execute()

/** The gateways of an agency that are open, for its stand-in. */
export const gatewaysOf = (db: Db, agency: string) =>
  gateways(db).where('g.agency', '=', agency).where('g.revoked', 'is', null).orderBy('g.made').execute()

export async function addGateway(
  tx: Tx,
  gateway: { agency: string; id: string; service: string; name: string; secret: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('services.gateway')
    .values({ ...gateway, secret: seal(gateway.secret), made: by.at, made_by: by.person })
    .execute()
}

/** A gateway of an agency that this person administers. */
export async function holdGateway(tx: Tx, actor: Actor, id: string) {
  const agencies = administered(actor)
  if (agencies.length === 0) return undefined
  return tx
    .selectFrom('services.gateway')
    .select(['id', 'agency', 'service', 'name', 'revoked'])
    .where('id', '=', id)
    .where('agency', 'in', agencies)
    .forUpdate()
    .executeTakeFirst()
}

export async function revokeGateway(tx: Tx, { agency, id }: { agency: string; id: string }, at: Date): Promise<void> {
  await tx
    .updateTable('services.gateway')
    .set({ revoked: at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
  await tx.deleteFrom('services.conversation').where('gateway', '=', id).execute()
}

export type Conversation = { id: string; talk: Talk; over: boolean }

/** The conversation of a number with a gateway. Two messages of one number wait for each other. */
export async function holdConversation(
  tx: Tx,
  gateway: string,
  phone: string,
  now: Date,
): Promise<Conversation | undefined> {
  const mark = markOfPhone(phone)
  await sql`select pg_advisory_xact_lock(7021, hashtext(${gateway + mark.toString('hex')}))`.execute(tx)
  const row = await tx
    .selectFrom('services.conversation')
    .select(['id', 'content', 'until'])
    .where('gateway', '=', gateway)
    .where('mark', '=', mark)
    .executeTakeFirst()
  return row && { id: row.id, talk: JSON.parse(unseal(row.content)) as Talk, over: row.until <= now }
}

/** What a conversation has come to, or nothing of it where it is over. */
export async function keepConversation(
  tx: Tx,
  { agency, id: gateway }: Pick<Gateway, 'agency' | 'id'>,
  phone: string,
  talk: Talk | null,
  until: Date,
): Promise<void> {
  const mark = markOfPhone(phone)
  if (!talk) {
    await tx.deleteFrom('services.conversation').where('gateway', '=', gateway).where('mark', '=', mark).execute()
    return
  }
  const content = seal(JSON.stringify(talk))
  await tx
    .insertInto('services.conversation')
    .values({ agency, gateway, mark, id: newId(), content, until })
    .onConflict((c) => c.columns(['gateway', 'mark']).doUpdateSet({ content, until }))
    .execute()
}

/** Conversations that nobody went on with leave nothing. */
export async function endConversations(db: Db | Tx, now: Date): Promise<void> {
  await db.deleteFrom('services.conversation').where('until', '<=', now).execute()
}

export async function countHeard(tx: Tx, { agency, id }: Pick<Gateway, 'agency' | 'id'>): Promise<void> {
  await tx
    .updateTable('services.gateway')
    .set((eb) => ({ heard: eb('heard', '+', 1) }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** A number wants no messages of the agency any more, or wants them again. */
export async function keepSilence(tx: Tx, agency: string, phone: string, silent: boolean, at: Date): Promise<void> {
  const mark = markOfPhone(phone)
  if (silent)
    await tx
      .insertInto('services.silence')
      .values({ agency, mark, at })
      .onConflict((c) => c.doNothing())
      .execute()
  else await tx.deleteFrom('services.silence').where('agency', '=', agency).where('mark', '=', mark).execute()
}
