import { sql } from 'kysely'
import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type NewReading, type Reading, type Reason, type StageTime, stageTime } from '../domain/admission-decision.ts'
import type { Content } from '../domain/proposal.ts'
import type { AgencyKind } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { ownersOf } from './entry.ts'
import { type Examination, findExamination } from './examination.ts'
import { findRound } from './round.ts'

/** Where the administrative selection of a round stands. */
export async function admissionTime(db: Db | Tx, round: string): Promise<StageTime> {
  const row = await db
    .selectFrom('competition.stage')
    .select(['opened', 'closed'])
    .where('round', '=', round)
    .where('kind', '=', 'admission')
    .executeTakeFirst()
  return stageTime(row)
}

export type Admissible = {
  agency: string
  id: string
  unit: string
  title: string
  group: string
  category: string | null
  startedOn: string | null
  state: string
  number: number
  agencyName: string
  agencyKind: AgencyKind
  unitName: string
  receipt: string
  content: Content
  arrived: Date
  source: string | null
  winner: string | null
}

const admissible = (db: Db | Tx) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('competition.submission as s', (join) =>
      join.onRef('s.agency', '=', 'p.agency').onRef('s.proposal', '=', 'p.id'),
    )
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .select(['p.agency', 'p.id', 'p.unit', 'p.round', 'p.title', 'p.group_key as group', 'p.category', 'p.state'])
    .select(['p.started_on as startedOn', 'p.source', 'p.winner', 'a.name as agencyName', 'a.kind as agencyKind'])
    .select(['u.name as unitName', 's.number as receipt', 's.content', 's.arrived'])
    .select((eb) => eb.fn.coalesce('p.number', sql<number>`0`).as('number'))

/** An entry with what the selection knows of it. */
export type AdmissionEntry = Admissible & {
  round: Round
  stage: StageTime
  readings: (Reading & { source: string | null; reader: string })[]
  examination: Examination | undefined
}

/** The entry of a round as the secretariat sees it; for others it does not exist. */
export async function findForAdmission(db: Db | Tx, actor: Actor, id: string): Promise<AdmissionEntry | undefined> {
  if (!isNational(actor)) return undefined
  const row = await admissible(db).where('p.id', '=', id).executeTakeFirst()
  return row && withReadings(db, row)
}

/** The same, held until the transaction ends, so that two readers come one after the other. */
export async function holdForAdmission(tx: Tx, actor: Actor, id: string): Promise<AdmissionEntry | undefined> {
  if (!isNational(actor)) return undefined
  const row = await admissible(tx).where('p.id', '=', id).forUpdate('p').executeTakeFirst()
  return row && withReadings(tx, row)
}

async function withReadings(db: Db | Tx, row: Omit<Admissible, 'content'> & { round: string; content: unknown }) {
  const round = await findRound(db, row.round)
  if (!round) return undefined
  const readings = await listReadings(db, row)
  return {
    ...row,
    content: row.content as Content,
    round,
    stage: await admissionTime(db, row.round),
    readings,
    examination: await findExamination(db, row),
  }
}

export async function listReadings(db: Db | Tx, of: { agency: string; id: string }) {
  const rows = await db
    .selectFrom('competition.admission as d')
    .innerJoin('people.person as p', 'p.id', 'd.by')
    .select(['d.reading', 'd.verdict', 'd.reasons', 'd.note', 'd.source', 'd.by', 'd.at', 'p.name as reader'])
    .where('d.agency', '=', of.agency)
    .where('d.proposal', '=', of.id)
    .orderBy('d.reading')
    .execute()
  return rows.map((row) => ({ ...row, reasons: row.reasons as Reason[] }))
}

/** Keep a reading; where it decides, the entry moves and the move is kept. */
export async function saveReading(
  tx: Tx,
  entry: Pick<AdmissionEntry, 'agency' | 'id' | 'state'>,
  reading: NewReading,
  by: { person: string; at: Date },
): Promise<void> {
  const { outcome, reasons, ...row } = reading
  const of = { agency: entry.agency, proposal: entry.id }
  await tx
    .insertInto('competition.admission')
    .values({ ...of, ...row, id: newId(), reasons: JSON.stringify(reasons), by: by.person, at: by.at })
    .execute()
  if (!outcome) return
  await tx
    .updateTable('competition.proposal')
    .set({ state: outcome, state_since: by.at })
    .where('agency', '=', entry.agency)
    .where('id', '=', entry.id)
    .execute()
  await tx
    .insertInto('competition.move')
    .values({ ...of, id: newId(), from_state: entry.state, to_state: outcome, by: by.person, at: by.at })
    .execute()
}

/** Whom the result is told: the people of the unit and the agency's admins, each in their own language. */
export const readersOfResult = ownersOf

/** The titles of these proposals, by id, for a report. */
export async function titlesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('competition.proposal').select(['id', 'title']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** The round, held, for the secretariat. */
export async function holdRound(tx: Tx, actor: Actor, id: string): Promise<{ id: string } | undefined> {
  if (!isNational(actor)) return undefined
  return tx.selectFrom('competition.round').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}
