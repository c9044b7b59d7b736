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

export async function provinces(db: Db): Promise<{ code: string; name: string }[]> {
  return db.selectFrom('people.region').select(['code', 'name']).where('parent', 'is', null).orderBy('name').execute()
}
