import { sql } from 'kysely'
import { isLocalAdminOf, isNational, isPanel, isUnitOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Zone } from '#platform/text.ts'
import type { Finalist } from '../domain/decision.ts'
import type { Interview, InterviewSheet, Planned } from '../domain/interview.ts'
import { areFinalistsPublic, type PanelRound } from '../domain/panel.ts'
import { listFinalists } from './decision.ts'
import { holdPanelRound, readPanelRound } from './panel.ts'

export type Sitting = { proposal: string; member: string; memberName: string }

/** The interviews of a round, by time and room. */
export async function listInterviews(db: Db | Tx, round: string): Promise<Interview[]> {
  return db
    .selectFrom('judging.interview')
    .select(['agency', 'proposal', 'starts', 'ends', 'place', 'room', 'invited', 'confirmed', 'attendance', 'closed'])
    .where('round', '=', round)
    .orderBy('starts')
    .orderBy('room')
    .execute()
}

const seats = (db: Db | Tx, round: string) =>
  db
    .selectFrom('judging.interviewer as s')
    .innerJoin('judging.interview as i', (join) =>
      join.onRef('i.agency', '=', 's.agency').onRef('i.proposal', '=', 's.proposal'),
    )
    .where('i.round', '=', round)

/** Who of the panel sits in which interview. */
export async function listSittings(db: Db | Tx, round: string): Promise<Sitting[]> {
  return seats(db, round)
    .innerJoin('people.person as p', 'p.id', 's.member')
    .select(['s.proposal', 's.member', 'p.name as memberName'])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}

/** The sheets of interviews that are closed: until then a sheet is its member's alone. */
export async function listOpenSheets(db: Db | Tx, round: string): Promise<(InterviewSheet & { memberName: string })[]> {
  const rows = await seats(db, round)
    .innerJoin('people.person as p', 'p.id', 's.member')
    .select(['s.proposal', 's.member', 'p.name as memberName', 's.points', 's.note', 's.done'])
    .where('i.closed', 'is not', null)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  return rows as (InterviewSheet & { memberName: string })[]
}

/** How many sheets are not done yet: only the number, nothing of what stands in them. */
export async function countUnfinished(db: Db, round: string): Promise<number> {
  const row = await seats(db, round)
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('s.done', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

export async function ownSheet(db: Db | Tx, actor: Actor, proposal: string): Promise<InterviewSheet | undefined> {
  if (!actor.id) return undefined
  const row = await db
    .selectFrom('judging.interviewer')
    .select(['proposal', 'member', 'points', 'note', 'done'])
    .where('proposal', '=', proposal)
    .where('member', '=', actor.id)
    .executeTakeFirst()
  return row as InterviewSheet | undefined
}

/** An interview with its round, its entry, the zone of the entry's home, and what of it this reader may know. */
export type InterviewFound = {
  round: PanelRound
  finalist: Finalist
  interview: Interview
  zone: Zone
  unit: string
  members: Sitting[]
  own: InterviewSheet | undefined
}

/** For the panel, the secretariat and the owners of the entry; nobody else finds it. */
export const readInterview = (db: Db, actor: Actor, proposal: string) => interview(db, actor, proposal, readPanelRound)
export const holdInterview = (tx: Tx, actor: Actor, proposal: string) => interview(tx, actor, proposal, holdPanelRound)

async function interview<Source extends Db | Tx>(
  db: Source,
  actor: Actor,
  proposal: string,
  roundBy: (db: Source, actor: Actor, id: string) => Promise<PanelRound | undefined>,
): Promise<InterviewFound | undefined> {
  const row = await db
    .selectFrom('judging.interview as i')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'i.agency').onRef('p.id', '=', 'i.proposal'),
    )
    .innerJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .select(['i.round', 'i.agency', 'p.unit', 'g.zone', 'i.invited'])
    .where('i.proposal', '=', proposal)
    .executeTakeFirst()
  if (!row) return undefined
  const owner = isLocalAdminOf(actor, row.agency) || isUnitOf(actor, row.agency, row.unit)
  if (!isNational(actor) && !isPanel(actor) && !(owner && row.invited)) return undefined
  const round = await roundBy(db, actor, row.round)
  if (!round || !areFinalistsPublic(round)) return undefined
  const finalist = (await listFinalists(db, round.id)).find((each) => each.id === proposal)
  const found = (await listInterviews(db, round.id)).find((each) => each.proposal === proposal)
  const members = (await listSittings(db, round.id)).filter((each) => each.proposal === proposal)
  const own = await ownSheet(db, actor, proposal)
  const zone = row.zone ?? 'WIB'
  return finalist && found && { round, finalist, interview: found, zone, unit: row.unit, members, own }
}

const slotOf = ({ starts, ends }: { starts: Date; ends: Date }) =>
  sql<string>`tstzrange(${starts.toISOString()}::timestamptz, ${ends.toISOString()}::timestamptz)`

/** Replace the whole plan. */
export async function replacePlan(tx: Tx, round: string, planned: readonly Planned[], place: string): Promise<void> {
  await tx
    .deleteFrom('judging.interviewer')
    .where('proposal', 'in', tx.selectFrom('judging.interview').select('proposal').where('round', '=', round))
    .execute()
  await tx.deleteFrom('judging.interview').where('round', '=', round).execute()
  for (const { members, ...slot } of planned) {
    const { agency, proposal, starts, ends, room } = slot
    await tx.insertInto('judging.interview').values({ agency, proposal, round, starts, ends, place, room }).execute()
    await seat(tx, slot, members)
  }
}

const seat = (
  tx: Tx,
  { agency, proposal, ...slot }: { agency: string; proposal: string; starts: Date; ends: Date },
  members: readonly string[],
) =>
  tx
    .insertInto('judging.interviewer')
    .values(members.map((member) => ({ agency, proposal, member, slot: slotOf(slot) })))
    .execute()

export async function moveInterview(
  tx: Tx,
  { agency, proposal }: Pick<Interview, 'agency' | 'proposal'>,
  to: { starts: Date; ends: Date; room: number; place: string },
): Promise<void> {
  await tx
    .updateTable('judging.interview')
    .set({ ...to, invited: null, confirmed: null, confirmed_by: null })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .execute()
  await tx
    .updateTable('judging.interviewer')
    .set({ slot: slotOf(to) })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .execute()
}

export async function markInvited(tx: Tx, round: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.interview')
    .set({ invited: at })
    .where('round', '=', round)
    .where('invited', 'is', null)
    .execute()
}

export async function saveConfirmation(
  tx: Tx,
  { agency, proposal }: Pick<Interview, 'agency' | 'proposal'>,
  confirmation: { attendance: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('judging.interview')
    .set({ confirmed: confirmation.at, confirmed_by: confirmation.by, attendance: confirmation.attendance })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .execute()
}

export async function saveSheet(
  tx: Tx,
  { proposal, member }: InterviewSheet,
  sheet: Pick<InterviewSheet, 'points' | 'note' | 'done'>,
): Promise<void> {
  await tx
    .updateTable('judging.interviewer')
    .set({ ...sheet, points: JSON.stringify(sheet.points) })
    .where('proposal', '=', proposal)
    .where('member', '=', member)
    .execute()
}

export async function closeAll(tx: Tx, round: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.interview')
    .set({ closed: at })
    .where('round', '=', round)
    .where('closed', 'is', null)
    .execute()
}

/** The time zones of agencies, by id; an agency without a region counts in Jakarta. */
export async function zonesOf(db: Db | Tx, agencies: readonly string[]): Promise<ReadonlyMap<string, Zone>> {
  if (agencies.length === 0) return new Map()
  const rows = await db
    .selectFrom('people.agency as a')
    .innerJoin('people.region as g', 'g.code', 'a.region')
    .select(['a.id', 'g.zone'])
    .where('a.id', 'in', agencies)
    .execute()
  return new Map(rows.map((row) => [row.id, row.zone]))
}
