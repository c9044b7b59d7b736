import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { connect } from '#platform/db.ts'
import { withScratchDatabase } from './scratch.ts'

const ours = sql`n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker') and n.nspname not like 'pg_%'`

/** The whole shape of a database as text: tables with columns, constraints, indexes and comments, then functions and triggers, in a fixed order. */
export async function dumpSchema(address: string): Promise<string> {
  const db = connect(address, 1)
  const { rows } = await sql<{
    name: string
    comment: string | null
    columns: string[]
    constraints: string[]
    indexes: string[]
  }>`
    select n.nspname || '.' || c.relname as name, obj_description(c.oid) as comment,
      array(select format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
          case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end)
          || coalesce('  -- ' || col_description(c.oid, a.attnum), '')
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
      -- not-null rules stand with their columns; newer servers list them as constraints too
      array(select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n' order by k.contype desc, k.conname) as constraints,
      array(select pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid = c.oid
        and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) order by i.indexrelid::regclass::text) as indexes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${ours}
    order by n.nspname, c.relname`.execute(db)
  const { rows: others } = await sql<{ text: string }>`
    select coalesce('-- ' || obj_description(p.oid, 'pg_proc') || e'\n', '') || rtrim(pg_get_functiondef(p.oid), e'\n') as text
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ours}
    union all
    select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and ${ours}
`.execute(db)
  await db.destroy()
  const tables = rows.map(({ name, comment, columns, constraints, indexes }) =>
    [
      comment && `-- ${comment}`,
      `table ${name}`,
      ...[...columns, ...constraints].map((line) => `  ${line}`),
      ...indexes.map((line) => `  ${line}`),
    ]
      .filter(Boolean)
      .join('\n'),
  )
  const parts = [...tables, ...others.map(({ text }) => text).sort()]
  return `-- Written by tools/dump-schema.ts from a freshly migrated database; read it in diffs.\n\n${parts.join('\n\n')}\n`
}

export const schemaFile = path.join(import.meta.dirname, '../docs/schema.sql')

if (import.meta.main) await withScratchDatabase(async (address) => writeFileSync(schemaFile, await dumpSchema(address)))
