import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Interest, Member } from '../domain/member.ts'

/** The independent panel with what each declared, by name. Two queries. */
export async function listMembers(db: Db | Tx): Promise<Member[]> {
  const people = await db
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .select(['p.id', 'p.name'])
    .where('r.role', '=', 'panel')
    .where('r.ended', 'is', null)
    .where('p.closed', 'is', null)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  const interests = await listInterests(db)
  return people.map((person) => ({ ...person, interests: interests.filter((each) => each.person === person.id) }))
}

export type NamedInterest = Interest & { name: string }

export async function listInterests(db: Db | Tx, person?: string): Promise<NamedInterest[]> {
  const rows = await db
    .selectFrom('judging.interest as i')
    .leftJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.region as g', 'g.code', 'i.region')
    .select(['i.id', 'i.person', 'i.agency', 'i.region', 'a.name as agencyName', 'g.name as regionName'])
    .where('i.ended', 'is', null)
    .$if(person !== undefined, (q) => q.where('i.person', '=', person!))
    .orderBy('i.at')
    .orderBy('i.id')
    .execute()
  return rows.map(({ agencyName, regionName, ...row }) => ({ ...row, name: agencyName ?? regionName ?? '' }))
}

/** Declare once; the same again changes nothing. */
export async function addInterest(
  tx: Tx,
  interest: { person: string; agency: string | null; region: string | null },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.interest')
    .values({ id: newId(), ...interest, at })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Readings that are not done and now meet a conflict end. Returns of how many entries. */
export async function endConflicted(tx: Tx, person: string, proposals: readonly string[], at: Date): Promise<void> {
  if (proposals.length === 0) return
  await tx
    .updateTable('judging.panel_reading')
    .set({ ended: at })
    .where('member', '=', person)
    .where('proposal', 'in', proposals)
    .where('ended', 'is', null)
    .execute()
}

/** Withdraw one declaration; it stays as history. */
export async function endInterest(tx: Tx, person: string, id: string, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.interest')
    .set({ ended: at, ended_reason: reason })
    .where('person', '=', person)
    .where('id', '=', id)
    .execute()
}

/** Everything that somebody ever declared, what was withdrawn last. */
export async function allInterestsOf(db: Db | Tx, person: string) {
  const rows = await db
    .selectFrom('judging.interest as i')
    .leftJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.region as g', 'g.code', 'i.region')
    .select([
      'i.id',
      'i.at',
      'i.ended',
      'i.ended_reason as endedReason',
      'a.name as agencyName',
      'g.name as regionName',
    ])
    .where('i.person', '=', person)
    .orderBy((eb) => eb('i.ended', 'is not', null))
    .orderBy('i.at')
    .orderBy('i.id')
    .execute()
  return rows.map(({ agencyName, regionName, ...row }) => ({ ...row, name: agencyName ?? regionName ?? '' }))
}
