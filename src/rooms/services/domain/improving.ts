import { type Decision, decide, refuse } from '#platform/result.ts'
import { carrySettings } from './carrying.ts'
import { type Examined, hashOf } from './installing.ts'
import { examineContent, type Running } from './local.ts'
import type { Package } from './package/format/index.ts'
import { compareVersions, publishedVersion } from './package/format/manifest.ts'
import { type Choices, type Conflict, merge } from './package/merge.ts'
import { refuses } from './package/problem.ts'
import { equal } from './package/shape.ts'

/** A local version that was offered, and the release from which it was made. */
export type Improvement = { base: Package; offered: Package; agencyName: string }
/** What is written into the manifest of whoever takes it over. */
export type Credit = { change: string }

export type Adoption = {
  version: string
  conflicts: Conflict[]
  open: Conflict[]
  pkg?: Package
  examined: Pick<Examined, 'problems' | 'examples'>
  /** All of it is there already. */
  nothingNew: boolean
}

/** The next version of a publisher that takes something over: `1.4.0` after 1.3.2, whatever local ones there were. */
export function nextVersion(versions: readonly string[]): string {
  const latest = versions.map(publishedVersion).toSorted(compareVersions).at(-1)!
  const [major, minor] = latest.split('.').map(Number)
  return `${major}.${minor! + 1}.0`
}

/** What a publisher's package becomes with an adopter's improvement in it, and the adopter named as a contributor. */
export function prepareAdoption(
  running: Running,
  { base, offered, agencyName }: Improvement,
  { change }: Credit,
  choices: Choices,
): Adoption {
  const version = nextVersion([running.pkg.manifest.version, ...running.earlier.map((one) => one.version)])
  const merged = merge(base, running.pkg, offered, choices)
  const same = { ...merged.pkg, manifest: { ...merged.pkg.manifest, version: running.pkg.manifest.version } }
  const nothingNew = equal(same, running.pkg)
  const { conflicts, open } = merged
  if (open.length > 0 || nothingNew)
    return { version, conflicts, open, nothingNew, examined: { problems: [], examples: [] } }
  const { manifest } = merged.pkg
  const contributors = [...(manifest.contributors ?? []), { agency: agencyName, version, change }]
  const { pkg, problems, examples } = examineContent(
    { ...merged.pkg, manifest: { ...manifest, contributors } },
    version,
    running.others,
  )
  return { version, conflicts, open, nothingNew, ...(pkg ? { pkg } : {}), examined: { problems, examples } }
}

export type AdoptRefusal =
  | 'answered-already'
  | 'not-running-here'
  | 'conflicts-open'
  | 'nothing-changed'
  | 'package-refused'

export function judgeAdoption(
  running: Running | undefined,
  improvement: Improvement & { answered: boolean },
  credit: Credit,
  choices: Choices,
): Decision<{ pkg: Package; hash: string; settings: Record<string, unknown> }, AdoptRefusal> {
  if (improvement.answered) return refuse('answered-already')
  if (!running) return refuse('not-running-here')
  const { pkg, open, examined, nothingNew } = prepareAdoption(running, improvement, credit, choices)
  if (open.length > 0) return refuse('conflicts-open')
  if (nothingNew) return refuse('nothing-changed')
  if (!pkg || refuses(examined.problems)) return refuse('package-refused')
  return decide({ pkg, hash: hashOf(pkg), settings: carrySettings(running.settings, pkg).settings })
}

/** Of the agencies of the region from which a package comes the one that its origin names; the only one where there is one. */
export function originAgency<A extends { name: string; inRegion: boolean }>(
  { manifest: { origin } }: Package,
  agencies: readonly A[],
): A | undefined {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/^pemerintah\s+/, '')
      .trim()
  const named = agencies.filter(({ name }) => plain(origin.agency).includes(plain(name)))
  if (named.length > 0) return named.toSorted((a, b) => b.name.length - a.name.length)[0]
  const local = agencies.filter(({ inRegion }) => inRegion)
  return local.length === 1 ? local[0] : undefined
}
