import type { Db } from '#platform/db.ts'
import type { Elsewhere } from '../domain/lineage.ts'

/** Who runs these packages in other installations, by package. */
export type FindElsewhere = (db: Db, packages: readonly string[]) => Promise<Map<string, Elsewhere[]>>
let find: FindElsewhere = async () => new Map()

/** Told once at start: what other installations report is the business of a room that this one may not know. */
export function knowAdoptersElsewhere(adopters: FindElsewhere) {
  find = adopters
}
export const adoptersElsewhere: FindElsewhere = (db, packages) =>
  packages.length === 0 ? Promise.resolve(new Map()) : find(db, packages)
