import type { Db } from '#platform/db.ts'

/** The printed codes of these innovations (by winner.innovation); one that the gallery does not show has none. */
export type CodesOf = (db: Db, innovations: readonly string[]) => Promise<ReadonlyMap<string, string>>

let find: CodesOf = async () => new Map()

/** Told once at start: the codes are the gallery's, which this room may not know. */
export function knowGalleryCodes(codesOf: CodesOf) {
  find = codesOf
}

/** The gallery's code of every entry of a round that the register holds and the gallery shows, by entry. */
export async function galleryCodes(db: Db, round: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('competition.winner')
    .select(['proposal', 'innovation'])
    .where('round', '=', round)
    .where('proposal', 'is not', null)
    .execute()
  const codes =
    rows.length === 0 ? new Map<string, string>() : await find(db, [...new Set(rows.map((row) => row.innovation))])
  return new Map(
    rows.flatMap(({ proposal, innovation }) => {
      const code = codes.get(innovation)
      return proposal && code ? [[proposal, code] as const] : []
    }),
  )
}
