import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Finalist } from '../domain/decision.ts'
import type { Objection, ObjectionFigures, ObjectionOutcome } from '../domain/objection.ts'
import { figuresOf } from '../domain/objection.ts'
import type { PanelRound } from '../domain/panel.ts'
import { listFinalists } from './decision.ts'
import { holdPanelRound, readPanelRound } from './panel.ts'

const objections = (db: Db | Tx) =>
  db
    .selectFrom('judging.objection as o')
    .select(['o.agency', 'o.id', 'o.proposal', 'o.round', 'o.number', 'o.text', 'o.file', 'o.received', 'o.outcome'])
    .select(['o.answer', 'o.answered', 'o.decided_again as decidedAgain'])

/** The objections of a round without who made them, oldest first. */
export async function listObjections(db: Db | Tx, round: string): Promise<Objection[]> {
  return (await objections(db)
    .where('o.round', '=', round)
    .orderBy('o.received')
    .orderBy('o.id')
    .execute()) as Objection[]
}

export const objectionFigures = async (db: Db, round: string): Promise<ObjectionFigures> =>
  figuresOf(await listObjections(db, round))

export type PublicFinalist = { round: PanelRound; finalist: Finalist }
export type FinalistHeld = PublicFinalist & { received: number }

/** A finalist that the public can see, with its round held: so that numbers follow one another. */
export async function holdFinalist(tx: Tx, actor: Actor, proposal: string): Promise<FinalistHeld | undefined> {
  const row = await tx.selectFrom('competition.proposal').select('round').where('id', '=', proposal).executeTakeFirst()
  const round = row && (await holdPanelRound(tx, actor, row.round))
  if (!round) return undefined
  const finalist = await publicFinalist(tx, round, proposal)
  if (!finalist) return undefined
  const { n } = await tx
    .selectFrom('judging.objection')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('round', '=', round.id)
    .executeTakeFirstOrThrow()
  return { round, finalist, received: Number(n) }
}

/** A finalist that the public can see. */
export async function findFinalist(db: Db | Tx, actor: Actor, proposal: string): Promise<PublicFinalist | undefined> {
  const row = await db.selectFrom('competition.proposal').select('round').where('id', '=', proposal).executeTakeFirst()
  const round = row && (await readPanelRound(db, actor, row.round))
  const finalist = round && (await publicFinalist(db, round, proposal))
  return finalist && { round, finalist }
}

async function publicFinalist(db: Db | Tx, round: PanelRound, proposal: string): Promise<Finalist | undefined> {
  if (!round.plenaries.some((plenary) => plenary.kind === 'finalists' && plenary.announced)) return undefined
  return (await listFinalists(db, round.id)).find((each) => each.id === proposal)
}

export async function addObjection(
  tx: Tx,
  about: Pick<Finalist, 'agency' | 'id' | 'round'>,
  objection: { id: string; number: string; code: Buffer; received: Date },
  typed: { name: string; contact: string; text: string; file: string | null },
): Promise<void> {
  await tx
    .insertInto('judging.objection')
    .values({
      agency: about.agency,
      proposal: about.id,
      round: about.round,
      ...objection,
      name: seal(typed.name),
      contact: seal(typed.contact),
      text: typed.text,
      file: typed.file,
    })
    .execute()
}

/** What somebody with the number and the code may follow. A wrong code finds nothing. */
export async function findByReceipt(
  db: Db,
  number: string,
  code: Buffer,
): Promise<(Objection & { title: string }) | undefined> {
  const row = await objections(db)
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'o.agency').onRef('p.id', '=', 'o.proposal'),
    )
    .select('p.title')
    .where('o.number', '=', number)
    .where('o.code', '=', code)
    .executeTakeFirst()
  return row as (Objection & { title: string }) | undefined
}

export type ObjectionHeld = { round: PanelRound; objection: Objection }

/** An objection for its answer; only the secretariat finds one. */
export async function holdObjection(tx: Tx, actor: Actor, id: string): Promise<ObjectionHeld | undefined> {
  if (!isNational(actor)) return undefined
  const seen = await tx.selectFrom('judging.objection').select('round').where('id', '=', id).executeTakeFirst()
  const round = seen && (await holdPanelRound(tx, actor, seen.round))
  const objection = round && ((await objections(tx).where('o.id', '=', id).forUpdate().executeTakeFirst()) as Objection)
  return round && objection && { round, objection }
}

/** An objection with who made it. */
export async function readObjection(db: Db, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  const row = await objections(db)
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'o.agency').onRef('p.id', '=', 'o.proposal'),
    )
    .select(['o.name', 'o.contact', 'p.title'])
    .where('o.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const round = await readPanelRound(db, actor, row.round)
  const { name, contact, title, ...objection } = row
  return round && { round, title, name: unseal(name), contact: unseal(contact), objection: objection as Objection }
}

export async function saveAnswer(
  tx: Tx,
  { agency, id }: Pick<Objection, 'agency' | 'id'>,
  answer: { outcome: ObjectionOutcome; answer: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('judging.objection')
    .set({ outcome: answer.outcome, answer: answer.answer, answered: answer.at, answered_by: answer.by })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** The upheld objection that asks to decide on this entry again, if there is one. */
export async function openCause(tx: Db | Tx, agency: string, proposal: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('judging.objection')
    .select('id')
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .where('outcome', '=', 'upheld')
    .where('decided_again', 'is', null)
    .orderBy('received')
    .executeTakeFirst()
  return row?.id
}

/** Every upheld objection to this entry is met by the new decision. */
export async function markDecidedAgain(tx: Tx, agency: string, proposal: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.objection')
    .set({ decided_again: at })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .where('outcome', '=', 'upheld')
    .where('decided_again', 'is', null)
    .execute()
}
