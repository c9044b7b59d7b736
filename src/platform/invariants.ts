import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db } from './db.ts'

/** What must always hold, as a query that returns the rows for which it does not. */
export type Invariant = { file: string; sentence: string; query: string }
export type Broken = Invariant & { rows: number; examples: unknown[] }

const source = path.join(import.meta.dirname, '..')

/** Every invariant of the platform and the rooms: `invariants.sql` files, each query after a `--` comment that says what it checks. */
export function invariants(): Invariant[] {
  return globSync(['platform/invariants.sql', 'rooms/*/invariants.sql'], { cwd: source })
    .sort()
    .flatMap((file) => parseInvariants(file, readFileSync(path.join(source, file), 'utf8')))
}

/** Split a file into its queries. A query without a sentence is an error: a failure must be readable. */
export function parseInvariants(file: string, text: string): Invariant[] {
  return text
    .split(/;[ \t]*(?:\n|$)/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const lines = part.trim().split('\n')
      const query = lines
        .filter((line) => !/^\s*--/.test(line))
        .join('\n')
        .trim()
      if (query === '') return []
      const comments = lines.slice(
        0,
        lines.findIndex((line) => !/^\s*(?:--|$)/.test(line)),
      )
      // The sentence is the comment that stands directly before the query; a blank line ends what is said of the file.
      const last = comments.lastIndexOf('') + 1
      const sentence = comments
        .slice(last)
        .map((line) => line.replace(/^\s*--\s?/, ''))
        .join(' ')
        .trim()
      if (sentence === '') throw new Error(`${file}: a query has no sentence before it: ${query.slice(0, 80)}`)
      return [{ file, sentence, query }]
    })
}

/** Run them and return those that do not hold, with how many rows speak against each and the first three. */
export async function brokenInvariants(db: Db, all: readonly Invariant[] = invariants()): Promise<Broken[]> {
  const broken: Broken[] = []
  for (const invariant of all) {
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(invariant.query)}`.execute(db)
    if (rows.length > 0) broken.push({ ...invariant, rows: rows.length, examples: rows.slice(0, 3) })
  }
  return broken
}
