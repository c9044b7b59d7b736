import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Evidence, ReusableEvidence } from '../domain/proposal.ts'

const evidence = (db: Db | Tx) =>
  db
    .selectFrom('competition.evidence as e')
    .leftJoin('log.file as f', 'f.id', 'e.file')
    .select(['e.id', 'e.proposal', 'e.question', 'e.kind', 'e.file', 'e.link', 'e.label', 'e.at', 'f.size', 'f.sha256'])

const asEvidence = ({ size, sha256, ...row }: Omit<Evidence, 'bytes' | 'sha256'> & Stored): Evidence => ({
  ...row,
  bytes: Number(size ?? 0),
  sha256: sha256?.toString('hex') ?? null,
})
type Stored = { size: string | null; sha256: Buffer | null }

/** The evidence of a proposal that was not removed, oldest first. */
export async function listEvidence(db: Db | Tx, proposal: { agency: string; id: string }): Promise<Evidence[]> {
  const rows = await evidence(db)
    .where('e.agency', '=', proposal.agency)
    .where('e.proposal', '=', proposal.id)
    .where('e.removed', 'is', null)
    .orderBy('e.id')
    .execute()
  return rows.map(asEvidence)
}

/** Evidence of the same unit's other proposals, this round's or earlier ones', newest first: to use once more. */
export async function listReusable(
  db: Db,
  proposal: { agency: string; unit: string; id: string },
): Promise<ReusableEvidence[]> {
  const rows = await evidence(db)
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'e.agency').onRef('p.id', '=', 'e.proposal'),
    )
    .innerJoin('competition.round as r', 'r.id', 'p.round')
    .select(['p.title', 'r.key as round'])
    .where('e.agency', '=', proposal.agency)
    .where('p.unit', '=', proposal.unit)
    .where('p.id', '!=', proposal.id)
    .where('e.removed', 'is', null)
    .orderBy('e.id', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ title, round, ...row }) => ({ ...asEvidence(row), title, round }))
}

export async function addEvidence(
  tx: Tx,
  of: { agency: string; proposal: string; by: string | null; at: Date },
  item: {
    id?: string
    question: string
    kind: 'pdf' | 'photo' | 'link'
    file: string | null
    link: string | null
    label: string
  },
): Promise<void> {
  await tx
    .insertInto('competition.evidence')
    .values({ ...of, ...item, id: item.id ?? newId() })
    .execute()
}

export async function removeEvidence(tx: Tx, of: { agency: string; id: string }, at: Date): Promise<void> {
  await tx
    .updateTable('competition.evidence')
    .set({ removed: at })
    .where('agency', '=', of.agency)
    .where('id', '=', of.id)
    .execute()
}

/** One piece of evidence of a proposal, removed or not: what was once handed in stays readable to those who may. */
export async function findEvidence(
  db: Db | Tx,
  proposal: { agency: string; id: string },
  id: string,
): Promise<(Evidence & { removed: Date | null }) | undefined> {
  const row = await evidence(db)
    .select('e.removed')
    .where('e.agency', '=', proposal.agency)
    .where('e.proposal', '=', proposal.id)
    .where('e.id', '=', id)
    .executeTakeFirst()
  return row && { ...asEvidence(row), removed: row.removed }
}
