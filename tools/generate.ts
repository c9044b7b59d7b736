import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { dumpSchema, schemaFile } from './dump-schema.ts'
import { describeEvents, eventsFile } from './events.ts'
import { generateTypes } from './generate-types.ts'
import { describePermissions, permissionsFile } from './grids.ts'
import { writeSchemas } from './package-schemas.ts'
import { withScratchDatabase } from './scratch.ts'

/** `npm run generate`: everything that scripts write and people review. */
await withScratchDatabase(async (address) => {
  writeFileSync(path.join(import.meta.dirname, '../src/platform/db.types.ts'), await generateTypes(address))
  writeFileSync(schemaFile, await dumpSchema(address))
})
writeFileSync(permissionsFile, await describePermissions())
writeFileSync(eventsFile, describeEvents())
writeSchemas()
