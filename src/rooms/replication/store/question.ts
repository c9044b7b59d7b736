import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Lang } from '#platform/text.ts'
import { type Running, runningOf } from '#services'
import type { Answer, Asked } from '../domain/stage.ts'

/** Everything that runs by a published package. Five queries. */
export async function listRunning(db: Db, now: Date): Promise<Running[]> {
  const rows = await db.selectFrom('replication.publication').select('package').execute()
  return runningOf(db, { packages: rows.map((row) => row.package) }, now)
}

/** The last question to each of these services. One query. */
export async function lastAsked(db: Db, services: readonly string[]): Promise<Map<string, Asked>> {
  if (services.length === 0) return new Map()
  const { rows } = await sql<Asked & { service: string }>`
    select distinct on (service) service, answer, until, answered from replication.question
    where service = any(${[...services]}::uuid[]) order by service, asked desc`.execute(db)
  return new Map(rows.map((row) => [row.service, row]))
}

/** Put a question; undefined where one is open already. */
export async function insertQuestion(
  tx: Tx,
  { agency, service }: { agency: string; service: string },
  quietSince: Date,
  now: Date,
): Promise<string | undefined> {
  const row = await tx
    .insertInto('replication.question')
    .values({ agency, id: newId(), service, asked: now, quiet_since: quietSince })
    .onConflict((c) => c.column('service').where('answer', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Who answers for an agency: its local admin and deputies. */
export const adminsOf = (db: Db | Tx, agency: string) =>
  db
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .select(['p.name', 'p.email', 'p.lang'])
    .where('r.agency', '=', agency)
    .where('r.role', 'in', ['local-admin', 'deputy'])
    .where('r.ended', 'is', null)
    .where('p.closed', 'is', null)
    .orderBy('p.name')
    .execute() as Promise<{ name: string; email: string; lang: Lang }[]>

const questions = (db: Db | Tx) =>
  db
    .selectFrom('replication.question as q')
    .innerJoin('services.service as s', 's.id', 'q.service')
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
    .select([
      'q.id',
      'q.agency',
      'q.service',
      'q.asked',
      'q.quiet_since',
      'q.answer',
      'q.words',
      'q.until',
      'q.answered',
    ])
    .select(['u.name as unitName', sql<Record<string, string>>`r.content -> 'manifest' -> 'names'`.as('names')])

export type Question = Omit<Awaited<ReturnType<ReturnType<typeof questions>['executeTakeFirstOrThrow']>>, 'answer'> & {
  answer: Answer | null
}
const own = (db: Db | Tx, actor: Actor) =>
  questions(db).where('q.agency', 'in', [...administered(actor), ''].filter(Boolean))

export const findQuestion = async (db: Db, actor: Actor, id: string): Promise<Question | undefined> =>
  administered(actor).length === 0
    ? undefined
    : ((await own(db, actor).where('q.id', '=', id).executeTakeFirst()) as Question | undefined)
export const holdQuestion = async (tx: Tx, actor: Actor, id: string): Promise<Question | undefined> =>
  administered(actor).length === 0
    ? undefined
    : ((await own(tx, actor).where('q.id', '=', id).forUpdate('q').executeTakeFirst()) as Question | undefined)

/** What waits for an answer of the agencies that this person administers. */
export const openQuestions = async (db: Db, actor: Actor): Promise<Question[]> =>
  administered(actor).length === 0
    ? []
    : ((await own(db, actor).where('q.answer', 'is', null).orderBy('q.asked').execute()) as Question[])

export async function saveAnswer(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  said: { answer: Answer; words: string; until: string | null },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('replication.question')
    .set({ ...said, answered: by.at, answered_by: by.person })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
