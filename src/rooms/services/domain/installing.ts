import { createHash } from 'node:crypto'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { carrySettings } from './carrying.ts'
import { circles } from './hearing.ts'
import { nationalHolidays } from './holidays.ts'
import type { Files } from './package/archive.ts'
import type { Package } from './package/format/index.ts'
import { compareVersions } from './package/format/manifest.ts'
import { type Problem, refuses } from './package/problem.ts'
import { readPackage, readSealed } from './package/read.ts'
import { rehearse } from './rehearsal.ts'

/**
 * What somebody wants to install: the files of a package shipped with the house, one sealed file, or a release that was
 * read and verified here before; and for which unit, or for the agency as a whole.
 */
export type Offer = ({ files: Files } | { sealed: Uint8Array } | { release: Released }) & { unit?: string | null }
export type Released = { pkg: Package; seal: Examined['seal'] }
export type Installed = {
  service: string
  package: string
  version: string
  hash: string
  key: string | null
  seal: string | null
  /** Of a version made here: the publisher's version behind it. key and seal are that one's. */
  base: string | null
  unit: string | null
  /** What the agency has set. */
  settings: Record<string, unknown>
}
/** An agency as the one who installs: what it runs, and whose packages are trusted. */
export type Installer = {
  agency: string
  installed: readonly Installed[]
  keys: readonly string[]
  /** Every release of a publisher that it ever installed. */
  known: readonly { package: string; version: string; hash: string }[]
  units: readonly string[]
  /** What else it runs: packages that tell one another. */
  others?: readonly Package[]
}

export type Examined = {
  pkg?: Package
  problems: Problem[]
  /** Each example case by its name, and whether it came out as expected. */
  examples: { id: string; passed: boolean }[]
  seal: { hash: string; key: string; publisher: string } | null
}

/** Read an offer and let its examples prove it. Nothing of it is trusted before both went well. */
export function examine(offer: Offer, { installed, keys, others = [] }: Installer): Examined {
  if ('release' in offer) return { ...offer.release, ...rehearsed(offer.release.pkg, others) }
  const sealedOnes = installed.flatMap(({ package: id, version, base, key, seal, unit }) =>
    key && seal && unit === (offer.unit ?? null) ? [[id, { version: base ?? version, key, hash: seal }] as const] : [],
  )
  const read =
    'sealed' in offer
      ? readSealed(offer.sealed, { keys: new Set(keys), installed: new Map(sealedOnes) })
      : readPackage(offer.files)
  if (!read.ok) return { problems: read.problems, examples: [], seal: null }
  const pkg = 'pkg' in read.value ? read.value.pkg : read.value
  const seal =
    'pkg' in read.value
      ? { hash: read.value.hash, key: read.value.seal.key, publisher: read.value.seal.publisher }
      : null
  const { problems, examples } = rehearsed(pkg, others)
  return { pkg, seal, problems: [...read.problems, ...problems], examples }
}

function rehearsed(pkg: Package, others: readonly Package[]): Pick<Examined, 'problems' | 'examples'> {
  const played = rehearse(pkg, nationalHolidays())
  return {
    problems: [...circles(pkg, others), ...played.flatMap(({ problems }) => problems)],
    examples: played.map(({ example, problems }) => ({ id: example, passed: problems.length === 0 })),
  }
}

export type Install = {
  pkg: Package
  hash: string
  seal: Examined['seal']
  service: string | null
  unit: string | null
}
export type InstallRefusal =
  | 'unit-unknown'
  | 'package-refused'
  | 'already-installed'
  | 'version-downgraded'
  | 'version-reused'
  | 'local-changes'
  | 'settings-outside'

/** SHA-256 of what a package says, however it was written or packed. */
export const hashOf = (pkg: Package): string => createHash('sha256').update(JSON.stringify(pkg)).digest('hex')

/** Whether an agency may install this: it reads, proves itself, and is newer than what runs. */
export function judgeInstall(offer: Offer, at: Installer): Decision<Install, InstallRefusal> {
  const unit = offer.unit ?? null
  if (unit !== null && !at.units.includes(unit)) return refuse('unit-unknown')
  const { pkg, problems, seal } = examine(offer, at)
  if (!pkg || refuses(problems)) return refuse('package-refused')
  const hash = hashOf(pkg)
  const running = at.installed.find((one) => one.package === pkg.manifest.id && one.unit === unit)
  if (running?.hash === hash) return refuse('already-installed')
  const order = running ? compareVersions(pkg.manifest.version, running.version) : 1
  if (order < 0) return refuse('version-downgraded')
  if (order === 0 || otherThanKnown(at, pkg, hash)) return refuse('version-reused')
  // It would run over what the agency changed: that is merged, not replaced.
  if (running?.base) return refuse('local-changes')
  if (running && carrySettings(running.settings, pkg).conflicts.length > 0) return refuse('settings-outside')
  return decide({ pkg, hash, seal, service: running?.service ?? null, unit })
}

/** Whether this version was installed before with another content; a version that was taken back is not forgotten. */
export const otherThanKnown = ({ known }: Pick<Installer, 'known'>, { manifest }: Package, hash: string): boolean =>
  known.some((one) => one.package === manifest.id && one.version === manifest.version && one.hash !== hash)
