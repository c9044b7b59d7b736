import { createHash } from 'node:crypto'
import { dayOf } from './calendar.ts'
import type { Case, Installation } from './case.ts'
import type { Package } from './package/format/index.ts'
import { type Known, type Published, publish } from './publishing.ts'
import { type Tallied, tally } from './tally.ts'

/**
 * What a package showed on a day, for ever. Two reports that disagree (5,093 and 5,128 children of Garda Ampuh) are two
 * snapshots of two days or two versions, and each can be shown again as it was.
 */
export type Snapshot = {
  /** Whose figures these are; none where a package is tried without a service. */
  service?: { id: string; agency: string; since: string }
  package: string
  version: string
  /** The last local day that is counted, to its end. */
  day: string
  figures: Published[]
}
/** A snapshot as it is kept: the very text that is hashed and downloaded. */
export type Kept = { snapshot: Snapshot; text: string; hash: string; known: Known }
/** What was published before. */
export type Before = { known: Known; figures: readonly Published[] }

/** Indicators that everybody may read. */
export const publicOf = (pkg: Package) => pkg.indicators.filter((one) => one.public)

/** The public figures of a package as of the end of a day, from the cases as they are known now. */
export function takeSnapshot(
  pkg: Package,
  here: Installation,
  cases: Iterable<Case>,
  endOfDay: number,
  before?: Before,
): Kept {
  const counting = tally(pkg, here, publicOf(pkg), endOfDay)
  for (const it of cases) {
    const then = asOf(it, endOfDay)
    if (then) counting.add(then)
  }
  return snapshotOf(pkg, counting.done(), dayOf(endOfDay, here.place.zone), before)
}

/** What is published of a count of the public indicators. */
export function snapshotOf(
  pkg: Package,
  counted: Tallied,
  day: string,
  before: Before = { known: {}, figures: [] },
  service?: NonNullable<Snapshot['service']>,
): Kept {
  const { figures, known } = publish(publicOf(pkg), counted, day, before.known, before.figures)
  const { id, version } = pkg.manifest
  const snapshot = { ...(service ? { service } : {}), package: id, version, day, figures }
  const text = JSON.stringify(snapshot)
  return { snapshot, text, hash: hashOf(text), known }
}

/** Whether a kept text is still what was taken. */
export const isWhole = ({ text, hash }: Pick<Kept, 'text' | 'hash'>): boolean => hashOf(text) === hash

/**
 * A case as its history says it stood at a moment; undefined before it was opened. States and results are those of then;
 * answers are those of now, because a corrected answer was true then too.
 */
export function asOf(it: Case, at: number): Case | undefined {
  if (it.openedAt > at) return undefined
  const history = it.history.filter((happened) => happened.at <= at)
  const { closedAt, ...rest } = it
  return {
    ...rest,
    ...(closedAt !== undefined && closedAt <= at ? { closedAt } : {}),
    state: history.at(-1)?.to ?? it.state,
    history,
    entered: Object.fromEntries(Object.entries(it.entered).filter(([, since]) => since <= at)),
    rules: Object.fromEntries(
      Object.entries(it.rules).map(([id, results]) => [id, results.filter((result) => result.at <= at)]),
    ),
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
