import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureDatabase, startEmbedded } from '#platform/embedded.ts'
import { migrate } from '#platform/migrate.ts'

/** A server and a migrated database for the length of one piece of work; `durable` where what it costs to keep is measured. */
export async function withScratchDatabase(
  work: (address: string) => Promise<void>,
  { durable = false }: { durable?: boolean } = {},
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'melayani-'))
  // mkdtemp keeps others out; the server, run as nobody when we are root, must get in.
  chmodSync(home, 0o755)
  const server = await startEmbedded(path.join(home, 'pg'), { durable })
  try {
    await ensureDatabase(server, 'scratch')
    await migrate(server.address('scratch'))
    await work(server.address('scratch'))
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
