import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Fresh, freshDatabase } from '../../test/database.ts'
import { forgive, withinLimit } from './limit.ts'

describe('platform: attempts are counted', () => {
  let fresh: Fresh
  before(async () => {
    fresh = await freshDatabase()
  })
  after(() => fresh.drop())

  it('lets three of three through and stops the fourth, for this key alone', async () => {
    const said: boolean[] = []
    for (let i = 0; i < 4; i++) said.push(await withinLimit(fresh.db, 'a', 3, 900))
    assert.deepEqual(said, [true, true, true, false])
    assert.equal(await withinLimit(fresh.db, 'b', 3, 900), true)
  })
  it('lets no more through when thirty are sent at once', async () => {
    const said = await Promise.all(Array.from({ length: 30 }, () => withinLimit(fresh.db, 'burst', 8, 900)))
    assert.equal(said.filter(Boolean).length, 8)
  })
  it('counts only the time asked for, and forgets when told', async () => {
    await fresh.db
      .insertInto('log.attempt')
      .values({ key: 'old', at: new Date(Date.now() - 901_000) })
      .execute()
    assert.equal(await withinLimit(fresh.db, 'old', 1, 900), true)
    assert.equal(await withinLimit(fresh.db, 'old', 1, 900), false)
    await forgive(fresh.db, 'old')
    assert.equal(await withinLimit(fresh.db, 'old', 1, 900), true)
  })
})
