import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { Zone } from '#platform/text.ts'
import { markOfPhone } from './message.ts'
import { packageOf } from './package.ts'

/** A message that is due, as whoever sends it needs it. */
export type Due = {
  agency: string
  id: string
  phone: string | null
  text: Record<string, string> | null
  urgent: boolean
  attempts: number
  zone: Zone
  /** The number wants no messages. A reply to whoever writes goes out all the same. */
  silent: boolean
  demo: boolean
  reply: boolean
  /** To whoever holds this role: nobody's number yet. */
  role: string | null
  case: string | null
}

/** The longest waiting message that is due, held; those that another worker holds are left to it. */
export async function holdNextMessage(tx: Tx, now: Date, where: { demo?: true }): Promise<Due | undefined> {
  const { rows } = await sql<{
    agency: string
    id: string
    to_phone: string | null
    text: Record<string, string> | null
    urgent: boolean
    attempts: number
    zone: Zone | null
    silent: boolean
    demo: boolean
    reply: boolean
    channel: 'sms' | 'whatsapp' | null
    role: string | null
    case: string | null
  }>`
    select m.agency, m.id, m.to_phone, m.text, m.urgent, m.attempts, m.channel, m.to_role as role, m."case", a.demo, coalesce(own.zone, g.zone) as zone,
      m."case" is null as reply,
      exists (select from services.silence s where s.agency = m.agency and s.mark = m.mark) as silent
    from services.message m join people.agency a on a.id = m.agency
    left join people.region g on g.code = a.region
    left join services."case" c on c.agency = m.agency and c.id = m."case"
    left join people.region own on own.code = substr(c.area, 1, 2) || '.' || substr(c.area, 3, 2)
    where m.due <= ${now} and (a.demo or m.to_role is not null or ${!where.demo})
    order by m.due, m.id limit 1 for update of m skip locked`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const sealed = row.reply ? row.text?.sealed : undefined
  return {
    ...row,
    phone: row.to_phone && unseal(row.to_phone),
    text: sealed ? { [row.channel ?? 'sms']: unseal(sealed) } : row.text,
    zone: row.zone ?? 'WIB',
    silent: row.silent && !row.reply,
  }
}

export type Change = {
  /** null: it went to a role, and from there to those who hold it. */
  state: null | 'queued' | 'held' | 'sent' | 'delivered' | 'failed'
  why?: string | null
  due?: Date | null
  channel?: 'sms' | 'whatsapp'
  attempts?: number
  receipt?: string
  settled?: Date
}

/** What became of a message. Without `due` it waits for nothing any more. */
export async function saveSending(tx: Tx, { agency, id }: Pick<Due, 'agency' | 'id'>, change: Change): Promise<void> {
  await tx
    .updateTable('services.message')
    .set({ why: null, due: null, ...change })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** A reply to whoever wrote, of no case: its text is encrypted and goes at once, by night too. */
export async function addReply(
  tx: Tx,
  {
    agency,
    service,
    phone,
    channel,
    text,
  }: Record<'agency' | 'service' | 'phone' | 'text', string> & { channel: 'sms' | 'whatsapp' },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('services.message')
    .values({
      agency,
      service,
      id: newId(),
      case: null,
      message: 'reply',
      at: now,
      to_role: null,
      to_phone: seal(phone),
      text: JSON.stringify({ sealed: seal(text) }),
      mark: markOfPhone(phone),
      urgent: true,
      state: 'queued',
      channel,
      due: now,
    })
    .execute()
}

/** Replies that went out, or were given up, before this moment leave the house. Returns how many. */
export async function forgetReplies(db: Db | Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('services.message')
    .where('case', 'is', null)
    .where('at', '<', before)
    .where('due', 'is', null)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** What a gateway says later of a message of its agency: it has arrived, or it never will. True when it was still open. */
export async function saveReceipt(
  tx: Tx,
  agency: string,
  { receipt, state, why }: { receipt: string; state: 'delivered' | 'failed'; why: string | null },
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('services.message')
    .set({ state, why, settled: now })
    .where('agency', '=', agency)
    .where((eb) => eb.or([eb('receipt', '=', receipt), eb(sql<string>`id::text`, '=', receipt)]))
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What lies on the telephones of a demo agency, the last first: only there may texts be read like this. */
export async function listPhones(db: Db, agency: string) {
  const rows = await db
    .selectFrom('services.message as m')
    .innerJoin('people.agency as a', 'a.id', 'm.agency')
    .select(['m.id', 'm.at', 'm.to_phone', 'm.text', 'm.state', 'm.why', 'm.channel', 'm.due', 'm.case'])
    .where('m.agency', '=', agency)
    .where('a.demo', '=', true)
    .where('m.to_phone', 'is not', null)
    .orderBy('m.at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ to_phone, text, ...row }) => {
    const texts = (text ?? {}) as Record<string, string>
    return {
      ...row,
      phone: unseal(to_phone!),
      text: texts.sealed ? unseal(texts.sealed) : (texts[row.channel ?? ''] ?? Object.values(texts)[0] ?? null),
    }
  })
}

/**
 * A message to a role, once more for each who holds it where the case is and has given a number: of a role that knows only of
 * its own cases, to whoever opened it.
 */
export async function addToHolders(tx: Tx, { agency, id, role, case: of }: Due, now: Date): Promise<void> {
  const held = await tx
    .selectFrom('services.case as c')
    .select(['c.service', 'c.area', 'c.opened_by', 'c.release'])
    .where('c.agency', '=', agency)
    .where('c.id', '=', of!)
    .executeTakeFirst()
  const reach = held && (await packageOf(tx, held.release)).roles.find((one) => one.id === role)?.reach
  if (!held || !reach) return
  const holders = await tx
    .selectFrom('services.post as p')
    .innerJoin('services.contact as k', 'k.person', 'p.person')
    .select(['p.person', 'p.area', 'k.phone'])
    .where('p.service', '=', held.service)
    .where('p.role', '=', role!)
    .where('p.ended', 'is', null)
    .orderBy('p.person')
    .execute()
  const mine = holders.filter(({ person, area }) =>
    reach === 'own' ? person === held.opened_by : reach === 'all' || held.area.startsWith(area),
  )
  for (const { phone } of new Map(mine.map((one) => [one.person, one])).values())
    await sql`insert into services.message (agency, id, "case", message, at, to_phone, text, mark, urgent, state, due)
      select agency, ${newId()}, "case", message, at, ${phone}, text, ${markOfPhone(unseal(phone))}, urgent, 'queued', ${now}
      from services.message where agency = ${agency} and id = ${id}`.execute(tx)
}

/** The number on which somebody wants the messages to her roles; null for none. */
export async function findContact(db: Db | Tx, person: string): Promise<string | null> {
  const row = await db.selectFrom('services.contact').select('phone').where('person', '=', person).executeTakeFirst()
  return row ? unseal(row.phone) : null
}

export async function saveContact(tx: Tx, person: string, phone: string | null, since: Date): Promise<void> {
  await tx.deleteFrom('services.contact').where('person', '=', person).execute()
  if (phone)
    await tx
      .insertInto('services.contact')
      .values({ person, phone: seal(phone), since })
      .execute()
}
