import { sql } from 'kysely'
import type { Tx } from '#platform/db.ts'
import type { Case } from '../domain/case.ts'

type Of = { agency: string; id: string }

/** Every consent that was given or taken back between two states of a case, as rows. */
export const consentRows = ({ agency, id }: Of, before: Case['consents'], after: Case['consents']) =>
  Object.entries(after)
    .filter(([purpose, { given, version }]) => before[purpose]?.given !== given || before[purpose]?.version !== version)
    .map(([purpose, { given, version, at }]) => ({ agency, case: id, purpose, version, given, at: new Date(at) }))

/** Every consent that was given or taken back between two states of a case. */
export async function keepConsents(tx: Tx, of: Of, before: Case['consents'], after: Case['consents']): Promise<void> {
  const rows = consentRows(of, before, after)
  if (rows.length === 0) return
  await tx
    .insertInto('services.consent')
    .values(rows)
    .onConflict((c) =>
      c.columns(['agency', 'case', 'purpose', 'at']).doUpdateSet((eb) => ({ given: eb.ref('excluded.given') })),
    )
    .execute()
}

/** Something was taken back: what was before a merge must not bring it back. */
export async function forgetMerges(tx: Tx, { agency, id }: { agency: string; id: string }): Promise<void> {
  await sql`update services.merge set before = null where agency = ${agency} and (kept = ${id} or merged = ${id})`.execute(
    tx,
  )
}
