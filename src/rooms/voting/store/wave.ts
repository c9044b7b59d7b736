import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'

export type Wave = {
  agency: string
  agencyName: string
  region: string | null
  id: string
  name: string
  /** YYYY-MM-DD */
  held: string
  profile: string
  /** As its real elections with a ballot are: held from the first polls on, closed with the last. Who deliberates may be done before the day. */
  state: 'preparing' | 'held' | 'closed'
  /** Real elections in it. */
  elections: number
}

async function list(db: Db | Tx, where: ReturnType<typeof sql>): Promise<Wave[]> {
  const { rows } = await sql<Wave>`
    select w.agency, a.name as "agencyName", a.region, w.id, w.name, w.held::text as held, w.profile, e.elections,
      case when e.closed then 'closed' when e.held then 'held' else 'preparing' end as state
    from voting.wave w join people.agency a on a.id = w.agency cross join lateral (
      select count(*)::int as elections, bool_and(e.state = 'closed' or (e.kind = 'deliberation' and e.state = 'decided')) and bool_or(e.state = 'closed') as closed,
        bool_or(e.kind <> 'deliberation' and e.state in ('held', 'decided', 'closed')) as held
      from voting.election e where e.agency = w.agency and e.wave = w.id and e.mode = 'real') e
    where ${where} order by w.held desc, w.name limit 200`.execute(db)
  return rows
}

/** Every wave, latest day first. One query. */
export const listWaves = (db: Db) => list(db, sql`true`)
export const findWave = async (db: Db | Tx, id: string): Promise<Wave | undefined> =>
  (await list(db, sql`w.id = ${id}`))[0]

export async function holdWave(tx: Tx, _: Actor, id: string): Promise<Wave | undefined> {
  await tx.selectFrom('voting.wave').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findWave(tx, id)
}

export type Opener = { tx: Tx; agency: string }

/** The regency or city that opens a wave, held, as its own admin sees it. */
export async function holdOpener(tx: Tx, actor: Actor, id: string): Promise<Opener | undefined> {
  if (!administered(actor).includes(id)) return undefined
  // Two who open a wave of one agency come one after the other; the agency itself belongs to another room.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`voting wave ${id}`}, 0))`.execute(tx)
  const row = await tx
    .selectFrom('people.agency')
    .select('id as agency')
    .where('id', '=', id)
    .where('kind', 'in', ['regency', 'city'])
    .executeTakeFirst()
  return row && { tx, ...row }
}

export const waveNamed = (tx: Tx, agency: string, name: string) =>
  tx
    .selectFrom('voting.wave')
    .select('id')
    .where('agency', '=', agency)
    .where(sql<boolean>`lower(name) = ${name.toLowerCase()}`)
    .executeTakeFirst()

export async function insertWave(
  tx: Tx,
  wave: { agency: string; id: string; name: string; held: string; profile: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.wave')
    .values({ ...wave, since: by.at, by: by.person })
    .execute()
}

/** The regencies and cities that this person administers. */
export const openers = async (db: Db, actor: Actor): Promise<{ id: string; name: string }[]> => {
  const own = administered(actor)
  if (own.length === 0) return []
  return db
    .selectFrom('people.agency')
    .select(['id', 'name'])
    .where('id', 'in', own)
    .where('kind', 'in', ['regency', 'city'])
    .orderBy('name')
    .execute()
}
