import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { connect, type Db } from '#platform/db.ts'
import { startEmbedded } from '#platform/embedded.ts'
import { prepareTemplate } from './template.ts'

/**
 * A new database with every migration applied, copied from a template. The whole test run shares one server
 * (TEST_SERVER, given by tools/test.mjs); a test file run alone starts its own.
 */
const shared = process.env.TEST_SERVER
const addressOf = shared ? (name: string) => shared.replace('{database}', name) : await ownServer()

async function ownServer() {
  const home = mkdtempSync(path.join(tmpdir(), 'melayani-test-'))
  chmodSync(home, 0o755)
  const server = await startEmbedded(path.join(home, 'pg'), { durable: false })
  after(async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  })
  await prepareTemplate(server)
  return server.address
}

let n = 0
export type Fresh = { db: Db; address: string; drop: () => Promise<void> }

export async function freshDatabase(): Promise<Fresh> {
  const name = `test_${process.pid}_${n++}`
  await admin(`create database ${name} template template_melayani`)
  const address = addressOf(name)
  const db = connect(address, 12)
  return {
    db,
    address,
    async drop() {
      await db.destroy()
      // The server may be tidying up in it just now; only the superuser may send that work away.
      await admin(`drop database ${name} with (force)`, 'postgres')
    },
  }
}

async function admin(statement: string, role = 'melayani') {
  const connectionString = addressOf('postgres').replace('postgres://melayani@', `postgres://${role}@`)
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
