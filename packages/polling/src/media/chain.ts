import { type Act, actText, type Line, type Signature, type SigningKey } from '../format/index.ts'
import type { Medium } from './medium.ts'
import { type Fault, type Head, type Row, writeRow } from './row.ts'
import { type MediumStatus, openRows } from './rows.ts'

export { checkChain, type Fault, type Head, headAfter, isLine, nextLine, type Row, readRow } from './row.ts'
export { ChainRefused, type MediumStatus, openRows, type RowFile } from './rows.ts'

/** The log of this very device: it alone adds to it. */
export type Chain = {
  readonly device: string
  /** As written: what is sent to others and kept in the record. */
  readonly lines: readonly Row[]
  /** The same, read. */
  readonly entries: readonly Line[]
  /** `hash` is hashOf the last row, of the package's text before the first. */
  readonly head: Head
  /** Whether each medium holds; a lost one does not stop the device as long as one is good. */
  readonly media: readonly MediumStatus[]
  /** What officers sign (kind `act/1`) for this act as the next line. */
  textOf(act: Act): string
  /**
   * Durable on every good medium before it returns. `by` holds for the next line only, see textOf. Throws ChainRefused when the
   * act is not an act or a signature of `by` does not hold, MediumLost when no medium is left; then nothing may be told to
   * anybody, and the chain takes nothing more until it was opened again.
   */
  append(act: Act, by?: readonly Signature[]): Row
  /** Tries lost media again and fills them up: after a USB stick was put back. */
  rejoin(): void
  /**
   * Rows of this device that others still hold and its own media have lost. Must be taken before anything is appended, or
   * there are two lines with one number. The number taken.
   */
  adopt(rows: readonly Row[]): number
}

/** Local time of a zone rounded down to 15 minutes, "2026-11-22T08:15": no finer time is written anywhere (T16). */
export function stepOf(at: Date, zone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const quarter = String(Math.floor(Number(parts.minute) / 15) * 15).padStart(2, '0')
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${quarter}`
}

/**
 * Opens, or begins, the log of `device` on its media; see openRows for what is reconciled and what is refused. `now` and `zone`
 * only give the step that people read; lines are in order by their numbers alone (T35).
 */
export function openChain(
  media: readonly Medium[],
  device: string,
  key: SigningKey,
  packageHash: string,
  { now = () => new Date(), zone = 'Asia/Jakarta' }: { now?: () => Date; zone?: string } = {},
): Chain {
  const file = openRows(media, device, key.key, packageHash)
  const next = (act: Act, by?: readonly Signature[]): Line => ({
    seq: file.head.seq + 1,
    prev: file.head.hash,
    device,
    step: stepOf(now(), zone),
    act,
    ...(by && by.length > 0 ? { by } : {}),
  })
  return {
    device,
    lines: file.rows,
    entries: file.lines,
    get head() {
      return file.head
    },
    get media() {
      return file.media
    },
    textOf: (act) => actText(next(act)),
    append(act, by) {
      const row = writeRow(next(act, by), key)
      file.put([row])
      return row
    },
    rejoin: file.rejoin,
    adopt(rows) {
      const fresh = rows.filter((row) => !file.rows.includes(row))
      file.put(fresh)
      return fresh.length
    },
  }
}

/**
 * Two different lines that one device signed with the same number: proof, from these two rows alone, that its log was forked (a
 * copied disk, a second machine with its key). undefined when they prove nothing.
 */
export function checkFork(one: Row, two: Row, read: (row: Row) => Line | Omit<Fault, 'line'>): number | undefined {
  const [a, b] = [read(one), read(two)]
  return 'seq' in a && 'seq' in b && one !== two && a.seq === b.seq && a.device === b.device ? a.seq : undefined
}
