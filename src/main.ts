import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { endInterrupted } from '#judging'
import { usePublicAddress } from '#platform/address.ts'
import { systemClock } from '#platform/clock.ts'
import { connect } from '#platform/db.ts'
import { dropDatabase, ensureDatabase, isListening, startEmbedded } from '#platform/embedded.ts'
import { migrateJobs, startWorker } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'
import { allowLocal } from '#platform/outside.ts'
import { secretKey, useSecretKey } from '#platform/secret.ts'
import { app } from './app.ts'
import { castList, demoState, seedDemo } from './demo/seed.ts'
import { crons, jobs } from './jobs.ts'

const host = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT ?? 3000)
const dataDir = path.resolve(process.env.DATA_DIR ?? path.join(import.meta.dirname, '../data'))
const demo = !process.argv.includes('--empty')
const say = (line: string) => console.log(line)

if (await isListening(host === '0.0.0.0' ? '127.0.0.1' : host, port)) {
  console.error(`Something answers on ${host}:${port} already. Stop it, or choose another port: PORT=3001 npm start`)
  process.exit(1)
}
mkdirSync(dataDir, { recursive: true })
chmodSync(dataDir, 0o755)
mkdirSync(path.join(dataDir, 'files'), { recursive: true, mode: 0o700 })
useSecretKey(secretKey(dataDir))
// A passkey belongs to a name, so the address by default is localhost and not 127.0.0.1.
usePublicAddress(process.env.PUBLIC_URL ?? `http://localhost:${port}`)
// Several installations on one machine, as in the demo, reach each other without https.
allowLocal(demo || process.env.ALLOW_LOCAL === '1')

// An empty variable is none.
const given = process.env.DATABASE_URL || undefined
const first = !given && !existsSync(path.join(dataDir, 'postgres/data/PG_VERSION'))
if (first) say('Setting up the database (only the first time) …')

// What was opened is closed in the opposite order, at whatever moment somebody presses Ctrl-C.
const closing: (() => Promise<unknown>)[] = []
/** What does not end in time is left behind: everything acknowledged is in the database already. */
const inTime = (work: Promise<unknown>) => Promise.race([work, new Promise((late) => setTimeout(late, 10_000))])

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  say('\nStopping …')
  for (const close of closing.reverse()) await inTime(close()).catch((error: Error) => console.error(error.message))
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.on('uncaughtException', (error) => {
  // Stopped while it started: what was still being done fails, and that is all right.
  if (stopping) return
  console.error(error)
  process.exit(1)
})

const starting = given ? undefined : startEmbedded(path.join(dataDir, 'postgres'))
closing.push(async () => (await starting)?.stop())
const embedded = await starting
if (embedded) await ensureDatabase(embedded, 'melayani')
const address = given ?? embedded!.address('melayani')

embedded?.onLoss(() => {
  if (stopping) return
  console.error('The database has stopped by itself. Melayani stops too; start it again and the database recovers.')
  process.exit(1)
})

/** Bring the database up to date and open it. */
async function open() {
  await migrate(address, say)
  await migrateJobs(address)
  return connect(address)
}

let db = await open()
if (demo && embedded && (await demoState(db)) === 'cut-off') {
  say('The demo was cut off while it was being set up; beginning again.')
  await db.destroy()
  await dropDatabase(embedded, 'melayani')
  await ensureDatabase(embedded, 'melayani')
  db = await open()
}
const house = { db, clock: systemClock, files: { folder: path.join(dataDir, 'files') }, demo, moment: 2 }
if (demo && (await demoState(db)) === 'none') await seedDemo(house, address, say)
closing.push(() => db.destroy())
// What a restart cut off is shown as such and can be started again.
await endInterrupted(db, house.clock.now())
const worker = await startWorker(address, db, jobs, crons, house.files)
closing.push(() => worker.stop())
const server = serve({ fetch: app(house).fetch, hostname: host, port }, () => {
  say(`\nMelayani: http://${host}:${port}/   (ready in ${(performance.now() / 1000).toFixed(1)} s; Ctrl-C stops it)`)
  if (demo) say(castList())
})

// Requests under way may end; connections that only wait are closed.
closing.push(
  () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      setTimeout(closed, 5000).unref()
    }),
)
