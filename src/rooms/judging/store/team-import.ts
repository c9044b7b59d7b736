import type { Round } from '#competition'
import { findAccounts, findAgenciesNamed, findRegionsNamed, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { PlannedEvaluator, Present, TeamRow } from '../domain/team-import.ts'
import { lockReading, type RoundReading } from './reading.ts'

/** What is there that these rows may meet. Five queries, however many rows. */
export async function findPresent(db: Db | Tx, round: Round, rows: readonly TeamRow[]): Promise<Present> {
  const texts = (column: 'daerah_asal' | 'tempat_kerja') =>
    rows.flatMap((row) => (row[column] === '' ? [] : [row[column]]))
  const emails = [...new Set(rows.flatMap((row) => (row.surel === '' ? [] : [row.surel.toLowerCase()])))]
  const regions = await findRegionsNamed(db, texts('daerah_asal'))
  const agencies = await findAgenciesNamed(db, texts('tempat_kerja'))
  const accounts = await findAccounts(db, emails, 'evaluator')
  const team = await db
    .selectFrom('judging.evaluator as e')
    .innerJoin('people.person as p', 'p.id', 'e.person')
    .select('p.email')
    .where('e.round', '=', round.id)
    .execute()
  const expected = await listExpected(db, round.id)
  return {
    regions,
    agencies,
    accounts,
    categories: round.rules.categories,
    team: new Set([...team, ...expected].map(({ email }) => email)),
  }
}

/** Who was invited and has not accepted yet, by name. */
export function listExpected(db: Db | Tx, round: string) {
  return db
    .selectFrom('judging.expected')
    .select(['id', 'name', 'email', 'at'])
    .where('round', '=', round)
    .where('joined', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export async function addTeamImport(
  tx: Tx,
  given: { round: string; id: string; by: string; file: string; rows: readonly TeamRow[] },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.team_import')
    .values({ ...given, rows: JSON.stringify(given.rows), at })
    .execute()
}

export async function findTeamImport(db: Db, actor: Actor, round: string, id: string) {
  if (!isNational(actor)) return undefined
  const found = await db
    .selectFrom('judging.team_import')
    .select(['id', 'file', 'rows', 'done'])
    .where('round', '=', round)
    .where('id', '=', id)
    .executeTakeFirst()
  return found && { ...found, rows: found.rows as TeamRow[] }
}

export type HeldImport = RoundReading & { id: string; rows: TeamRow[]; done: Date | null; present: Present }

/** An import held still, and the round's team with it, so that what was checked stays true until it is written. */
export async function holdTeamImport(tx: Tx, actor: Actor, round: string, id: string): Promise<HeldImport | undefined> {
  if (!isNational(actor)) return undefined
  const held = await lockReading(tx, round)
  if (!held) return undefined
  const found = await tx
    .selectFrom('judging.team_import')
    .select(['id', 'rows', 'done'])
    .where('round', '=', round)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return undefined
  const rows = found.rows as TeamRow[]
  return { ...held, id: found.id, done: found.done, rows, present: await findPresent(tx, held.round, rows) }
}

/** An import that ran keeps that it ran, not the names and addresses that it carried. */
export async function endTeamImport(tx: Tx, round: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.team_import')
    .set({ done: at, rows: '[]' })
    .where('round', '=', round)
    .where('id', '=', id)
    .execute()
}

export async function addExpected(
  tx: Tx,
  round: string,
  people: readonly PlannedEvaluator[],
  by: string,
  at: Date,
): Promise<void> {
  if (people.length === 0) return
  await tx
    .insertInto('judging.expected')
    .values(
      people.map(({ name, email, university, sector, expertise, homeRegion, employer, minLoad, maxLoad }) => ({
        ...{ round, id: newId(), name, email, university, sector, expertise, by, at },
        ...{ home_region: homeRegion, employer, min_load: minLoad, max_load: maxLoad },
      })),
    )
    .execute()
}

/** In which rounds this person is expected, while holding the role. */
export async function expectedOf(tx: Tx, person: string) {
  return tx
    .selectFrom('judging.expected as x')
    .innerJoin('people.person as p', 'p.email', 'x.email')
    .select(['x.round', 'x.id', 'x.university', 'x.sector', 'x.expertise', 'x.employer', 'x.by'])
    .select(['x.home_region as homeRegion', 'x.min_load as minLoad', 'x.max_load as maxLoad'])
    .where('p.id', '=', person)
    .where('p.closed', 'is', null)
    .where('x.joined', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('people.role as r')
          .select('r.id')
          .whereRef('r.person', '=', 'p.id')
          .where('r.role', '=', 'evaluator')
          .where('r.ended', 'is', null),
      ),
    )
    .orderBy('x.round')
    .execute()
}

/** Somebody expected is there. Says whether it was news. */
export async function markJoined(tx: Tx, round: string, id: string, at: Date): Promise<boolean> {
  const marked = await tx
    .updateTable('judging.expected')
    .set({ joined: at })
    .where('round', '=', round)
    .where('id', '=', id)
    .where('joined', 'is', null)
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}

/** Tables that nobody confirmed go after a week, with the names and addresses in them (UU PDP). */
export async function forgetImports(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('judging.team_import').where('done', 'is', null).where('at', '<', before).execute()
}
