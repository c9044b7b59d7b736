import type { Db, Tx } from '#platform/db.ts'
import type { Package } from '../domain/package/format/index.ts'

/** Packages by their hash. What has a hash never changes, so it is read once in a process. */
const read = new Map<string, Package>()

/** The packages of these releases by their hash in hex: one query, or none when all are known. */
export async function packagesOf(db: Db | Tx, hashes: readonly Buffer[]): Promise<Map<string, Package>> {
  if (read.size > 200) read.clear()
  const missing = hashes.filter((hash) => !read.has(hash.toString('hex')))
  if (missing.length > 0) {
    const rows = await db
      .selectFrom('services.release')
      .select(['hash', 'content'])
      .where('hash', 'in', missing)
      .execute()
    for (const { hash, content } of rows) read.set(hash.toString('hex'), content as unknown as Package)
  }
  return new Map(hashes.map((hash) => [hash.toString('hex'), read.get(hash.toString('hex'))!]))
}

export async function packageOf(db: Db | Tx, hash: Buffer): Promise<Package> {
  return (await packagesOf(db, [hash])).get(hash.toString('hex'))!
}
