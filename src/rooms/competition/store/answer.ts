import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Saved, StoredAnswer } from '../domain/proposal.ts'

/** The present answers of a proposal, with the name of who wrote each last. */
export function listAnswers(db: Db | Tx, proposal: { agency: string; id: string }): Promise<StoredAnswer[]> {
  return db
    .selectFrom('competition.answer as a')
    .leftJoin('people.person as p', 'p.id', 'a.by')
    .select(['a.question', 'a.value', 'a.revision', 'a.at', 'p.name as by'])
    .where('a.agency', '=', proposal.agency)
    .where('a.proposal', '=', proposal.id)
    .execute()
}

/**
 * Save one answer in one statement, for the night when everybody writes: the permission (an office in the proposal's
 * unit), the state, the closing time and the revision are all looked at where the row is written. The proposal's row is
 * held in share, so a move to the local admin and a save never pass each other. A save that starts from an old revision
 * writes nothing, nor does one for a question that the round does not ask. The same text sent again (the reply was lost)
 * counts as saved. A writer who typed on and left before the reply came sends `after`, the text of that reply: when it is
 * the one stored, and stored by this writer, the new text goes on from it.
 */
export async function saveAnswer(
  db: Db | Tx,
  save: {
    proposal: string
    question: string
    value: string
    revision: number
    after?: string | undefined
    person: string
    at: Date
  },
): Promise<Saved> {
  const { rows } = await sql<{ open: boolean; asked: boolean; revision: number | null }>`
    with open as materialized (
      select p.agency, p.id, exists (
          select from competition.round_question q where q.round = p.round and q.question = ${save.question}) as asked
      from competition.proposal p
      where p.id = ${save.proposal} and p.state in ('draft', 'returned')
        and date_trunc('second', ${save.at}::timestamptz) <= (select r.closes from competition.round r where r.id = p.round)
        and exists (select from people.role r where r.person = ${save.person} and r.role = 'unit'
                    and r.agency = p.agency and r.unit = p.unit and r.ended is null)
      for share of p),
    saved as (
      insert into competition.answer as a (agency, proposal, question, value, revision, by, at)
      select agency, id, ${save.question}, ${save.value}, 1, ${save.person}::uuid, ${save.at}::timestamptz from open
      where asked and (${save.revision}::int = 0 or exists (
        select from competition.answer b where b.agency = open.agency and b.proposal = open.id and b.question = ${save.question}))
      on conflict (agency, proposal, question) do update
        set value = excluded.value, revision = a.revision + 1, by = excluded.by, at = excluded.at
        where a.value <> excluded.value and (a.revision = ${save.revision}::int
          or (a.revision > ${save.revision}::int and a.by = excluded.by and a.value = ${save.after ?? null}::text))
      returning agency, proposal, question, revision, value, by, at),
    kept as (
      insert into competition.answer_version (agency, proposal, question, revision, value, by, at)
      select agency, proposal, question, revision, value, by, at from saved)
    select exists (select from open) as open, coalesce((select asked from open), false) as asked,
      (select revision from saved) as revision`.execute(db)
  const { open, asked, revision } = rows[0]!
  if (!open) return { kind: 'locked' }
  if (!asked) return { kind: 'not-asked' }
  if (revision !== null) return { kind: 'saved', revision, at: save.at }

  const there = await db
    .selectFrom('competition.answer as a')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'a.agency').onRef('p.id', '=', 'a.proposal'),
    )
    .leftJoin('people.person as w', 'w.id', 'a.by')
    .select(['a.value', 'a.revision', 'a.at', 'w.name as by'])
    .where('a.proposal', '=', save.proposal)
    .where('a.question', '=', save.question)
    .executeTakeFirst()
  if (!there) return { kind: 'conflict', revision: 0, value: '', at: save.at, by: null }
  if (there.value === save.value) return { kind: 'saved', revision: there.revision, at: there.at }
  return { kind: 'conflict', ...there }
}

/** Every text one question ever had, newest first. */
export function listVersions(db: Db, proposal: { agency: string; id: string }, question: string) {
  return db
    .selectFrom('competition.answer_version as v')
    .leftJoin('people.person as p', 'p.id', 'v.by')
    .select(['v.revision', 'v.value', 'v.at', 'p.name as by'])
    .where('v.agency', '=', proposal.agency)
    .where('v.proposal', '=', proposal.id)
    .where('v.question', '=', question)
    .orderBy('v.revision', 'desc')
    .limit(200)
    .execute()
}
