import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { serve } from '@hono/node-server'
import { aRunningGarda, type RunningGarda } from './running-garda.ts'

const run = promisify(execFile)
const has = (tool: string) =>
  run('which', [tool]).then(
    () => true,
    () => false,
  )

describe('the house: docs/gateways.md', () => {
  let at: RunningGarda
  before(async () => {
    at = await aRunningGarda(new Date())
  })
  after(() => at.world.drop())

  it('has an example that works as it stands: a message comes in by curl', async (test) => {
    if (!(await has('curl')) || !(await has('openssl')) || !(await has('bash')))
      return test.skip('needs bash, curl and openssl')
    const text = readFileSync(path.join(import.meta.dirname, '../docs/gateways.md'), 'utf8')
    const example = /```bash\n([\s\S]*?)```/.exec(text)![1]!
    const { id, secret } = await at.aGateway()
    const server = serve({ fetch: at.world.web.fetch, hostname: '127.0.0.1', port: 0 })
    try {
      await new Promise<void>((ready) => server.once('listening', ready))
      const { port } = server.address() as AddressInfo
      const ADDRESS = `http://127.0.0.1:${port}/services/gateways/${id}/messages`
      const { stdout } = await run('bash', ['-c', example], { env: { ...process.env, ADDRESS, SECRET: secret } })
      const [answer, status] = stdout.trim().split('\n')
      assert.equal(status, '202', stdout)
      assert.match(JSON.parse(answer!).receipt, /^[0-9a-f-]{36}$/)
      const { n } = await at.world.db
        .selectFrom('services.conversation')
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
      assert.equal(n, '1')
    } finally {
      await new Promise((closed) => server.close(closed))
    }
  })
})
