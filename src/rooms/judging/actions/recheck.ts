import { listPassed } from '#competition'
import type { Tx } from '#platform/db.ts'
import { derivedConflicts } from '../domain/conflict.ts'
import { endAssignments } from '../store/assignment.ts'
import { type Conflict, replaceDerived } from '../store/conflict.ts'
import { knownInnovations } from '../store/identity.ts'
import { knownOf } from '../store/involvement.ts'

/**
 * Derive the conflicts again, of one evaluator or of all, and end the readings that a new one touches. Run at every
 * late change. What somebody has cleared stays cleared as long as it follows from the same. Returns the readings that ended: each then asks for its replacement.
 */
export async function recheckConflicts(
  tx: Tx,
  round: string,
  person: string | undefined,
  at: Date,
): Promise<{ proposal: string; evaluator: string }[]> {
  const entries = await listPassed(tx, round)
  const known = await knownOf(tx, round, person)
  const identity = await knownInnovations(
    tx,
    entries.map((entry) => entry.id),
  )
  const found: Conflict[] = []
  for (const [evaluator, facts] of known)
    for (const entry of entries)
      for (const derived of derivedConflicts(facts, { ...entry, innovation: identity.get(entry.id) ?? null }))
        found.push({ agency: entry.agency, proposal: entry.id, evaluator, ...derived })
  const fresh = await replaceDerived(tx, round, person, found, at)
  return endAssignments(tx, fresh, 'recused', null, at)
}
