import type { Db } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import shipped from './data/innovations.json' with { type: 'json' }
import { planImport, registerId } from './domain/register.ts'
import { type RowProblem, readInnovations } from './forms/register.ts'
import { addFresh, holdRegister } from './store/winner.ts'

export type Imported = { innovations: number; awards: number; newInnovations: number; newAwards: number }

/** The 142 real innovations that public sources name, each with its source, as the product ships them. */
export const shippedInnovations: readonly unknown[] = shipped

/**
 * Import a file into the register: all of it, or with any problem nothing. Doing it again adds nothing. Without a file
 * the shipped 142 innovations are imported.
 */
export async function importInnovations(
  db: Db,
  options: { raw?: unknown; now?: Date } = {},
): Promise<{ ok: true; imported: Imported } | { ok: false; problems: RowProblem[] }> {
  const { awards, problems } = readInnovations(options.raw ?? shipped)
  if (problems.length > 0) return { ok: false, problems }
  return db.transaction().execute(async (tx) => {
    const { known } = await holdRegister(tx)
    const plan = planImport(awards, known)
    const newAwards = await addFresh(tx, plan.fresh, null)
    const { fresh: _, ...counts } = plan
    const imported = { ...counts, newAwards }
    if (newAwards > 0) {
      const name = 'competition.winners-imported'
      const at = options.now ?? new Date()
      await record(tx, [{ at, actor: null, name, subject: registerId, scope: null, particulars: imported }])
    }
    return { ok: true, imported }
  })
}
