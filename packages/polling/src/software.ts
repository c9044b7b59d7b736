import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { hashOf } from './format/index.ts'

/**
 * One hash of all program files of this package and of the ballot package, by their names and contents: what stands on the poster
 * in the polling place (R68, T28). Files of tests are no part of it.
 */
export function softwareHash(): string {
  const here = import.meta.dirname
  const ballot = path.join(path.dirname(new URL(import.meta.resolve('@melayani/ballot')).pathname))
  const list = [here, ballot].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => `${path.basename(path.dirname(folder))}/${path.relative(folder, file)} ${hashOfFile(file)}`),
  )
  return hashOf(list.sort().join('\n'))
}

/** Nothing of the file stays in memory: whoever searches the memory of a booth for a voter's form should not find our own source. */
function hashOfFile(file: string): string {
  const bytes = readFileSync(file)
  const hash = hashOf(bytes)
  bytes.fill(0)
  return hash
}
