import type { Db, Tx } from '#platform/db.ts'
import type { RoleName } from '../domain/office.ts'

/** People who hold a role now, by name. */
export function listPeopleWithRole(db: Db | Tx, role: RoleName) {
  return db
    .selectFrom('people.person as p')
    .innerJoin('people.role as r', 'r.person', 'p.id')
    .select(['p.id', 'p.name', 'p.email', 'p.lang'])
    .where('r.role', '=', role)
    .where('r.ended', 'is', null)
    .where('p.closed', 'is', null)
    .distinct()
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}

/** The province, regency or city of that code or name, or of a line that begins with the code; undefined when there is none or more than one. */
export async function findRegionNamed(db: Db | Tx, text: string): Promise<string | undefined> {
  const code = /^\d\d(?:\.\d\d)?(?= |$)/.exec(text.trim())?.[0] ?? ''
  const rows = await db
    .selectFrom('people.region')
    .select('code')
    .where('kind', 'in', ['province', 'regency', 'city'])
    .where((eb) => eb.or([eb('code', '=', code), eb(eb.fn('lower', ['name']), '=', text.trim().toLowerCase())]))
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0]!.code : undefined
}

/** The agency of that code or name. */
export async function findAgencyNamed(db: Db | Tx, text: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('people.agency')
    .select('id')
    .where((eb) => eb.or([eb('code', '=', text.trim()), eb(eb.fn('lower', ['name']), '=', text.trim().toLowerCase())]))
    .executeTakeFirst()
  return row?.id
}

/** The agencies of these codes or names. */
export async function findAgenciesNamed(
  db: Db | Tx,
  texts: readonly string[],
): Promise<{ id: string; code: string; name: string }[]> {
  const wanted = [...new Set(texts.map((text) => text.trim().toLowerCase()))]
  if (wanted.length === 0) return []
  return db
    .selectFrom('people.agency')
    .select(['id', 'code', 'name'])
    .where((eb) => eb.or([eb(eb.fn('lower', ['code']), 'in', wanted), eb(eb.fn('lower', ['name']), 'in', wanted)]))
    .execute()
}

/** The accounts of these addresses, and whether each holds the role now. */
export async function findAccounts(
  db: Db | Tx,
  emails: readonly string[],
  role: RoleName,
): Promise<{ id: string; email: string; closed: Date | null; holds: boolean }[]> {
  if (emails.length === 0) return []
  const rows = await db
    .selectFrom('people.person as p')
    .select(['p.id', 'p.email', 'p.closed'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('people.role as r')
            .select('r.id')
            .whereRef('r.person', '=', 'p.id')
            .where('r.role', '=', role)
            .where('r.ended', 'is', null),
        )
        .as('holds'),
    )
    .where('p.email', 'in', emails)
    .execute()
  return rows.map((row) => ({ ...row, holds: Boolean(row.holds) }))
}
