import { newSigningKey, type Roll } from '@melayani/polling/format'
import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Election } from '../../domain/election.ts'
import { type Counted, type Fixed, signedRollText } from '../../domain/roll/fixed.ts'
import { holdElection } from '../election.ts'
import { everyVoter } from './voter.ts'

export type FixedKind = 'fixed' | 'additional'
export type FixedRoll = {
  kind: FixedKind
  count: number
  additional: number
  places: Counted[]
  hash: string
  at: Date
  by: string | null
}

/** What was fixed of a roll: nothing, the roll, or also those added after it. The later one last. */
export async function fixedOf(db: Db | Tx, election: string): Promise<FixedRoll[]> {
  const { rows } = await sql<FixedRoll>`
    select r.kind, r.count, r.additional, r.places, r.hash, r.at, p.name as by from voting.roll r
    left join people.person p on p.id = r.by where r.election = ${election} order by r.kind desc`.execute(db)
  return rows
}

/** The election with what was fixed of its roll, held until the act is over. */
export async function holdRoll(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Election & { fixed: FixedRoll[] }) | undefined> {
  const election = await holdElection(tx, actor, id)
  return election && { ...election, fixed: await fixedOf(tx, id) }
}
export type HeldRoll = NonNullable<Awaited<ReturnType<typeof holdRoll>>>

/** Give these voters their numbers. */
export async function saveNumbers(tx: Tx, numbers: readonly { id: string; no: number }[]): Promise<void> {
  await sql`update voting.voter v set no = n.no
    from unnest(${numbers.map(({ id }) => id)}::uuid[], ${numbers.map(({ no }) => no)}::int[]) as n (id, no)
    where v.id = n.id`.execute(tx)
}

/** The keys under which the rolls of an election travel, by polling place; made when they are first asked for. */
export async function rollKeysOf(
  tx: Db | Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
): Promise<Map<string, string>> {
  const places = await tx.selectFrom('voting.tps').select('id').where('election', '=', id).orderBy('number').execute()
  if (places.length > 0)
    await tx
      .insertInto('voting.roll_key')
      .values(places.map((tps) => ({ agency, election: id, tps: tps.id, sealed: seal(newSigningKey().secret) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const rows = await tx.selectFrom('voting.roll_key').select(['tps', 'sealed']).where('election', '=', id).execute()
  return new Map(rows.map(({ tps, sealed }) => [tps, unseal(sealed)]))
}

export async function insertFixed(
  tx: Tx,
  { agency, id: election }: Pick<Election, 'agency' | 'id'>,
  { places, ...fixed }: Omit<FixedRoll, 'at' | 'by'>,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.roll')
    .values({ agency, election, ...fixed, id: newId(), places: JSON.stringify(places), at, by })
    .execute()
}

export type TpsRoll = {
  roll: Roll
  /** The very text whose hash was signed and is printed on the zero report. */
  text: string
  hash: string
  count: number
  additional: number
  /** 32 bytes in hexadecimal: for the ceremony, which writes it on the chair's card, and for sealing the text. */
  rollKey: string
}

/**
 * The roll of one polling place for its election package: as it was fixed, counted and signed. Refused while it is open, while
 * a candidate has neither signed nor refused, when voters were added that nobody counted, and when what is stored is no longer
 * what was signed.
 */
export async function rollOf(
  db: Db | Tx,
  tps: string,
): Promise<Decision<TpsRoll, 'roll-open' | 'roll-unsigned' | 'roll-uncounted' | 'roll-broken'>> {
  const place = await db.selectFrom('voting.tps').selectAll().where('id', '=', tps).executeTakeFirstOrThrow()
  const fixed = await fixedOf(db, place.election)
  const last = fixed.at(-1)
  if (!last) return refuse('roll-open')
  const waiting = await unsigned(db, place.election, last.kind)
  if (waiting > 0) return refuse('roll-unsigned')
  const voters = await everyVoter(db, place.election)
  if (voters.some(({ no, tps }) => no === null || tps === null)) return refuse('roll-uncounted')
  const places = await db
    .selectFrom('voting.tps')
    .select(['id', 'number'])
    .where('election', '=', place.election)
    .execute()
  const numbers = new Map(places.map(({ id, number }) => [id, number]))
  const keys = await rollKeysOf(db, { agency: place.agency, id: place.election })
  const rollKey = keys.get(tps)!
  const signed = last.places.find(({ number }) => number === place.number)
  const found = signed && signedRollText(signed, voters as Fixed[], tps, numbers, rollKey)
  return found ? decide({ ...found, rollKey }) : refuse('roll-broken')
}

/** Candidates who have neither signed a roll sheet nor refused to, confirmed by two of the committee. */
async function unsigned(db: Db | Tx, election: string, kind: FixedKind): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from voting.candidate c where c.election = ${election} and not c.empty_box and not exists (
      select from voting.roll_signature s where s.candidate = c.id and s.kind = ${kind} and s.confirmed is not null)`.execute(
    db,
  )
  return rows[0]!.n
}
