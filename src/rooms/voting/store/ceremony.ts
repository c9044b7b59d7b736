import type { CeremonyAnswer } from '@melayani/polling/ceremony'
import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Election } from '../domain/election.ts'
import type { Prepared } from '../domain/preparation.ts'
import { holdElection } from './election.ts'
import { preparedOf } from './preparation.ts'

export type Order = {
  version: number
  id: string
  hash: string
  made: Date
  byName: string
  withdrawn: Date | null
  reason: string | null
  /** When the ceremony's answer was taken. */
  taken: Date | null
}

/** Every order of an election, the last first, without what it says. */
export async function ordersOf(db: Db | Tx, election: string): Promise<Order[]> {
  const { rows } = await sql<Order>`
    select o.version, o.id, o.hash, o.made, p.name as "byName", o.withdrawn, o.reason, c.taken
    from voting.ceremony_order o join people.person p on p.id = o.by
    left join voting.ceremony c on c.agency = o.agency and c.election = o.election and c.version = o.version
    where o.election = ${election} order by o.version desc`.execute(db)
  return rows
}

/** The order that stands: its text, which is secret, and the key for what only the centre may read. */
export async function standingOrder(
  db: Db | Tx,
  election: string,
): Promise<{ version: number; text: string; hash: string; box: string } | undefined> {
  const row = await db
    .selectFrom('voting.ceremony_order')
    .select(['version', 'text', 'hash', 'box'])
    .where('election', '=', election)
    .where('withdrawn', 'is', null)
    .executeTakeFirst()
  // After the destruction there is none any more.
  return row?.text ? { ...row, text: unseal(row.text), box: unseal(row.box) } : undefined
}

/** What the ceremony answered to the order that stands, as the file came. */
export async function answerTo(db: Db | Tx, election: string): Promise<{ version: number; text: string } | undefined> {
  const { rows } = await sql<{ version: number; text: string }>`
    select c.version, c.text from voting.ceremony c join voting.ceremony_order o
      on o.agency = c.agency and o.election = c.election and o.version = c.version
    where c.election = ${election} and o.withdrawn is null`.execute(db)
  return rows[0]
}

export type Ordered = Election & { tx: Tx; prepared: Prepared }

/** The election, held, with everything that decides how far it is. */
export async function holdOrdered(tx: Tx, actor: Actor, id: string): Promise<Ordered | undefined> {
  const election = await holdElection(tx, actor, id)
  return election && { ...election, tx, prepared: await preparedOf(tx, election) }
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertOrder(
  tx: Tx,
  { agency, id }: Of,
  order: { version: number; text: string; hash: string; box: string },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.ceremony_order')
    .values({
      ...order,
      text: seal(order.text),
      box: seal(order.box),
      agency,
      election: id,
      id: newId(),
      made: by.at,
      by: by.person,
    })
    .execute()
}

/** The order stands no longer; drafts that were made of it go with it. Packages that hold stay in force until new ones take their place. */
export async function saveWithdrawn(
  tx: Tx,
  { agency, id }: Of,
  version: number,
  reason: string,
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.ceremony_order')
    .set({ withdrawn: by.at, withdrawn_by: by.person, reason })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('version', '=', version)
    .execute()
  await tx.deleteFrom('voting.package_draft').where('agency', '=', agency).where('election', '=', id).execute()
}

/** Whether one of these pools served before: in another election, a practice, or an earlier ceremony. */
export const poolsKnown = async (tx: Tx, hashes: readonly string[]): Promise<boolean> =>
  (await tx
    .selectFrom('voting.pool')
    .select('hash')
    .where('hash', 'in', [...hashes])
    .limit(1)
    .executeTakeFirst()) !== undefined

export async function insertAnswer(
  tx: Tx,
  { agency, id }: Of,
  { version, text, answer }: { version: number; text: string; answer: CeremonyAnswer },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.ceremony')
    .values({
      agency,
      election: id,
      version,
      id: newId(),
      text,
      key: answer.committee.key,
      taken: by.at,
      by: by.person,
    })
    .execute()
  await tx
    .insertInto('voting.pool')
    .values(answer.tps.map(({ id: tps, pool }) => ({ agency, election: id, version, tps, ...pool })))
    .execute()
  // Not all of them are rows of ours: the committee's own card has no uuid.
  await sql`update voting.officer o set key = a.key
    from unnest(${answer.officers.map((officer) => officer.id)}::text[], ${answer.officers.map(({ key }) => key)}::text[]) as a (id, key)
    where o.agency = ${agency} and o.election = ${id} and o.id::text = a.id`.execute(tx)
}
