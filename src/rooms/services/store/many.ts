import { sql } from 'kysely'
import type { Tx } from '#platform/db.ts'
import type { Case } from '../domain/case.ts'
import { apart, type Effect } from '../domain/moving.ts'
import type { Package } from '../domain/package/format/index.ts'
import type { Step } from '../domain/playing.ts'
import { areaOf } from '../domain/record.ts'
import { type New, saveCase } from './case.ts'
import { beginManyCharges, endManyCharges } from './charge.ts'
import { columnsOf } from './column.ts'
import { consentRows } from './consent.ts'
import { addLikeness } from './duplicate.ts'
import { forgottenBy } from './forgetting.ts'
import type { Held } from './held.ts'
import { messageRows } from './message.ts'
import { taskRows } from './task.ts'
import { addTellings, tellingRows } from './telling.ts'

/** What time made of a case that is held. */
export type Change = { held: Held; it: Case; effects: readonly Effect[] }

/**
 * What time made of many cases, each of them once: as many statements as for one. A case that opens another, whose values
 * change, or in which a consent ends, goes its own way.
 */
export async function saveMany(tx: Tx, changes: readonly Change[]): Promise<void> {
  const own = changes.filter(
    ({ held, it, effects }) =>
      it.data !== held.it.data ||
      effects.some(({ kind }) => kind === 'opened') ||
      forgottenBy(held.it, it, effects).size > 0,
  )
  for (const { held, it, effects } of own) await saveCase(tx, held, it, effects, null)
  const together = changes.filter((change) => !own.includes(change))
  if (together.length === 0) return
  const rows = together.map(({ held, it }) => ({
    agency: held.agency,
    id: held.id,
    ...columnsOf(held.pkg, held.here, it),
    area: areaOf(held.pkg, it) || held.area,
  }))
  await sql`update services."case" c set state = v.state, closed = v.closed, due = v.due, area = v.area, stuck = null,
      life = v.life, open = v.open, personal = v.personal, specific = v.specific, revision = c.revision + 1
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as v (agency uuid, id uuid, state text, closed timestamptz, due timestamptz,
      area text, life jsonb, open jsonb, personal jsonb, specific jsonb)
    where c.agency = v.agency and c.id = v.id`.execute(tx)
  const over = together.filter(({ it }) => it.closedAt !== undefined)
  await endManyCharges(
    tx,
    over.map(({ held, it }) => ({ agency: held.agency, id: held.id, at: new Date(it.closedAt!) })),
  )
  if (over.length > 0)
    await sql`update services.task t set done = v.at
      from jsonb_to_recordset(${JSON.stringify(
        over.map(({ held, it }) => ({ agency: held.agency, id: held.id, at: new Date(it.history.at(-1)!.at) })),
      )}::jsonb) as v (agency uuid, id uuid, at timestamptz)
      where t.agency = v.agency and t."case" = v.id and t.done is null`.execute(tx)
  await insertRows(tx, {
    consents: together.flatMap(({ held, it }) => consentRows(held, held.it.consents, it.consents)),
    tasks: together.flatMap(({ held, effects }) => taskRows(held, effects).map((row) => ({ ...row, done: null }))),
    messages: together.flatMap(({ held, effects }) => messageRows(held, effects)),
  })
  await addTellings(
    tx,
    together.flatMap(({ held, effects }) => tellingRows(held, effects)),
  )
}

/** The four kinds of values are JSON already; inside a list of rows they stand as they are. */
const asRows = (rows: readonly Record<string, unknown>[]) =>
  `[${rows
    .map((row) => {
      const { life, open, personal, specific, ...rest } = row
      const plain = JSON.stringify(rest)
      return `${plain.slice(0, -1)},"life":${life},"open":${open},"personal":${personal},"specific":${specific}}`
    })
    .join(',')}]`

type Task = ReturnType<typeof taskRows>[number] & { done: Date | null }
type Rows = {
  consents: ReturnType<typeof consentRows>
  tasks: Task[]
  messages: ReturnType<typeof messageRows>
}

async function insertRows(tx: Tx, { consents, tasks, messages }: Rows): Promise<void> {
  if (consents.length > 0)
    await sql`insert into services.consent (agency, "case", purpose, at, version, given)
      select agency, "case", purpose, at, version, given from jsonb_to_recordset(${JSON.stringify(consents)}::jsonb)
        as v (agency uuid, "case" uuid, purpose text, at timestamptz, version int, given boolean)
      on conflict (agency, "case", purpose, at) do update set given = excluded.given`.execute(tx)
  if (tasks.length > 0)
    await sql`insert into services.task (agency, id, "case", role, task, at, done)
      select agency, id, "case", role, task, at, done from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb)
        as v (agency uuid, id uuid, "case" uuid, role text, task text, at timestamptz, done timestamptz)`.execute(tx)
  if (messages.length > 0)
    await sql`insert into services.message (agency, id, "case", message, at, to_role, to_phone, text, mark, urgent, state, why, due)
      select agency, id, "case", message, at, to_role, to_phone, text, mark, urgent, state, why, due
      from jsonb_to_recordset(${JSON.stringify(
        messages.map((row) => ({
          ...row,
          text: row.text && JSON.parse(row.text),
          mark: row.mark && `\\x${row.mark.toString('hex')}`,
        })),
      )}::jsonb)
        as v (agency uuid, id uuid, "case" uuid, message text, at timestamptz, to_role text, to_phone text, text jsonb, mark bytea,
          urgent boolean, state text, why text, due timestamptz)`.execute(tx)
}

/** A case that was played from its beginning, to be written as it is now. */
export type Finished = New & { steps: readonly Step[] }

/** Cases that were played, with all their work, messages and consents, as their moves one by one would have left them. */
export async function insertMany(tx: Tx, list: readonly Finished[]): Promise<void> {
  const rows = list.map((one) => ({
    agency: one.agency,
    id: one.id,
    service: one.service,
    release: `\\x${one.release.toString('hex')}`,
    number: one.it.number,
    part_of: one.partOf,
    flow: one.it.flow,
    area: areaOf(one.pkg, one.it),
    opened_as: one.openedAs,
    opened_by: one.openedBy,
    code: one.code && `\\x${one.code.toString('hex')}`,
    opened: new Date(one.it.openedAt),
    revision: one.steps.length,
    ...columnsOf(one.pkg, one.here, one.it),
  }))
  await sql`insert into services."case" (agency, id, service, release, number, part_of, flow, state, area, opened_as, opened_by,
      code, opened, closed, due, life, open, personal, specific, moved, revision)
    select agency, id, service, release, number, part_of, flow, state, area, opened_as, opened_by,
      code, opened, closed, due, life, open, personal, specific, moved, revision
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as v (agency uuid, id uuid, service uuid, release bytea, number text, part_of uuid,
      flow text, state text, area text, opened_as text, opened_by uuid, code bytea, opened timestamptz, closed timestamptz,
      due timestamptz, life jsonb, open jsonb, personal jsonb, specific jsonb, moved timestamptz, revision int)`.execute(
    tx,
  )
  await addLikeness(tx, list)
  await beginManyCharges(
    tx,
    list.map((one) => ({ of: one, it: one.it, area: areaOf(one.pkg, one.it) })),
  )
  const around = list.map((one) => aroundOf(one, one.steps))
  await insertRows(tx, {
    consents: around.flatMap(({ consents }) => consents),
    tasks: around.flatMap(({ tasks }) => tasks),
    messages: around.flatMap(({ messages }) => messages),
  })
}

/** Work, messages and consents after the steps of a case, each step as `saveCase` would have written it. */
function aroundOf(of: { agency: string; id: string; pkg: Package }, steps: readonly Step[]): Rows {
  const consents = new Map<string, Rows['consents'][number]>()
  const tasks: Task[] = []
  let messages: Rows['messages'] = []
  for (const { before, after, effects, role } of steps) {
    const done = new Date(after.history.at(-1)?.at ?? after.openedAt)
    for (const task of tasks)
      if (task.done === null && before && (after.closedAt !== undefined || task.role === role)) task.done = done
    for (const row of consentRows(of, before?.consents ?? {}, after.consents))
      consents.set(`${row.purpose} ${row.at.getTime()}`, row)
    if (before && forgottenBy(before, after, effects).size > 0)
      messages = messages.map((row) =>
        row.to_phone === null ? row : { ...row, to_phone: null, text: null, mark: null },
      )
    const { own } = apart(effects)
    tasks.push(...taskRows(of, own).map((row) => ({ ...row, done: null })))
    // What was played lies behind us: its messages arrived then, and none of them goes out now.
    messages.push(
      ...messageRows(of, own).map((row): typeof row =>
        row.state === 'queued' ? { ...row, state: row.to_role ? null : 'delivered', due: null } : row,
      ),
    )
  }
  return { consents: [...consents.values()], tasks, messages }
}
