import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { markOf, seal, unseal } from '#platform/secret.ts'
import type { Election } from '../../domain/election.ts'
import type { Entry, Marital } from '../../domain/roll/row.ts'

type Of = Pick<Election, 'agency' | 'id'>

/** By which a NIK is found again; the NIK itself is stored only encrypted. */
export const markOfNik = (nik: string): Buffer => markOf('voting.nik', nik)

/** A voter in the roll, with the NIK in clear: for those acts alone that need it. */
export type Voter = {
  id: string
  tps: string | null
  no: number | null
  name: string
  nik: string
  born: string | null
  sex: 'L' | 'P' | null
  marital: Marital | null
  address: string
  hamlet: string
  rt: string
  rw: string
  additional: boolean
}

const columns = sql`v.id, v.tps, v.no, v.name, v.nik_sealed as nik, v.born::text as born, v.sex, v.marital, v.address,
  v.hamlet, v.rt, v.rw, v.additional`
const opened = (row: Voter): Voter => ({ ...row, nik: unseal(row.nik) })

/** Everybody in the roll, in the order of polling places and numbers. */
export async function everyVoter(db: Db | Tx, election: string): Promise<Voter[]> {
  const { rows } = await sql<Voter>`
    select ${columns} from voting.voter v where v.election = ${election} and not v.struck order by v.tps, v.no, v.id`.execute(
    db,
  )
  return rows.map(opened)
}

/** Whose NIK another real election of the same wave has too. */
export async function twiceInWave(db: Db | Tx, { wave, id }: Pick<Election, 'wave' | 'id'>): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select v.id from voting.voter v where v.election = ${id} and not v.struck and exists (
      select from voting.voter o join voting.election e on e.agency = o.agency and e.id = o.election
      where o.nik_mark = v.nik_mark and not o.struck and o.election <> v.election and e.wave = ${wave} and e.mode = 'real')`.execute(
    db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Where those of these NIKs vote who are in the roll already, by NIK: the number of the polling place. */
export async function placesOf(
  db: Db | Tx,
  election: string,
  niks: readonly string[],
): Promise<Map<string, number | null>> {
  const byMark = new Map(niks.map((nik) => [markOfNik(nik).toString('hex'), nik]))
  const { rows } = await sql<{ mark: string; number: number | null }>`
    select encode(v.nik_mark, 'hex') as mark, t.number from voting.voter v
    left join voting.tps t on t.agency = v.agency and t.id = v.tps
    where v.election = ${election} and not v.struck
      and v.nik_mark = any(select decode(m, 'hex') from unnest(${[...byMark.keys()]}::text[]) as m)`.execute(db)
  return new Map(rows.map(({ mark, number }) => [byMark.get(mark)!, number]))
}

export type NewVoter = Omit<Entry, 'tps'> & { tps: string | null; additional: boolean }

/** Write voters, a thousand at a time; gives their ids in the same order. */
export async function insertVoters(tx: Tx, of: Of, voters: readonly NewVoter[], since: Date): Promise<string[]> {
  const ids: string[] = []
  for (let from = 0; from < voters.length; from += 1000) {
    const values = voters.slice(from, from + 1000).map(({ nik, ...voter }) => ({
      ...voter,
      ...{ agency: of.agency, election: of.id, id: newId(), since },
      ...{ nik_sealed: seal(nik), nik_mark: markOfNik(nik) },
    }))
    ids.push(...values.map(({ id }) => id))
    await tx.insertInto('voting.voter').values(values).execute()
  }
  return ids
}

/** The election in whose roll a voter stands. */
export const electionOf = async (tx: Tx, id: string): Promise<string | undefined> =>
  (await tx.selectFrom('voting.voter').select('election').where('id', '=', id).executeTakeFirst())?.election

/** One voter of an election, held until the act is over. */
export async function holdVoter(tx: Tx, id: string): Promise<(Voter & { election: string }) | undefined> {
  const { rows } = await sql<Voter & { election: string }>`
    select ${columns}, v.election from voting.voter v where v.id = ${id} and not v.struck for update of v`.execute(tx)
  return rows[0] && { ...rows[0], ...opened(rows[0]) }
}

export async function findVoter(db: Db, election: string, id: string) {
  const { rows } = await sql<Voter & { struck: boolean }>`
    select ${columns}, v.struck from voting.voter v where v.id = ${id} and v.election = ${election}`.execute(db)
  return rows[0] && { ...rows[0], ...opened(rows[0]) }
}

export async function saveVoter(tx: Tx, id: string, voter: Omit<NewVoter, 'additional'>): Promise<void> {
  const { nik, ...rest } = voter
  await tx
    .updateTable('voting.voter')
    .set({ ...rest, nik_sealed: seal(nik), nik_mark: markOfNik(nik) })
    .where('id', '=', id)
    .execute()
}

export async function strike(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('voting.voter').set({ struck: true, no: null }).where('id', '=', id).execute()
}

export type RollFilter = { tps?: string | undefined; name?: string | undefined; unplaced?: boolean | undefined }
export const pageSize = 50

/** A page of the roll, by name or by place, and how many there are. The NIK comes in clear and is masked by whoever shows it. */
export async function votersOf(
  db: Db,
  election: string,
  filter: RollFilter,
  page: number,
): Promise<{ voters: (Voter & { number: number | null })[]; total: number }> {
  const where = sql`v.election = ${election} and not v.struck
    ${filter.tps ? sql`and v.tps = ${filter.tps}` : sql``} ${filter.unplaced ? sql`and v.tps is null` : sql``}
    ${filter.name ? sql`and v.name ilike ${`%${filter.name.replace(/[%_\\]/g, '\\$&')}%`}` : sql``}`
  const { rows } = await sql<Voter & { number: number | null }>`
    select ${columns}, t.number from voting.voter v left join voting.tps t on t.agency = v.agency and t.id = v.tps
    where ${where} order by t.number, v.no, v.hamlet, v.rw, v.rt, v.name, v.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const count = await sql<{ n: number }>`select count(*)::int as n from voting.voter v where ${where}`.execute(db)
  return { voters: rows.map((row) => ({ ...row, ...opened(row) })), total: count.rows[0]!.n }
}

/** A polling place with how many are in its roll. */
export type Place = {
  id: string
  number: number
  place: string
  address: string
  colour: string
  hamlet: string | null
  desks: number
  booths: number
  voters: number
  additional: number
}
export async function placesWithVoters(db: Db | Tx, election: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select t.id, t.number, t.place, t.address, t.colour, t.hamlet, t.desks, t.booths, count(v.id)::int as voters,
      count(v.id) filter (where v.additional)::int as additional
    from voting.tps t left join voting.voter v on v.agency = t.agency and v.tps = t.id and not v.struck
    where t.election = ${election} group by t.agency, t.id order by t.number`.execute(db)
  return rows
}

/** How the roll stands over hamlets and RW: to divide it, and to see what is not divided. */
export type Group = { hamlet: string; rw: string; tps: string | null; voters: number }
export async function groupsOf(db: Db | Tx, election: string): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select v.hamlet, v.rw, v.tps, count(*)::int as voters from voting.voter v
    where v.election = ${election} and not v.struck group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  return rows
}

/** Everybody of these hamlets and RW votes there. */
export async function placeGroups(
  tx: Tx,
  election: string,
  groups: readonly { hamlet: string; rw: string; tps: string }[],
): Promise<void> {
  await sql`
    update voting.voter v set tps = g.tps
    from unnest(${groups.map(({ hamlet }) => hamlet)}::text[], ${groups.map(({ rw }) => rw)}::text[],
      ${groups.map(({ tps }) => tps)}::uuid[]) as g (hamlet, rw, tps)
    where v.election = ${election} and not v.struck and v.hamlet = g.hamlet and v.rw = g.rw and v.tps is distinct from g.tps`.execute(
    tx,
  )
}
