import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import { type Db, retrying, type Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Case } from '../domain/case.ts'
import { undoable } from '../domain/merging.ts'
import { saveMergedPair } from './case.ts'
import { matchAgain } from './duplicate.ts'
import { type Held, holdForTime, holdKnown } from './held.ts'
import { lendMedia, returnMedia } from './media.ts'

/** Two cases that somebody knows of, held in the order of their ids. `one` is the first that was asked for. */
export async function holdPair(
  tx: Tx,
  actor: Actor,
  one: string,
  other: string,
): Promise<{ one: Held; other: Held } | undefined> {
  const held = new Map<string, Held>()
  for (const id of [one, other].sort()) {
    const found = await holdKnown(tx, actor, id)
    if (!found) return undefined
    held.set(id, found)
  }
  return { one: held.get(one)!, other: held.get(other)! }
}

/** A case of the same service by its number, for whoever types it. */
export const findNumbered = (db: Db, service: string, number: string) =>
  db
    .selectFrom('services.case')
    .select('id')
    .where('service', '=', service)
    .where('number', '=', number)
    .where('part_of', 'is', null)
    .executeTakeFirst()

/** Both cases as they were, with all that a merge touches. Kept encrypted, for as long as it can be undone. */
type Before = {
  cases: unknown[]
  consents: unknown[]
  tasks: unknown[]
  messages: unknown[]
  media: unknown[]
  likeness: unknown[]
  pairs: { one: string; other: string }[]
  /** Merges of before into either, with what was before them. */
  merges: unknown[]
  charges: string[]
  offers: string[]
}

const rowsOf = async <T = unknown>(tx: Tx, query: ReturnType<typeof sql<{ row: T }>>): Promise<T[]> =>
  (await query.execute(tx)).rows.map(({ row }) => row)

async function photograph(tx: Tx, agency: string, both: readonly string[]): Promise<Before> {
  const ids = [...both]
  const of = (table: string, more = sql``) =>
    rowsOf(
      tx,
      sql`select to_jsonb(t) as row from ${sql.table(table)} t where t.agency = ${agency} and t."case" = any(${ids}::uuid[]) ${more}`,
    )
  return {
    cases: await rowsOf(
      tx,
      sql`select to_jsonb(c) as row from services."case" c where c.agency = ${agency} and (c.id = any(${ids}::uuid[]) or c.part_of = any(${ids}::uuid[]) or c.merged_into = any(${ids}::uuid[]))`,
    ),
    consents: await rowsOf(
      tx,
      sql`select to_jsonb(t) as row from services.consent t join services."case" c on c.agency = t.agency and c.id = t."case"
        where c.agency = ${agency} and (c.id = any(${ids}::uuid[]) or c.part_of = any(${ids}::uuid[]) or c.merged_into = any(${ids}::uuid[]))`,
    ),
    tasks: await of('services.task', sql`and t.done is null`),
    messages: await rowsOf(
      tx,
      sql`select to_jsonb(t) as row
        from services.message t join services."case" c on c.agency = t.agency and c.id = t."case"
        where c.agency = ${agency} and (c.id = any(${ids}::uuid[]) or c.part_of = any(${ids}::uuid[]) or c.merged_into = any(${ids}::uuid[]))`,
    ),
    media: await of('services.media'),
    likeness: await of('services.likeness'),
    pairs: await rowsOf(
      tx,
      sql`select to_jsonb(d) as row from services.duplicate d where d.agency = ${agency} and (d.one = any(${ids}::uuid[]) or d.other = any(${ids}::uuid[]))`,
    ),
    merges: await rowsOf(
      tx,
      sql`select to_jsonb(m) as row from services.merge m where m.agency = ${agency} and m.kept = any(${ids}::uuid[]) and m.before is not null`,
    ),
    charges: await rowsOf(
      tx,
      sql`select to_jsonb(t.id) as row from services.charge t where t.agency = ${agency} and t."case" = ${ids[1]} and t.until is null`,
    ),
    offers: await rowsOf(
      tx,
      sql`select to_jsonb(t.id) as row from services.offer t where t.agency = ${agency} and t."case" = ${ids[1]} and t.answer is null`,
    ),
  }
}

/** What a kept case, its parts and the one merged into it are now, as a fingerprint: whether anything has happened since. */
export async function printOf(tx: Tx | Db, agency: string, kept: string, merged: string): Promise<Buffer> {
  const { rows } = await sql<{
    print: Buffer
  }>`select sha256(convert_to(string_agg(concat_ws('|', c.id, c.part_of, c.merged_into, c.state, c.area,
    c.life, c.open, c.personal, c.specific), '|' order by c.id), 'UTF8')) as print from services."case" c
    where c.agency = ${agency} and (c.id = ${kept} or c.id = ${merged} or c.part_of = ${kept})`.execute(tx)
  return rows[0]!.print
}

/** Make two cases one, with tasks, messages, sub-cases, consents, what they are recognised by and the ledger. */
export async function saveMerge(
  tx: Tx,
  kept: Held,
  other: Held,
  after: { kept: Case; other: Case },
  by: { person: string | null; at: Date },
): Promise<void> {
  const { agency, service } = kept
  const before = await photograph(tx, agency, [kept.id, other.id])
  await lendMedia(tx, kept, kept.id, other.id)
  await saveMergedPair(tx, kept, other, after)
  const [k, o] = [kept.id, other.id]
  await sql`update services.task t set done = ${by.at} where t.agency = ${agency} and t."case" = ${o} and t.done is null
    and exists (select from services.task s where s.agency = t.agency and s."case" = ${k} and s.done is null and s.role = t.role and s.task = t.task)`.execute(
    tx,
  )
  await sql`update services.task set "case" = ${k} where agency = ${agency} and "case" = ${o} and done is null`.execute(
    tx,
  )
  await sql`update services.message set "case" = ${k} where agency = ${agency} and "case" = ${o}`.execute(tx)
  await sql`update services."case" set part_of = ${k} where agency = ${agency} and part_of = ${o}`.execute(tx)
  await sql`update services.charge set until = greatest(since, ${by.at}) where agency = ${agency} and "case" = ${o} and until is null`.execute(
    tx,
  )
  await sql`update services.offer set answer = 'withdrawn', answered = ${by.at} where agency = ${agency} and "case" = ${o} and answer is null`.execute(
    tx,
  )
  // What the other was recognised by leads to the one that stays, and so does what was decided about it.
  await sql`insert into services.likeness (agency, service, "case", kind, key)
    select agency, service, ${k}, kind, key from services.likeness where agency = ${agency} and "case" = ${o} on conflict do nothing`.execute(
    tx,
  )
  await sql`delete from services.likeness where agency = ${agency} and "case" = ${o}`.execute(tx)
  await sql`insert into services.duplicate (agency, service, one, other, kinds, found, verdict, decided, decided_by)
    select d.agency, d.service, least(${k}, t.third), greatest(${k}, t.third), d.kinds, d.found, d.verdict, d.decided, d.decided_by
    from services.duplicate d, lateral (select case when d.one = ${o} then d.other else d.one end as third) t
    where d.agency = ${agency} and (d.one = ${o} or d.other = ${o}) and d.verdict = 'different' and t.third <> ${k}
    on conflict (agency, one, other) do update set verdict = excluded.verdict, decided = excluded.decided, decided_by = excluded.decided_by
    where duplicate.verdict is null`.execute(tx)
  await sql`insert into services.duplicate (agency, service, one, other, kinds, found, verdict, decided, decided_by)
    values (${agency}, ${service}, least(${k}::uuid, ${o}::uuid), greatest(${k}::uuid, ${o}::uuid), '{}', ${by.at}, 'merged', ${by.at}, ${by.person})
    on conflict (agency, one, other) do update set verdict = 'merged', decided = excluded.decided, decided_by = excluded.decided_by`.execute(
    tx,
  )
  await matchAgain(tx, agency, [k, o])
  await tx
    .insertInto('services.merge')
    .values({
      agency,
      id: newId(),
      service,
      kept: k,
      merged: o,
      at: by.at,
      by: by.person,
      until: new Date(by.at.getTime() + undoable),
      before: seal(JSON.stringify(before)),
      print: await printOf(tx, agency, k, o),
    })
    .execute()
}

export type Merge = {
  agency: string
  id: string
  kept: string
  merged: string
  until: Date
  before: string | null
  print: Buffer
  undone: Date | null
}

/** A merge, undone or not. */
export const findMerge = (db: Db | Tx, id: string): Promise<Merge | undefined> =>
  db
    .selectFrom('services.merge')
    .select(['agency', 'id', 'kept', 'merged', 'until', 'before', 'print', 'undone'])
    .where('id', '=', id)
    .executeTakeFirst()

/** What was merged into a case and not parted again, newest first. One query. */
export const mergesInto = (db: Db, { agency, id }: { agency: string; id: string }) =>
  db
    .selectFrom('services.merge as m')
    .innerJoin('services.case as c', (join) => join.onRef('c.agency', '=', 'm.agency').onRef('c.id', '=', 'm.merged'))
    .select(['m.id', 'm.at', 'm.until', 'c.number', 'm.before'])
    .where('m.agency', '=', agency)
    .where('m.kept', '=', id)
    .where('m.undone', 'is', null)
    .orderBy('m.at', 'desc')
    .execute()

/** Both cases come back exactly as they were; only their revisions go on. */
export async function undoMerge(tx: Tx, merge: Merge, by: { person: string | null; at: Date }): Promise<void> {
  const { agency, kept, merged } = merge
  const before = JSON.parse(unseal(merge.before!)) as Before
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
  await sql`update services."case" c set state = r.state, area = r.area, closed = r.closed, due = r.due, stuck = r.stuck, life = r.life,
    open = r.open, personal = r.personal, specific = r.specific, part_of = r.part_of, merged_into = r.merged_into, moved = r.moved, revision = c.revision + 1
    from jsonb_populate_recordset(null::services."case", ${json(before.cases)}) r where c.agency = r.agency and c.id = r.id`.execute(
    tx,
  )
  const ids = (before.cases as { id: string }[]).map(({ id }) => id)
  await sql`delete from services.consent where agency = ${agency} and "case" = any(${ids}::uuid[])`.execute(tx)
  await sql`insert into services.consent select * from jsonb_populate_recordset(null::services.consent, ${json(before.consents)})`.execute(
    tx,
  )
  await sql`update services.task t set "case" = r."case", done = null from jsonb_populate_recordset(null::services.task, ${json(before.tasks)}) r
    where t.agency = ${agency} and t.id = r.id`.execute(tx)
  await sql`update services.message m set "case" = r."case" from jsonb_populate_recordset(null::services.message, ${json(before.messages)}) r
    where m.agency = ${agency} and m.id = r.id`.execute(tx)
  // What a stricter consent had taken away comes back, and goes out if it was still to go.
  await sql`update services.message m set text = r.text, to_phone = r.to_phone, mark = r.mark, due = r.due, state = r.state, why = r.why
    from jsonb_populate_recordset(null::services.message, ${json(before.messages)}) r
    where m.agency = ${agency} and m.id = r.id and m.to_phone is null and r.to_phone is not null`.execute(tx)
  await sql`delete from services.media where agency = ${agency} and "case" in (${kept}, ${merged})`.execute(tx)
  await sql`insert into services.media select * from jsonb_populate_recordset(null::services.media, ${json(before.media)}) on conflict do nothing`.execute(
    tx,
  )
  await sql`update services.charge set until = null where agency = ${agency} and id = any(${before.charges}::uuid[])`.execute(
    tx,
  )
  await sql`update services.offer set answer = null, answered = null where agency = ${agency} and id = any(${before.offers}::uuid[])`.execute(
    tx,
  )
  await sql`delete from services.likeness where agency = ${agency} and "case" in (${kept}, ${merged})`.execute(tx)
  await sql`insert into services.likeness select * from jsonb_populate_recordset(null::services.likeness, ${json(before.likeness)})`.execute(
    tx,
  )
  await sql`update services.merge m set before = r.before from jsonb_populate_recordset(null::services.merge, ${json(before.merges)}) r
    where m.agency = ${agency} and m.id = r.id and m.undone is null and m.until > ${by.at}`.execute(tx)
  // Pairs of before as they were; of those that came since, what somebody decided about the case that stayed holds.
  await sql`delete from services.duplicate d where d.agency = ${agency} and (d.one in (${kept}, ${merged}) or d.other in (${kept}, ${merged}))
    and (d.verdict is null or d.decided <= (select at from services.merge where id = ${merge.id}))`.execute(tx)
  await sql`insert into services.duplicate select * from jsonb_populate_recordset(null::services.duplicate, ${json(before.pairs)})
    on conflict (agency, one, other) do nothing`.execute(tx)
  await matchAgain(tx, agency, [kept, merged])
  await tx
    .updateTable('services.merge')
    .set({ undone: by.at, undone_by: by.person, before: null })
    .where('agency', '=', agency)
    .where('id', '=', merge.id)
    .execute()
}

/** What can no longer be undone is not kept either, nor are files that were held for it. Returns how many. */
export async function forgetBefore(db: Db, now: Date): Promise<number> {
  const late = await db
    .selectFrom('services.merge')
    .select(['agency', 'id', 'merged', 'undone'])
    .where('before', 'is not', null)
    .where('until', '<=', now)
    .execute()
  for (const merge of late)
    await retrying(db, async (tx) => {
      const held = await holdForTime(tx, merge.merged)
      if (held && !merge.undone) await returnMedia(tx, held, held.it.data)
      await tx
        .updateTable('services.merge')
        .set({ before: null })
        .where('agency', '=', merge.agency)
        .where('id', '=', merge.id)
        .execute()
    })
  return late.length
}
