import { clusterOf, type Entry, findEntry, listPassed } from '#competition'
import { isNational, isPanel } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Nominee, NomineeRow, StandingLine } from '../domain/nominee.ts'
import type { PanelRound } from '../domain/panel.ts'
import type { RankingResultRow } from '../domain/standing.ts'
import { holdPanelRound, readPanelRound } from './panel.ts'

/** The lines of the latest ranking, once the scores are released; undefined before. */
export async function releasedStandings(db: Db | Tx, round: string): Promise<StandingLine[] | undefined> {
  const row = await db
    .selectFrom('judging.ranking as r')
    .innerJoin('judging.reading as reading', 'reading.round', 'r.round')
    .select('r.result')
    .where('r.round', '=', round)
    .where('reading.released', 'is not', null)
    .orderBy('r.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const { ranked, selectBy } = row.result as RankingResultRow
  return ranked.map((line) => ({ ...line, figure: line[selectBy] }))
}

const nominees = (db: Db | Tx) =>
  db
    .selectFrom('judging.nominee')
    .select(['agency', 'proposal', 'cluster', 'group_key as group', 'via', 'standing', 'reason', 'removed'])
    .select('removed_reason as removedReason')

/** Every nominee of the round, the removed ones too. */
export async function listNominees(db: Db | Tx, round: string): Promise<Nominee[]> {
  return (await nominees(db).where('round', '=', round).orderBy('proposal').execute()) as Nominee[]
}

export type PanelEntry = { round: PanelRound; entry: Entry; nominee: Nominee | undefined; cluster: string }

/** An entry for the panel's acts, with its round held. Only the panel and the secretariat find one. */
export async function holdPanelEntry(tx: Tx, actor: Actor, id: string): Promise<PanelEntry | undefined> {
  if (!isNational(actor) && !isPanel(actor)) return undefined
  return anEntry(tx, actor, id, holdPanelRound)
}

/** The same to read. */
export async function readPanelEntry(db: Db, actor: Actor, id: string): Promise<PanelEntry | undefined> {
  if (!isNational(actor) && !isPanel(actor)) return undefined
  return anEntry(db, actor, id, readPanelRound)
}

/** The same for acts of the public and of owners, who may learn less: what they may do is judged later. */
export async function anEntry<Source extends Db | Tx>(
  tx: Source,
  actor: Actor,
  id: string,
  roundBy: (tx: Source, actor: Actor, id: string) => Promise<PanelRound | undefined>,
): Promise<PanelEntry | undefined> {
  const entry = await findEntry(tx, id)
  if (entry?.state !== 'passed') return undefined
  const round = await roundBy(tx, actor, entry.round)
  if (!round) return undefined
  const nominee = (await nominees(tx)
    .where('agency', '=', entry.agency)
    .where('proposal', '=', id)
    .executeTakeFirst()) as Nominee | undefined
  return { round, entry, nominee, cluster: clusterOf(round.rules, entry.agencyKind).key }
}

export async function addNominees(
  tx: Tx,
  round: string,
  drawn: readonly Pick<Nominee, 'proposal' | 'agency' | 'cluster' | 'group' | 'via' | 'standing' | 'reason'>[],
  by: string,
  at: Date,
): Promise<void> {
  const rows = drawn.map(({ group, standing, ...rest }) => ({
    ...rest,
    round,
    group_key: group,
    standing: standing && JSON.stringify(standing),
    by,
    at,
  }))
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('judging.nominee')
      .values(rows.slice(from, from + 1000))
      .onConflict((c) =>
        // A nominee that was taken out and comes back: by whom and why is in the log.
        c.columns(['agency', 'proposal']).doUpdateSet((eb) => ({
          via: eb.ref('excluded.via'),
          reason: eb.ref('excluded.reason'),
          by: eb.ref('excluded.by'),
          at: eb.ref('excluded.at'),
          removed: null,
          removed_by: null,
          removed_reason: null,
        })),
      )
      .execute()
}

export async function removeNominee(
  tx: Tx,
  { agency, id }: Pick<Entry, 'agency' | 'id'>,
  reason: string,
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('judging.nominee')
    .set({ removed: at, removed_by: by, removed_reason: reason })
    .where('agency', '=', agency)
    .where('proposal', '=', id)
    .execute()
}

/** Nominees that stand, with title, owner and province. Three queries. */
export async function listNomineeRows(db: Db | Tx, round: string): Promise<NomineeRow[]> {
  const [standing, entries] = [await listNominees(db, round), await listPassed(db, round)]
  const regions = await regionNames(
    db,
    entries.map((e) => e.agencyRegion),
  )
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return standing
    .filter((nominee) => !nominee.removed)
    .flatMap((nominee) => {
      const entry = byId.get(nominee.proposal)
      if (!entry) return []
      const { title, number, agencyName, unitName, category, demo, agencyRegion } = entry
      const regionName = regions.get(agencyRegion?.slice(0, 2) ?? '') ?? null
      return [{ ...nominee, title, number, agencyName, unitName, category, demo, agencyRegion, regionName }]
    })
}

/** Names of the provinces in which these regions lie, by the province's code. */
export async function regionNames(
  db: Db | Tx,
  codes: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const provinces = [...new Set(codes.flatMap((code) => (code ? [code.slice(0, 2)] : [])))]
  if (provinces.length === 0) return new Map()
  const rows = await db.selectFrom('people.region').select(['code', 'name']).where('code', 'in', provinces).execute()
  return new Map(rows.map((row) => [row.code, row.name]))
}
