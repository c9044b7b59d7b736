import type { Tx } from '#platform/db.ts'
import type { Case } from '../domain/case.ts'

/** Every consent that was given or taken back between two states of a case. */
export async function keepConsents(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  before: Case['consents'],
  after: Case['consents'],
): Promise<void> {
  const changed = Object.entries(after).filter(
    ([purpose, { given, version }]) => before[purpose]?.given !== given || before[purpose]?.version !== version,
  )
  if (changed.length === 0) return
  await tx
    .insertInto('services.consent')
    .values(
      changed.map(([purpose, { given, version, at }]) => ({
        agency,
        case: id,
        purpose,
        version,
        given,
        at: new Date(at),
      })),
    )
    .onConflict((c) =>
      c.columns(['agency', 'case', 'purpose', 'at']).doUpdateSet((eb) => ({ given: eb.ref('excluded.given') })),
    )
    .execute()
}
