import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')

/** A folder for a server's data, which the database's own identity may enter. */
export function aDataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-server-'))
  chmodSync(folder, 0o755)
  return {
    folder,
    remove: () => {
      // A test that failed may have left its database running.
      const pidFile = path.join(folder, 'postgres/data/postmaster.pid')
      if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** Ports that nobody has at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

export const aFreePort = async (): Promise<number> => (await freePorts(1))[0]!

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
export async function startServer(
  dataDir: string,
  env: Record<string, string> = {},
  how: { port?: number; killAt?: RegExp; interruptWhen?: () => boolean } = {},
): Promise<Running> {
  const port = how.port ?? (await aFreePort())
  const { DATABASE_URL: _, ...rest } = process.env
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--disable-warning=ExperimentalWarning', 'src/main.ts', '--empty'],
    {
      cwd: root,
      env: { ...rest, ...env, DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const exit = new Promise<number | null>((gone) => child.once('exit', (code) => gone(code)))
  await new Promise<void>((ready, failed) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), 90_000)
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (how.killAt?.test(said)) child.kill('SIGKILL')
      if (/ready in/.test(said)) {
        clearTimeout(impatience)
        ready()
      }
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    if (how.interruptWhen) {
      const looking = setInterval(() => {
        if (how.interruptWhen?.()) child.kill('SIGINT')
      }, 5)
      void exit.then(() => clearInterval(looking))
    }
    void exit.finally(() => clearTimeout(impatience))
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
      // A server that does not go is a failed test with what it said, not a run that never ends.
      const impatience = setTimeout(() => child.kill('SIGKILL'), 45_000)
      return exit.finally(() => clearTimeout(impatience))
    },
  }
}
