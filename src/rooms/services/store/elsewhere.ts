import type { Db } from '#platform/db.ts'

/** A package that another installation offers, for an agency here: where it leads, and whether it is newer than what runs. */
export type OfferedElsewhere = {
  href: string
  names: Record<string, string>
  version: string
  from: string
  installed: string | null
  newer: boolean
}
export type FindElsewhere = (db: Db, agency: string) => Promise<OfferedElsewhere[]>

let find: FindElsewhere = async () => []

/** Told once at start: what comes from other installations is the business of a room that this one may not know. */
export function knowOffersElsewhere(offers: FindElsewhere) {
  find = offers
}
export const offersElsewhere: FindElsewhere = (db, agency) => find(db, agency)
