import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { ensureDatabase, runningEmbedded, startEmbedded } from '#platform/embedded.ts'
import { backup, restore } from './backup.ts'

/** `npm run backup [-- folder]` and `npm run restore -- folder`. DATA_DIR and DATABASE_URL mean what they mean to `npm start`. */
const [verb, folder] = process.argv.slice(2)
const dataDir = path.resolve(process.env.DATA_DIR ?? path.join(import.meta.dirname, '../data'))
const files = path.join(dataDir, 'files')

async function main() {
  if (verb !== 'backup' && verb !== 'restore') throw new Error('Say backup or restore.')
  if (verb === 'restore' && !folder)
    throw new Error('Name the folder of the backup: npm run restore -- backups/2026-11-21')
  mkdirSync(dataDir, { recursive: true })
  const { address, stop } = await database()
  try {
    if (verb === 'backup') {
      const to = path.resolve(
        folder ?? path.join(dataDir, 'backups', new Date().toISOString().slice(0, 19).replaceAll(':', '')),
      )
      if (existsSync(to)) throw new Error(`${to} is there already.`)
      mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 })
      const { tables, files: count } = await backup(address, files, to)
      const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
      console.log(`Backed up ${rows} rows of ${Object.keys(tables).length} tables and ${count} files to ${to}`)
      console.log('The secret key is not in it. Keep SECRET_KEY, or secret.key of the data folder, in another place.')
    } else {
      const { at } = await restore(address, files, path.resolve(folder!))
      console.log(`Restored the state of ${at}. Put the secret key back before you start.`)
    }
  } finally {
    await stop()
  }
}

/** The database that is meant: a server's, the running product's, or the product's own, started for this. */
async function database(): Promise<{ address: string; stop: () => Promise<void> }> {
  if (process.env.DATABASE_URL) return { address: process.env.DATABASE_URL, stop: async () => {} }
  const home = path.join(dataDir, 'postgres')
  const running = await runningEmbedded(home)
  if (running) return { address: running.address('melayani'), stop: async () => {} }
  const embedded = await startEmbedded(home)
  await ensureDatabase(embedded, 'melayani')
  return { address: embedded.address('melayani'), stop: embedded.stop }
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
