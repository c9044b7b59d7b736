import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  asJson,
  asLine,
  type Files,
  limits,
  nationalHolidays,
  type Package,
  type Problem,
  prove,
  publicKeyText,
  readPackage,
  readSealed,
  refuses,
  sealed,
} from '#services'

/**
 * `npm run package -- check programs/<name>`: read a package, play its examples, print every problem with its place.
 * `… -- sign programs/<name> --key agency.pem --publisher "Puskesmas Sempu" [--out name.melayani]`
 * `… -- verify name.melayani --trust <public key>` · `… -- new-key agency.pem`
 * Ends with 0 when all is well, 1 when the package is refused, 2 when it was called wrongly.
 */
const [command, target, ...rest] = process.argv.slice(2)
const commands: Record<string, (target: string) => number> = { check, sign, verify, 'new-key': newKey }
process.exitCode = target && command && commands[command] ? commands[command](target) : usage()

function check(folder: string): number {
  const files = filesOf(folder)
  if (!files) return say(`${folder}: there is no such folder, or it holds links.`, 2)
  const pkg = proven(files)
  return pkg ? say(`${pkg.manifest.id} ${pkg.manifest.version}: all is well. ${sizeOf(pkg)}`, 0) : 1
}

function sign(folder: string): number {
  const keyFile = option('--key')
  const publisher = option('--publisher')
  const files = filesOf(folder)
  if (!files || !keyFile || !publisher) return usage()
  const pkg = proven(files)
  if (!pkg) return 1
  const { id, version } = pkg.manifest
  const out = option('--out') ?? `${path.basename(folder)}-${version}.melayani`
  const bytes = sealed(asJson(files), { id, version, publisher }, createPrivateKey(readFileSync(keyFile)))
  writeFileSync(out, bytes)
  return say(`${out}: ${id} ${version}, ${bytes.length} bytes.`, 0)
}

function verify(file: string): number {
  const key = option('--trust')
  if (!key || !existsSync(file)) return usage()
  const read = readSealed(readFileSync(file), { keys: new Set([key]) })
  report(read.problems)
  if (!read.ok) return 1
  const { pkg, seal, files } = read.value
  return proven(files)
    ? say(`${pkg.manifest.id} ${pkg.manifest.version}, published by ${seal.publisher}: whole, signed, and proven.`, 0)
    : 1
}

function newKey(file: string): number {
  if (existsSync(file)) return say(`${file} is there already; a key is never written over.`, 2)
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return say(
    `${file}: keep it secret. The public key, for those who trust this agency: ${publicKeyText(privateKey)}`,
    0,
  )
}

/** The package, when it can be read and its examples come out as they should. */
function proven(files: Files): Package | undefined {
  const read = readPackage(files)
  report(read.problems)
  if (!read.ok) return undefined
  const problems = prove(read.value, nationalHolidays())
  report(problems)
  return refuses(problems) ? undefined : read.value
}

/** The files of a folder, two levels deep. A link is never followed. */
function filesOf(folder: string): Files | undefined {
  if (!existsSync(folder)) return undefined
  const files: Files = new Map()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const full = path.join(folder, name)
    const stat = lstatSync(full)
    if (stat.isDirectory()) continue
    if (!stat.isFile() || stat.size > limits.file || files.size > limits.files) return undefined
    files.set(name.split(path.sep).join('/'), readFileSync(full))
  }
  return files
}

function sizeOf(pkg: Package): string {
  const moves = pkg.flows.reduce((sum, { moves }) => sum + moves.length, 0)
  return `${pkg.forms.length} forms, ${pkg.flows.length} flows with ${moves} moves, ${pkg.rules.length} rules, ${pkg.examples.length} examples.`
}

function report(problems: readonly Problem[]) {
  for (const problem of problems) process.stderr.write(`${asLine(problem)}\n`)
}

function option(name: string): string | undefined {
  const at = rest.indexOf(name)
  return at < 0 ? undefined : rest[at + 1]
}

function usage(): number {
  return say(
    'Usage: npm run package -- check <folder> | sign <folder> --key <pem> --publisher <name> [--out <file>] | verify <file> --trust <public key> | new-key <pem>',
    2,
  )
}

function say(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`)
  return code
}
