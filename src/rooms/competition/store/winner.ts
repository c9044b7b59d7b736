import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'

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
  return added
}

/** The whole register, oldest first. */
export function listAwards(db: Db | Tx) {
  return db.selectFrom('competition.winner').selectAll().orderBy('year').orderBy('added').orderBy('id').execute()
}
