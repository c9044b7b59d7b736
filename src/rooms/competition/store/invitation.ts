import { sql } from 'kysely'
import { administered, isNational, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Invitation, Invited, Known } from '../domain/invitation.ts'

const invitations = (db: Db | Tx) =>
  db
    .selectFrom('competition.invitation as i')
    .leftJoin('people.person as b', 'b.id', 'i.by')
    .leftJoin('people.person as w', 'w.id', 'i.withdrawn_by')
    .select(['i.id', 'i.round', 'i.group_key as group', 'i.agency', 'i.agency_name as agencyName', 'i.innovation'])
    .select(['i.name', 'i.at', 'i.withdrawn', 'i.withdrawn_reason as reason', 'b.name as by', 'w.name as withdrawnBy'])

/** The invitations of a round that this person may see: all for the secretariat, of their own agencies for others. Newest first. */
export async function listInvitations(db: Db, actor: Actor, round: string): Promise<Invitation[]> {
  const own = [...new Set([...administered(actor), ...unitsOf(actor).map(({ agency }) => agency)])]
  if (!isNational(actor) && own.length === 0) return []
  return invitations(db)
    .where('i.round', '=', round)
    .$if(!isNational(actor), (q) => q.where('i.agency', 'in', own))
    .orderBy('i.at', 'desc')
    .orderBy('i.id', 'desc')
    .execute()
}

/** The invitations of a round that stand. */
export function standing(db: Db | Tx, round: string): Promise<Invited[]> {
  return db
    .selectFrom('competition.invitation')
    .select(['group_key as group', 'agency', 'innovation'])
    .where('round', '=', round)
    .where('withdrawn', 'is', null)
    .execute()
}

/** The round to which an invitation belongs. */
export async function roundOfInvitation(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.selectFrom('competition.invitation').select('round').where('id', '=', id).executeTakeFirst()
  return row?.round
}

/** An invitation, held until the transaction ends. */
export function holdInvitation(tx: Tx, id: string): Promise<(Invitation & { round: string }) | undefined> {
  return invitations(tx).where('i.id', '=', id).forUpdate('i').executeTakeFirst()
}

export async function addInvitation(
  tx: Tx,
  of: { round: string; by: string | null; at: Date },
  {
    id,
    group,
    agency,
    agencyName,
    innovation,
    name,
  }: Pick<Invitation, 'id' | 'group' | 'agency' | 'agencyName' | 'innovation' | 'name'>,
): Promise<void> {
  await tx
    .insertInto('competition.invitation')
    .values({ ...of, id, group_key: group, agency, agency_name: agencyName, innovation, name })
    .execute()
}

export async function saveWithdrawal(
  tx: Tx,
  id: string,
  { reason, by, at }: { reason: string; by: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('competition.invitation')
    .set({ withdrawn: at, withdrawn_by: by, withdrawn_reason: reason })
    .where('id', '=', id)
    .execute()
}

/** The whole register as far as invitations ask. */
export function listKnown(db: Db): Promise<Known[]> {
  return db
    .selectFrom('competition.winner')
    .select(['id', 'innovation', 'name', 'agency_name as agencyName', 'agency', 'level', 'year'])
    .orderBy('year')
    .orderBy('id')
    .execute()
}

/** The newest name of each of these innovations, by its identity. */
export async function namesOfInnovations(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { name: string; agencyName: string; agency: string | null }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('competition.winner')
    .distinctOn('innovation')
    .select(['innovation', 'name', 'agency_name as agencyName', 'agency'])
    .where('innovation', 'in', ids)
    .orderBy('innovation')
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ innovation, ...row }) => [innovation, row]))
}

export type NamedAgency = { id: string; code: string; name: string }

/** The agencies of these codes, names or ids, in one query. */
export async function agenciesNamed(db: Db, texts: readonly string[]): Promise<NamedAgency[]> {
  if (texts.length === 0) return []
  const wanted = texts.map((text) => text.trim().toLowerCase())
  return db
    .selectFrom('people.agency')
    .select(['id', 'code', 'name'])
    .where((eb) =>
      eb.or([eb(sql`lower(code)`, 'in', wanted), eb(sql`lower(name)`, 'in', wanted), eb(sql`id::text`, 'in', wanted)]),
    )
    .execute()
}

/** Agencies whose name or code holds these words, and register entries likewise: what one may pick from. */
export async function searchInvitable(db: Db, words: string) {
  const like = `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const agencies = await db
    .selectFrom('people.agency')
    .select(['id', 'code', 'name'])
    .where((eb) => eb.or([eb(sql`lower(name)`, 'like', like), eb('code', '=', words)]))
    .orderBy('name')
    .limit(20)
    .execute()
  const innovations = await db
    .selectFrom('competition.winner')
    .distinctOn('innovation')
    .select(['innovation', 'name', 'agency_name as agencyName', 'year'])
    .where((eb) => eb.or([eb(sql`lower(name)`, 'like', like), eb(sql`lower(agency_name)`, 'like', like)]))
    .orderBy('innovation')
    .orderBy('year', (order) => order.desc().nullsLast())
    .limit(20)
    .execute()
  return { agencies, innovations: innovations.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}
