import type { Db, Tx } from '#platform/db.ts'
import type { ChoiceMade, Owner, TakingPart } from '../domain/affected.ts'

/** The proposals that take part in a round: neither withdrawn nor failed. */
export function listTakingPart(db: Db | Tx, round: string): Promise<TakingPart[]> {
  return db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .select(['p.id', 'p.agency', 'p.unit', 'p.group_key as group', 'p.category', 'a.kind as agencyKind'])
    .where('p.round', '=', round)
    .where('p.state', 'not in', ['withdrawn', 'failed'])
    .orderBy('p.id')
    .execute()
}

/** What the proposals that take part have chosen at these questions; each answer of a group once. */
export async function listChoicesMade(db: Db | Tx, round: string, questions: readonly string[]): Promise<ChoiceMade[]> {
  if (questions.length === 0) return []
  return db
    .selectFrom('competition.answer as a')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'a.agency').onRef('p.id', '=', 'a.proposal'),
    )
    .select(['p.group_key as group', 'a.question', 'a.value'])
    .distinct()
    .where('p.round', '=', round)
    .where('p.state', 'not in', ['withdrawn', 'failed'])
    .where('a.question', 'in', questions)
    .where('a.value', '<>', '')
    .execute()
}

/** Everybody who looks after proposals now: local admins, their deputies, and the people of units with a proposal in the round. */
export async function listOwners(db: Db | Tx, round: string): Promise<Owner[]> {
  const rows = await db
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .select(['p.id', 'p.name', 'p.email', 'p.lang', 'r.agency', 'r.unit', 'r.role'])
    .where('r.ended', 'is', null)
    .where('p.closed', 'is', null)
    .where((eb) =>
      eb.or([
        eb('r.role', 'in', ['local-admin', 'deputy']),
        eb.and([
          eb('r.role', '=', 'unit'),
          eb.exists(
            eb
              .selectFrom('competition.proposal as c')
              .select('c.id')
              .whereRef('c.agency', '=', 'r.agency')
              .whereRef('c.unit', '=', 'r.unit')
              .where('c.round', '=', round),
          ),
        ]),
      ]),
    )
    .orderBy('p.id')
    .execute()
  return rows.map(({ role, agency, ...row }) => ({
    ...row,
    agency: agency!,
    unit: role === 'unit' ? row.unit : null,
  }))
}

/** The proposals still being written, with whom they lie. */
export async function listBeingWritten(db: Db | Tx, round: string): Promise<{ agency: string; unit: string }[]> {
  return db
    .selectFrom('competition.proposal')
    .select(['agency', 'unit'])
    .distinct()
    .where('round', '=', round)
    .where('state', 'in', ['draft', 'returned', 'with-local-admin'])
    .execute()
}
