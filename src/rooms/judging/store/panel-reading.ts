import { isNational, isPanel } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Pair } from '../domain/member.ts'
import type { PanelReading, ReadingKind } from '../domain/panel-reading.ts'
import { holdPanelEntry, type PanelEntry } from './nominee.ts'

const readings = (db: Db | Tx) =>
  db
    .selectFrom('judging.panel_reading as r')
    .innerJoin('people.person as p', 'p.id', 'r.member')
    .select(['r.agency', 'r.proposal', 'r.member', 'p.name as memberName', 'r.kind', 'r.score', 'r.note', 'r.done'])
    .where('r.ended', 'is', null)

/** Who reads what in a round; sealed scores and notes in it, so pages take from it only what may be shown. */
export async function listReadings(db: Db | Tx, round: string, kind: ReadingKind): Promise<PanelReading[]> {
  const rows = await readings(db)
    .where('r.round', '=', round)
    .where('r.kind', '=', kind)
    .orderBy('r.proposal')
    .orderBy('p.name')
    .execute()
  return rows as PanelReading[]
}

export type HeldReading = PanelEntry & { reading: PanelReading }

/** The own reading of an entry, held. Nobody else's can be asked for. */
export const holdOwnReading =
  (kind: ReadingKind) =>
  async (tx: Tx, actor: Actor, proposal: string): Promise<HeldReading | undefined> => {
    const found = await holdPanelEntry(tx, actor, proposal)
    const reading = found && (await ownReading(tx, actor, proposal, kind))
    return found && reading && { ...found, reading }
  }

export async function ownReading(
  db: Db | Tx,
  actor: Actor,
  proposal: string,
  kind: ReadingKind,
): Promise<PanelReading | undefined> {
  if (!actor.id || !(isPanel(actor) || isNational(actor))) return undefined
  const row = await readings(db)
    .where('r.proposal', '=', proposal)
    .where('r.member', '=', actor.id)
    .where('r.kind', '=', kind)
    .executeTakeFirst()
  return row as PanelReading | undefined
}

export async function addReadings(
  tx: Tx,
  round: string,
  kind: ReadingKind,
  pairs: readonly Pair[],
  at: Date,
): Promise<void> {
  const rows = pairs.map((pair) => ({ ...pair, kind, round, given: at }))
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('judging.panel_reading')
      .values(rows.slice(from, from + 1000))
      .onConflict((c) => c.columns(['agency', 'proposal', 'member', 'kind']).doUpdateSet({ ended: null }))
      .execute()
}

export async function saveReading(
  tx: Tx,
  { agency, proposal, member, kind }: PanelReading,
  typed: { score: number | null; note: string; done: Date | null },
): Promise<void> {
  await tx
    .updateTable('judging.panel_reading')
    .set(typed)
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .where('member', '=', member)
    .where('kind', '=', kind)
    .execute()
}
