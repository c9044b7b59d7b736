import { type Decision, decide, refuse } from '#platform/result.ts'
import { carrySettings } from './carrying.ts'
import { circles } from './hearing.ts'
import { nationalHolidays } from './holidays.ts'
import { type Examined, hashOf } from './installing.ts'
import type { Files } from './package/archive.ts'
import type { Package } from './package/format/index.ts'
import { localNumber, publishedVersion } from './package/format/manifest.ts'
import { type Problem, problem, type Reading, refuses } from './package/problem.ts'
import { readPackage } from './package/read.ts'
import { filesOf } from './package/write.ts'
import { rehearse } from './rehearsal.ts'

/**
 * A package as an adopter changed it: its content (or its documents), and the release that was open while it was changed,
 * by its hash in hex.
 */
export type Changed = { from: string; content: Package | Files }

/** What an agency runs now, and every release that it ever installed of this package. */
export type Running = {
  hash: string
  pkg: Package
  /** The publisher's release behind what runs: itself, unless it is a local version. */
  base: { hash: string; pkg: Package }
  earlier: readonly { hash: string; version: string }[]
  /** What the agency has set. */
  settings: Record<string, unknown>
  /** What else the agency runs: packages that tell one another. */
  others?: readonly Package[]
}

export type LocalVersion = { pkg: Package; hash: string; base: string; settings: Record<string, unknown> }
export type LocalRefusal = 'package-refused' | 'base-unknown' | 'base-moved' | 'origin-changed' | 'nothing-changed'

/**
 * Read changed content by the rules by which every package is read, as this version, and let its examples prove it, beside
 * the others that the agency runs.
 */
export function examineContent(content: Package | Files, version: string, others: readonly Package[] = []): Examined {
  const read = readContent(content, publishedVersion(version))
  if (!read.ok) return { problems: read.problems, examples: [], seal: null }
  const pkg = named(read.value, version)
  const played = rehearse(pkg, nationalHolidays())
  return {
    pkg,
    seal: null,
    problems: [...read.problems, ...circles(pkg, others), ...played.flatMap(({ problems }) => problems)],
    examples: played.map(({ example, problems }) => ({ id: example, passed: problems.length === 0 })),
  }
}

/** The same package under another version. */
export const named = (pkg: Package, version: string): Package => ({ ...pkg, manifest: { ...pkg.manifest, version } })

/** The next free number of a local version of this release. */
export function nextLocal(base: string, earlier: Running['earlier']): string {
  const numbers = earlier
    .filter(({ version }) => publishedVersion(version) === publishedVersion(base))
    .map(({ version }) => localNumber(version))
  return `${publishedVersion(base)}+local.${Math.max(0, ...numbers) + 1}`
}

/**
 * Whether an agency may run what it changed: made from what runs now, read and proven like every package, and still the
 * package of whoever made it: its name, origin, licence and contributors are not an adopter's to write.
 */
export function judgeLocal({ from, content }: Changed, running: Running): Decision<LocalVersion, LocalRefusal> {
  if (!running.earlier.some(({ hash }) => hash === from)) return refuse('base-unknown')
  if (from !== running.hash) return refuse('base-moved')
  const version = nextLocal(running.base.pkg.manifest.version, running.earlier)
  const { pkg, problems } = examineContent(content, version, running.others)
  if (!pkg || refuses(problems)) return refuse('package-refused')
  if (!sameOrigin(pkg, running.base.pkg)) return refuse('origin-changed')
  const same = (other: Package) => contentOf(other) === contentOf(pkg)
  if (same(running.pkg) || same(running.base.pkg)) return refuse('nothing-changed')
  // A value that the agency no longer allows itself gives way to the default.
  const { settings } = carrySettings(running.settings, pkg)
  return decide({ pkg, hash: hashOf(pkg), base: running.base.hash, settings })
}

/** Whether two versions say alike what package they are and whose. */
export function sameOrigin(a: Package, b: Package): boolean {
  const own = ({ manifest: { id, format, licence, origin, contributors = [] } }: Package) =>
    JSON.stringify([id, format, licence, origin, contributors])
  return own(a) === own(b)
}

/** What a package says but for its version, whatever the order of its documents. */
function contentOf(pkg: Package): string {
  const files = filesOf(named(pkg, ''))
  return JSON.stringify([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]).sort(byPath))
}
const byPath = ([a]: string[], [b]: string[]) => (a! < b! ? -1 : 1)

/** Changed content through the same door as a stranger's files. */
function readContent(content: Package | Files, version: string): Reading<Package> {
  if (content instanceof Map) {
    const read = readPackage(new Map([...content].map(([path, bytes]) => [path, withoutLocal(path, bytes)])))
    return read.ok ? { ...read, value: named(read.value, version) } : read
  }
  const twice = twofold(content)
  if (twice) return { ok: false, problems: [twice] }
  return readPackage(filesOf(named(content, version)))
}

/** A manifest that came from a local version says so; which one this becomes is not its to say. */
function withoutLocal(path: string, bytes: Uint8Array): Uint8Array {
  if (!/^package\.\w+$/.test(path)) return bytes
  const text = Buffer.from(bytes).toString()
  return Buffer.from(text.replace(/(\bversion"?\s*:\s*"?\d+\.\d+\.\d+)\+local\.\d+/, '$1'))
}

/** In files two documents of one name cannot be; in a list they can. */
function twofold(pkg: Package): Problem | undefined {
  for (const folder of ['forms', 'flows', 'rules', 'examples'] as const) {
    const ids = pkg[folder].map(({ id }) => id)
    const twice = ids.find((id, i) => ids.indexOf(id) < i)
    if (twice !== undefined) return problem('duplicate-file', 'two documents of one name', `${folder}/${twice}`)
  }
  return undefined
}
