import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../../domain/election.ts'
import type { DeliveryOutcome } from '../../domain/roll/invitation.ts'
import { findElection } from '../election.ts'

/** A voter as an invitation and its carrier need them: no NIK. */
export type Invited = {
  id: string
  tps: string
  number: number
  no: number
  name: string
  address: string
  hamlet: string
  rt: string
  rw: string
  outcome: DeliveryOutcome | null
  receiver: string | null
  at: Date | null
  tries: number
}

const last = sql`left join lateral (
  select d.outcome, d.receiver, d.at, d.n from voting.delivery d where d.voter = v.id order by d.n desc limit 1) d on true`
const from = sql`from voting.voter v join voting.tps t on t.agency = v.agency and t.id = v.tps ${last}`
const has = sql`d.outcome in ('self', 'family', 'claimed')`

export type InvitedFilter = {
  voter?: string | undefined
  tps?: string | undefined
  hamlet?: string | undefined
  rw?: string | undefined
  rt?: string | undefined
  undelivered?: boolean | undefined
}

/** Invited voters in the order of their numbers; those who have a number, so nobody before the roll is fixed. */
export async function invitedOf(
  db: Db | Tx,
  election: string,
  filter: InvitedFilter,
  page: { limit: number; offset: number } = { limit: 20_000, offset: 0 },
): Promise<{ voters: Invited[]; total: number }> {
  const { voter, tps, hamlet, rw, rt, undelivered } = filter
  const where = sql`v.election = ${election} and not v.struck and v.no is not null
    ${voter ? sql`and v.id = ${voter}` : sql``} ${tps ? sql`and v.tps = ${tps}` : sql``}
    ${hamlet === undefined ? sql`` : sql`and v.hamlet = ${hamlet}`}
    ${rw === undefined ? sql`` : sql`and v.rw = ${rw}`} ${rt === undefined ? sql`` : sql`and v.rt = ${rt}`}
    ${undelivered ? sql`and (d.outcome is null or not ${has})` : sql``}`
  const { rows } = await sql<Invited & { total: number }>`
    select v.id, v.tps, t.number, v.no, v.name, v.address, v.hamlet, v.rt, v.rw, d.outcome, d.receiver, d.at,
      coalesce(d.n, 0) as tries, count(*) over ()::int as total
    ${from} where ${where} order by t.number, v.no limit ${page.limit} offset ${page.offset}`.execute(db)
  return { voters: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** A carrier's bundle: an RT with how many invitations are there and how many were received. */
export type Bundle = {
  tps: string
  number: number
  hamlet: string
  rw: string
  rt: string
  voters: number
  received: number
}
export async function bundlesOf(db: Db, election: string): Promise<Bundle[]> {
  const { rows } = await sql<Bundle>`
    select v.tps, t.number, v.hamlet, v.rw, v.rt, count(*)::int as voters, count(*) filter (where ${has})::int as received
    ${from} where v.election = ${election} and not v.struck and v.no is not null
    group by 1, 2, 3, 4, 5 order by 2, 3, 4, 5`.execute(db)
  return rows
}

/** How the invitations of each polling place stand, by the last that was noted. */
export type Standing = { tps: string; number: number; colour: string; voters: number } & Record<DeliveryOutcome, number>
export async function standingOf(db: Db, election: string): Promise<Standing[]> {
  const one = (outcome: DeliveryOutcome) =>
    sql`count(*) filter (where d.outcome = ${outcome})::int as ${sql.id(outcome)}`
  const { rows } = await sql<Standing>`
    select v.tps, t.number, t.colour, count(*)::int as voters, ${one('self')}, ${one('family')}, ${one('claimed')},
      ${one('not-found')}, ${one('moved')}, ${one('died')}
    ${from} where v.election = ${election} and not v.struck and v.no is not null group by 1, 2, 3 order by 2`.execute(
    db,
  )
  return rows
}

export type HeldInvitation = { roll: Election; voter: Invited }

/** A voter whose invitation is noted, held until the act is over: the voter alone, so that many carriers note at once. */
export async function holdInvitation(tx: Tx, actor: Actor, id: string): Promise<HeldInvitation | undefined> {
  const asked = await tx
    .selectFrom('voting.voter')
    .select('election')
    .where('id', '=', id)
    .where('no', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  const roll = asked && (await findElection(tx, actor, asked.election))
  if (!roll) return undefined
  const { rows } = await sql<Invited>`
    select v.id, v.tps, t.number, v.no, v.name, v.address, v.hamlet, v.rt, v.rw, d.outcome, d.receiver, d.at,
      coalesce(d.n, 0) as tries ${from} where v.id = ${id}`.execute(tx)
  return { roll, voter: rows[0]! }
}

export async function insertDelivery(
  tx: Tx,
  { roll, voter }: HeldInvitation,
  noted: { outcome: DeliveryOutcome; receiver: string | null; at: Date },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.delivery')
    .values({ agency: roll.agency, election: roll.id, voter: voter.id, n: voter.tries + 1, ...noted, noted: at, by })
    .execute()
}

/** Voter of a square: polling place and number. */
export const voterNumbered = (db: Db, election: string, { tps, no }: { tps: number; no: number }) =>
  db
    .selectFrom('voting.voter as v')
    .innerJoin('voting.tps as t', 't.id', 'v.tps')
    .select('v.id')
    .where('v.election', '=', election)
    .where('t.number', '=', tps)
    .where('v.no', '=', no)
    .executeTakeFirst()
