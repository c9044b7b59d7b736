import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import shipped from '../data/maturity.json' with { type: 'json' }
import type { Answer, Instrument, SurveyState } from '../domain/maturity.ts'
import { findHub, type Hub, holdHub } from './hub.ts'

/** The instrument in use. A survey keeps the key of the one by which it was filled in. */
export const instrument: Instrument = shipped

export type Survey = { id: string; hub: string; year: number; state: SurveyState; since: Date; answers: Answer[] }

const answersOf = (db: Db | Tx, survey: string): Promise<Answer[]> =>
  db
    .selectFrom('replication.survey_answer as a')
    .leftJoin('log.file as f', 'f.id', 'a.file')
    .select(['a.question', 'a.own', 'a.link', 'a.file', 'f.name as fileName', 'a.verified', 'a.note'])
    .where('a.survey', '=', survey)
    .execute()

/** The survey of a hub in a year; none that was not begun. Two queries. */
export async function findSurvey(db: Db | Tx, hub: string, year: number): Promise<Survey | undefined> {
  const row = await db
    .selectFrom('replication.survey')
    .select(['id', 'hub', 'year', 'state', 'since'])
    .where('hub', '=', hub)
    .where('year', '=', year)
    .where('instrument', '=', instrument.key)
    .executeTakeFirst()
  return row && { ...row, state: row.state as SurveyState, answers: await answersOf(db, row.id) }
}

/** The newest verified survey of each hub. Two queries. */
export async function verifiedSurveys(db: Db): Promise<Map<string, Survey>> {
  const rows = await db
    .selectFrom('replication.survey')
    .select(['id', 'hub', 'year', 'state', 'since'])
    .distinctOn('hub')
    .where('state', '=', 'verified')
    .where('instrument', '=', instrument.key)
    .orderBy('hub')
    .orderBy('year', 'desc')
    .execute()
  if (rows.length === 0) return new Map()
  const answers = await db
    .selectFrom('replication.survey_answer')
    .selectAll()
    .where(
      'survey',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  return new Map(
    rows.map((row) => [
      row.hub,
      {
        ...row,
        state: 'verified' as const,
        answers: answers.filter(({ survey }) => survey === row.id).map((answer) => ({ ...answer, fileName: null })),
      },
    ]),
  )
}

export type Surveyed = Hub & { survey: Survey | undefined }

export const findSurveyed = async (db: Db, actor: Actor, id: string, year: number): Promise<Surveyed | undefined> => {
  const hub = await findHub(db, actor, id)
  return hub && { ...hub, survey: await findSurvey(db, id, year) }
}

/** A hub with its survey of a year, held. */
export async function holdSurveyed(tx: Tx, actor: Actor, id: string, year: number): Promise<Surveyed | undefined> {
  const hub = await holdHub(tx, actor, id)
  return hub && { ...hub, survey: await findSurvey(tx, id, year) }
}

type Own = { question: string; own: string | null; link: string | null; file: string | null }

export async function saveAnswers(
  tx: Tx,
  { hub, year, id }: { hub: string; year: number; id: string | undefined },
  answers: readonly Own[],
  at: Date,
): Promise<void> {
  const survey = id ?? newId()
  if (!id)
    await tx
      .insertInto('replication.survey')
      .values({ hub, id: survey, year, instrument: instrument.key, state: 'draft', since: at })
      .execute()
  for (const { question, own, link, file } of answers)
    await tx
      .insertInto('replication.survey_answer')
      .values({ survey, question, own, link, file })
      .onConflict((c) => c.columns(['survey', 'question']).doUpdateSet({ own, link, file }))
      .execute()
}

export async function saveVerified(
  tx: Tx,
  survey: string,
  answers: readonly { question: string; verified: string; note: string | null }[],
  by: { person: string | null; at: Date },
): Promise<void> {
  for (const { question, verified, note } of answers)
    await tx
      .updateTable('replication.survey_answer')
      .set({ verified, note, verified_by: by.person, verified_at: by.at })
      .where('survey', '=', survey)
      .where('question', '=', question)
      .execute()
  await saveSurveyState(tx, survey, 'verified', by.at)
}

export async function saveSurveyState(tx: Tx, survey: string, state: SurveyState, at: Date): Promise<void> {
  await tx.updateTable('replication.survey').set({ state, since: at }).where('id', '=', survey).execute()
}
