import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Effect } from '../domain/moving.ts'

type Of = { agency: string; id: string }

/** Work that a move put into a role's list, as rows. */
export const taskRows = ({ agency, id }: Of, effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.kind === 'task'
      ? [{ agency, id: newId(), case: id, role: effect.role, task: effect.task, at: new Date(effect.at) }]
      : [],
  )

/** Work that a move put into a role's list. */
export async function addTasks(tx: Tx, of: Of, effects: readonly Effect[]): Promise<void> {
  const rows = taskRows(of, effects)
  if (rows.length > 0) await tx.insertInto('services.task').values(rows).execute()
}

/** The open work of a role in a case is done; of every role when `role` is null. */
export async function endTasks(tx: Tx, { agency, id }: Of, role: string | null, at: Date): Promise<void> {
  let query = tx
    .updateTable('services.task')
    .set({ done: at })
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('done', 'is', null)
  if (role !== null) query = query.where('role', '=', role)
  await query.execute()
}
