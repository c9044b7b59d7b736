import type { Db, Tx } from '#platform/db.ts'
import type { Extension, Part } from '../domain/deadline.ts'

/** The extensions of a round, oldest first, with who decided each. */
export async function listExtensions(db: Db | Tx, round: string): Promise<Extension[]> {
  const rows = await db
    .selectFrom('judging.extension as e')
    .innerJoin('people.person as p', 'p.id', 'e.by')
    .select(['e.part', 'e.wave', 'e.before', 'e.until', 'e.reason', 'e.at', 'p.name as byName'])
    .where('e.round', '=', round)
    .orderBy('e.at')
    .orderBy('e.id')
    .execute()
  return rows as Extension[]
}

/** Record an extension and let it count. */
export async function saveExtension(
  tx: Tx,
  round: string,
  extension: Part & { id: string; before: Date; until: Date; reason: string },
  by: string,
  at: Date,
): Promise<void> {
  const { part, wave, until } = extension
  await tx
    .insertInto('judging.extension')
    .values({ round, ...extension, by, at })
    .execute()
  if (part === 'wave')
    await tx.updateTable('judging.wave').set({ until }).where('round', '=', round).where('seq', '=', wave).execute()
  else
    await tx
      .updateTable('judging.reading')
      .set(part === 'third' ? { third_until: until } : { until })
      .where('round', '=', round)
      .execute()
}

/** How many readings of each evaluator are not finished and have this deadline: who is told that there is more time. */
export async function unfinishedIn(tx: Tx, round: string, { part, wave }: Part): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('judging.assignment as a')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .select('a.evaluator')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('a.round', '=', round)
    .where('a.ended', 'is', null)
    .where('s.finished', 'is', null)
    .$if(part === 'third', (q) => q.where('a.purpose', '=', 'third'))
    .$if(part === 'wave', (q) => q.where('a.wave', '=', wave))
    .groupBy('a.evaluator')
    .execute()
  return new Map(rows.map((row) => [row.evaluator, Number(row.n)]))
}
