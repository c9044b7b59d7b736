import type { Db, Tx } from '#platform/db.ts'

/** The identity in the register of entries that were declared to be an earlier winner. */
export async function knownInnovations(
  db: Db | Tx,
  proposals: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (proposals.length === 0) return new Map()
  const rows = await db
    .selectFrom('competition.proposal as p')
    .innerJoin('competition.winner as w', 'w.id', 'p.winner')
    .select(['p.id', 'w.innovation'])
    .where('p.id', 'in', proposals)
    .execute()
  return new Map(rows.map((row) => [row.id, row.innovation]))
}

/** One award of an innovation in the register. */
export type Registered = { innovation: string; agency: string; name: string; year: number | null; level: string }

/** What the register knows of these agencies: one line for each award, newest first. */
export async function registeredOf(db: Db | Tx, agencies: readonly string[]): Promise<Registered[]> {
  if (agencies.length === 0) return []
  const rows = await db
    .selectFrom('competition.winner')
    .select(['innovation', 'agency', 'name', 'year', 'level'])
    .where('agency', 'in', agencies)
    .orderBy('year', (o) => o.desc().nullsLast())
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, agency: row.agency! }))
}
