import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { connect } from '#platform/db.ts'
import { withScratchDatabase } from './scratch.ts'

/** Write src/platform/db.types.ts from a freshly migrated database. A check such as `state in ('a','b')` becomes 'a' | 'b'. */
const types: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  int4: 'number',
  int2: 'number',
  int8: 'Big',
  float8: 'number',
  numeric: 'string',
  bool: 'boolean',
  timestamptz: 'Time',
  date: 'string',
  jsonb: 'Json',
  json: 'Json',
  bytea: 'Buffer',
  tsvector: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
  _int8: 'string[]',
  _float8: 'number[]',
  interval: 'string',
}

export async function generateTypes(address: string): Promise<string> {
  const db = connect(address, 1)
  const { rows } = await sql<{
    schema: string
    table: string
    column: string
    type: string
    nullable: boolean
    generated: boolean
    always: boolean
    comment: string | null
    checks: string[]
  }>`
    select n.nspname as schema, c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
      (a.atthasdef or a.attidentity <> '') as generated, (a.attgenerated <> '') as always, col_description(c.oid, a.attnum) as comment,
      array(select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker') and n.nspname not like 'pg_%'
    order by n.nspname, c.relname, a.attnum`.execute(db)
  await db.destroy()
  const tables = Map.groupBy(rows, (r) => `${r.schema}.${r.table}`)
  const lines = [
    '// Generated from the migrated database by tools/generate-types.ts. Do not edit.',
    "import type { ColumnType } from 'kysely'",
    '',
    'type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>',
    'type Time = ColumnType<Date, Date | string, Date | string>',
    'type Big = ColumnType<string, string | number | bigint, string | number | bigint>',
    'type Json = ColumnType<unknown, string, string>',
    '',
    'export type Schema = {',
  ]
  for (const [name, columns] of tables) {
    lines.push(`  '${name}': {`)
    for (const c of columns) {
      const union = c.checks.map((check) => /= ANY \(ARRAY\[(.+)\]\)/.exec(check)?.[1]).find(Boolean)
      const values = union && [...union.matchAll(/'([^']+)'::text/g)].map((m) => `'${m[1]}'`).join(' | ')
      const base = values && c.type === 'text' ? values : (types[c.type] ?? 'unknown')
      const nullable = c.nullable ? `${base} | null` : base
      const type = c.always
        ? `ColumnType<${nullable}, never, never>`
        : c.generated
          ? `Generated<${nullable}>`
          : nullable
      if (c.comment) lines.push(`    /** ${c.comment} */`)
      lines.push(`    ${/^\w+$/.test(c.column) ? c.column : `'${c.column}'`}: ${type}`)
    }
    lines.push('  }')
  }
  lines.push('}', '')
  return lines
    .join('\n')
    .replaceAll(
      'Big | null',
      'ColumnType<string | null, string | number | bigint | null, string | number | bigint | null>',
    )
    .replaceAll('Time | null', 'ColumnType<Date | null, Date | string | null, Date | string | null>')
    .replaceAll('Json | null', 'ColumnType<unknown, string | null, string | null>')
}

if (import.meta.main) {
  await withScratchDatabase(async (address) => {
    writeFileSync(path.join(import.meta.dirname, '../src/platform/db.types.ts'), await generateTypes(address))
  })
}
