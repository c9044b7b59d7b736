import { createHmac, randomBytes } from 'node:crypto'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { newToken, storedToken } from '#platform/password.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Package } from '../domain/package/format/index.ts'
import { packageOf } from './package.ts'

/** A phone: whose it is, and with which session it was last in touch. */
export type Device = { id: string; person: string; secret: string; session: string | null }

/** A new phone of a person. The token is shown once: with it the phone hands in what it cannot read any more. */
export async function newDevice(
  db: Db,
  person: string,
  session: string | null,
  now: Date,
): Promise<Device & { token: string }> {
  const { token, stored } = newToken()
  const id = newId()
  const secret = randomBytes(32).toString('base64')
  await db
    .insertInto('services.device')
    .values({ id, person, secret: seal(secret), token: stored, session, since: now, seen: now })
    .execute()
  return { id, person, secret, session, token }
}

const asDevice = (row: { id: string; person: string; secret: string; session: string | null }): Device => ({
  ...row,
  secret: unseal(row.secret),
})

/** A phone of this person. */
export async function findDevice(db: Db, id: string, person: string): Promise<Device | undefined> {
  const row = await db
    .selectFrom('services.device')
    .select(['id', 'person', 'secret', 'session'])
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst()
  return row && asDevice(row)
}

/** A phone by the token that it shows, and whether somebody has signed out of the session it was used with. */
export async function findDeviceByToken(db: Db, token: string): Promise<(Device & { signedOut: boolean }) | undefined> {
  const row = await db
    .selectFrom('services.device as d')
    .leftJoin('people.session as s', 's.id', 'd.session')
    .select(['d.id', 'd.person', 'd.secret', 'd.session', 's.ended'])
    .where('d.token', '=', storedToken(token))
    .executeTakeFirst()
  return row && { ...asDevice(row), signedOut: row.ended !== null }
}

export async function touchDevice(db: Db, id: string, session: string | null, now: Date): Promise<void> {
  await db.updateTable('services.device').set({ session, seen: now }).where('id', '=', id).execute()
}

/** The secret from which a phone makes its key for one service: 32 bytes, base64. Another service has another. */
export const secretFor = ({ secret }: Device, service: string): string =>
  createHmac('sha256', Buffer.from(secret, 'base64')).update(`field:${service}`).digest('base64')

/** Services of these ids, also retired ones. */
export const findServices = (db: Db | Tx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('services.service').select(['agency', 'id']).where('id', 'in', ids).execute()

const installed = new Map<string, Date>()

/** A version that this service has run, and since when. That it has does not change, so it is asked once in a process. */
export async function installedRelease(
  db: Db | Tx,
  service: { agency: string; id: string },
  release: Buffer,
): Promise<{ pkg: Package; since: Date } | undefined> {
  const name = `${service.id}:${release.toString('hex')}`
  const known = installed.get(name)
  if (known) return { pkg: await packageOf(db, release), since: known }
  const row = await db
    .selectFrom('services.installation')
    .select('at')
    .where('agency', '=', service.agency)
    .where('service', '=', service.id)
    .where('release', '=', release)
    .executeTakeFirst()
  if (!row) return undefined
  if (installed.size > 1000) installed.clear()
  installed.set(name, row.at)
  return { pkg: await packageOf(db, release), since: row.at }
}

export type Received = {
  agency: string
  person: string
  id: string
  service: string
  device: string
  case: string
  step: number
  captured: Date
  counted: Date
  received: Date
}

export async function keepReport(tx: Tx, row: Received): Promise<void> {
  await tx.insertInto('services.report').values(row).execute()
}

/** Which moves of a case this person's earlier reports became. */
export async function stepsOf(tx: Tx, agency: string, person: string, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('services.report')
    .select('step')
    .where('agency', '=', agency)
    .where('person', '=', person)
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ step }) => step)
}

/** Posts of a person in a service, also those that are over. */
export const postsEver = (db: Db | Tx, person: string, service: string) =>
  db
    .selectFrom('services.post')
    .select(['role', 'area', 'since', 'ended'])
    .where('person', '=', person)
    .where('service', '=', service)
    .execute()

export type HeldReason = 'role-over' | 'service-retired' | 'case-elsewhere'

/** Keep what cannot be taken in now; the same once. `content` is JSON of the report, or what the phone had encrypted. */
export async function holdReport(
  db: Tx,
  report: {
    agency: string
    id: string
    person: string
    service: string
    device: string
    role: string
    reason: HeldReason
    content: string
    captured: Date | null
    received: Date
  },
): Promise<void> {
  await db
    .insertInto('services.held_report')
    .values({ ...report, content: seal(report.content) })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** What waits for a decision, oldest first; never its content. One query. */
export const listHeldReports = (db: Db, agency: string, service: string) =>
  db
    .selectFrom('services.held_report as h')
    .innerJoin('people.person as p', 'p.id', 'h.person')
    .select(['h.id', 'h.person', 'p.name', 'h.role', 'h.reason', 'h.captured', 'h.received'])
    .where('h.agency', '=', agency)
    .where('h.service', '=', service)
    .where('h.decided', 'is', null)
    .orderBy('h.received')
    .orderBy('h.id')
    .limit(200)
    .execute()

export type HeldReport = {
  agency: string
  id: string
  person: string
  service: string
  device: string
  role: string
  reason: HeldReason
  content: string | null
  captured: Date | null
  received: Date
  decided: Date | null
}

/** One of an agency's, held until the act is over. */
export async function lockHeldReport(
  tx: Tx,
  agency: string,
  person: string,
  id: string,
): Promise<(HeldReport & { secret: string }) | undefined> {
  const row = await tx
    .selectFrom('services.held_report as h')
    .innerJoin('services.device as d', 'd.id', 'h.device')
    .selectAll('h')
    .select('d.secret')
    .where('h.agency', '=', agency)
    .where('h.person', '=', person)
    .where('h.id', '=', id)
    .forUpdate('h')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...row,
    reason: row.reason as HeldReason,
    content: row.content === null ? null : unseal(row.content),
    secret: unseal(row.secret),
  }
}

export async function saveHeldDecision(
  tx: Tx,
  { agency, person, id }: HeldReport,
  outcome: 'taken' | 'refused',
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('services.held_report')
    .set({ content: null, outcome, by: by.person, decided: by.at })
    .where('agency', '=', agency)
    .where('person', '=', person)
    .where('id', '=', id)
    .execute()
}
