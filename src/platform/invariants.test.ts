import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Fresh, freshDatabase } from '../../test/database.ts'
import { brokenInvariants, invariants, parseInvariants } from './invariants.ts'

describe('platform: what must always hold', () => {
  let fresh: Fresh
  before(async () => {
    fresh = await freshDatabase()
  })
  after(() => fresh.drop())

  it('holds in an empty database, and every query runs', async () => {
    assert.ok(invariants().length > 0)
    assert.deepEqual(await brokenInvariants(fresh.db), [])
  })

  it('names the sentence, the number of rows and three of them', async () => {
    const [one] = parseInvariants(
      'x.sql',
      '-- About this file.\n\n-- Numbers are\n-- small.\nselect n from generate_series(1, 5) n\n  where n > 1; -- end\n',
    )
    assert.deepEqual(await brokenInvariants(fresh.db, [one!]), [
      { ...one!, sentence: 'Numbers are small.', rows: 4, examples: [{ n: 2 }, { n: 3 }, { n: 4 }] },
    ])
  })

  it('refuses a query without a sentence', () => {
    assert.throws(() => parseInvariants('x.sql', '-- one.\nselect 1;\nselect 2;'), /no sentence/)
  })
})
