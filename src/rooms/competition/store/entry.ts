import type { Db, Tx } from '#platform/db.ts'
import type { Content } from '../domain/proposal.ts'

/** A submitted proposal as other rooms see it. */
export type Entry = {
  agency: string
  id: string
  round: string
  number: number
  title: string
  group: string
  category: string | null
  state: 'submitted' | 'passed' | 'failed'
  agencyName: string
  agencyKind: 'ministry' | 'institution' | 'province' | 'regency' | 'city' | 'bumn' | 'bumd'
  agencyRegion: string | null
  unitName: string
  demo: boolean
}

const entries = (db: Db | Tx) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .select([
      'p.agency',
      'p.id',
      'p.round',
      'p.number',
      'p.title',
      'p.group_key as group',
      'p.category',
      'p.state',
      'p.demo',
    ])
    .select(['a.name as agencyName', 'a.kind as agencyKind', 'a.region as agencyRegion', 'u.name as unitName'])
    .where('p.number', 'is not', null)

/** The entries of a round that passed the administrative selection, by number. */
export async function listPassed(db: Db | Tx, round: string): Promise<Entry[]> {
  return (await entries(db)
    .where('p.round', '=', round)
    .where('p.state', '=', 'passed')
    .orderBy('p.number')
    .execute()) as Entry[]
}

export async function findEntry(db: Db | Tx, id: string): Promise<Entry | undefined> {
  return (await entries(db).where('p.id', '=', id).executeTakeFirst()) as Entry | undefined
}

/** The frozen text that evaluators read. */
export async function readingCopy(
  db: Db | Tx,
  proposal: string,
): Promise<{ content: Content; number: string; arrived: Date } | undefined> {
  const row = await db
    .selectFrom('competition.submission')
    .select(['content', 'number', 'arrived'])
    .where('proposal', '=', proposal)
    .executeTakeFirst()
  return row && { ...row, content: row.content as Content }
}

/** Whom to write to about an entry: its unit's people and its agency's admins. */
export async function ownersOf(db: Db | Tx, entry: { agency: string; id: string }) {
  return db
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .innerJoin('competition.proposal as e', (join) => join.onRef('e.agency', '=', 'r.agency').on('e.id', '=', entry.id))
    .select(['p.id', 'p.name', 'p.email', 'p.lang', 'r.role'])
    .where('r.agency', '=', entry.agency)
    .where('r.ended', 'is', null)
    .where((eb) => eb.or([eb('r.role', 'in', ['local-admin', 'deputy']), eb('r.unit', '=', eb.ref('e.unit'))]))
    .where('p.closed', 'is', null)
    .orderBy('p.id')
    .execute()
}
