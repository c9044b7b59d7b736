import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Election } from '../domain/election.ts'
import type { TypedSheet } from '../domain/typed.ts'
import { findElection } from './election.ts'
import { type CountHeld, holdCount } from './result.ts'

export type TypedRow = { id: string; by: string; sheet: string; content: TypedSheet; at: Date; result: boolean }

/** What was typed from the sheets of a polling place. */
export async function typedOf(db: Db | Tx, tps: string): Promise<TypedRow[]> {
  const { rows } = await sql<TypedRow>`
    select s.id, s.by, s.sheet, s.content, s.at, s.result is not null as result from voting.typed_sheet s
    where s.tps = ${tps} order by s.at, s.id`.execute(db)
  return rows
}

/** Which of contradicting versions somebody of the committee chose, and which were there then. */
export type Choice = { by: string; sheet: string; known: readonly string[]; reason: string }

/** The last choice of each. */
export async function choicesOf(db: Db | Tx, tps: string): Promise<Choice[]> {
  const { rows } = await sql<Choice>`
    select distinct on (s.by) s.by, s.sheet, s.known, s.reason from voting.settlement s where s.tps = ${tps}
    order by s.by, s.n desc`.execute(db)
  return rows
}

export type OfficeHeld = {
  count: CountHeld
  election: Election
  typed: readonly TypedRow[]
  choices: readonly Choice[]
}

/** A polling place held by somebody who works in its election. */
export async function holdOffice(tx: Tx, actor: Actor, tps: string): Promise<OfficeHeld | undefined> {
  const count = await holdCount(tx, tps)
  const election = count && (await findElection(tx, actor, count.election))
  return count && election
    ? { count, election, typed: await typedOf(tx, tps), choices: await choicesOf(tx, tps) }
    : undefined
}

/** Keep what somebody typed; typed anew it replaces what the same person typed before of the same sheet. */
export async function saveTyped(
  tx: Tx,
  { agency, election, tps }: CountHeld,
  typed: { sheet: string; content: TypedSheet; by: string },
  at: Date,
): Promise<void> {
  const content = JSON.stringify(typed.content)
  await tx
    .insertInto('voting.typed_sheet')
    .values({ agency, election, tps, id: newId(), sheet: typed.sheet, content, by: typed.by, at })
    .onConflict((c) => c.columns(['tps', 'sheet', 'by']).doUpdateSet({ content, at }))
    .execute()
}

/** These became a result. */
export async function markTyped(
  tx: Tx,
  tps: string,
  sheet: string,
  by: readonly string[],
  hash: string,
): Promise<void> {
  await tx
    .updateTable('voting.typed_sheet')
    .set({ result: Buffer.from(hash, 'hex') })
    .where('tps', '=', tps)
    .where('sheet', '=', sheet)
    .where('by', 'in', by)
    .execute()
}

export async function insertSettlement(
  tx: Tx,
  { agency, tps }: CountHeld,
  made: { sheet: string; known: readonly string[]; reason: string; by: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('voting.settlement')
    .values({
      agency,
      tps,
      n: sql<number>`(select coalesce(max(s.n), 0) + 1 from voting.settlement s where s.tps = ${tps})`,
      ...made,
      known: [...made.known],
      at,
    })
    .execute()
}

export async function insertTieFacts(
  tx: Tx,
  { agency, id: election }: Election,
  made: { fact: 'education-level' | 'formal-education-path'; values: readonly number[]; source: string; by: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('voting.tie_fact')
    .values(
      made.values.map((value, i) => ({
        agency,
        election,
        fact: made.fact,
        candidate: i + 1,
        value,
        source: made.source,
        by: made.by,
        at,
      })),
    )
    .execute()
}
