import { sql } from 'kysely'
import { administered, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { holdInstaller, type Installer, packageOf, runningOf, sealOf } from '#services'
import type { Move, Standing, State } from '../domain/process.ts'
import type { Known, Process, Step } from '../domain/shown.ts'
import { findAgency, holdKnown, regionsOf } from './innovation.ts'

/** An agency as one that wants to copy an innovation. */
export type Adopting = Known & {
  by: { id: string; name: string; region: string | null }
  installer: Installer
  units: readonly string[]
  areas: readonly string[]
  /** What it has under way for this innovation. */
  open: readonly { id: string; unit: string | null; state: State; service: string | null }[]
  /** Replications from which it could have been learnt. */
  sources: readonly string[]
  offer: () => Promise<{
    release: { pkg: Awaited<ReturnType<typeof packageOf>>; seal: Awaited<ReturnType<typeof sealOf>> }
  }>
}

/** Everything that adopting depends on, held: two at once come one after the other. */
export async function holdAdopting(tx: Tx, actor: Actor, agency: string, code: string): Promise<Adopting | undefined> {
  const known = await holdKnown(tx, code)
  const installer = known && (await holdInstaller(tx, actor, agency))
  const by = await findAgency(tx, agency)
  if (!known || !installer || !by) return undefined
  const processes = await tx
    .selectFrom('replication.process')
    .select(['id', 'agency', 'unit', 'state', 'service'])
    .where('innovation', '=', code)
    .execute()
  const over = (state: string) => state === 'declined' || state === 'ended'
  return {
    ...known,
    by,
    installer,
    units: installer.units,
    areas: (await regionsOf(tx, by.region)).map(({ code: area }) => area),
    open: processes
      .filter((one) => one.agency === agency && !over(one.state))
      .map(({ id, unit, state, service }) => ({ id, unit, service, state: state as State })),
    sources: processes.filter((one) => one.agency !== agency && !over(one.state)).map(({ id }) => id),
    offer: async () => {
      const release = known.publication!.release
      return { release: { pkg: await packageOf(tx, release), seal: await sealOf(tx, release) } }
    },
  }
}

type By = { person: string | null; at: Date }
export type Fresh = {
  agency: string
  id: string
  innovation: string
  unit: string | null
  area: string | null
  owner: string | null
  owner_unit: string | null
  expansion: boolean
  learnt_from: string | null
  state: State
  reason: string
  service?: string
  hash?: Buffer
}

export async function insertProcess(tx: Tx, row: Fresh, move: string, by: By): Promise<void> {
  await tx
    .insertInto('replication.process')
    .values({ ...row, since: by.at, ...(row.service && { installed: by.at }) })
    .execute()
  await addStep(tx, row, move, row.state, null, by)
}

/** The package is installed for a replication that was under way. */
export async function saveInstalled(
  tx: Tx,
  of: { agency: string; id: string },
  what: { service: string; hash: Buffer; state: State; area: string | null; learnt_from: string | null },
  by: By,
): Promise<void> {
  const { area, learnt_from, ...rest } = what
  await tx
    .updateTable('replication.process')
    .set({ ...rest, installed: by.at, ...(area && { area }), ...(learnt_from && { learnt_from }) })
    .where('agency', '=', of.agency)
    .where('id', '=', of.id)
    .execute()
  await addStep(tx, of, 'adopt', what.state, null, by)
}

export async function addStep(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  move: string,
  state: State,
  note: string | null,
  by: By,
): Promise<void> {
  await sql`insert into replication.step (agency, process, n, move, state, at, by, note)
    select ${agency}, ${id}, coalesce(max(n), 0) + 1, ${move}, ${state}, ${by.at}, ${by.person}::uuid, ${note}
    from replication.step where agency = ${agency} and process = ${id}`.execute(tx)
}

/** A replication as somebody knows of it. */
export type Held = Process & { coached: boolean; standing: Standing }

const processes = (db: Db | Tx, person: string | null) =>
  db
    .selectFrom('replication.process as c')
    .innerJoin('gallery.innovation as i', 'i.code', 'c.innovation')
    .innerJoin('people.agency as a', 'a.id', 'c.agency')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'c.agency').onRef('u.id', '=', 'c.unit'))
    .leftJoin('people.agency as o', 'o.id', 'c.owner')
    .leftJoin('people.unit as ou', (join) =>
      join.onRef('ou.agency', '=', 'c.owner').onRef('ou.id', '=', 'c.owner_unit'),
    )
    .leftJoin('people.region as g', 'g.code', 'c.area')
    .leftJoin('replication.publication as p', 'p.innovation', 'c.innovation')
    .leftJoin('services.service as s', (join) =>
      join.on(
        sql<boolean>`case when c.service is not null then s.id = c.service else s.agency = c.agency and s.package = p.package and s.unit is not distinct from c.unit end`,
      ),
    )
    .select([
      'c.agency',
      'c.id',
      'c.innovation',
      'i.name as innovationName',
      'a.name as agencyName',
      'a.region',
      'a.demo',
      'c.unit',
      'u.name as unitName',
      'g.name as areaName',
      'c.owner',
      'o.name as ownerAgency',
      'i.agency_name as galleryOwner',
      'c.owner_unit as ownerUnit',
      'ou.name as ownerUnitName',
      'c.expansion',
      'c.state',
      'c.since',
      'c.reason',
      's.id as service',
      'c.installed',
      'c.agreed_owner as agreedOwner',
      'c.agreed_adopter as agreedAdopter',
      'c.begins',
    ])
    .select(
      sql<boolean>`exists (select from replication.coach h where h.person = ${person}::uuid and h.ended is null
        and (h.area = a.region or a.region like h.area || '.%'))`.as('coached'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof processes>['executeTakeFirstOrThrow']>>
const asProcess = ({ ownerAgency, galleryOwner, ...row }: Row) => ({
  ...row,
  state: row.state as State,
  ownerName: ownerAgency ?? galleryOwner,
})

const knowsOf = (actor: Actor, row: { agency: string; owner: string | null; coached: boolean }) =>
  isNational(actor) ||
  row.coached ||
  administered(actor).some((agency) => agency === row.agency || agency === row.owner)

async function through(db: Db | Tx, actor: Actor, row: Row | undefined): Promise<Held | undefined> {
  if (!row || !knowsOf(actor, row)) return undefined
  const process = asProcess(row)
  const running = await runningFor(db, process)
  const { state, owner, expansion, agreedOwner, agreedAdopter, service } = process
  const standing = {
    state,
    owner,
    expansion,
    agreedOwner,
    agreedAdopter,
    service,
    firstCase: running?.firstCase ?? null,
  }
  return { ...process, standing }
}

/** The service by which it runs. */
export const runningFor = async (db: Db | Tx, { service }: { service: string | null }) =>
  service ? (await runningOf(db, { services: [service] }))[0] : undefined

export const findProcess = async (db: Db, actor: Actor, id: string) =>
  through(db, actor, await processes(db, actor.id).where('c.id', '=', id).executeTakeFirst())
export const holdProcess = async (tx: Tx, actor: Actor, id: string) =>
  through(tx, actor, await processes(tx, actor.id).where('c.id', '=', id).forUpdate('c').executeTakeFirst())

/** Replications that concern this person: copied by, or copied from, the agencies they administer; or in areas they coach. One query. */
export async function listProcesses(db: Db, actor: Actor): Promise<Process[]> {
  if (!actor.id) return []
  const mine = administered(actor)
  const rows = await processes(db, actor.id)
    .where((eb) =>
      eb.or([
        ...(mine.length > 0 ? [eb('c.agency', 'in', mine), eb('c.owner', 'in', mine)] : []),
        eb.exists(
          eb
            .selectFrom('replication.coach as k')
            .select('k.id')
            .where('k.person', '=', actor.id)
            .where('k.ended', 'is', null)
            .where(sql<boolean>`(k.area = a.region or a.region like k.area || '.%')`),
        ),
      ]),
    )
    .orderBy('c.since', 'desc')
    .limit(500)
    .execute()
  return rows.map(asProcess)
}

export const stepsOf = async (db: Db, id: string): Promise<(Step & { move: Move | 'interest' | 'adopt' })[]> =>
  (
    await db
      .selectFrom('replication.step as t')
      .leftJoin('people.person as p', 'p.id', 't.by')
      .select(['t.move', 't.state', 't.at', 't.note', 'p.name as who'])
      .where('t.process', '=', id)
      .orderBy('t.n', 'desc')
      .execute()
  ).map((row) => ({ ...row, state: row.state as State, move: row.move as Move | 'interest' | 'adopt' }))

export async function saveMove(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  {
    move,
    state,
    signs,
    note,
    begins,
  }: { move: Move; state: State; signs: readonly string[]; note: string | null; begins: string | null },
  by: By,
): Promise<void> {
  await tx
    .updateTable('replication.process')
    .set({
      state,
      ...(signs.includes('owner') && { agreed_owner: by.at }),
      ...(signs.includes('adopter') && { agreed_adopter: by.at }),
      ...(begins && { begins }),
    })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
  await addStep(tx, { agency, id }, move, state, note, by)
}
