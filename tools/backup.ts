import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { cp, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { connect } from '#platform/db.ts'
import { brokenInvariants } from '#platform/invariants.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { verifyChain } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'

/**
 * A backup is a folder: every table's rows as text, one JSON string a line, as PostgreSQL writes a row of that table; the
 * uploaded files; and `backup.json`, which says what must be in it. It is one moment of the database, taken while the
 * product runs. The secret key is not in it: who has the backup alone cannot open what is sealed.
 */
export type Manifest = {
  format: 1
  at: string
  migrations: string[]
  tables: Record<string, { rows: number; sha256: string }>
  files: number
}

/** Rows that the migrations themselves write, or that belong to the machine and not to the data. */
const left = ['public.migration', 'graphile_worker.migrations', 'graphile_worker._private_known_crontabs']
const batch = 1000

/** Write a backup of the database at `address` and the uploads in `files` to the folder `to`, which must not exist. */
export async function backup(address: string, files: string, to: string): Promise<Manifest> {
  const part = `${to}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(path.join(part, 'tables'), { recursive: true, mode: 0o700 })
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    // One moment for all tables, whatever is written meanwhile.
    await client.query('begin isolation level repeatable read read only')
    const manifest: Manifest = {
      format: 1,
      at: new Date().toISOString(),
      migrations: await migrations(client),
      tables: {},
      files: 0,
    }
    for (const { name } of await tables(client))
      manifest.tables[name] = await writeTable(client, name, path.join(part, 'tables', `${name}.gz`))
    await client.query('commit')
    // A file that a row of that moment tells of is complete and is never changed, so it may be copied afterwards.
    await cp(files, path.join(part, 'files'), { recursive: true, force: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      },
    )
    manifest.files = (
      await readdir(path.join(part, 'files'), { recursive: true, withFileTypes: true }).catch(() => [])
    ).filter((f) => f.isFile()).length
    await writeFile(path.join(part, 'backup.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    await syncFolder(part)
    await rename(part, to)
    return manifest
  } finally {
    await client.end()
  }
}

/** Fill an empty database and an empty folder of uploads from a backup. Nothing is left half done. Checks what it wrote. */
export async function restore(address: string, files: string, from: string): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(path.join(from, 'backup.json'), 'utf8')) as Manifest
  await migrate(address)
  await migrateJobs(address)
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const ours = await migrations(client)
    if (JSON.stringify(ours) !== JSON.stringify(manifest.migrations))
      throw new Error(
        `The backup was made with migrations up to ${manifest.migrations.at(-1)}, this version has ${ours.at(-1)}. Restore it with the version it was made with, then upgrade.`,
      )
    const { rows: used } = await client.query('select 1 from people.person limit 1')
    if (used.length > 0)
      throw new Error('This database is in use. Restore into an empty one (another DATA_DIR or DATABASE_URL).')

    await client.query('begin')
    const foreign = await foreignKeys(client)
    for (const { table, name } of foreign) await client.query(`alter table ${table} drop constraint ${name}`)
    for (const table of await tables(client)) {
      const expected = manifest.tables[table.name]
      if (!expected) throw new Error(`The backup has no table ${table.name}.`)
      // The log may not be emptied, and is empty; the regions were put in by the migration.
      const { rows: some } = await client.query(`select 1 from ${table.name} limit 1`)
      if (some.length > 0) await client.query(`delete from ${table.name}`)
      await readTable(client, table, path.join(from, 'tables', `${table.name}.gz`), expected)
    }
    for (const { table, name, definition } of foreign)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    await client.query('commit')
  } finally {
    await client.end()
  }
  await mkdir(files, { recursive: true, mode: 0o700 })
  await cp(path.join(from, 'files'), files, { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await check(address)
  return manifest
}

async function check(address: string) {
  const db = connect(address, 2)
  try {
    const chain = await verifyChain(db)
    if (chain.broken)
      throw new Error(`The event log of the backup is broken at ${chain.broken.id}: ${chain.broken.reason}.`)
    const broken = await brokenInvariants(db)
    if (broken.length > 0) throw new Error(`Restored, but not so: ${broken.map(({ sentence }) => sentence).join(' ')}`)
  } finally {
    await db.destroy()
  }
}

async function migrations(client: pg.Client): Promise<string[]> {
  return (await client.query<{ name: string }>('select name from public.migration order by name')).rows.map(
    ({ name }) => name,
  )
}

type Table = { name: string; columns: string[]; sequences: { column: string; sequence: string }[] }

async function tables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select format('%I', a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      coalesce((select json_agg(json_build_object('column', format('%I', a.attname),
          'sequence', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname)))
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) is not null), '[]') as sequences
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
    order by 1`)
  return rows.filter(({ name }) => !left.includes(name))
}

async function foreignKeys(client: pg.Client) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select k.conrelid::regclass::text as table, format('%I', k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname not like 'pg_%' order by 1, 2`)
  return rows
}

async function writeTable(client: pg.Client, name: string, file: string) {
  const hash = createHash('sha256')
  const zip = createGzip()
  const out = zip.pipe(createWriteStream(file, { mode: 0o600 }))
  let rows = 0
  await client.query(`declare rows_of cursor for select t::text as row from ${name} t`)
  for (;;) {
    const got = await client.query<{ row: string }>(`fetch ${batch} from rows_of`)
    for (const { row } of got.rows) {
      const line = `${JSON.stringify(row)}\n`
      hash.update(line)
      if (!zip.write(line)) await new Promise((empty) => zip.once('drain', empty))
    }
    rows += got.rows.length
    if (got.rows.length < batch) break
  }
  await client.query('close rows_of')
  zip.end()
  await finished(out)
  return { rows, sha256: hash.digest('hex') }
}

async function readTable(
  client: pg.Client,
  { name, columns, sequences }: Table,
  file: string,
  expected: { rows: number; sha256: string },
) {
  const hash = createHash('sha256')
  let rows = 0
  let waiting: string[] = []
  const put = async () => {
    const values = columns.map((column) => `(r).${column}`).join(', ')
    await client.query(
      `insert into ${name} (${columns.join(', ')}) overriding system value select ${values} from (select unnest($1::text[])::${name} as r) t`,
      [waiting],
    )
    waiting = []
  }
  for await (const line of createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    hash.update(`${line}\n`)
    waiting.push(JSON.parse(line) as string)
    rows++
    if (waiting.length === batch) await put()
  }
  if (waiting.length > 0) await put()
  if (rows !== expected.rows || hash.digest('hex') !== expected.sha256)
    throw new Error(`The backup of ${name} is damaged.`)
  for (const { column, sequence } of sequences)
    await client.query(
      `select setval('${sequence}', coalesce((select max(${column}) from ${name}), 1), exists (select 1 from ${name}))`,
    )
}

async function syncFolder(folder: string) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = await open(path.join(entry.parentPath, entry.name), 'r')
    await handle.sync()
    await handle.close()
  }
}
