import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Comment } from '../domain/proposal.ts'

/** What the local admin asked for, oldest first; settled ones too. */
export function listComments(db: Db | Tx, proposal: { agency: string; id: string }): Promise<Comment[]> {
  return db
    .selectFrom('competition.comment as c')
    .innerJoin('people.person as p', 'p.id', 'c.by')
    .leftJoin('people.person as s', 's.id', 'c.settled_by')
    .select(['c.id', 'c.question', 'c.text', 'c.at', 'p.name as by', 'c.settled', 's.name as settledBy'])
    .where('c.agency', '=', proposal.agency)
    .where('c.proposal', '=', proposal.id)
    .orderBy('c.at')
    .orderBy('c.id')
    .execute()
}

export async function addComment(
  tx: Tx,
  of: { agency: string; proposal: string; by: string; at: Date },
  comment: { question: string | null; text: string },
): Promise<void> {
  await tx
    .insertInto('competition.comment')
    .values({ ...of, ...comment, id: newId() })
    .execute()
}

export async function settleComment(tx: Tx, of: { agency: string; id: string }, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('competition.comment')
    .set({ settled: at, settled_by: by })
    .where('agency', '=', of.agency)
    .where('id', '=', of.id)
    .where('settled', 'is', null)
    .execute()
}
