import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { aFreePort } from '../test/server.ts'

export type Server = { address: string; version: string; stop: () => Promise<void> }

/** The distribution's PostgreSQL with its own settings, on TCP, in a folder of its own; on Debian it is installed when root asks. */
export async function serverPostgres(): Promise<Server | undefined> {
  const find = () =>
    globSync('/usr/lib/postgresql/*/bin/postgres').sort().at(-1) ??
    globSync(['/usr/bin/postgres', '/usr/local/bin/postgres']).at(0)
  const isRoot = process.getuid?.() === 0
  if (!find() && isRoot)
    try {
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    } catch {
      return undefined
    }
  const binary = find()
  if (!binary) return undefined
  const nobody = 65534
  const as = isRoot ? { uid: nobody, gid: nobody } : {}
  const home = mkdtempSync(path.join(tmpdir(), 'melayani-server-pg-'))
  chmodSync(home, 0o755)
  if (isRoot) chownSync(home, nobody, nobody)
  const folder = path.join(home, 'data')
  execFileSync(
    path.join(path.dirname(binary), 'initdb'),
    ['-D', folder, '-A', 'trust', '-U', 'melayani', '--encoding=UTF8', '--locale=C.UTF-8'],
    { ...as, stdio: 'ignore' },
  )
  const port = await aFreePort()
  const child = spawn(binary, ['-D', folder, '-k', home, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  await new Promise<void>((ready, failed) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (/ready to accept connections/.test(said)) ready()
    })
    child.once('exit', () => failed(new Error(said)))
  })
  const version = /starting PostgreSQL (\d+)/.exec(said)?.[1] ?? ''
  return {
    address: `postgres://melayani@127.0.0.1:${port}/postgres`,
    version,
    stop: async () => {
      child.kill('SIGINT')
      await once(child, 'exit')
      rmSync(home, { recursive: true, force: true })
    },
  }
}
