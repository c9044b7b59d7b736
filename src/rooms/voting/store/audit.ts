import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Announced, Audit, AuditPile, CountRow, ReadingRow } from '../domain/audit.ts'
import type { Election } from '../domain/election.ts'
import { findElection, holdElection } from './election.ts'

/** An audit as it is kept. */
export type KeptAudit = Audit & {
  id: string
  why: 'tie' | 'margin' | 'size' | 'chosen' | null
  fullBelow: number
  expected: number | null
  planned: Date
  by: string | null
  diced: Date | null
  dicedBy: string | null
  dicedById: string | null
  seenBy: string | null
  witnesses: string | null
  ended: Date | null
}

export async function auditOf(db: Db | Tx, election: string): Promise<KeptAudit | undefined> {
  const { rows } = await sql<KeptAudit>`
    select a.id, a.kind, a.why, a.risk, a.full_below as "fullBelow", a.announced, a.piles, a.expected, a.first, a.places, a.planned,
      p.name as by, a.dice, a.diced, d.name as "dicedBy", a.diced_by as "dicedById", a.seen, s.name as "seenBy", a.witnesses,
      a.drawn, a.escalated, a.outcome, a.ended
    from voting.audit a left join people.person p on p.id = a.by left join people.person d on d.id = a.diced_by
    left join people.person s on s.id = a.seen_by where a.election = ${election}`.execute(db)
  return rows[0]
}

/** Every count and reading of an audit, in the order in which they came. Two queries. */
export async function workOf(db: Db | Tx, election: string): Promise<{ counts: CountRow[]; readings: ReadingRow[] }> {
  const counts = await sql<CountRow>`
    select tps, round, side, votes, blank, unreadable, by from voting.slip_count where election = ${election}
    order by tps, round, side`.execute(db)
  const readings = await sql<ReadingRow>`
    select n, by, try, reading from voting.slip_reading where election = ${election} order by n, at, by, try`.execute(
    db,
  )
  return { counts: counts.rows, readings: readings.rows }
}

/** What counts of each polling place now, or the numbers of those that have no result. */
export async function announcedNow(db: Db | Tx, election: string): Promise<{ piles: AuditPile[]; missing: number[] }> {
  const { rows } = await sql<{
    tps: string
    number: number
    votes: number[] | null
    blank: number
    result: string | null
  }>`
    select t.id as tps, t.number, c.votes, coalesce(c.blank, 0) as blank, encode(c.head, 'hex') as result
    from voting.tps t left join voting.tps_count c on c.agency = t.agency and c.tps = t.id
    where t.election = ${election} order by t.number`.execute(db)
  return {
    piles: rows.flatMap(({ votes, result, ...row }) => (votes && result ? [{ ...row, votes, result }] : [])),
    missing: rows.flatMap(({ number, result }) => (result ? [] : [number])),
  }
}

export type HeldAudit = {
  election: Election
  audit: KeptAudit | undefined
  now: Awaited<ReturnType<typeof announcedNow>>
  counts: CountRow[]
  readings: ReadingRow[]
}

/** The election with its audit and all that was counted, held until the act is over. */
export async function holdAudit(tx: Tx, actor: Actor, id: string): Promise<HeldAudit | undefined> {
  const election = await holdElection(tx, actor, id)
  if (!election) return undefined
  return { election, audit: await auditOf(tx, id), now: await announcedNow(tx, id), ...(await workOf(tx, id)) }
}

/** The same to read. */
export async function findAudit(db: Db, actor: Actor, id: string): Promise<HeldAudit | undefined> {
  const election = await findElection(db, actor, id)
  if (!election) return undefined
  return { election, audit: await auditOf(db, id), now: await announcedNow(db, id), ...(await workOf(db, id)) }
}

/** Names of candidates in the order of their numbers, as sealed packages have them. */
export async function candidatesAudited(db: Db, election: string): Promise<string[]> {
  const { rows } = await sql<{ candidates: { number: number; name: string }[] }>`
    select c.candidates from voting.tps_count c where c.election = ${election} limit 1`.execute(db)
  return (rows[0]?.candidates ?? []).toSorted((a, b) => a.number - b.number).map(({ name }) => name)
}

export type NewAudit = {
  kind: 'full' | 'poll'
  why: KeptAudit['why']
  risk: number
  full_below: number
  announced: Announced
  piles: readonly AuditPile[]
  expected: number | null
  first: number | null
  places: number
}
type Of = Pick<Election, 'agency' | 'id'>
type By = { by: string; at: Date }

export async function insertAudit(tx: Tx, { agency, id }: Of, { announced, piles, ...plan }: NewAudit, { by, at }: By) {
  await tx
    .insertInto('voting.audit')
    .values({
      ...{ agency, election: id, id: newId(), ...plan, planned: at, by },
      ...{ announced: JSON.stringify(announced), piles: JSON.stringify(piles) },
    })
    .execute()
}

export const saveDice = (tx: Tx, { agency, id }: Of, thrown: { dice: string; witnesses: string }, { by, at }: By) =>
  tx
    .updateTable('voting.audit')
    .set({ ...thrown, diced: at, diced_by: by })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
    .then(() => undefined)

export const saveSeen = (tx: Tx, { agency, id }: Of, drawn: number, { by, at }: By) =>
  tx
    .updateTable('voting.audit')
    .set({ seen: at, seen_by: by, drawn })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
    .then(() => undefined)

export const saveDrawn = (tx: Tx, { agency, id }: Of, drawn: number) =>
  tx
    .updateTable('voting.audit')
    .set({ drawn })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
    .then(() => undefined)

export const saveEscalated = (tx: Tx, { agency, id }: Of, at: Date) =>
  tx
    .updateTable('voting.audit')
    .set({ escalated: at })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
    .then(() => undefined)

export const saveOutcome = (tx: Tx, { agency, id }: Of, outcome: 'confirmed' | 'differs', { by, at }: By) =>
  tx
    .updateTable('voting.audit')
    .set({ outcome, ended: at, ended_by: by })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
    .then(() => undefined)

export async function insertCount(
  tx: Tx,
  { agency, id }: Of,
  { votes, ...count }: Omit<CountRow, 'by'>,
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.slip_count')
    .values({ agency, election: id, ...count, votes: [...votes], by, at })
    .execute()
}

export async function insertReadings(
  tx: Tx,
  { agency, id }: Of,
  rows: readonly { n: number; try: number; reading: string }[],
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.slip_reading')
    .values(rows.map((row) => ({ agency, election: id, ...row, by, at })))
    .execute()
}
