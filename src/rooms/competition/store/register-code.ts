import type { Db } from '#platform/db.ts'

/** The innovations (by winner.innovation) that carry these codes, by code. */
export type FindByCode = (db: Db, codes: readonly string[]) => Promise<Map<string, string>>

let find: FindByCode = async () => new Map()

/** Told once at start: the codes are the gallery's, which this room may not know. */
export function knowRegisterCodes(byCode: FindByCode) {
  find = byCode
}
export const innovationsByCode: FindByCode = (db, codes) =>
  codes.length === 0 ? Promise.resolve(new Map()) : find(db, codes)
