import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Election } from '../../domain/election.ts'
import type { ChangeReason } from '../../domain/roll/change.ts'

export type NewChange = {
  voter: string
  kind: 'added' | 'struck' | 'changed' | 'moved'
  reason: ChangeReason
  note: string | null
  fields: readonly string[]
}

export async function insertChange(
  tx: Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
  { fields, ...change }: NewChange,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.roll_change')
    .values({ agency, election: id, id: newId(), ...change, fields: [...fields], at, by })
    .execute()
}

export type Change = Omit<NewChange, 'reason'> & { reason: string; at: Date; by: string | null; name: string }

/** Corrections of a roll, the latest first; of one voter when named. */
export async function changesOf(db: Db, election: string, voter?: string, most = 200): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select c.voter, c.kind, c.reason, c.note, c.fields, c.at, p.name as by, v.name from voting.roll_change c
    join voting.voter v on v.agency = c.agency and v.id = c.voter left join people.person p on p.id = c.by
    where c.election = ${election} ${voter ? sql`and c.voter = ${voter}` : sql``} order by c.at desc, c.id desc limit ${most}`.execute(
    db,
  )
  return rows
}

export async function answersOf(db: Db | Tx, election: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('voting.roll_answer')
    .select(['question', 'note'])
    .where('election', '=', election)
    .execute()
  return new Map(rows.map(({ question, note }) => [question, note]))
}

export async function insertAnswers(
  tx: Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
  { questions, note }: { questions: readonly string[]; note: string },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  for (let from = 0; from < questions.length; from += 1000)
    await tx
      .insertInto('voting.roll_answer')
      .values(questions.slice(from, from + 1000).map((question) => ({ agency, election: id, question, note, at, by })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
