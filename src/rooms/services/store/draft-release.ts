import type { Db, Tx } from '#platform/db.ts'
import type { Documents } from '../domain/studio/documents.ts'
import type { By, Draft } from './draft.ts'

export type Published = { version: string; hash: Buffer; documents: Documents; at: Date; by: string | null }

/** Published versions, the last first. */
export async function listPublished(db: Db | Tx, { agency, id }: Pick<Draft, 'agency' | 'id'>): Promise<Published[]> {
  const rows = await db
    .selectFrom('services.draft_release as r')
    .leftJoin('people.person as p', 'p.id', 'r.by')
    .select(['r.version', 'r.hash', 'r.content', 'r.at', 'p.name as by'])
    .where('r.agency', '=', agency)
    .where('r.draft', '=', id)
    .orderBy('r.at', 'desc')
    .orderBy('r.version', 'desc')
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, documents: content as Documents }))
}

export async function savePublished(
  tx: Tx,
  { agency, id }: Draft,
  { version, hash, documents }: { version: string; hash: string; documents: Documents },
  by: By,
): Promise<void> {
  await tx
    .insertInto('services.draft_release')
    .values({
      agency,
      draft: id,
      version,
      hash: Buffer.from(hash, 'hex'),
      content: JSON.stringify(documents),
      at: by.at,
      by: by.person,
    })
    .execute()
}
