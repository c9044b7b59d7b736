import type { Db, Tx } from '#platform/db.ts'
import { foldTitle, type Involvement, type Known } from '../domain/conflict.ts'
import { registeredOf } from './identity.ts'

type Work = { kind: 'mentor' | 'co-author'; agency: string; title: string; innovation: string | null }

/** Everything that was ever noted of somebody, with what was withdrawn or corrected, and why. */
export function listInvolvements(db: Db | Tx, person: string) {
  return db
    .selectFrom('judging.involvement as i')
    .innerJoin('people.agency as a', 'a.id', 'i.agency')
    .innerJoin('people.person as p', 'p.id', 'i.by')
    .leftJoin('people.person as e', 'e.id', 'i.ended_by')
    .select([
      'i.id',
      'i.kind',
      'i.agency',
      'i.title',
      'i.innovation',
      'i.at',
      'a.name as agencyName',
      'p.name as byName',
    ])
    .select(['i.ended', 'i.ended_reason as endedReason', 'i.replaced_by as replacedBy', 'e.name as endedByName'])
    .where('i.person', '=', person)
    .orderBy('i.at')
    .orderBy('i.id')
    .execute()
}
export type NotedWork = Awaited<ReturnType<typeof listInvolvements>>[number]

/** The innovation of that title in the register, if the agency has one. */
export async function innovationNamed(db: Db | Tx, agency: string, title: string): Promise<string | null> {
  const known = await registeredOf(db, [agency])
  return known.find((each) => foldTitle(each.name) === foldTitle(title))?.innovation ?? null
}

export async function addInvolvement(
  tx: Tx,
  person: string,
  work: Work & { id: string },
  at: Date,
  by: string,
): Promise<void> {
  await tx
    .insertInto('judging.involvement')
    .values({ person, ...work, at, by })
    .execute()
}

/** Withdraw a line, or put another in its place. It stays as history. */
export async function endInvolvement(
  tx: Tx,
  person: string,
  id: string,
  end: { at: Date; by: string; reason: string; replacedBy: string | null },
): Promise<void> {
  await tx
    .updateTable('judging.involvement')
    .set({ ended: end.at, ended_by: end.by, ended_reason: end.reason, replaced_by: end.replacedBy })
    .where('person', '=', person)
    .where('id', '=', id)
    .execute()
}

/** What can be a conflict, for everybody in a round. Three queries. */
export async function knownOf(db: Db | Tx, round: string, person?: string): Promise<Map<string, Known>> {
  const people = await db
    .selectFrom('judging.evaluator')
    .select(['person', 'home_region', 'employer'])
    .where('round', '=', round)
    .where('withdrawn', 'is', null)
    .$if(person !== undefined, (q) => q.where('person', '=', person!))
    .execute()
  const works = await db
    .selectFrom('judging.involvement as i')
    .innerJoin('judging.evaluator as e', 'e.person', 'i.person')
    .select(['i.person', 'i.id', 'i.kind', 'i.agency', 'i.title', 'i.innovation'])
    .where('e.round', '=', round)
    .where('i.ended', 'is', null)
    .$if(person !== undefined, (q) => q.where('i.person', '=', person!))
    .execute()
  const registered = await registeredOf(db, [...new Set(works.map((work) => work.agency))])
  const named = (work: Work & { id: string }): Involvement => ({
    ...work,
    names: registered
      .filter((each) => each.innovation === work.innovation && each.agency === work.agency)
      .map((each) => each.name),
  })
  const byPerson = Map.groupBy(works, (work) => work.person)
  return new Map(
    people.map((row) => [
      row.person,
      {
        homeRegion: row.home_region,
        employer: row.employer,
        involvements: (byPerson.get(row.person) ?? []).map(named),
      },
    ]),
  )
}
