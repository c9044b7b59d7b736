import type { Actor } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { isNational } from '../domain/office.ts'

/** What happened in this room to one agency, newest first. */
export async function historyOfAgency(db: Db, agency: string) {
  return db
    .selectFrom('log.event as e')
    .leftJoin('people.person as p', 'p.id', 'e.actor')
    .select(['e.at', 'e.name', 'e.particulars', 'p.name as actor'])
    .where((eb) => eb.or([eb('e.scope', '=', agency), eb('e.subject', '=', agency)]))
    .where('e.name', 'like', 'people.%')
    .orderBy('e.id', 'desc')
    .limit(50)
    .execute()
}

/** `what` is an event's name or a room's; `from` and `to` are instants, the second not included; `before` an event's number. */
export type AuditFilter = {
  what?: string
  who?: string
  subject?: string
  from?: Date
  to?: Date
  before?: string
}

/** The record of acts, newest first, for those who may read all of it. One query. */
export async function listEvents(db: Db, actor: Actor, filter: AuditFilter, size: number) {
  if (!isNational(actor)) return []
  const { what, who, subject, from, to, before } = filter
  return db
    .selectFrom('log.event as e')
    .leftJoin('people.person as p', 'p.id', 'e.actor')
    .leftJoin('people.agency as a', 'a.id', 'e.scope')
    .select(['e.id', 'e.at', 'e.name', 'e.particulars', 'e.subject', 'p.name as actor', 'a.name as agency'])
    .$if(Boolean(what), (q) =>
      what!.includes('.')
        ? q.where('e.name', '=', what!)
        : q.where('e.name', 'like', `${what!.replace(/[\\%_]/g, '\\$&')}.%`),
    )
    .$if(Boolean(who), (q) =>
      q.where((eb) =>
        eb(eb.fn<string>('lower', ['p.name']), 'like', `%${who!.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`),
      ),
    )
    .$if(Boolean(subject), (q) => q.where('e.subject', '=', subject!))
    .$if(Boolean(from), (q) => q.where('e.at', '>=', from!))
    .$if(Boolean(to), (q) => q.where('e.at', '<', to!))
    .$if(Boolean(before), (q) => q.where('e.id', '<', before!))
    .orderBy('e.id', 'desc')
    .limit(size)
    .execute()
}

/** Letters, newest first. Their text is read one at a time, and only where nothing is really sent. */
export async function listLetters(db: Db, actor: Actor, page: number, size: number) {
  if (!isNational(actor)) return { rows: [], total: 0 }
  const rows = await db
    .selectFrom('log.mail')
    .select(['id', 'at', 'to_name', 'to_email', 'subject', 'sent', 'attempts', 'failure'])
    .select((eb) => eb.fn.countAll<string>().over().as('total'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { rows, total: Number(rows[0]?.total ?? 0) }
}

export async function findLetter(db: Db, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  return db.selectFrom('log.mail').selectAll().where('id', '=', id).executeTakeFirst()
}
