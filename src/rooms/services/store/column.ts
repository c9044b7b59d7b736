import type { Tx } from '#platform/db.ts'
import { seal } from '#platform/secret.ts'
import type { Case, Installation } from '../domain/case.ts'
import type { Package } from '../domain/package/format/index.ts'
import { takeApart } from '../domain/record.ts'
import { dueNext } from '../domain/timing.ts'
import type { Held } from './held.ts'

/** A case as its columns: the four kinds of values as JSON. */
export const columnsOf = (pkg: Package, here: Installation, it: Case) => {
  const filed = takeApart(pkg, it, seal)
  const next = it.closedAt === undefined ? dueNext(pkg, here, it) : undefined
  return {
    state: it.state,
    closed: it.closedAt === undefined ? null : new Date(it.closedAt),
    // What time does by itself is no sign of life.
    moved: new Date(it.history.findLast(({ role }) => role !== 'system')?.at ?? it.openedAt),
    // A part of a millisecond is rounded up: at the time that stands here, it is due.
    due: next ? new Date(Math.ceil(next.at)) : null,
    life: JSON.stringify(filed.life),
    open: JSON.stringify(filed.open),
    personal: JSON.stringify(filed.personal),
    specific: JSON.stringify(filed.specific),
  }
}

/** The columns of a case as it is now. */
export async function writeCase(tx: Tx, { agency, id, pkg, here }: Held, it: Case, more: object = {}): Promise<void> {
  await tx
    .updateTable('services.case')
    .set((eb) => ({ ...columnsOf(pkg, here, it), ...more, revision: eb('revision', '+', 1) }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
