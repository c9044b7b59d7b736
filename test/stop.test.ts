import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { aDataFolder, type Running, startServer } from './server.ts'

describe('the house: stopped and started', { timeout: 300_000 }, () => {
  const data = aDataFolder()
  after(() => data.remove())

  const answers = async ({ url }: Running) => assert.equal((await fetch(`${url}/masuk`)).status, 200)
  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0)
      return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
    } catch {
      return false
    }
  }
  const databaseFiles = path.join(data.folder, 'postgres/data')

  it('is killed while it sets itself up, at four moments, and sets itself up the next time', async () => {
    for (const moment of [/Setting up/, /0001_log/, /0002_people/, /0003_competition/])
      await assert.rejects(startServer(data.folder, {}, { killAt: moment }), /before it was ready/)
    const running = await startServer(data.folder)
    await answers(running)
    assert.equal(await running.end('SIGKILL'), null)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`ends with 0 at ${signal}, takes its database along, and opens again`, async () => {
      const running = await startServer(data.folder)
      const postmaster = running.postmaster()
      await answers(running)
      assert.equal(await running.end(signal), 0)
      assert.equal(isAlive(postmaster), false)
      assert.equal(existsSync(path.join(databaseFiles, 'postmaster.pid')), false)
      assert.match(running.said(), /Stopping/)
    })

  it('ends with 0 at Ctrl-C while it is still starting, and takes its database along', async () => {
    await assert.rejects(
      startServer(data.folder, {}, { interruptWhen: () => existsSync(path.join(databaseFiles, 'postmaster.pid')) }),
      /stopped with 0 before/,
    )
    assert.equal(existsSync(path.join(databaseFiles, 'postmaster.pid')), false)
  })

  it('stops a database that was left alone by a kill, and starts its own', async () => {
    const first = await startServer(data.folder)
    const alone = first.postmaster()
    await first.end('SIGKILL')
    assert.equal(isAlive(alone), true)
    const second = await startServer(data.folder)
    assert.equal(isAlive(alone), false)
    await answers(second)
    await second.end('SIGINT')
  })

  it('recovers a database that was killed by itself, and says so when that happens', async () => {
    const first = await startServer(data.folder)
    process.kill(first.postmaster(), 'SIGKILL')
    await new Promise((gone) => first.child.once('exit', gone))
    assert.match(first.said(), /The database has stopped by itself/)
    const second = await startServer(data.folder)
    await answers(second)
    assert.equal(await second.end('SIGINT'), 0)
  })

  it('does not start twice on one address', async () => {
    const first = await startServer(data.folder)
    const other = aDataFolder()
    await assert.rejects(
      startServer(other.folder, {}, { port: Number(new URL(first.url).port) }),
      /Something answers on/,
    )
    other.remove()
    await first.end('SIGINT')
  })
})
