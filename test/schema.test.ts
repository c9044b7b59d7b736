import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { dumpSchema, schemaFile } from '../tools/dump-schema.ts'
import { generateTypes } from '../tools/generate-types.ts'
import { type Fresh, freshDatabase } from './database.ts'

describe('the migrated database', () => {
  let fresh: Fresh
  before(async () => {
    fresh = await freshDatabase()
  })
  after(() => fresh.drop())

  it('is what docs/schema.sql says (npm run generate writes it)', async () => {
    assert.equal(await dumpSchema(fresh.address), readFileSync(schemaFile, 'utf8'))
  })
  it('is what the generated types say (npm run generate writes them)', async () => {
    assert.equal(
      await generateTypes(fresh.address),
      readFileSync(path.join(import.meta.dirname, '../src/platform/db.types.ts'), 'utf8'),
    )
  })
})
