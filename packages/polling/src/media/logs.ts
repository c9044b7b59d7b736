import type { Line } from '../format/index.ts'
import { type Chain, type MediumStatus, openRows, type Row, type RowFile, readRow } from './chain.ts'
import type { Medium } from './medium.ts'

/** How far a device holds each log: number of the last line by device. */
export type Vector = Readonly<Record<string, number>>

/** Two lines that one device signed with the same number: its key is in use twice. */
export type Fork = { readonly device: string; readonly seq: number; readonly rows: readonly [Row, Row] }

export type Taken = {
  /** New lines, durable when this is returned. */
  readonly taken: readonly Line[]
  /** Lines that no known device signed, or that are not lines; nothing of them is kept. */
  readonly refused: number
  /** Lines whose forerunners are not here yet, or of a device that is not known yet: to be sent again. */
  readonly early: number
}

/**
 * The logs of all devices as one of them holds them: its own, and copies of the others', each checked line by line and durable
 * on the same media. Whoever sends what, in whatever order and how often: it ends at the same logs.
 */
export type Logs = {
  have(): Vector
  /** Lines by device, in order. */
  readonly lines: ReadonlyMap<string, readonly Line[]>
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly forks: readonly Fork[]
  readonly media: readonly MediumStatus[]
  /** Rows that somebody who stands at `have` lacks, oldest first within each log. */
  beyond(have: Vector): Row[]
  /** Takes rows of others; idempotent, any order within one call. Throws MediumLost when no medium is left. */
  take(rows: readonly Row[]): Taken
}

const forkFile = 'forks.json'

/**
 * `own` is this device's chain, none for a reader. `keyOf` gives the key of a device that the station vouches for, undefined for
 * others. `known` are the devices whose copies are opened at once, so that a restart knows what it knew.
 */
export function openLogs(
  media: readonly Medium[],
  packageHash: string,
  keyOf: (device: string) => string | undefined,
  { own, known = [] }: { own?: Chain; known?: readonly string[] } = {},
): Logs {
  const copies = new Map<string, RowFile>()
  const forks: Fork[] = readForks(media)
  const copyOf = (device: string): RowFile | undefined => {
    const there = copies.get(device)
    if (there) return there
    const key = keyOf(device)
    if (key === undefined) return undefined
    const made = openRows(media, device, key, packageHash)
    copies.set(device, made)
    return made
  }
  for (const device of known) if (device !== own?.device) copyOf(device)

  const all = <T>(pick: (file: RowFile) => T, mine: (chain: Chain) => T): Map<string, T> =>
    new Map(
      [
        ...(own ? [[own.device, mine(own)] as const] : []),
        ...[...copies].map(([device, file]) => [device, pick(file)] as const),
      ].sort(([a], [b]) => (a < b ? -1 : 1)),
    )

  function noteFork(device: string, seq: number, rows: readonly [Row, Row]) {
    if (forks.some((each) => each.device === device && each.rows.includes(rows[1]))) return
    // Ten are proof enough.
    if (forks.length >= 10) return
    forks.push({ device, seq, rows })
    const bytes = new TextEncoder().encode(JSON.stringify(forks))
    for (const medium of media) {
      try {
        medium.replace(forkFile, bytes)
      } catch {
        // The chain's own writing tells of a lost medium; the proof stays in memory and with the others.
      }
    }
  }

  return {
    have: () =>
      Object.fromEntries(
        all(
          (file) => file.head.seq,
          (chain) => chain.head.seq,
        ),
      ),
    get lines() {
      return all(
        (file) => file.lines,
        (chain) => chain.entries,
      )
    },
    get rows() {
      return all(
        (file) => file.rows,
        (chain) => chain.lines,
      )
    },
    forks,
    get media() {
      return (own ?? copies.values().next().value)?.media ?? media.map(({ name }) => ({ name, state: 'good' as const }))
    },
    beyond: (have) =>
      [
        ...all(
          (file) => file.rows,
          (chain) => chain.lines,
        ),
      ].flatMap(([device, rows]) => rows.slice(have[device] ?? 0)),
    take(rows) {
      const byDevice = new Map<string, Map<number, Row>>()
      let refused = 0
      let early = 0
      for (const row of rows) {
        const place = placeOf(row)
        if (!place) refused++
        else if (keyOf(place.device) === undefined) early++
        else {
          const held = (place.device === own?.device ? own.lines : copyOf(place.device)?.rows)?.[place.seq - 1]
          const more = byDevice.get(place.device) ?? new Map<number, Row>()
          const other = held ?? more.get(place.seq)
          if (other === undefined) byDevice.set(place.device, more.set(place.seq, row))
          else if (other !== row) {
            // One of the two may be no row of the device at all.
            const [a, b] = [other, row].map((each) => 'seq' in readRow(each, keyOf(place.device)!))
            if (a && b) noteFork(place.device, place.seq, [other, row])
            else refused++
            if (!a && b && held === undefined) more.set(place.seq, row)
          }
        }
      }
      const taken: Line[] = []
      for (const [device, more] of byDevice) {
        // A device does not learn its own lines from others while it runs; see Chain.adopt.
        if (device === own?.device) {
          early += more.size
          continue
        }
        const file = copyOf(device)!
        const next: Row[] = []
        for (let seq = file.head.seq + 1; more.has(seq); seq++) next.push(more.get(seq)!)
        early += [...more.keys()].filter((seq) => seq > file.head.seq + next.length).length
        const before = file.lines.length
        refused += next.length - putWhatHolds(file, next)
        taken.push(...file.lines.slice(before))
      }
      return { taken, refused, early }
    },
  }
}

/** All of them in one write; where one does not hold, those before it. The number kept. */
function putWhatHolds(file: RowFile, rows: readonly Row[]): number {
  try {
    file.put(rows)
    return rows.length
  } catch (error) {
    if (!(error instanceof Error && 'fault' in error)) throw error
    const good = (error as { fault: { line: number } }).fault.line - file.head.seq - 1
    if (good > 0) file.put(rows.slice(0, good))
    return good
  }
}

/** Whose line it says it is, before anything is checked. */
export function placeOf(row: Row): { device: string; seq: number } | undefined {
  try {
    const { device, seq } = JSON.parse(row) as { device?: unknown; seq?: unknown }
    return typeof device === 'string' &&
      /^[a-z0-9-]{1,40}$/.test(device) &&
      Number.isSafeInteger(seq) &&
      (seq as number) > 0
      ? { device, seq: seq as number }
      : undefined
  } catch {
    return undefined
  }
}

function readForks(media: readonly Medium[]): Fork[] {
  for (const medium of media) {
    try {
      const bytes = medium.read(forkFile)
      if (bytes) return JSON.parse(new TextDecoder().decode(bytes)) as Fork[]
    } catch {
      // Another medium may have it.
    }
  }
  return []
}
