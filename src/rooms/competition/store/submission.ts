import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Content, Receipt } from '../domain/proposal.ts'

/**
 * The running number that comes next, with the round's row held: who counts a quota or takes a number waits here, one
 * after the other. Writing drafts does not wait, because a foreign key asks for a weaker lock.
 */
export async function holdNextNumber(tx: Tx, round: string): Promise<number> {
  const row = await tx
    .selectFrom('competition.round')
    .select('last_number')
    .where('id', '=', round)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return row.last_number + 1
}

/** Proposals of the agency in this group that stand submitted in this round, without this one. */
export async function countSubmitted(
  db: Db | Tx,
  of: { agency: string; round: string; group: string; id: string },
): Promise<number> {
  const row = await db
    .selectFrom('competition.proposal')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('agency', '=', of.agency)
    .where('round', '=', of.round)
    .where('group_key', '=', of.group)
    .where('state', 'in', ['submitted', 'passed', 'failed'])
    .where('id', '!=', of.id)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Give the number that was held and keep what was handed in. `hash` as hexadecimal. */
export async function addSubmission(
  tx: Tx,
  of: { agency: string; id: string; round: string },
  handed: {
    number: string
    running: number
    content: Content
    hash: string
    begun: Date
    arrived: Date
    verdict: 'in-time' | 'late-but-begun-in-time'
    by: string | null
  },
): Promise<void> {
  const { number, running, content, hash, ...rest } = handed
  await tx
    .with('numbered', (q) =>
      q
        .updateTable('competition.proposal')
        .set({ number: running })
        .where('agency', '=', of.agency)
        .where('id', '=', of.id),
    )
    .with('given', (q) => q.updateTable('competition.round').set({ last_number: running }).where('id', '=', of.round))
    .insertInto('competition.submission')
    .values({
      ...rest,
      agency: of.agency,
      id: newId(),
      proposal: of.id,
      round: of.round,
      number,
      content: JSON.stringify(content),
      hash: Buffer.from(hash, 'hex'),
    })
    .execute()
}

const receipts = (db: Db | Tx) =>
  db
    .selectFrom('competition.submission as s')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 's.agency').onRef('p.id', '=', 's.proposal'),
    )
    .innerJoin('people.agency as a', 'a.id', 's.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .select([
      's.agency',
      's.number',
      's.proposal',
      's.content',
      's.hash',
      's.begun',
      's.arrived',
      's.verdict',
      's.round',
      'p.state',
    ])
    .select(['a.name as agencyName', 'u.name as unitName'])

/** The receipt with this number: anybody who knows the number may check it. */
export async function findReceipt(db: Db, number: string): Promise<Receipt | undefined> {
  const row = await receipts(db).where('s.number', '=', number).executeTakeFirst()
  return row && { ...row, content: row.content as Content }
}

export async function receiptOf(db: Db, proposal: { agency: string; id: string }): Promise<Receipt | undefined> {
  const row = await receipts(db)
    .where('s.agency', '=', proposal.agency)
    .where('s.proposal', '=', proposal.id)
    .executeTakeFirst()
  return row && { ...row, content: row.content as Content }
}
