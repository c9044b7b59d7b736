import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Announced, Audit, AuditPile, AuditWhy, CountRow, ReadingRow } from '../domain/audit.ts'
import type { Election } from '../domain/election.ts'
import { findElection, holdElection } from './election.ts'
import { type CountHeld, holdCounts } from './result.ts'

/** An audit as it is kept. */
export type KeptAudit = Audit & {
  id: string
  version: number
  why: AuditWhy | null
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
  adoption: Adoption | null
}

/** That what it counted is the result: written by the chair, and confirmed by another. */
export type Adoption = {
  ground: string
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
}
/** An audit with all that was counted and read in it. */
export type AuditWork = KeptAudit & { adopted: boolean; counts: readonly CountRow[]; readings: readonly ReadingRow[] }

/** Every audit of an election, the first that was planned first, each with its work in the order in which it came. Three queries. */
export async function auditsOf(db: Db | Tx, election: string): Promise<AuditWork[]> {
  const audits = await sql<
    Omit<KeptAudit, 'adoption'> & { adoption: (Omit<Adoption, 'confirmed'> & { confirmed: string | null }) | null }
  >`
    select a.id, a.version, a.kind, a.why, a.risk, a.full_below as "fullBelow", a.announced, a.piles, a.expected, a.first, a.places,
      a.planned, p.name as by, a.dice, a.diced, d.name as "dicedBy", a.diced_by as "dicedById", a.seen, s.name as "seenBy", a.witnesses,
      a.drawn, a.escalated, a.outcome, a.ended, case when x.audit is not null then to_jsonb(x) end as adoption
    from voting.audit a left join people.person p on p.id = a.by left join people.person d on d.id = a.diced_by
    left join people.person s on s.id = a.seen_by
    left join (
      select o.audit, o.agency, o.election, o.ground, o.by, b.name as "byName", o.confirmed, k.name as "confirmedBy" from voting.adoption o
      join people.person b on b.id = o.by left join people.person k on k.id = o.confirmed_by) x
      on x.agency = a.agency and x.election = a.election and x.audit = a.version
    where a.election = ${election} order by a.version`.execute(db)
  const counts = await sql<CountRow & { audit: number }>`
    select audit, tps, round, side, votes, blank, unreadable, by from voting.slip_count where election = ${election}
    order by audit, tps, round, side`.execute(db)
  const readings = await sql<ReadingRow & { audit: number }>`
    select audit, n, by, try, reading from voting.slip_reading where election = ${election} order by audit, n, at, by, try`.execute(
    db,
  )
  const of = <T extends { audit: number }>(rows: readonly T[], version: number) =>
    rows.flatMap(({ audit, ...row }) => (audit === version ? [row] : []))
  return audits.rows.map((audit) => ({
    ...audit,
    adoption: audit.adoption && {
      ...audit.adoption,
      confirmed: audit.adoption.confirmed === null ? null : new Date(audit.adoption.confirmed),
    },
    adopted: audit.adoption?.confirmed != null,
    counts: of(counts.rows, audit.version),
    readings: of(readings.rows, audit.version),
  }))
}

/** What counts of each polling place now, or the numbers of those that have no result. */
export async function announcedNow(db: Db | Tx, election: string): Promise<{ piles: AuditPile[]; missing: number[] }> {
  const { rows } = await sql<{
    tps: string
    number: number
    votes: number[] | null
    blank: number
    slips: number | null
    result: string | null
  }>`
    select t.id as tps, t.number, c.votes, coalesce(c.blank, 0) as blank, encode(c.head, 'hex') as result,
      case when r.how = 'signed' then (r.text::jsonb -> 'counts' ->> 'slips')::int end as slips
    from voting.tps t left join voting.tps_count c on c.agency = t.agency and c.tps = t.id
    left join voting.result r on r.agency = c.agency and r.hash = c.head
    where t.election = ${election} order by t.number`.execute(db)
  return {
    piles: rows.flatMap(({ votes, result, ...row }) => (votes && result ? [{ ...row, votes, result }] : [])),
    missing: rows.flatMap(({ number, result }) => (result ? [] : [number])),
  }
}

export type HeldAudit = {
  election: Election
  /** The one that was planned last. */
  audit: AuditWork | undefined
  earlier: readonly AuditWork[]
  now: Awaited<ReturnType<typeof announcedNow>>
}
const heldOf = async (db: Db | Tx, election: Election): Promise<HeldAudit> => {
  const audits = await auditsOf(db, election.id)
  return { election, audit: audits.at(-1), earlier: audits.slice(0, -1), now: await announcedNow(db, election.id) }
}

/** The election with its audits and all that was counted, held until the act is over. */
export async function holdAudit(tx: Tx, actor: Actor, id: string): Promise<HeldAudit | undefined> {
  const election = await holdElection(tx, actor, id)
  return election && heldOf(tx, election)
}

/** The same to read. */
export async function findAudit(db: Db, actor: Actor, id: string): Promise<HeldAudit | undefined> {
  const election = await findElection(db, actor, id)
  return election && heldOf(db, election)
}

export type HeldAdopting = HeldAudit & { counts: ReadonlyMap<string, CountHeld> }
/** The same with its polling places, which are held before the election, as by whoever brings a result. */
export async function holdAdopting(tx: Tx, actor: Actor, id: string): Promise<HeldAdopting | undefined> {
  const places = await tx.selectFrom('voting.tps_count').select('tps').where('election', '=', id).execute()
  const counts = await holdCounts(
    tx,
    places.map(({ tps }) => tps),
  )
  const held = await holdAudit(tx, actor, id)
  return held && { ...held, counts }
}

/** Names of candidates in the order of their numbers, as sealed packages have them. */
export async function candidatesAudited(db: Db, election: string): Promise<string[]> {
  const { rows } = await sql<{ candidates: { number: number; name: string }[] }>`
    select c.candidates from voting.tps_count c where c.election = ${election} limit 1`.execute(db)
  return (rows[0]?.candidates ?? []).toSorted((a, b) => a.number - b.number).map(({ name }) => name)
}

export type NewAudit = {
  version: number
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

type One = Pick<KeptAudit, 'id'>
type Changed =
  | { dice: string; witnesses: string; diced: Date; diced_by: string }
  | { seen: Date; seen_by: string; drawn: number }
  | { drawn: number }
  | { escalated: Date }
  | { outcome: 'confirmed' | 'differs'; ended: Date; ended_by: string }
const change = async (tx: Tx, { id }: One, set: Changed): Promise<void> => {
  await tx.updateTable('voting.audit').set(set).where('id', '=', id).execute()
}
export const saveDice = (tx: Tx, audit: One, thrown: { dice: string; witnesses: string }, { by, at }: By) =>
  change(tx, audit, { ...thrown, diced: at, diced_by: by })
export const saveSeen = (tx: Tx, audit: One, drawn: number, { by, at }: By) =>
  change(tx, audit, { seen: at, seen_by: by, drawn })
export const saveDrawn = (tx: Tx, audit: One, drawn: number) => change(tx, audit, { drawn })
export const saveEscalated = (tx: Tx, audit: One, at: Date) => change(tx, audit, { escalated: at })
export const saveOutcome = (tx: Tx, audit: One, outcome: 'confirmed' | 'differs', { by, at }: By) =>
  change(tx, audit, { outcome, ended: at, ended_by: by })

export async function insertAdoption(
  tx: Tx,
  { agency, id }: Of,
  { version }: Pick<KeptAudit, 'version'>,
  ground: string,
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.adoption')
    .values({ agency, election: id, audit: version, ground, made: at, by })
    .execute()
}

export async function saveAdopted(
  tx: Tx,
  { agency, id }: Of,
  { version }: Pick<KeptAudit, 'version'>,
  { by, at }: By,
): Promise<void> {
  await tx
    .updateTable('voting.adoption')
    .set({ confirmed: at, confirmed_by: by })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('audit', '=', version)
    .execute()
}

export async function insertCount(
  tx: Tx,
  { agency, id }: Of,
  { version }: Pick<KeptAudit, 'version'>,
  { votes, ...count }: Omit<CountRow, 'by'>,
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.slip_count')
    .values({ agency, election: id, audit: version, ...count, votes: [...votes], by, at })
    .execute()
}

export async function insertReadings(
  tx: Tx,
  { agency, id }: Of,
  { version }: Pick<KeptAudit, 'version'>,
  rows: readonly { n: number; try: number; reading: string }[],
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.slip_reading')
    .values(rows.map((row) => ({ agency, election: id, audit: version, ...row, by, at })))
    .execute()
}
