import type { ComponentChildren } from 'preact'
import type { Db } from '#platform/db.ts'
import type { View } from '#platform/http.ts'

/** What another room shows on an innovation's page: `part` in it, `doing` beside it. */
export type Beside = { part: ComponentChildren; doing: ComponentChildren }
type Show = (db: Db, view: View, code: string) => Promise<Beside | undefined>

let show: Show = async () => undefined

/** The room that copies innovations hands over, at start, what it knows of each; the gallery may not know that room. */
export function knowReplication(how: Show) {
  show = how
}
export const besideOf: Show = (db, view, code) => show(db, view, code)
