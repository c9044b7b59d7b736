import { createHash } from 'node:crypto'
import { dayOf } from './calendar.ts'
import type { Case, Installation } from './case.ts'
import { type Computed, computeAll } from './indicator.ts'
import type { Package } from './package/format/index.ts'

/**
 * What a package showed on a day, for ever. Two reports that disagree (5,093 and 5,128 children of Garda Ampuh) are two
 * snapshots of two days or two versions, and each can be shown again as it was.
 */
export type Snapshot = {
  package: string
  version: string
  /** The last local day that is counted, to its end. */
  day: string
  figures: Computed[]
  /** SHA-256 of all the above. */
  hash: string
}

/** The public figures of a package as of the end of a day, from the cases as they are known now. */
export function takeSnapshot(pkg: Package, here: Installation, cases: readonly Case[], endOfDay: number): Snapshot {
  const then = cases.flatMap((it) => asOf(it, endOfDay) ?? [])
  const figures = computeAll(
    pkg,
    here,
    pkg.indicators.filter((one) => one.public),
    then,
    endOfDay,
  )
  const content = {
    package: pkg.manifest.id,
    version: pkg.manifest.version,
    day: dayOf(endOfDay, here.place.zone),
    figures,
  }
  return { ...content, hash: hashOf(content) }
}

/** Whether a kept snapshot is still what was taken. */
export function isWhole({ hash, ...content }: Snapshot): boolean {
  return (
    hash === hashOf({ package: content.package, version: content.version, day: content.day, figures: content.figures })
  )
}

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

function hashOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
