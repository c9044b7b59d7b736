import { sql } from 'kysely'
import { administered, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { CommitteeRole, Election, ElectionKind, ElectionState, GroupName, Mode } from '../domain/election.ts'
import type { Profile } from '../domain/profile.ts'
import { withRegistration } from './profile.ts'

/** Practice is seen by those who prepare it and by the nation; a real election by everybody. */
const visible = (actor: Actor) =>
  isNational(actor)
    ? sql`true`
    : sql`(e.mode = 'real' or e.agency = any(${administered(actor)}::uuid[]) or m.person is not null)`

async function list(db: Db | Tx, actor: Actor, where: ReturnType<typeof sql>, most = 1, from = 0): Promise<Election[]> {
  const { rows } = await sql<Election>`
    select e.agency, e.id, e.wave, w.name as "waveName", w.held::text as held, e.village, v.name as "villageName",
      d.name as "districtName", g.name as "regencyName", a.name as "agencyName", e.name, e.mode, e.kind, e.profile, e.state,
      e.group_name as "group", e.outside, e.needed, m.role as member
    from voting.election e join voting.wave w on w.agency = e.agency and w.id = e.wave join people.agency a on a.id = e.agency
    join people.region v on v.code = e.village join people.region d on d.code = v.parent join people.region g on g.code = d.parent
    left join voting.committee m on m.agency = e.agency and m.election = e.id and m.person = ${actor.id}::uuid
    where ${visible(actor)} and ${where} order by w.held desc, v.name, e.mode, e.id limit ${most} offset ${from}`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, profile: withRegistration(row.profile) }))
}

export const findElection = async (db: Db | Tx, actor: Actor, id: string): Promise<Election | undefined> =>
  (await list(db, actor, sql`e.id = ${id}`))[0]

/** The same, held until the act is over. */
export async function holdElection(tx: Tx, actor: Actor, id: string): Promise<Election | undefined> {
  await tx.selectFrom('voting.election').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findElection(tx, actor, id)
}

/** A page of the elections of a wave that this reader sees, and how many they are in all. Two queries. */
export async function electionsOf(
  db: Db,
  actor: Actor,
  wave: string,
  { page, size }: { page: number; size: number },
): Promise<{ elections: Election[]; total: number }> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from voting.election e
    left join voting.committee m on m.agency = e.agency and m.election = e.id and m.person = ${actor.id}::uuid
    where ${visible(actor)} and e.wave = ${wave}`.execute(db)
  return { elections: await list(db, actor, sql`e.wave = ${wave}`, size, (page - 1) * size), total: rows[0]!.total }
}

/** Those in whose committee this person is. */
export const ownElections = (db: Db, actor: Actor): Promise<Election[]> =>
  actor.id ? list(db, actor, sql`m.person is not null`, 50) : Promise.resolve([])

/** The villages of a regency with this name or code; two at most, which is one too many. */
export const villagesNamed = async (tx: Tx, regency: string, typed: string) => {
  const { rows } = await sql<{ code: string; name: string }>`
    select v.code, v.name from people.region v where v.kind = 'village' and v.code like ${`${regency}.%`}
      and (v.code = ${typed.trim().split(/[\s,]/)[0]!} or lower(v.name) = ${typed.trim().toLowerCase()}) limit 2`.execute(
    tx,
  )
  return rows
}

export const villageHeld = (tx: Tx, wave: string, village: string) =>
  tx
    .selectFrom('voting.election')
    .select('id')
    .where('wave', '=', wave)
    .where('village', '=', village)
    .where('mode', '=', 'real')
    .executeTakeFirst()

export type NewElection = {
  agency: string
  id: string
  wave: string
  village: string
  name: string
  mode: Mode
  kind: ElectionKind
  profile: Profile
  group: GroupName
  outside: string
  needed: number
}

export async function insertElection(
  tx: Tx,
  { group, profile, ...election }: NewElection,
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.election')
    .values({
      ...election,
      profile: JSON.stringify(profile),
      group_name: group,
      state: 'preparing',
      since: by.at,
      by: by.person,
    })
    .execute()
}

export async function saveState(tx: Tx, { agency, id }: Pick<Election, 'agency' | 'id'>, state: ElectionState) {
  await tx.updateTable('voting.election').set({ state }).where('agency', '=', agency).where('id', '=', id).execute()
}

export async function saveKind(tx: Tx, { agency, id }: Pick<Election, 'agency' | 'id'>, kind: ElectionKind) {
  await tx.updateTable('voting.election').set({ kind }).where('agency', '=', agency).where('id', '=', id).execute()
}

export async function saveProfile(
  tx: Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
  profile: Profile,
): Promise<void> {
  await tx
    .updateTable('voting.election')
    .set({ profile: JSON.stringify(profile) })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

export type Member = { person: string; name: string; role: CommitteeRole }

/** Who is in the committee of an election, the chair first. */
export async function committeeOf(db: Db | Tx, election: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select c.person, p.name, c.role from voting.committee c join people.person p on p.id = c.person
    where c.election = ${election} order by array_position(array['chair', 'secretary', 'member'], c.role), p.name, p.id`.execute(
    db,
  )
  return rows
}

export const personOf = (tx: Tx, email: string) =>
  tx
    .selectFrom('people.person')
    .select(['id'])
    .where('email', '=', email)
    .where('closed', 'is', null)
    .executeTakeFirst()

export async function insertMember(
  tx: Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
  member: { person: string; role: CommitteeRole },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.committee')
    .values({ agency, election: id, ...member, since: by.at, given_by: by.person })
    .execute()
}

export async function removeMember(tx: Tx, { agency, id }: Pick<Election, 'agency' | 'id'>, person: string) {
  await tx
    .deleteFrom('voting.committee')
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('person', '=', person)
    .execute()
}
