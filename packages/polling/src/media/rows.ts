import type { Line } from '../format/index.ts'
import { type Medium, MediumLost } from './medium.ts'
import { checkChain, type Fault, type Head, headAfter, nextLine, type Row } from './row.ts'

/** `differs`: what it holds is not a beginning of what the others hold; it is left as it is, for people to look at. */
export type MediumStatus = { readonly name: string; readonly state: 'good' | 'lost' | 'differs' }

/** A log on the media cannot be used, and where. People decide: take the named medium out, or give the device a new name. */
export class ChainRefused extends Error {
  readonly medium: string
  readonly fault: Fault

  constructor(medium: string, file: string, fault: Fault) {
    super(`${medium}/${file}, line ${fault.line}, ${fault.field}: ${fault.what}`)
    this.medium = medium
    this.fault = fault
  }
}

const bytesOf = (rows: readonly Row[]) => new TextEncoder().encode(rows.map((row) => `${row}\n`).join(''))

/** Whole rows only: what stands after the last newline was never acknowledged to anybody. */
function wholeRows(bytes: Uint8Array): { rows: Row[]; torn: boolean } {
  const parts = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n')
  const rest = parts.pop()!
  return { rows: parts, torn: rest !== '' }
}

export type RowFile = {
  readonly rows: readonly Row[]
  readonly lines: readonly Line[]
  readonly head: Head
  readonly media: readonly MediumStatus[]
  /** Durable on every medium that holds, at least one, when it returns. Throws ChainRefused or MediumLost. */
  put(rows: readonly Row[]): void
  /** Tries the media that were lost again, and fills them up. */
  rejoin(): void
}

/**
 * The rows of one device on several media. What the media hold is reconciled to the longest log of which all are beginnings;
 * a torn end is cut off. Throws ChainRefused where a line is not what was written or two media tell different stories, and
 * MediumLost when none can be read.
 */
export function openRows(
  media: readonly Medium[],
  device: string,
  key: string,
  packageHash: string,
  file = `${device}.log`,
): RowFile {
  const states = new Map<Medium, MediumStatus['state']>(media.map((medium) => [medium, 'good']))
  const found = media.flatMap((medium) => {
    const bytes = tried(medium, () => medium.read(file) ?? new Uint8Array())
    return bytes ? [{ medium, ...wholeRows(bytes) }] : []
  })
  if (found.length === 0) throw new MediumLost(media.map(({ name }) => name).join(', '), undefined)
  const longest = found.reduce((best, each) => (each.rows.length > best.rows.length ? each : best))
  for (const one of found) {
    const { medium, rows } = one
    const at = rows.findIndex((row, index) => row !== longest.rows[index])
    if (at < 0) continue
    // A changed byte is named where it is; two good rows with one number are a fork.
    for (const each of [one, longest]) {
      const fault = checkChain(each.rows, key, packageHash, device)[0]
      if (fault) throw new ChainRefused(each.medium.name, file, fault)
    }
    throw new ChainRefused(`${medium.name}, ${longest.medium.name}`, file, {
      line: at + 1,
      field: 'line',
      what: 'media-differ',
    })
  }

  const rows: Row[] = []
  const lines: Line[] = []
  let head: Head = { seq: 0, hash: packageHash }
  const check = (row: Row, medium: string, at = head): Line => {
    const line = nextLine(row, at, key, device)
    if ('field' in line) throw new ChainRefused(medium, file, line)
    return line
  }
  const keep = (row: Row, line: Line) => {
    rows.push(row)
    lines.push(line)
    head = headAfter(head, row)
  }
  for (const row of longest.rows) keep(row, check(row, longest.medium.name))
  for (const { medium, rows: held, torn } of found)
    if (torn || held.length < rows.length) tried(medium, () => medium.replace(file, bytesOf(rows)))
  mustHold()
  let broken = false

  /** undefined when the medium is lost, which is noted. */
  function tried<T>(medium: Medium, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof MediumLost)) throw error
      states.set(medium, 'lost')
      return undefined
    }
  }

  function mustHold() {
    if (![...states.values()].includes('good'))
      throw new MediumLost(media.map(({ name }) => name).join(', '), undefined)
  }

  return {
    rows,
    lines,
    get head() {
      return head
    },
    get media() {
      return media.map((medium) => ({ name: medium.name, state: states.get(medium)! }))
    },
    put(more) {
      if (broken) throw new MediumLost(media.map(({ name }) => name).join(', '), undefined)
      let at = head
      const read = more.map((row) => {
        const line = check(row, 'put', at)
        at = headAfter(at, row)
        return line
      })
      if (more.length === 0) return
      const bytes = bytesOf(more)
      // The first rows make the file; a file that is missing later is one of a medium that was changed.
      const write = (medium: Medium) => (rows.length === 0 ? medium.replace(file, bytes) : medium.append(file, bytes))
      for (const medium of media) if (states.get(medium) === 'good') tried(medium, () => write(medium))
      // Nobody knows now what the last medium took: only opening it again tells.
      broken = ![...states.values()].includes('good')
      mustHold()
      more.forEach((row, at) => {
        keep(row, read[at]!)
      })
    },
    rejoin() {
      for (const medium of media) {
        if (states.get(medium) !== 'lost' || broken) continue
        const bytes = tried(medium, () => medium.read(file) ?? new Uint8Array())
        if (!bytes) continue
        const held = wholeRows(bytes)
        const same = held.rows.every((row, at) => row === rows[at])
        if (!same) states.set(medium, 'differs')
        else if (tried(medium, () => medium.replace(file, bytesOf(rows)) ?? true)) states.set(medium, 'good')
      }
    },
  }
}
