import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Kind, kinds, schemaOf } from '#services'

export const schemaFolder = path.join(import.meta.dirname, '../programs/schema')

/** The published schemas of a package's documents, by file name. */
export function schemas(): Map<string, string> {
  return new Map(
    (Object.keys(kinds) as Kind[]).map((kind) => [`${kind}.json`, `${JSON.stringify(schemaOf(kind), undefined, 2)}\n`]),
  )
}

export function writeSchemas() {
  mkdirSync(schemaFolder, { recursive: true })
  for (const [name, text] of schemas()) writeFileSync(path.join(schemaFolder, name), text)
}
