import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { PlacesDecision } from '../domain/panel.ts'
import type { SetPlaces } from '../domain/places.ts'

/** The recorded decisions on places, oldest first. */
export async function readPlaces(db: Db | Tx, round: string): Promise<PlacesDecision[]> {
  const rows = await db
    .selectFrom('judging.places as d')
    .innerJoin('people.person as p', 'p.id', 'd.by')
    .select(['d.id', 'd.kind', 'd.changes', 'd.reason', 'd.at', 'p.name as byName'])
    .where('d.round', '=', round)
    .orderBy('d.at')
    .orderBy('d.id')
    .execute()
  return rows as PlacesDecision[]
}

export async function savePlaces(
  tx: Tx,
  round: string,
  decision: { kind: 'set' | 'move'; changes: SetPlaces; reason: string },
  by: string,
  at: Date,
): Promise<void> {
  const { kind, changes, reason } = decision
  await tx
    .insertInto('judging.places')
    .values({ round, id: newId(), kind, changes: JSON.stringify(changes), reason, by, at })
    .execute()
}
