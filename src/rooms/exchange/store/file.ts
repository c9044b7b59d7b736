import type { Db, Tx } from '#platform/db.ts'

/** Sealed files by the SHA-256 of their bytes. */
export const findFile = (db: Db | Tx, sha256: Buffer) =>
  db.selectFrom('exchange.file').select(['sha256', 'bytes', 'release']).where('sha256', '=', sha256).executeTakeFirst()

/** Hash and size of the files that we sealed, by release in hex. One query, or none. */
export async function filesOfReleases(db: Db | Tx, releases: readonly Buffer[]) {
  const rows =
    releases.length === 0
      ? []
      : await db
          .selectFrom('exchange.file')
          .select(['release', 'sha256', (eb) => eb.fn<number>('length', ['bytes']).as('size')])
          .where('release', 'in', [...releases])
          .execute()
  return new Map(
    rows.map(({ release, sha256, size }) => [release!.toString('hex'), { sha256: sha256.toString('hex'), size }]),
  )
}

export async function saveFile(
  db: Db | Tx,
  file: { sha256: Buffer; bytes: Buffer; release: Buffer | null; at: Date },
): Promise<void> {
  await db
    .insertInto('exchange.file')
    .values(file)
    .onConflict((c) => c.doNothing())
    .execute()
}
