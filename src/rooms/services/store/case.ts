import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import { type Case, type Installation, withdraw } from '../domain/case.ts'
import { without } from '../domain/hearing.ts'
import { mayKnowOthers, type Post, rolesIn } from '../domain/held.ts'
import { apart, type Effect } from '../domain/moving.ts'
import type { Package } from '../domain/package/format/index.ts'
import { areaOf, type Filed, putTogether, takeApart } from '../domain/record.ts'
import { dueNext } from '../domain/timing.ts'
import { beginCharges, endCharges, moveCharges } from './charge.ts'
import { forgetMerges, keepConsents } from './consent.ts'
import { keepLikeness } from './duplicate.ts'
import { keepMedia, returnMedia } from './media.ts'
import { addMessages, forgetMessages } from './message.ts'
import { packageOf, packagesOf } from './package.ts'
import { placeOf, placeOfTime } from './place.ts'
import { addTasks, endTasks } from './task.ts'
import { addTellings, tellingRows } from './telling.ts'

/** A case as somebody holds it: with the package that it runs by, and the roles in which this person knows of it. */
export type Held = {
  agency: string
  id: string
  service: string
  release: Buffer
  area: string
  openedBy: string | null
  openedAs: string
  partOf: string | null
  due: Date | null
  it: Case
  pkg: Package
  here: Installation
  roles: string[]
  /** The worker could not go on with it. */
  stuck: boolean
  /** The case that stayed when this one turned out to be of the same person. */
  mergedInto: string | null
  /** The case by which this person knows of this one, which it was merged into: she sees what both hold alike. */
  through?: { id: string; it: Case }
  /** One more with every change. */
  revision: number
  /** How many packages told one another until it was opened. */
  depth: number
}

export const cases = (db: Db | Tx) =>
  db
    .selectFrom('services.case as c')
    .innerJoin('services.service as s', (join) =>
      join.onRef('s.agency', '=', 'c.agency').onRef('s.id', '=', 'c.service'),
    )
    .innerJoin('people.agency as a', 'a.id', 'c.agency')
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .selectAll('c')
    .select(['s.settings', 'a.region', 'a.demo', 'g.zone'])

type Row = Awaited<ReturnType<ReturnType<typeof cases>['executeTakeFirstOrThrow']>>

export async function asHeld(db: Db | Tx, row: Row, regions: boolean): Promise<Held> {
  const pkg = await packageOf(db, row.release)
  const about = {
    region: row.region,
    demo: row.demo,
    zone: (row.zone ?? 'WIB') as 'WIB' | 'WITA' | 'WIT',
    settings: row.settings as Record<string, unknown>,
  }
  const { life, open, personal, specific } = row as unknown as Filed
  const head = {
    number: row.number,
    flow: row.flow,
    state: row.state,
    openedAt: row.opened.getTime(),
    ...(row.closed ? { closedAt: row.closed.getTime() } : {}),
  }
  return {
    agency: row.agency,
    id: row.id,
    service: row.service,
    release: row.release,
    area: row.area,
    openedBy: row.opened_by,
    openedAs: row.opened_as,
    partOf: row.part_of,
    due: row.due,
    it: putTogether(pkg, head, { life, open, personal, specific }, unseal),
    pkg,
    here: regions ? await placeOf(db, about) : placeOfTime(about),
    roles: [],
    stuck: row.stuck !== null,
    mergedInto: row.merged_into,
    revision: row.revision,
    depth: row.depth,
  }
}

/** The posts that somebody holds in a service. */
export async function postsIn(db: Db | Tx, actor: Actor, service: string): Promise<Post[]> {
  if (!actor.id) return []
  return db
    .selectFrom('services.post')
    .select(['role', 'area', 'except_areas as except'])
    .where('service', '=', service)
    .where('person', '=', actor.id)
    .where('ended', 'is', null)
    .orderBy('since')
    .execute()
}

async function known(db: Db | Tx, actor: Actor, row: Row | undefined, regions: boolean): Promise<Held | undefined> {
  if (!row) return undefined
  const held = await asHeld(db, row, regions)
  const posts = await postsIn(db, actor, row.service)
  const roles = rolesIn(held.pkg, held.it, held, actor.id, posts)
  return roles.length > 0 ? { ...held, roles } : undefined
}

const rowOf = (db: Db | Tx, id: string, hold: boolean) => {
  const query = cases(db).where('c.id', '=', id)
  return (hold ? query.forUpdate('c') : query).executeTakeFirst()
}

/** The case that a merged one leads on to, through others if need be. */
async function lastOf(db: Db | Tx, row: Row, hold: boolean): Promise<Row> {
  let last = row
  while (last.merged_into !== null) last = (await rowOf(db, last.merged_into, hold))!
  return last
}

/**
 * A case that somebody knows of. One that was merged leads on to the one that stayed: by her own right, or, for whoever knows
 * of own cases only, as far as both are alike. Whoever knows of the one that stayed in no way sees the merged one, closed.
 */
async function through(db: Db | Tx, actor: Actor, id: string, hold: boolean): Promise<Held | undefined> {
  const row = await rowOf(db, id, hold)
  const held = await known(db, actor, row, hold)
  if (!row || !held || row.merged_into === null) return held
  const last = await lastOf(db, row, hold)
  const own = await known(db, actor, last, hold)
  if (own) return own
  const roles = held.roles.filter((role) => !mayKnowOthers(held.pkg, [role]))
  return roles.length > 0 ? { ...(await asHeld(db, last, hold)), roles, through: { id: held.id, it: held.it } } : held
}

/** A case that this person knows of. */
export const findCase = (db: Db, actor: Actor, id: string) => through(db, actor, id, false)

/**
 * Those of these cases that somebody knows of, as they are now: by the posts given, or by all that she holds. One query for
 * the cases, one for the posts, and one for releases that were not read yet.
 */
export async function findCases(
  db: Db,
  actor: Actor,
  ids: readonly string[],
  posts?: readonly (Post & { service: string })[],
): Promise<Held[]> {
  if (ids.length === 0 || !actor.id) return []
  const rows = await cases(db)
    .where('c.id', 'in', [...ids])
    .orderBy('c.number')
    .execute()
  await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const all =
    posts ??
    (await db
      .selectFrom('services.post')
      .select(['service', 'role', 'area', 'except_areas as except'])
      .where('person', '=', actor.id)
      .where('ended', 'is', null)
      .execute())
  const held = await Promise.all(rows.map((row) => asHeld(db, row, false)))
  return held.flatMap((one) => {
    const own = all.filter(({ service }) => service === one.service)
    const roles = rolesIn(one.pkg, one.it, one, actor.id, own)
    return roles.length > 0 ? [{ ...one, roles }] : []
  })
}

/** The same, held until the act is over. */
export const holdCase = (tx: Tx, actor: Actor, id: string) => through(tx, actor, id, true)

/** This very case, merged or not, held. */
export const holdKnown = async (tx: Tx, actor: Actor, id: string) => known(tx, actor, await rowOf(tx, id, true), true)

/** This very case, merged or not. */
export const findKnown = async (db: Db, actor: Actor, id: string) => known(db, actor, await rowOf(db, id, false), false)

/** A case for whoever opened it without an account and has shown its code: in the role in which it was opened. */
export async function findFollowed(db: Db | Tx, id: string, hold = false): Promise<Held | undefined> {
  const query = cases(db).where('c.id', '=', id).where('c.code', 'is not', null)
  const row = await (hold ? query.forUpdate('c') : query).executeTakeFirst()
  if (!row) return undefined
  const held = await asHeld(db, row, hold)
  if (row.merged_into === null) return { ...held, roles: [row.opened_as] }
  return {
    ...(await asHeld(db, await lastOf(db, row, hold), hold)),
    roles: [row.opened_as],
    through: { id: held.id, it: held.it },
  }
}
export const holdFollowed = (tx: Tx, _actor: Actor, id: string) => findFollowed(tx, id, true)

export const findByNumber = (db: Db, service: string, number: string) =>
  db
    .selectFrom('services.case')
    .select(['id', 'agency', 'code'])
    .where('service', '=', service)
    .where('number', '=', number)
    .executeTakeFirst()

/** Cases in which something is due, longest waiting first, held; those that another worker holds are left to it. */
export async function holdDue(tx: Tx, now: Date, most: number): Promise<Held[]> {
  const rows = await cases(tx)
    .where('c.due', '<=', now)
    .where('c.stuck', 'is', null)
    .orderBy('c.due')
    .orderBy('c.id')
    .limit(most)
    .forUpdate('c')
    .skipLocked()
    .execute()
  const held: Held[] = []
  for (const row of rows) held.push(await asHeld(tx, row, false))
  return held
}

/** One case for time alone, held. */
export async function holdForTime(tx: Tx, id: string): Promise<Held | undefined> {
  const row = await cases(tx).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  return row && asHeld(tx, row, false)
}

/** A case as its columns: the four kinds of values as JSON. */
export const columnsOf = (pkg: Package, here: Installation, it: Case) => {
  const filed = takeApart(pkg, it, seal)
  const next = it.closedAt === undefined ? dueNext(pkg, here, it) : undefined
  return {
    state: it.state,
    closed: it.closedAt === undefined ? null : new Date(it.closedAt),
    // What time does by itself is no sign of life.
    moved: new Date(it.history.findLast(({ role }) => role !== 'system')?.at ?? it.openedAt),
    // A part of a millisecond is rounded up: at the time that stands here, it is due.
    due: next ? new Date(Math.ceil(next.at)) : null,
    life: JSON.stringify(filed.life),
    open: JSON.stringify(filed.open),
    personal: JSON.stringify(filed.personal),
    specific: JSON.stringify(filed.specific),
  }
}

export type New = Pick<
  Held,
  'agency' | 'id' | 'service' | 'release' | 'pkg' | 'here' | 'openedBy' | 'openedAs' | 'partOf'
> & {
  it: Case
  code: Buffer | null
  /** How many packages told one another until it was opened. */
  depth?: number
}

/** A new case, with what its opening brought about. */
export async function insertCase(tx: Tx, fresh: New, effects: readonly Effect[]): Promise<void> {
  const { agency, id, service, release, pkg, here, it } = fresh
  await tx
    .insertInto('services.case')
    .values({
      agency,
      id,
      service,
      release,
      number: it.number,
      part_of: fresh.partOf,
      flow: it.flow,
      area: areaOf(pkg, it),
      opened_as: fresh.openedAs,
      opened_by: fresh.openedBy,
      code: fresh.code,
      opened: new Date(it.openedAt),
      depth: fresh.depth ?? 0,
      ...columnsOf(pkg, here, it),
    })
    .execute()
  await keepConsents(tx, fresh, {}, it.consents)
  await keepLikeness(tx, fresh, undefined, it)
  await keepMedia(tx, fresh, {}, it.data)
  await beginCharges(tx, fresh, it.flow, areaOf(pkg, it), new Date(it.openedAt))
  if (it.closedAt !== undefined) await endCharges(tx, fresh, new Date(it.closedAt))
  await carryOut(tx, fresh, effects)
}

/** The consents that ended between two states of a case, and when. */
export function forgottenBy(before: Case, after: Case, effects: readonly Effect[]): Map<string, number> {
  const forgotten = new Map(
    effects.flatMap((effect) => (effect.kind === 'forgotten' ? [[effect.purpose, effect.at] as const] : [])),
  )
  for (const [purpose, { given, at }] of Object.entries(after.consents))
    if (!given && before.consents[purpose]?.given) forgotten.set(purpose, at)
  return forgotten
}

/** What became of a case. `role`: whose open tasks are done by it. */
export async function saveCase(
  tx: Tx,
  held: Held,
  it: Case,
  effects: readonly Effect[],
  role: string | null,
): Promise<void> {
  const { pkg } = held
  const area = areaOf(pkg, it) || held.area
  await writeCase(tx, held, it, { area, stuck: null })
  await keepLikeness(tx, held, held.it, it)
  const at = new Date(it.history.at(-1)?.at ?? it.openedAt)
  if (area !== held.area) await moveCharges(tx, held, area, at)
  if (it.closedAt !== undefined) await endCharges(tx, held, new Date(it.closedAt))
  if (role !== null || it.closedAt !== undefined) await endTasks(tx, held, it.closedAt === undefined ? role : null, at)
  const forgotten = forgottenBy(held.it, it, effects)
  await keepConsents(tx, held, held.it.consents, it.consents)
  await keepMedia(tx, held, held.it.data, it.data)
  // Texts of before go; what this very move sends is still to go out. Sub-cases that it opens are reached too.
  if (forgotten.size > 0) await forgetMessages(tx, held)
  await carryOut(tx, held, effects)
  for (const [purpose, when] of forgotten) await forgetInParts(tx, held, purpose, when)
  if (forgotten.size > 0) await forgetTold(tx, held, [...forgotten.keys()])
}

/** The columns of a case as it is now. */
async function writeCase(tx: Tx, { agency, id, pkg, here }: Held, it: Case, more: object = {}): Promise<void> {
  await tx
    .updateTable('services.case')
    .set((eb) => ({ ...columnsOf(pkg, here, it), ...more, revision: eb('revision', '+', 1) }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** A consent taken back reaches what was copied into sub-cases, what was merged into the case, and messages about them. */
async function forgetInParts(tx: Tx, held: Held, purpose: string, at: number): Promise<void> {
  const rows = await cases(tx)
    .where('c.agency', '=', held.agency)
    .where((eb) => eb.or([eb('c.part_of', '=', held.id), eb('c.merged_into', '=', held.id)]))
    .orderBy('c.id')
    .forUpdate('c')
    .execute()
  await forgetMerges(tx, held)
  for (const row of rows) {
    const part = await asHeld(tx, row, false)
    const after = withdraw(part.pkg, part.it, purpose, at)
    await forgetMessages(tx, part)
    await writeCase(tx, part, after)
    // What a merged case was recognised by leads to the one that stayed.
    if (part.mergedInto) await keepLikeness(tx, { ...part, id: held.id }, part.it, after)
    await keepConsents(tx, part, part.it.consents, after.consents)
    if (part.mergedInto) await forgetInParts(tx, part, purpose, at)
    await keepMedia(tx, part, part.it.data, after.data)
    await forgetTold(tx, part, [purpose])
    if (part.mergedInto) await returnMedia(tx, part, after.data)
  }
}

/** Two cases that were made one; what either has refused is gone from messages and sub-cases too. */
export async function saveMergedPair(
  tx: Tx,
  kept: Held,
  other: Held,
  after: { kept: Case; other: Case },
): Promise<void> {
  await writeCase(tx, other, after.other, { merged_into: kept.id })
  await saveCase(tx, kept, after.kept, [], null)
}

/**
 * A consent taken back reaches what was told under it: what still waits loses its values, and other services lose the fields
 * that they wrote from it, with what they made of them.
 */
async function forgetTold(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  purposes: readonly string[],
): Promise<void> {
  await tx
    .updateTable('services.telling')
    .set({ content: null })
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('done', 'is', null)
    .execute()
  const heard = await tx
    .selectFrom('services.heard as h')
    .innerJoin('services.telling as t', (join) =>
      join.onRef('t.agency', '=', 'h.agency').onRef('t.id', '=', 'h.telling'),
    )
    .select(['h.case', 'h.fields'])
    .where('t.agency', '=', agency)
    .where('t.case', '=', id)
    .where('h.case', 'is not', null)
    .execute()
  for (const { case: other, fields } of heard) {
    const gone = fields.flatMap((one) => {
      const [purpose, field] = one.split(':')
      return purposes.includes(purpose!) ? [field!] : []
    })
    if (gone.length > 0) await forgetFields(tx, agency, other!, gone)
  }
}

async function forgetFields(tx: Tx, agency: string, id: string, fields: readonly string[]): Promise<void> {
  const row = await cases(tx).where('c.agency', '=', agency).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  if (!row) return
  const held = await asHeld(tx, row, false)
  await forgetMessages(tx, held)
  const after = without(held.pkg, held.it, fields)
  await writeCase(tx, held, after)
  await keepLikeness(tx, held, held.it, after)
}

/** Tasks, messages, tellings and sub-cases that a move brought about. */
async function carryOut(tx: Tx, held: Omit<New, 'it' | 'code'>, effects: readonly Effect[]): Promise<void> {
  const { agency, id } = held
  const { own, opened } = apart(effects)
  await addTasks(tx, held, own)
  await addMessages(tx, held, own)
  await addTellings(tx, tellingRows(held, own))
  for (const { case: part, effects: itsOwn } of opened) {
    const { n } = await tx
      .selectFrom('services.case')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('agency', '=', agency)
      .where('part_of', '=', id)
      .where('flow', '=', part.flow)
      .executeTakeFirstOrThrow()
    const number = n === '0' ? part.number : `${part.number}-${Number(n) + 1}`
    await insertCase(
      tx,
      {
        ...held,
        id: newId(),
        partOf: id,
        openedAs: 'system',
        openedBy: held.openedBy,
        it: { ...part, number },
        code: null,
      },
      itsOwn,
    )
  }
}

/** Marks a case with which the worker cannot go on, so that it does not stand in the way of all others. */
export async function saveStuck(tx: Tx, { agency, id }: Held, why: string): Promise<void> {
  await tx.updateTable('services.case').set({ stuck: why }).where('agency', '=', agency).where('id', '=', id).execute()
}
