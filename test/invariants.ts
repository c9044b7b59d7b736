import assert from 'node:assert/strict'
import type { Db } from '#platform/db.ts'
import { brokenInvariants } from '#platform/invariants.ts'

/** Fail when something that must always hold does not, after whatever a test file did. */
export async function assertInvariants(db: Db): Promise<void> {
  const broken = await brokenInvariants(db)
  assert.deepEqual(
    broken.map(
      ({ file, sentence, rows, examples }) =>
        `${file}: not so: ${sentence} (${rows} rows, ${JSON.stringify(examples)})`,
    ),
    [],
  )
}
