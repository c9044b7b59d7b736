import { sql } from 'kysely'
import { isLocalAdminOf, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../domain/election.ts'
import type { ObjectionKind, ObjectionRole, ObjectionState, StepKind, StepOutcome } from '../domain/objection.ts'
import { findElection } from './election.ts'

export type Step = { n: number; kind: StepKind; outcome: StepOutcome | null; text: string; at: Date; late: boolean }
/** What everybody may read of an objection: who filed it stands nowhere in it. */
export type PublicObjection = {
  id: string
  election: string
  number: number
  tps: string | null
  tpsNumber: number | null
  role: ObjectionRole
  /** By a witness's card at the polling place: it came with the record, and has no receipt. */
  signed: boolean
  about: ObjectionKind
  /** None when whoever filed it did not want it shown. */
  statement: string | null
  filed: Date
  due: Date
  state: ObjectionState
  steps: readonly Step[]
}
export type Objection = PublicObjection & {
  agency: string
  name: string
  contact: string
  statement: string
  demand: string
  public: boolean
  evidence: string | null
}

type Row = Omit<Objection, 'steps'>
const columns = sql`o.id, o.agency, o.election, o.number, o.tps, t.number as "tpsNumber", o.role, o.about, o.statement, o.demand, o.public,
  o.name, o.contact, o.evidence, o.filed, o.due, o.state, o.source is not null as signed`
const from = sql`voting.objection o left join voting.tps t on t.id = o.tps`

async function withSteps(db: Db | Tx, rows: readonly Row[]): Promise<Objection[]> {
  const ids = rows.map(({ id }) => id)
  const steps = await sql<Step & { objection: string }>`
    select s.objection, s.n, s.kind, s.outcome, s.text, s.at, s.late from voting.objection_step s
    where s.objection = any(${ids}::uuid[]) order by s.objection, s.n`.execute(db)
  const by = Map.groupBy(steps.rows, ({ objection }) => objection)
  return rows.map((row) => ({ ...row, steps: (by.get(row.id) ?? []).map(({ objection: _, ...step }) => step) }))
}

const asPublic = ({
  agency: _,
  name: _n,
  contact: _c,
  demand: _d,
  evidence: _e,
  public: shown,
  ...rest
}: Objection): PublicObjection => ({
  ...rest,
  statement: shown ? rest.statement : null,
})

/** The objections of an election, for everybody. Two queries. */
export async function listObjections(db: Db, election: string): Promise<PublicObjection[]> {
  const { rows } =
    await sql<Row>`select ${columns} from ${from} where o.election = ${election} order by o.number`.execute(db)
  return (await withSteps(db, rows)).map(asPublic)
}

export async function countObjections(db: Db, election: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from voting.objection o where o.election = ${election}`.execute(db)
  return rows[0]!.n
}

/** With the number and code of its receipt whoever filed it reads all of it. */
export async function findByReceipt(db: Db | Tx, code: Buffer): Promise<Objection | undefined> {
  const { rows } = await sql<Row>`select ${columns} from ${from} where o.code = ${code}`.execute(db)
  return (await withSteps(db, rows))[0]
}

export type ObjectionHeld = { objection: Objection; election: Election }

/** All of it for the committee of its election and its regency; for others there is none. */
export async function readObjection(db: Db | Tx, actor: Actor, id: string): Promise<ObjectionHeld | undefined> {
  const { rows } = await sql<Row>`select ${columns} from ${from} where o.id = ${id}`.execute(db)
  const election = rows[0] && (await findElection(db, actor, rows[0].election))
  if (!election || !(election.member || isLocalAdminOf(actor, election.agency) || isNational(actor))) return undefined
  return { objection: (await withSteps(db, rows))[0]!, election }
}

export async function holdObjection(tx: Tx, actor: Actor, id: string): Promise<ObjectionHeld | undefined> {
  await sql`select o.id from voting.objection o where o.id = ${id} for update`.execute(tx)
  return readObjection(tx, actor, id)
}

export async function holdByReceipt(tx: Tx, code: Buffer): Promise<Objection | undefined> {
  await sql`select o.id from voting.objection o where o.code = ${code} for update`.execute(tx)
  return findByReceipt(tx, code)
}

/** A real election held while an objection is filed, with the opening of its first polling place and the numbers given so far. */
export type FilingHeld = {
  election: Election
  opens: Date | null
  last: number
  places: readonly { id: string; number: number }[]
}

export async function holdFiling(tx: Tx, actor: Actor, id: string): Promise<FilingHeld | undefined> {
  // Only numbers are given one after the other: results of the same election do not wait for it.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`voting objection ${id}`}, 0))`.execute(tx)
  return findFiling(tx, actor, id)
}

export async function findFiling(db: Db | Tx, actor: Actor, id: string): Promise<FilingHeld | undefined> {
  const election = await findElection(db, actor, id)
  if (election?.mode !== 'real') return undefined
  const { rows } = await sql<{ opens: Date | null; last: number }>`
    select (select min(c.opens) from voting.tps_count c where c.election = ${id}) as opens,
      (select coalesce(max(o.number), 0)::int from voting.objection o where o.election = ${id}) as last`.execute(db)
  const places = await db
    .selectFrom('voting.tps')
    .select(['id', 'number'])
    .where('election', '=', id)
    .orderBy('number')
    .execute()
  return { election, ...rows[0]!, places }
}

/** A real election held while what a witness of one of its polling places signed is noted, with what was noted before. */
export type SignedFilingHeld = { election: Election; last: number; known: ReadonlySet<string> }

export async function holdSignedFiling(tx: Tx, actor: Actor, tps: string): Promise<SignedFilingHeld | undefined> {
  const place = await tx.selectFrom('voting.tps').select('election').where('id', '=', tps).executeTakeFirst()
  const held = place && (await holdFiling(tx, actor, place.election))
  if (!held) return undefined
  const { rows } = await sql<{ source: string }>`
    select encode(o.source, 'hex') as source from voting.objection o
    where o.election = ${held.election.id} and o.source is not null`.execute(tx)
  return { election: held.election, last: held.last, known: new Set(rows.map(({ source }) => source)) }
}

export type NewObjection = {
  id: string
  number: number
  /** None where a card signed it: it has a source instead. */
  code: Buffer | null
  source: Buffer | null
  tps: string | null
  role: ObjectionRole
  about: ObjectionKind
  name: string
  contact: string
  statement: string
  demand: string
  public: boolean
  evidence: string | null
  filed: Date
  due: Date
}

export async function insertObjection(tx: Tx, { agency, id: election }: Election, made: NewObjection): Promise<void> {
  await tx
    .insertInto('voting.objection')
    .values({ agency, election, ...made, state: 'filed', since: made.filed })
    .execute()
}

export async function saveStep(
  tx: Tx,
  { agency, id, steps }: Pick<Objection, 'agency' | 'id' | 'steps'>,
  step: { kind: StepKind; outcome: StepOutcome | null; text: string; by: string | null; at: Date; late: boolean },
  state: ObjectionState,
): Promise<void> {
  await tx
    .insertInto('voting.objection_step')
    .values({ agency, objection: id, n: steps.length + 1, ...step })
    .execute()
  await tx
    .updateTable('voting.objection')
    .set({ state, since: step.at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
