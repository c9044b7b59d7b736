import { existsSync } from 'node:fs'
import path from 'node:path'
import { connect } from '#platform/db.ts'
import { runningEmbedded, startEmbedded } from '#platform/embedded.ts'
import { verifyChain } from '#platform/log.ts'

/**
 * `npm run verify-log`: walk the record of acts and recompute its hashes. Reads DATABASE_URL, or the embedded database in
 * DATA_DIR: the one that runs there now (it is left running), or one started for this and stopped again. Prints the last
 * number and hash, to be kept elsewhere and compared next time. Ends with 1 when an event is missing or was changed.
 */
const home = path.join(path.resolve(process.env.DATA_DIR ?? path.join(import.meta.dirname, '../data')), 'postgres')
const running = process.env.DATABASE_URL ? undefined : await runningEmbedded(home)
if (!process.env.DATABASE_URL && !running && !existsSync(path.join(home, 'data/PG_VERSION'))) {
  console.error(`There is no database in ${home}. Set DATA_DIR or DATABASE_URL.`)
  process.exit(2)
}
const started = process.env.DATABASE_URL || running ? undefined : await startEmbedded(home)
const address = process.env.DATABASE_URL ?? (running ?? started!).address('melayani')
const db = connect(address, 1)
let code = 0
try {
  const { events, broken } = await verifyChain(db)
  if (broken) {
    console.error(`Event ${broken.id} is ${broken.reason}. ${events} events before it hold.`)
    code = 1
  } else {
    const last = await db
      .selectFrom('log.event')
      .select(['id', 'hash'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    console.log(`${events} events hold.`)
    if (last) console.log(`Last: ${last.id} ${last.hash.toString('hex')}`)
  }
} finally {
  await db.destroy()
  await started?.stop()
}
process.exit(code)
