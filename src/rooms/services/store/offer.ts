import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Candidate, nextOf, type Point, placeOfCase, type Ranked, rank } from '../domain/assigning.ts'
import type { Case } from '../domain/case.ts'
import { chargeRoles } from '../domain/charge.ts'
import type { Package } from '../domain/package/format/index.ts'

export type Assigned = { agency: string; service: string; id: string; area: string; pkg: Package; it: Case }

/** Who could be given a case in a role, with how much each has besides. One query. */
async function candidatesOf(db: Db | Tx, { service, area, id }: Assigned, role: string): Promise<Candidate[]> {
  const { rows } = await sql<
    Omit<Candidate, 'place'> & Partial<Point>
  >`select p.id as post, p.person, q.name, p.area, p.capacity, p.lat, p.lon,
      (select count(*) from services.charge h where h.post = p.id and h.until is null and h."case" <> ${id})::int as open
    from services.post p join people.person q on q.id = p.person
    where p.service = ${service} and p.role = ${role} and p.ended is null and ${area}::text like p.area || '%'
      and not exists (select from unnest(p.except_areas) e where ${area}::text like e || '%')`.execute(db)
  return rows.map(({ lat, lon, ...one }) => ({ ...one, place: lat != null && lon != null ? { lat, lon } : null }))
}

/** Those who could be given a case, in the order in which they are asked. */
export async function rankedFor(db: Db | Tx, of: Assigned, role: string): Promise<Ranked[]> {
  const { pkg, it } = of
  const assign = pkg.roles.find(({ id }) => id === role)?.assign
  return assign ? rank(assign.by, await candidatesOf(db, of, role), placeOfCase(pkg, it)) : []
}

export type Offer = {
  id: string
  role: string
  post: string
  person: string
  name: string
  at: Date
  until: Date
  answer: 'accepted' | 'declined' | 'timed-out' | 'withdrawn' | null
}

/** What was offered of a case, newest first. One query. */
export const offersOf = (db: Db | Tx, { agency, id }: { agency: string; id: string }): Promise<Offer[]> =>
  db
    .selectFrom('services.offer as o')
    .innerJoin('services.post as p', 'p.id', 'o.post')
    .innerJoin('people.person as q', 'q.id', 'p.person')
    .select(['o.id', 'o.role', 'o.post', 'p.person', 'q.name', 'o.at', 'o.until', 'o.answer'])
    .where('o.agency', '=', agency)
    .where('o.case', '=', id)
    .orderBy('o.at', 'desc')
    .orderBy('o.id', 'desc')
    .execute()

/** Offer a case to somebody; the case is held. */
export async function saveOffer(
  tx: Tx,
  { agency, service, id }: Pick<Assigned, 'agency' | 'service' | 'id'>,
  offer: { role: string; post: string; until: Date },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('services.offer')
    .values({ agency, id: newId(), service, case: id, ...offer, at: by.at, by: by.person })
    .execute()
}

/** Ask the next who was not asked yet; undefined when there is nobody any more. */
export async function offerNext(tx: Tx, of: Assigned, role: string, at: Date): Promise<Ranked | undefined> {
  const assign = of.pkg.roles.find(({ id }) => id === role)?.assign
  if (!assign || of.it.closedAt !== undefined || !chargeRoles(of.pkg, of.it.flow).includes(role)) return undefined
  const asked = new Set((await offersOf(tx, of)).flatMap((offer) => (offer.role === role ? [offer.post] : [])))
  const next = nextOf(await rankedFor(tx, of, role), asked)
  if (next)
    await saveOffer(
      tx,
      of,
      { role, post: next.post, until: new Date(at.getTime() + assign.minutes * 60_000) },
      { person: null, at },
    )
  return next
}

/** An offer that somebody holds the post of, with its case, both held until the act is over. */
export async function holdOffer(tx: Tx, actor: Actor, id: string) {
  const known = await tx
    .selectFrom('services.offer as o')
    .innerJoin('services.post as p', 'p.id', 'o.post')
    .select(['o.agency', 'o.case'])
    .where('o.id', '=', id)
    .where('p.person', '=', actor.id ?? '')
    .where('p.ended', 'is', null)
    .executeTakeFirst()
  if (!known) return undefined
  // The case first, as every act on it does.
  await tx
    .selectFrom('services.case')
    .select('id')
    .where('agency', '=', known.agency)
    .where('id', '=', known.case)
    .forUpdate()
    .execute()
  const offer = await tx
    .selectFrom('services.offer')
    .select(['agency', 'id', 'case', 'role', 'post', 'until', 'answer'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return offer
}

export async function answerOffer(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  answer: 'accepted' | 'declined' | 'timed-out',
  at: Date,
): Promise<void> {
  await tx
    .updateTable('services.offer')
    .set({ answer, answered: at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** From now on somebody is in charge of a case by name. */
export async function takeCharge(
  tx: Tx,
  { agency, service, id, area }: Pick<Assigned, 'agency' | 'service' | 'id' | 'area'>,
  { role, post }: { role: string; post: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await sql`with ended as (
      update services.charge set until = greatest(since, ${by.at}::timestamptz)
      where agency = ${agency} and "case" = ${id} and role = ${role} and until is null returning until)
    insert into services.charge (agency, service, "case", role, area, post, since, why, by)
    values (${agency}, ${service}, ${id}, ${role}, ${area}, ${post}, coalesce((select until from ended), ${by.at}::timestamptz), 'assigned', ${by.person}::uuid)`.execute(
    tx,
  )
}

/** Whoever was offered a case and moves it has accepted it. */
export async function acceptByMoving(
  tx: Tx,
  of: Pick<Assigned, 'agency' | 'service' | 'id' | 'area'>,
  role: string,
  person: string,
  at: Date,
): Promise<void> {
  const offer = await tx
    .selectFrom('services.offer as o')
    .innerJoin('services.post as p', 'p.id', 'o.post')
    .select(['o.agency', 'o.id', 'o.post', 'o.role'])
    .where('o.agency', '=', of.agency)
    .where('o.case', '=', of.id)
    .where('o.role', '=', role)
    .where('o.answer', 'is', null)
    .where('p.person', '=', person)
    .executeTakeFirst()
  if (!offer) return
  await answerOffer(tx, offer, 'accepted', at)
  await takeCharge(tx, of, offer, { person, at })
}

/** Offers whose time is over, with their cases held; those that somebody else is at are left to it. */
export const holdLate = (tx: Tx, now: Date, most: number) =>
  tx
    .selectFrom('services.offer as o')
    .innerJoin('services.case as c', (join) => join.onRef('c.agency', '=', 'o.agency').onRef('c.id', '=', 'o.case'))
    .select(['o.agency', 'o.id', 'o.case', 'o.role', 'o.post'])
    .where('o.answer', 'is', null)
    .where('o.until', '<=', now)
    .orderBy('o.until')
    .orderBy('o.id')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()

export type OfferedRow = {
  offer: string
  until: Date
  role: string
  id: string
  release: Buffer
  number: string
  flow: string
  state: string
  area: string
  areaName: string | null
  due: Date | null
}

/** What is offered to somebody now, that with the least time first. */
export async function offeredTo(db: Db, person: string, now: Date): Promise<OfferedRow[]> {
  const { rows } =
    await sql<OfferedRow>`select o.id as offer, o.until, o.role, c.id, c.release, c.number, c.flow, c.state, c.area, g.name as "areaName", c.due
    from services.offer o join services.post p on p.id = o.post join services."case" c on c.agency = o.agency and c.id = o."case"
    left join people.region g on g.code = concat_ws('.', nullif(substr(c.area, 1, 2), ''), nullif(substr(c.area, 3, 2), ''),
      nullif(substr(c.area, 5, 2), ''), nullif(substr(c.area, 7), ''))
    where p.person = ${person} and p.ended is null and o.answer is null and o.until > ${now} order by o.until, o.id limit 200`.execute(
      db,
    )
  return rows
}

/** Who is in charge of a case now, by role. One query. */
export const inChargeOf = (db: Db, { agency, id }: { agency: string; id: string }) =>
  db
    .selectFrom('services.charge as h')
    .leftJoin('services.post as p', 'p.id', 'h.post')
    .leftJoin('people.person as q', 'q.id', 'p.person')
    .select(['h.role', 'q.name', 'h.since', 'h.why'])
    .where('h.agency', '=', agency)
    .where('h.case', '=', id)
    .where('h.until', 'is', null)
    .orderBy('h.role')
    .execute()
