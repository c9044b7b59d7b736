import { sql } from 'kysely'
import { listAwards, listRounds, publicAnswers } from '#competition'
import type { Tx } from '#platform/db.ts'
import { type Award, codeOf, familyOf, gather, isDemo } from '../domain/innovation.ts'
import type { Photo, Telling } from '../domain/shown.ts'
import { translationOf } from '../domain/translation.ts'
import { refreshSuggestions } from './suggestion.ts'

export type Synced = { innovations: number; added: number; changed: number }

/**
 * Bring the gallery up to the register: an innovation for each identity there, its history, its gathered facts. What its
 * agency wrote (status, contact, goals, additions) stays. Doing it again changes nothing.
 */
export async function syncGallery(tx: Tx): Promise<Synced> {
  await sql`select pg_advisory_xact_lock(7019)`.execute(tx)
  const demo = new Set((await listRounds(tx, { drafts: true })).filter((round) => round.demo).map((round) => round.id))
  const awards = ((await listAwards(tx)) as Award[]).map((award) =>
    award.round !== null && demo.has(award.round) && !isDemo(award)
      ? { ...award, flags: [...award.flags, 'demo'] }
      : award,
  )
  const held = await tx.selectFrom('gallery.innovation').select(['id', 'code']).execute()
  const codes = new Map(held.map((row) => [row.id, row.code]))
  const groups = [...Map.groupBy(awards, (award) => award.innovation)]
  const before = await countChanges(tx)

  const fresh = groups.filter(([id]) => !codes.has(id))
  const numbers = await takeNumbers(tx, fresh.length)
  for (const [i, [id]] of fresh.entries()) codes.set(id, codeOf(numbers[i]!))

  const rows = groups.map(([id, list]) => {
    const gathered = gather(list)
    return {
      id,
      code: codes.get(id)!,
      ...gathered,
      translation: translationOf(gathered.name, gathered.lang),
    }
  })
  for (let from = 0; from < rows.length; from += 500) await saveInnovations(tx, rows.slice(from, from + 500))
  await adoptByName(tx)

  const history = awards.map((award) => ({
    innovation: award.innovation,
    id: award.id,
    year: award.year,
    level: award.level,
    family: familyOf(award.level),
    category: award.category,
    source: award.source,
    decree: award.decree,
    round: award.round,
    flags: award.flags.filter((flag) => flag !== 'demo'),
    demo: isDemo(award),
  }))
  for (let from = 0; from < history.length; from += 1000)
    await tx
      .insertInto('gallery.award')
      .values(history.slice(from, from + 1000))
      .onConflict((c) =>
        c.columns(['innovation', 'id']).doUpdateSet((eb) => ({
          year: eb.ref('excluded.year'),
          level: eb.ref('excluded.level'),
          family: eb.ref('excluded.family'),
          category: eb.ref('excluded.category'),
          source: eb.ref('excluded.source'),
          decree: eb.ref('excluded.decree'),
          flags: eb.ref('excluded.flags'),
          demo: eb.ref('excluded.demo'),
        })),
      )
      .execute()
  await followProposals(tx, groups)
  const after = await countChanges(tx)
  if (after.total !== before.total || after.last !== before.last) {
    await refreshWords(tx)
    await refreshSuggestions(tx)
  }
  return { innovations: groups.length, added: fresh.length, changed: after.touched }
}

async function saveInnovations(
  tx: Tx,
  rows: readonly (ReturnType<typeof gather> & { id: string; code: string; translation: string | null })[],
) {
  await tx
    .insertInto('gallery.innovation')
    .values([...rows])
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          agency_name: eb.ref('excluded.agency_name'),
          agency: sql`coalesce(excluded.agency, gallery.innovation.agency)`,
          region_name: eb.ref('excluded.region_name'),
          province: eb.ref('excluded.province'),
          first_year: eb.ref('excluded.first_year'),
          last_year: eb.ref('excluded.last_year'),
          years: eb.ref('excluded.years'),
          levels: eb.ref('excluded.levels'),
          categories: eb.ref('excluded.categories'),
          category: eb.ref('excluded.category'),
          summary: eb.ref('excluded.summary'),
          lang: eb.ref('excluded.lang'),
          translation: eb.ref('excluded.translation'),
          flags: eb.ref('excluded.flags'),
          in_seed: eb.ref('excluded.in_seed'),
          demo: eb.ref('excluded.demo'),
          changed: sql`now()`,
        }))
        .where(
          sql<boolean>`(gallery.innovation.name, gallery.innovation.agency_name, gallery.innovation.region_name, gallery.innovation.province,
            gallery.innovation.years, gallery.innovation.levels, gallery.innovation.categories, gallery.innovation.category, gallery.innovation.summary,
            gallery.innovation.lang, gallery.innovation.translation, gallery.innovation.flags, gallery.innovation.in_seed, gallery.innovation.demo,
            gallery.innovation.agency)
            is distinct from (excluded.name, excluded.agency_name, excluded.region_name, excluded.province, excluded.years, excluded.levels,
            excluded.categories, excluded.category, excluded.summary, excluded.lang, excluded.translation, excluded.flags, excluded.in_seed, excluded.demo,
            coalesce(excluded.agency, gallery.innovation.agency))`,
        ),
    )
    .execute()
}

/** An innovation whose agency is written exactly as an agency here belongs to that agency. */
async function adoptByName(tx: Tx) {
  await sql`update gallery.innovation i set agency = a.id, changed = now()
    from people.agency a where i.agency is null and lower(a.name) = lower(i.agency_name)`.execute(tx)
}

async function takeNumbers(tx: Tx, n: number): Promise<number[]> {
  if (n === 0) return []
  const { rows } = await sql<{ number: number }>`
    select nextval('gallery.code_number')::int as number from generate_series(1, ${n}::int)`.execute(tx)
  return rows.map((row) => row.number).sort((a, b) => a - b)
}

async function countChanges(tx: Tx) {
  const { rows } = await sql<{ total: number; last: string | null; touched: number }>`
    select count(*)::int as total, max(changed)::text as last, count(*) filter (where changed = now())::int as touched
    from gallery.innovation`.execute(tx)
  return rows[0]!
}

/**
 * The story and photos of winners of our own rounds: the public answers of the newest proposal that has any. What was
 * added by hand stays after them.
 */
async function followProposals(tx: Tx, groups: readonly (readonly [string, readonly Award[]])[]) {
  const asked = groups.flatMap(([, list]) => list.flatMap((award) => award.proposal ?? []))
  const told = await publicAnswers(tx, [...new Set(asked)])
  for (const [id, list] of groups) {
    const proposal = list.findLast((award) => award.proposal && told.get(award.proposal))?.proposal
    const open = proposal ? told.get(proposal) : undefined
    if (!proposal || !open) continue
    const parts = open.answers.map(
      ({ key, question, text }): Telling => ({
        id: `${proposal}:${key}`,
        from: 'proposal',
        question: question.id,
        questionEn: question.en,
        text,
        lang: 'id',
        at: open.arrived.toISOString(),
        ...(open.demo && { demo: true }),
      }),
    )
    const photos = open.photos.map(({ file, label }): Photo => ({ file, label }))
    const held = await tx
      .selectFrom('gallery.innovation')
      .select('story')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const story = JSON.stringify([...parts, ...(held.story as Telling[]).filter((part) => part.from !== 'proposal')])
    await tx
      .updateTable('gallery.innovation')
      .set({ story, photos: JSON.stringify(photos), changed: sql`now()` })
      .where('id', '=', id)
      .where(sql<boolean>`(story, photos) is distinct from (${story}::jsonb, ${JSON.stringify(photos)}::jsonb)`)
      .execute()
  }
}

/** The vocabulary, counted anew from names, agencies, summaries and translations. */
export async function refreshWords(tx: Tx): Promise<void> {
  await tx.deleteFrom('gallery.word').execute()
  await sql`insert into gallery.word (word, uses)
    select word, ndoc from ts_stat($$select to_tsvector('simple', concat_ws(' ', name, agency_name, region_name, summary, translation, category)) from gallery.innovation$$)
    where length(word) between 3 and 40 and word !~ '[0-9]'`.execute(tx)
}
