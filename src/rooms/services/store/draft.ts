import { sql } from 'kysely'
import { administered } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Example } from '../domain/package/format/example.ts'
import type { Package } from '../domain/package/format/index.ts'
import { afterSaves, type Changes, type Documents } from '../domain/studio/documents.ts'
import { packageOf } from './package.ts'

/** A draft with its agency, for those who administer it. */
export type Draft = {
  agency: string
  agencyName: string
  region: string | null
  zone: 'WIB' | 'WITA' | 'WIT'
  id: string
  title: string
  base: Package | null
  baseHash: Buffer | null
  documents: Documents
  revision: number
  changed: Date
}

const drafts = (db: Db | Tx, actor: Actor) =>
  db
    .selectFrom('services.draft as d')
    .innerJoin('people.agency as a', 'a.id', 'd.agency')
    .leftJoin('people.region as g', 'g.code', 'a.region')
    .where('d.dropped', 'is', null)
    // An empty list would be no SQL; nothing has this id.
    .where('d.agency', 'in', [...administered(actor), '00000000-0000-0000-0000-000000000000'])

const columns = [
  'd.agency',
  'a.name as agencyName',
  'a.region',
  'g.zone',
  'd.id',
  'd.title',
  'd.base as baseHash',
  'd.content',
  'd.revision',
  'd.changed',
] as const

type Row = Omit<Draft, 'base' | 'documents' | 'zone'> & { content: unknown; zone: string | null }

const asDraft = async (db: Db | Tx, { content, ...row }: Row): Promise<Draft> => ({
  ...row,
  zone: (row.zone ?? 'WIB') as Draft['zone'],
  documents: content as Documents,
  base: row.baseHash ? await packageOf(db, row.baseHash) : null,
})

/** A draft that this person may see; none of another agency exists. */
export async function findDraft(db: Db | Tx, actor: Actor, id: string): Promise<Draft | undefined> {
  const row = await drafts(db, actor).select(columns).where('d.id', '=', id).executeTakeFirst()
  return row && asDraft(db, row)
}

/** The same, held until the act is over. */
export async function holdDraft(tx: Tx, actor: Actor, id: string): Promise<Draft | undefined> {
  const row = await drafts(tx, actor).select(columns).where('d.id', '=', id).forUpdate('d').executeTakeFirst()
  return row && asDraft(tx, row)
}

/** Drafts of the agencies that this person administers, the last changed first. */
export const listDrafts = (db: Db, actor: Actor) =>
  drafts(db, actor)
    .leftJoin('people.person as p', 'p.id', 'd.changed_by')
    .select(['d.id', 'd.title', 'd.revision', 'd.changed', 'a.name as agency', 'p.name as by'])
    .select((eb) =>
      eb
        .selectFrom('services.draft_release as r')
        .select('r.version')
        .whereRef('r.agency', '=', 'd.agency')
        .whereRef('r.draft', '=', 'd.id')
        .orderBy('r.at', 'desc')
        .limit(1)
        .as('published'),
    )
    .orderBy('d.changed', 'desc')
    .limit(200)
    .execute()

export type By = { person: string | null; at: Date }

export async function newDraft(
  tx: Tx,
  draft: { agency: string; id: string; title: string; base: Buffer | null; documents: Documents },
  by: By,
): Promise<void> {
  const { agency, id, title, base, documents } = draft
  const content = JSON.stringify(documents)
  await tx
    .insertInto('services.draft')
    .values({ agency, id, title, base, content, created: by.at, changed: by.at, changed_by: by.person })
    .execute()
  await tx
    .insertInto('services.draft_save')
    .values({ agency, draft: id, revision: 1, changes: content, at: by.at, by: by.person })
    .execute()
}

/** The next revision of a draft; it is held. */
export async function saveDraft(
  tx: Tx,
  { agency, id, revision }: Pick<Draft, 'agency' | 'id' | 'revision'>,
  save: { documents: Documents; changes: Changes; title: string; undo?: number | undefined },
  by: By,
): Promise<void> {
  await tx
    .updateTable('services.draft')
    .set({
      content: JSON.stringify(save.documents),
      title: save.title,
      revision: revision + 1,
      changed: by.at,
      changed_by: by.person,
    })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
  await tx
    .insertInto('services.draft_save')
    .values({
      agency,
      draft: id,
      revision: revision + 1,
      changes: JSON.stringify(save.changes),
      undo: save.undo ?? null,
      at: by.at,
      by: by.person,
    })
    .execute()
}

/** Which documents were saved by whom after a revision. */
export async function savedAfter(db: Db | Tx, { agency, id }: Pick<Draft, 'agency' | 'id'>, revision: number) {
  const rows = await db
    .selectFrom('services.draft_save as s')
    .leftJoin('people.person as p', 'p.id', 's.by')
    .select(['s.revision', 's.at', 'p.name as by'])
    .select(sql<string[]>`array(select json_object_keys(s.changes))`.as('paths'))
    .where('s.agency', '=', agency)
    .where('s.draft', '=', id)
    .where('s.revision', '>', revision)
    .orderBy('s.revision')
    .execute()
  return rows
}

/** Every save, the last first. */
export const listSaves = (db: Db, { agency, id }: Pick<Draft, 'agency' | 'id'>) =>
  db
    .selectFrom('services.draft_save as s')
    .leftJoin('people.person as p', 'p.id', 's.by')
    .select(['s.revision', 's.undo', 's.at', 'p.name as by'])
    .select(sql<string[]>`array(select json_object_keys(s.changes))`.as('paths'))
    .where('s.agency', '=', agency)
    .where('s.draft', '=', id)
    .orderBy('s.revision', 'desc')
    .limit(500)
    .execute()

/** The documents as they were at a revision; undefined where there was none. */
export async function documentsAt(
  db: Db | Tx,
  { agency, id }: Pick<Draft, 'agency' | 'id'>,
  revision: number,
): Promise<Documents | undefined> {
  const rows = await db
    .selectFrom('services.draft_save')
    .select(['revision', 'changes'])
    .where('agency', '=', agency)
    .where('draft', '=', id)
    .where('revision', '<=', revision)
    .orderBy('revision')
    .execute()
  return rows.at(-1)?.revision === revision ? afterSaves(rows.map(({ changes }) => changes as Changes)) : undefined
}

export async function saveDropped(tx: Tx, { agency, id }: Draft, at: Date): Promise<void> {
  await tx
    .updateTable('services.draft')
    .set({ dropped: at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** What this person is trying with the draft. */
export async function findTrial(
  db: Db | Tx,
  { agency, id }: Pick<Draft, 'agency' | 'id'>,
  person: string,
): Promise<Example | undefined> {
  const row = await db
    .selectFrom('services.draft_trial')
    .select('example')
    .where('agency', '=', agency)
    .where('draft', '=', id)
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.example as Example | undefined
}

export async function saveTrial(tx: Tx, { agency, id }: Draft, person: string, example: Example, at: Date) {
  const row = { example: JSON.stringify(example), at }
  await tx
    .insertInto('services.draft_trial')
    .values({ agency, draft: id, person, ...row })
    .onConflict((c) => c.columns(['agency', 'draft', 'person']).doUpdateSet(row))
    .execute()
}

/** A release that an agency of this person runs, to begin a draft from. */
export async function releaseRunBy(db: Db | Tx, agency: string, service: string) {
  const row = await db
    .selectFrom('services.service')
    .select(['release', 'package'])
    .where('agency', '=', agency)
    .where('id', '=', service)
    .where('retired', 'is', null)
    .executeTakeFirst()
  return row && { hash: row.release, pkg: await packageOf(db, row.release) }
}

/** What an agency runs, by the name of the package. */
export const listRunning = (db: Db, agencies: readonly string[]) =>
  agencies.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('services.service as s')
        .innerJoin('services.release as r', 'r.hash', 's.release')
        .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
        .select(['s.id', 's.agency', 's.package', 'r.version', 'u.name as unitName'])
        .select(sql<Record<string, string>>`r.content::jsonb -> 'manifest' -> 'names'`.as('names'))
        .where('s.agency', 'in', [...agencies])
        .where('s.retired', 'is', null)
        .orderBy('s.package')
        .execute()

/** An agency as the place where a draft begins. */
export const findAgency = (db: Db | Tx, id: string) =>
  db.selectFrom('people.agency').select(['id', 'name', 'region']).where('id', '=', id).executeTakeFirst()

/** The service whose release a draft changes: the one that runs it now, or else one of the same package. */
export async function serviceOf(tx: Db | Tx, { agency, base, baseHash }: Draft): Promise<string | undefined> {
  if (!base || !baseHash) return undefined
  const rows = await tx
    .selectFrom('services.service')
    .select(['id', 'release'])
    .where('agency', '=', agency)
    .where('package', '=', base.manifest.id)
    .where('retired', 'is', null)
    .orderBy('installed')
    .execute()
  return (rows.find(({ release }) => release.equals(baseHash)) ?? rows[0])?.id
}

/** From now on a draft changes this release. */
export async function saveBase(tx: Tx, { agency, id }: Draft, base: Buffer): Promise<void> {
  await tx.updateTable('services.draft').set({ base }).where('agency', '=', agency).where('id', '=', id).execute()
}
