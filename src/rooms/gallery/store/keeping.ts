import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Kept, Said, StatusWord } from '../domain/keeping.ts'
import type { Telling } from '../domain/shown.ts'

/** An innovation, held until the act is over. Everybody may read it; who may change it is a permission. */
export async function holdInnovation(tx: Tx, _actor: unknown, id: string): Promise<Kept | undefined> {
  const row = await tx
    .selectFrom('gallery.innovation')
    .select(['id', 'code', 'name', 'agency', 'status', 'status_on', 'goals', 'story'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, story: row.story as Telling[] }
}

const update = (tx: Tx, id: string) =>
  tx.updateTable('gallery.innovation').set({ changed: sql`now()` }).where('id', '=', id)

export async function saveStatus(
  tx: Tx,
  id: string,
  { status, on, reason }: StatusWord,
  by: { person: string | null; said: Said; at: Date },
): Promise<void> {
  await update(tx, id)
    .set({
      status,
      status_on: on,
      status_reason: reason,
      status_said: by.said,
      status_by: by.person,
      status_at: by.at,
    })
    .execute()
}

export async function saveContact(
  tx: Tx,
  id: string,
  contact: { office: string | null; email: string | null; phone: string | null; site: string | null },
): Promise<void> {
  await update(tx, id)
    .set({
      contact_office: contact.office,
      contact_email: contact.email,
      contact_phone: contact.phone,
      contact_site: contact.site,
    })
    .execute()
}

export async function saveGoals(tx: Tx, id: string, goals: number[]): Promise<void> {
  await update(tx, id).set({ goals }).execute()
}

export async function saveStory(tx: Tx, id: string, story: readonly Telling[]): Promise<void> {
  await update(tx, id)
    .set({ story: JSON.stringify(story) })
    .execute()
}

export async function saveAgency(tx: Tx, id: string, agency: string): Promise<void> {
  await update(tx, id).set({ agency }).execute()
}

/** The agency that somebody typed by its code or its exact name. */
export function findAgencyTyped(db: Db, typed: string) {
  return db
    .selectFrom('people.agency')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('code', '=', typed), eb(eb.fn('lower', ['name']), '=', typed.toLowerCase())]))
    .executeTakeFirst()
}

/** The innovations of these agencies, those that nobody has spoken for first. */
export function listOwn(db: Db, agencies: readonly string[]) {
  return db
    .selectFrom('gallery.innovation')
    .select(['code', 'name', 'agency_name', 'last_year', 'status', 'status_on'])
    .where('agency', 'in', agencies.length > 0 ? [...agencies] : [null])
    .orderBy(sql`status <> 'unknown'`)
    .orderBy(sql`status_on asc nulls first`)
    .orderBy('code')
    .execute()
}
