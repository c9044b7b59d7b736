import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')

/** A folder for a server's data, which the database's own identity may enter. */
export function aDataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-server-'))
  chmodSync(folder, 0o755)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export type Running = {
  url: string
  /** Connection string of its embedded database. */
  address: string
  child: ChildProcess
  /** The embedded database's main process. */
  postmaster: () => number
  /** Everything it has said so far. */
  said: () => string
  /** Send a signal and wait until it is gone; its exit code, or null when the signal ended it. */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Start the product as a process of its own, empty, on a free port, with the embedded database and its full care for the disk. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<Running> {
  const port = await aFreePort()
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--disable-warning=ExperimentalWarning', 'src/main.ts', '--empty'],
    {
      cwd: root,
      env: { ...process.env, DATABASE_URL: '', ...env, DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const exit = new Promise<number | null>((gone) => child.once('exit', (code) => gone(code)))
  await new Promise<void>((ready, failed) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (/ready in/.test(said)) ready()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void exit.then((code) => failed(new Error(`The server stopped with ${code} before it was ready:\n${said}`)))
  })
  const home = path.join(dataDir, 'postgres')
  return {
    url: `http://127.0.0.1:${port}`,
    address: `postgres://melayani@${encodeURIComponent(home)}/melayani`,
    child,
    postmaster: () => Number(readFileSync(path.join(home, 'data/postmaster.pid'), 'utf8').split('\n')[0]),
    said: () => said,
    end: (signal) => {
      child.kill(signal)
      return exit
    },
  }
}
