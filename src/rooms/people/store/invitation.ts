import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { administered, type Establishment, type Invitation, isNational } from '../domain/office.ts'
import { holdOffices } from './care.ts'

const columns = ['i.id', 'i.name', 'i.email', 'i.lang', 'i.role', 'i.agency', 'i.unit', 'i.hand_over', 'i.by'] as const
const times = ['i.sent', 'i.expires', 'i.used', 'i.revoked'] as const

/** Invitations to an agency, or with null to the national team: newest first. */
export async function listInvitations(db: Db, agency: string | null) {
  return db
    .selectFrom('people.invitation as i')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'i.agency').onRef('u.id', '=', 'i.unit'))
    .select([...columns, ...times, 'u.name as unit_name'])
    .where((eb) => (agency ? eb('i.agency', '=', agency) : eb('i.agency', 'is', null)))
    .where((eb) => eb.or([eb('i.used', 'is', null), eb('i.revoked', 'is not', null)]))
    .orderBy('i.sent', 'desc')
    .orderBy('i.id')
    .limit(200)
    .execute()
}

/** An invitation that this person may see. */
export async function findInvitation(db: Db, actor: Actor, id: string) {
  return db
    .selectFrom('people.invitation as i')
    .select(['i.id', 'i.agency'])
    .where('i.id', '=', id)
    .$if(!isNational(actor), (q) => q.where((eb) => eb('i.agency', '=', eb.fn.any(eb.val(administered(actor))))))
    .executeTakeFirst()
}

/** What a link leads to, for whoever holds it: the invitation with names, and whether the address has an account. */
export async function findInvitationByToken(db: Db, token: Buffer) {
  return db
    .selectFrom('people.invitation as i')
    .leftJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'i.agency').onRef('u.id', '=', 'i.unit'))
    .leftJoin('people.person as b', 'b.id', 'i.by')
    .leftJoin('people.person as p', 'p.email', 'i.email')
    .select([
      ...columns,
      ...times,
      'a.name as agency_name',
      'u.name as unit_name',
      'b.name as by_name',
      'p.id as account',
    ])
    .where('i.token', '=', token)
    .executeTakeFirst()
}

/**
 * The invitation behind a link, held still, and the account of its address if there is one. The address is locked as
 * well: two invitations accepted at once must not make two accounts.
 */
export async function holdInvitationByToken(tx: Tx, id: string, token: Buffer) {
  const found = await tx
    .selectFrom('people.invitation as i')
    .select(['i.agency', 'i.email'])
    .where('i.id', '=', id)
    .where('i.token', '=', token)
    .executeTakeFirst()
  if (!found) return undefined
  await holdOffices(tx, 'together')
  await sql`select pg_advisory_xact_lock(2002, hashtext(${found.email}))`.execute(tx)
  // The agency before the invitation, as everywhere: whoever locks in one order never waits in a ring.
  if (found.agency)
    await tx.selectFrom('people.agency').select('id').where('id', '=', found.agency).forUpdate().execute()
  const invitation = await tx
    .selectFrom('people.invitation as i')
    .select([...columns, ...times])
    .where('i.id', '=', id)
    .where('i.token', '=', token)
    .forUpdate()
    .executeTakeFirst()
  if (!invitation) return undefined
  const account = await tx
    .selectFrom('people.person')
    .select(['id', 'closed', 'lang'])
    .where('email', '=', invitation.email)
    .executeTakeFirst()
  const offices = await tx
    .selectFrom('people.role')
    .select(['id', 'person', 'role', 'agency', 'unit'])
    .where('ended', 'is', null)
    .where((eb) =>
      eb.or([
        eb('person', '=', account?.id ?? null),
        eb.and([eb('role', '=', 'local-admin'), eb('agency', '=', invitation.agency)]),
      ]),
    )
    .execute()
  return { ...invitation, account: account ?? null, offices }
}

/** An invitation that this person may see, held still, with the names its letter needs. */
export async function holdInvitation(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Invitation & { agency_name: string | null; unit_name: string | null }) | undefined> {
  return tx
    .selectFrom('people.invitation as i')
    .leftJoin('people.agency as a', 'a.id', 'i.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'i.agency').onRef('u.id', '=', 'i.unit'))
    .select([...columns, ...times, 'a.name as agency_name', 'u.name as unit_name'])
    .where('i.id', '=', id)
    .$if(!isNational(actor), (q) => q.where((eb) => eb('i.agency', '=', eb.fn.any(eb.val(administered(actor))))))
    .forUpdate('i')
    .executeTakeFirst()
}

/** What a new invitation is judged by: the units, offices and open invitations of an agency held still. */
export async function holdEstablishment(tx: Tx, actor: Actor, agency: string): Promise<Establishment | undefined> {
  const held = await tx
    .selectFrom('people.agency as a')
    .select(['a.id', 'a.name'])
    .where('a.id', '=', agency)
    .$if(!isNational(actor), (q) => q.where((eb) => eb('a.id', '=', eb.fn.any(eb.val(administered(actor))))))
    .forUpdate()
    .executeTakeFirst()
  return held && { agency, agencyName: held.name, ...(await fillOf(tx, agency)) }
}

/** The same, only to be looked at. */
export async function findEstablishment(db: Db, actor: Actor, agency: string): Promise<Establishment | undefined> {
  const found = await db
    .selectFrom('people.agency as a')
    .select('a.name')
    .where('a.id', '=', agency)
    .$if(!isNational(actor), (q) => q.where((eb) => eb('a.id', '=', eb.fn.any(eb.val(administered(actor))))))
    .executeTakeFirst()
  return found && { agency, agencyName: found.name, ...(await fillOf(db, agency)) }
}

/** The same for the national team, which has no row of its own to hold. */
export async function holdTeam(tx: Tx, actor: Actor, id: string): Promise<Establishment | undefined> {
  if (id !== actor.id || !isNational(actor)) return undefined
  await sql`select pg_advisory_xact_lock(2003)`.execute(tx)
  return { agency: null, agencyName: null, ...(await fillOf(tx, null)) }
}

async function fillOf(tx: Db | Tx, agency: string | null) {
  const units = agency
    ? await tx.selectFrom('people.unit').select(['id', 'name']).where('agency', '=', agency).execute()
    : []
  const held = await tx
    .selectFrom('people.role as r')
    .innerJoin('people.person as p', 'p.id', 'r.person')
    .select(['r.role', 'r.agency', 'r.unit', 'r.person', 'p.email'])
    .where('r.ended', 'is', null)
    .where((eb) => (agency ? eb('r.agency', '=', agency) : eb('r.agency', 'is', null)))
    .execute()
  const invited = await tx
    .selectFrom('people.invitation as i')
    .select(['i.role', 'i.agency', 'i.unit', 'i.email', 'i.expires'])
    .where('i.used', 'is', null)
    .where('i.revoked', 'is', null)
    .where((eb) => (agency ? eb('i.agency', '=', agency) : eb('i.agency', 'is', null)))
    .execute()
  return { units, held, invited }
}

/** The languages of those among these addresses that have an account: people chose them, so they go before an inviter's choice. */
export async function knownLanguages(tx: Tx, emails: readonly string[]): Promise<ReadonlyMap<string, 'id' | 'en'>> {
  const rows = await tx
    .selectFrom('people.person')
    .select(['email', 'lang'])
    .where((eb) => eb('email', '=', eb.fn.any(eb.val([...emails]))))
    .execute()
  return new Map(rows.map(({ email, lang }) => [email, lang]))
}

type NewInvitation = Omit<Invitation, 'used' | 'revoked'> & { token: Buffer }

/** Write invitations; expired ones of the same addresses are closed, so that they make room. */
export async function addInvitations(tx: Tx, invitations: readonly NewInvitation[]): Promise<void> {
  const [first] = invitations
  if (!first) return
  await tx
    .updateTable('people.invitation')
    .set({ revoked: first.sent })
    .where((eb) => eb('email', '=', eb.fn.any(eb.val(invitations.map(({ email }) => email)))))
    .where('used', 'is', null)
    .where('revoked', 'is', null)
    .where('expires', '<=', first.sent)
    .execute()
  for (let from = 0; from < invitations.length; from += 1000)
    await tx
      .insertInto('people.invitation')
      .values(invitations.slice(from, from + 1000))
      .execute()
}

/** A new link for the same invitation; the earlier one opens nothing any more. */
export async function renewInvitation(
  tx: Tx,
  id: string,
  fresh: { token: Buffer; sent: Date; expires: Date },
): Promise<void> {
  await tx.updateTable('people.invitation').set(fresh).where('id', '=', id).execute()
}

export async function revokeInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('people.invitation').set({ revoked: now }).where('id', '=', id).execute()
}

export async function useInvitation(tx: Tx, id: string, person: string, now: Date): Promise<void> {
  await tx.updateTable('people.invitation').set({ used: now, used_by: person }).where('id', '=', id).execute()
}
