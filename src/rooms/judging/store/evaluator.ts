import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import { lockReading, type RoundReading } from './reading.ts'

const evaluators = (db: Db | Tx) =>
  db
    .selectFrom('judging.evaluator as e')
    .innerJoin('people.person as p', 'p.id', 'e.person')
    .leftJoin('people.region as r', 'r.code', 'e.home_region')
    .leftJoin('people.agency as a', 'a.id', 'e.employer')
    .select(['e.round', 'e.person', 'p.name', 'p.email', 'e.university', 'e.sector', 'e.expertise'])
    .select(['e.home_region as homeRegion', 'r.name as homeRegionName', 'e.employer', 'a.name as employerName'])
    .select(['e.min_load as minLoad', 'e.max_load as maxLoad', 'e.confirmed', 'e.withdrawn'])
    .leftJoin('people.person as c', 'c.id', 'e.confirmed_by')
    .select(['e.withdrawn_reason as withdrawnReason', 'c.name as confirmedBy'])

/** The evaluators of a round, by name; those who withdrew last. */
export function listEvaluators(db: Db | Tx, round: string): Promise<Evaluator[]> {
  return evaluators(db)
    .where('e.round', '=', round)
    .orderBy((eb) => eb('e.withdrawn', 'is not', null))
    .orderBy('p.name')
    .orderBy('e.person')
    .execute()
}

export function findEvaluator(db: Db | Tx, round: string, person: string): Promise<Evaluator | undefined> {
  return evaluators(db).where('e.round', '=', round).where('e.person', '=', person).executeTakeFirst()
}

export type HeldEvaluator = RoundReading & { evaluator: Evaluator }

/** One evaluator of a round, held still for an act of the secretariat. */
export async function holdEvaluator(
  tx: Tx,
  actor: Actor,
  round: string,
  person: string,
): Promise<HeldEvaluator | undefined> {
  if (!isNational(actor)) return undefined
  const held = await lockReading(tx, round)
  if (!held) return undefined
  const evaluator = await evaluators(tx)
    .where('e.round', '=', round)
    .where('e.person', '=', person)
    .forUpdate('e')
    .executeTakeFirst()
  return evaluator && { ...held, evaluator }
}

export type EvaluatorFacts = {
  university: string | null
  sector: string | null
  expertise: string[]
  homeRegion: string | null
  employer: string | null
  minLoad: number
  maxLoad: number
}

const toRow = (facts: EvaluatorFacts) => ({
  university: facts.university,
  sector: facts.sector,
  expertise: facts.expertise,
  home_region: facts.homeRegion,
  employer: facts.employer,
  min_load: facts.minLoad,
  max_load: facts.maxLoad,
})

export async function addEvaluator(
  tx: Tx,
  round: string,
  person: string,
  facts: EvaluatorFacts,
  at: Date,
  by: string,
): Promise<void> {
  await tx
    .insertInto('judging.evaluator')
    .values({ round, person, ...toRow(facts), added: at, added_by: by })
    .execute()
}

/** New facts; the identity must be confirmed again when it is what changed. */
export async function changeEvaluator(
  tx: Tx,
  round: string,
  person: string,
  facts: EvaluatorFacts,
  keepConfirmed: boolean,
): Promise<void> {
  await tx
    .updateTable('judging.evaluator')
    .set({ ...toRow(facts), ...(keepConfirmed ? {} : { confirmed: null, confirmed_by: null }) })
    .where('round', '=', round)
    .where('person', '=', person)
    .execute()
}

export async function confirmEvaluator(tx: Tx, round: string, person: string, at: Date, by: string): Promise<void> {
  await tx
    .updateTable('judging.evaluator')
    .set({ confirmed: at, confirmed_by: by })
    .where('round', '=', round)
    .where('person', '=', person)
    .execute()
}

export async function withdrawEvaluator(
  tx: Tx,
  round: string,
  person: string,
  at: Date,
  reason: string,
): Promise<void> {
  await tx
    .updateTable('judging.evaluator')
    .set({ withdrawn: at, withdrawn_reason: reason })
    .where('round', '=', round)
    .where('person', '=', person)
    .execute()
}

/** Whom to write to, of these people. */
export async function listAddresses(db: Db | Tx, people: readonly string[]) {
  if (people.length === 0) return []
  return db
    .selectFrom('people.person')
    .select(['id', 'name', 'email', 'lang'])
    .where('id', 'in', people)
    .where('closed', 'is', null)
    .orderBy('id')
    .execute()
}
