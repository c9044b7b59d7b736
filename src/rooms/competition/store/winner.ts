import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs.ts'
import type { ImportPlan, KnownAward } from '../domain/register.ts'

/** One award in the register of winners. `innovation` is the identity that stays the same over the years. */
export type Award = {
  innovation?: string
  name: string
  agency_name: string
  agency: string | null
  region_name: string
  region: string | null
  year: number | null
  level: string
  category: string | null
  summary: string
  /** The language of the summary; Indonesian unless told. */
  lang?: 'id' | 'en'
  source: string
  flags?: string[]
  in_seed?: boolean
  round?: string | null
  proposal?: string | null
  decree?: string | null
}

/** Add awards; one that stands there already is left as it is. Returns how many were new. */
export async function addAwards(tx: Tx | Db, awards: readonly Award[], by: string | null): Promise<number> {
  let added = 0
  for (const award of awards) {
    const id = newId()
    const { innovation = id, ...rest } = award
    const row = await tx
      .insertInto('competition.winner')
      .values({ id, innovation, ...rest, added_by: by })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row) added++
  }
  // Whoever shows the register (the gallery) follows it; src/jobs.ts says who that is.
  if (added > 0) await enqueue(tx, 'competition.register-changed', {}, { key: 'competition.register-changed' })
  return added
}

/** The whole register, oldest first. */
export function listAwards(db: Db | Tx) {
  return db.selectFrom('competition.winner').selectAll().orderBy('year').orderBy('added').orderBy('id').execute()
}

/** One page of the register for its keeper: newest year first, narrowed by words of the name, the agency or the source. */
export async function pageOfAwards(db: Db, options: { words: string; offset: number; limit: number }) {
  const like = `%${options.words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const rows = db
    .selectFrom('competition.winner')
    .$if(options.words !== '', (q) =>
      q.where((eb) =>
        eb.or([
          eb(eb.fn('lower', ['name']), 'like', like),
          eb(eb.fn('lower', ['agency_name']), 'like', like),
          eb(eb.fn('lower', ['source']), 'like', like),
        ]),
      ),
    )
  const [list, { total }] = await Promise.all([
    rows
      .selectAll()
      .orderBy('year', (order) => order.desc().nullsLast())
      .orderBy('name')
      .orderBy('id')
      .offset(options.offset)
      .limit(options.limit)
      .execute(),
    rows.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { rows: list, total: Number(total) }
}

/** Hold the register, so that two imports at once follow each other, and list what stands there. */
export async function holdRegister(tx: Tx): Promise<{ known: KnownAward[] }> {
  await sql`select pg_advisory_xact_lock(7018)`.execute(tx)
  return { known: await listKnownAwards(tx) }
}

/** What of the register an import must know: each award that stands there and the innovation it belongs to. */
export function listKnownAwards(db: Db | Tx): Promise<KnownAward[]> {
  return db
    .selectFrom('competition.winner')
    .select(['innovation', 'name', 'agency_name', 'year', 'level'])
    .orderBy('added')
    .orderBy('id')
    .execute()
}

/** Add the awards of an import; those of one new innovation get one identity. Returns how many were new. */
export async function addFresh(tx: Tx, fresh: ImportPlan['fresh'], by: string | null): Promise<number> {
  const made = new Map<string, string>()
  const rows = fresh.map(({ innovation, identity, award }) => {
    if (!innovation && !made.has(identity)) made.set(identity, newId())
    return {
      innovation: innovation ?? made.get(identity)!,
      name: award.name,
      agency_name: award.agency,
      agency: null,
      region_name: award.regionName,
      region: award.region,
      year: award.year,
      level: award.level,
      category: award.category,
      summary: award.summary,
      lang: award.lang,
      source: award.source,
      flags: award.flags,
      in_seed: award.inSeed,
    }
  })
  return addAwards(tx, rows, by)
}
