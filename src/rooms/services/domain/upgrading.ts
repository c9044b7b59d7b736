import { type Decision, decide, refuse } from '#platform/result.ts'
import { type Carried, carrySettings } from './carrying.ts'
import { type Examined, examine, hashOf, type Offer, otherThanKnown } from './installing.ts'
import { examineContent, nextLocal, type Running } from './local.ts'
import type { Package } from './package/format/index.ts'
import { compareVersions } from './package/format/manifest.ts'
import { type Choices, type Conflict, merge } from './package/merge.ts'
import { refuses } from './package/problem.ts'
import { equal } from './package/shape.ts'

/** A service about to be upgraded: what runs, what was set, and whose packages are trusted. */
export type Upgrader = Running & { key: string | null; seal: string | null }
/** What the house knows of publishers: whose keys are trusted, and with which this package was ever installed here. */
export type House = { keys: readonly string[]; used: readonly string[] }

/** A newer release that is being decided on. */
export type Newer = { pkg: Package; hash: string; seal: string | null; key: string | null }
export type Draft = Newer & { choices: Choices; leftOut: readonly string[] }

export type BeginRefusal =
  | 'package-refused'
  | 'another-package'
  | 'already-installed'
  | 'version-downgraded'
  | 'version-reused'
  | 'publisher-changed'

/** Read what is offered as the next version of what runs: whole, signed by a trusted key, proven. */
export function examineNewer(offer: Offer, running: Upgrader, { keys }: House): Examined {
  const { id, version } = running.base.pkg.manifest
  const { hash, key, seal } = running
  const base = { service: '', package: id, version, hash, key, seal, base: null, settings: {}, unit: null }
  return examine({ ...offer, unit: null }, { agency: '', installed: [base], keys, known: [], units: [] })
}

/** Whether this can be the next version of what runs here. */
export function judgeNewer(offer: Offer, running: Upgrader, house: House): Decision<Newer, BeginRefusal> {
  const { pkg, problems, seal } = examineNewer(offer, running, house)
  if (!pkg || refuses(problems)) return refuse('package-refused')
  const hash = hashOf(pkg)
  const base = running.base.pkg.manifest
  if (pkg.manifest.id !== base.id) return refuse('another-package')
  if (hash === running.hash || hash === running.base.hash) return refuse('already-installed')
  const order = compareVersions(pkg.manifest.version, base.version)
  if (order < 0) return refuse('version-downgraded')
  const known = running.earlier.map((one) => ({ ...one, package: base.id }))
  if (order === 0 || otherThanKnown({ known }, pkg, hash)) return refuse('version-reused')
  // Whoever signed this package first in this house goes on signing it; another trusted key is another publisher.
  if (seal && house.used.some((one) => one !== seal.key)) return refuse('publisher-changed')
  return decide({ pkg, hash, seal: seal?.hash ?? null, key: seal?.key ?? null })
}

export type Prepared = {
  /** What would be installed; undefined where it cannot be read. */
  pkg?: Package
  version: string
  /** The new version as it is: nothing of what was changed here is left beside it. */
  plain: boolean
  conflicts: Conflict[]
  open: Conflict[]
  carried: Carried
  examined: Pick<Examined, 'problems' | 'examples'>
}

/** What the upgrade comes to with what is decided so far. Its examples, those of both sides, are played when nothing is open. */
export function prepare(running: Upgrader, { pkg: theirs, choices, leftOut }: Draft): Prepared {
  const merged = merge(running.base.pkg, running.pkg, theirs, choices)
  const examples = merged.pkg.examples.filter(({ id }) => !leftOut.includes(id))
  const pkg: Package = { ...merged.pkg, examples }
  const carried = carrySettings(running.settings, pkg, choices)
  const plain = equal(inOneOrder(pkg), inOneOrder(theirs))
  const version = plain ? theirs.manifest.version : nextLocal(theirs.manifest.version, running.earlier)
  const shared = { version, plain, conflicts: merged.conflicts, open: merged.open, carried }
  if (merged.open.length > 0) return { ...shared, examined: { problems: [], examples: [] } }
  const { pkg: read, problems, examples: played } = examineContent(plain ? theirs : pkg, version, running.others)
  return {
    ...shared,
    ...(read ? { pkg: plain ? theirs : read } : {}),
    examined: { problems, examples: played },
  }
}

const inOneOrder = (pkg: Package) => {
  const sorted = <T extends { id: string }>(items: readonly T[]) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { forms, flows, rules, examples } = pkg
  return { ...pkg, forms: sorted(forms), flows: sorted(flows), rules: sorted(rules), examples: sorted(examples) }
}

export type Upgrade = {
  pkg: Package
  hash: string
  base: string | null
  seal: string | null
  key: string | null
  settings: Record<string, unknown>
}

/** Whether the upgrade may be installed: everything is decided, and what came of it reads and proves itself. */
export function judgeUpgrade(
  running: Upgrader,
  draft: Draft | undefined,
): Decision<Upgrade, 'upgrade-gone' | 'conflicts-open' | 'package-refused' | 'version-downgraded'> {
  if (!draft) return refuse('upgrade-gone')
  // Another version may have been installed since the draft was begun.
  if (compareVersions(draft.pkg.manifest.version, running.base.pkg.manifest.version) <= 0)
    return refuse('version-downgraded')
  const { pkg, plain, open, carried, examined } = prepare(running, draft)
  if (open.length > 0 || carried.open.length > 0) return refuse('conflicts-open')
  if (!pkg || refuses(examined.problems)) return refuse('package-refused')
  const { seal, key, hash } = draft
  return decide({
    pkg,
    hash: plain ? hash : hashOf(pkg),
    base: plain ? null : hash,
    seal,
    key,
    settings: carried.settings,
  })
}

/** Open cases by the version under which they run, and whether the new version still has their state. */
export type OpenCases = { version: string; flow: string; state: string; count: number }
export const unknownTo = (pkg: Package, cases: readonly OpenCases[]): OpenCases[] =>
  cases.filter(
    ({ flow, state }) => !pkg.flows.some((one) => one.id === flow && one.states.some(({ id }) => id === state)),
  )
