import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { blindIndex } from '#platform/secret.ts'
import { blank, type Case } from '../domain/case.ts'
import { likenessOf, seesLikeness } from '../domain/duplicate.ts'
import { mayMerge, type Post, rolesIn } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { packagesOf } from './package.ts'

type Owner = { agency: string; service: string; id: string; partOf: string | null; pkg: Package }

/** A likeness as it is kept: nobody reads a NIK or a name out of it, and in another service the same person has another. */
const keyOf = (service: string, kind: string, text: string) => blindIndex(`services.likeness:${service}:${kind}`, text)

const keysOf = ({ service, pkg, partOf }: Owner, it: Case | undefined) =>
  new Map(
    (it && partOf === null ? likenessOf(pkg, it) : []).map(({ kind, text }) => {
      const key = keyOf(service, kind, text)
      return [`${kind}:${key.toString('hex')}`, { kind, key }]
    }),
  )

/** What a change of a case changed in what its person is recognised by; other cases of the same person are found. */
export async function keepLikeness(tx: Tx, owner: Owner, before: Case | undefined, after: Case): Promise<void> {
  const [old, fresh] = [keysOf(owner, before), keysOf(owner, after)]
  const gone = [...old].flatMap(([id, key]) => (fresh.has(id) ? [] : [key]))
  const come = [...fresh].flatMap(([id, key]) => (old.has(id) ? [] : [key]))
  if (gone.length + come.length === 0) return
  for (const { kind, key } of gone)
    await tx
      .deleteFrom('services.likeness')
      .where('agency', '=', owner.agency)
      .where('case', '=', owner.id)
      .where('kind', '=', kind)
      .where('key', '=', key)
      .execute()
  if (come.length > 0) {
    // Of two cases that come to be of one person at the same moment, one waits until it can see the other.
    const keys = come.map(({ key }) => key)
    await sql`select pg_advisory_xact_lock(7021, k) from (select distinct hashtext(encode(k, 'hex')) as k
      from unnest(${keys}::bytea[]) as k order by 1) as locks`.execute(tx)
    const { agency, service, id } = owner
    await tx
      .insertInto('services.likeness')
      .values(come.map((key) => ({ agency, service, case: id, ...key })))
      .onConflict((c) => c.doNothing())
      .execute()
  }
  await matchAgain(tx, owner.agency, [owner.id])
}

/** By what the persons of many new cases are recognised, at once; cases of the same person are found. */
export async function addLikeness(tx: Tx, list: readonly (Owner & { it: Case })[]): Promise<void> {
  const rows = list.flatMap((one) => {
    const { agency, service, id } = one
    return [...keysOf(one, one.it).values()].map(({ kind, key }) => ({ agency, service, case: id, kind, key }))
  })
  for (let i = 0; i < rows.length; i += 5000)
    await tx
      .insertInto('services.likeness')
      .values(rows.slice(i, i + 5000))
      .onConflict((c) => c.doNothing())
      .execute()
  const [first] = rows
  if (first)
    await matchAgain(
      tx,
      first.agency,
      rows.map((row) => row.case),
    )
}

/** The pairs of these cases as their likenesses are now. What somebody has decided stays. */
export async function matchAgain(tx: Tx, agency: string, cases: readonly string[]): Promise<void> {
  const ids = [...cases]
  await sql`delete from services.duplicate d where d.agency = ${agency} and (d.one = any(${ids}::uuid[]) or d.other = any(${ids}::uuid[]))
    and d.verdict is null and not exists (select from services.likeness a
      join services.likeness b on b.service = a.service and b.kind = a.kind and b.key = a.key and b."case" = d.other
      where a.agency = d.agency and a."case" = d.one)`.execute(tx)
  await sql`insert into services.duplicate as d (agency, service, one, other, kinds, found)
    select a.agency, a.service, least(a."case", b."case"), greatest(a."case", b."case"), array_agg(distinct a.kind), c.opened
    from services.likeness a join services.likeness b on b.service = a.service and b.kind = a.kind and b.key = a.key and b."case" <> a."case"
    join services."case" c on c.agency = a.agency and c.id = greatest(a."case", b."case")
    where a.agency = ${agency} and a."case" = any(${ids}::uuid[]) group by 1, 2, 3, 4, c.opened
    on conflict (agency, one, other) do update set kinds = excluded.kinds where d.verdict is null and d.kinds <> excluded.kinds`.execute(
    tx,
  )
}

export type Alike = { id: string; number: string; flow: string; state: string; closed: Date | null; kinds: string[] }

type Row = Alike & { area: string; opened_by: string | null; opened_as: string; release: Buffer }

/** Whether somebody with these posts may be told of a case by a likeness. */
function tells(pkg: Package, row: Row, person: string, posts: readonly Post[]): string[] {
  const belonging = { area: row.area, openedBy: row.opened_by, openedAs: row.opened_as }
  const roles = rolesIn(pkg, blank(row.number, row.flow, 0), belonging, person, posts)
  return seesLikeness(pkg, roles, row.kinds) ? roles : []
}

/** Cases that seem to be of the same person as this one, of which this person knows and may be told. Two queries. */
export async function casesAlike(
  db: Db,
  of: { agency: string; id: string; pkg: Package; roles: readonly string[] },
  person: string,
  posts: readonly Post[],
): Promise<Alike[]> {
  const { rows } =
    await sql<Row>`select c.id, c.number, c.flow, c.state, c.closed, d.kinds, c.area, c.opened_by, c.opened_as, c.release
    from services.duplicate d join services."case" c on c.agency = d.agency and c.id = case when d.one = ${of.id} then d.other else d.one end
    where d.agency = ${of.agency} and (d.one = ${of.id} or d.other = ${of.id}) and d.verdict is null and c.merged_into is null
    order by c.opened, c.id limit 20`.execute(db)
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  return rows
    .filter((row) => seesLikeness(of.pkg, of.roles, row.kinds))
    .filter((row) => tells(packages.get(row.release.toString('hex'))!, row, person, posts).length > 0)
}

export type Pair = {
  one: string
  other: string
  service: string
  release: Buffer
  kinds: string[]
  found: Date
} & Record<
  'first' | 'second',
  { id: string; number: string; flow: string; state: string; opened: Date; area: string; areaName: string | null }
>

/**
 * Pairs of open cases that seem to be of one person, in the services and areas of somebody who may make them one; the oldest
 * first. `reaches`: by post, with what was handed over taken out.
 */
export async function pairsAlike(
  db: Db,
  reaches: readonly { service: string; area: string; except: readonly string[]; kinds: readonly string[] }[],
  limit: number,
): Promise<Pair[]> {
  if (reaches.length === 0) return []
  const within = (alias: string) =>
    sql.join(
      reaches.map(
        ({ service, area, except }) =>
          sql`(d.service = ${service} and ${sql.ref(`${alias}.area`)} like ${`${area}%`}
            and not ${sql.ref(`${alias}.area`)} like any(${except.map((part) => `${part}%`)}::text[]))`,
      ),
      sql` or `,
    )
  const kinds = sql.join(
    reaches.map(({ service, kinds }) => sql`(d.service = ${service} and d.kinds && ${[...kinds]}::text[])`),
    sql` or `,
  )
  const shown = (alias: string) =>
    sql.raw(
      `json_build_object('id', ${alias}.id, 'number', ${alias}.number, 'flow', ${alias}.flow, 'state', ${alias}.state,
        'opened', ${alias}.opened, 'area', ${alias}.area, 'areaName', (select g.name from people.region g where g.code =
        concat_ws('.', nullif(substr(${alias}.area, 1, 2), ''), nullif(substr(${alias}.area, 3, 2), ''), nullif(substr(${alias}.area, 5, 2), ''), nullif(substr(${alias}.area, 7), ''))))`,
    )
  const { rows } =
    await sql<Pair>`select d.one, d.other, d.service, d.kinds, d.found, a.release, ${shown('a')} as first, ${shown('b')} as second
    from services.duplicate d join services."case" a on a.agency = d.agency and a.id = d.one
    join services."case" b on b.agency = d.agency and b.id = d.other
    where d.verdict is null and a.closed is null and b.closed is null
      and (${within('a')}) and (${within('b')}) and (${kinds}) order by d.found, d.one, d.other limit ${limit}`.execute(
      db,
    )
  return rows
}

/** The kinds of likeness that somebody in this one role may be told of, if she may make two cases one. */
export const toldKinds = (pkg: Package, role: string): string[] =>
  mayMerge(pkg, [role]) ? ['nik', 'person'].filter((kind) => seesLikeness(pkg, [role], [kind])) : []

/** Remember that two cases are not of one person. */
export async function saveDifferent(
  tx: Tx,
  pair: { agency: string; service: string; one: string; other: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  const verdict = { verdict: 'different' as const, decided: by.at, decided_by: by.person }
  await tx
    .insertInto('services.duplicate')
    .values({ ...pair, kinds: [], found: by.at, ...verdict })
    .onConflict((c) => c.columns(['agency', 'one', 'other']).doUpdateSet(verdict))
    .execute()
}
