import { actText, hashOf, type Line, type SigningKey, shapeFault, sign, signatureHolds } from '../format/index.ts'

/**
 * A row is a line as it is written: its JSON with the device's signature as the last field. The signature is over the very
 * text without that field (kind `line/1`), and the next line names the hash of the whole row; both are found by cutting, never
 * by writing JSON anew.
 */
export type Row = string

const tail = /,"signature":"([0-9a-f]{128})"\}$/
const tailLength = ',"signature":""}'.length + 128
/** Far above any act; a log is not to be filled with one line. */
const longest = 65_536

export function writeRow(line: Line, key: SigningKey): Row {
  const { seq, prev, device, step, act, by } = line
  const text = JSON.stringify({ seq, prev, device, step, act, ...(by && by.length > 0 ? { by } : {}) })
  const { signature } = sign('line/1', text, { role: 'device', signer: device }, key.secret)
  return `${text.slice(0, -1)},"signature":"${signature}"}`
}

/** `line` is the number of the row from 1; `field` a path such as "act.voter"; `what` a code. */
export type Fault = { readonly line: number; readonly field: string; readonly what: string }

/** One row on its own: its shape, the device's signature and those of the officers. Not its place in the chain. */
export function readRow(row: Row, key: string): Line | Omit<Fault, 'line'> {
  const cut = row.length <= longest ? tail.exec(row) : null
  if (!cut) return { field: 'signature', what: 'no-signature' }
  const text = `${row.slice(0, -tailLength)}}`
  const line = parse(text)
  if (line === undefined) return { field: 'line', what: 'not-json' }
  const fault = shapeFault(line)
  if (fault) return fault
  const read = line as Line
  if (!signatureHolds('line/1', text, { role: 'device', signer: read.device, key, signature: cut[1]! }))
    return { field: 'signature', what: 'signature' }
  const signed = actText(read)
  const bad = (read.by ?? []).findIndex((each) => !signatureHolds('act/1', signed, each))
  return bad < 0 ? read : { field: `by.${bad}.signature`, what: 'signature' }
}

export const isLine = (read: Line | Omit<Fault, 'line'>): read is Line => 'seq' in read

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    // What is shown must be what was signed: no second writing of the same value (repeated fields, spaces, escapes).
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** Where the chain stands: the number of its last line and what the next one names. */
export type Head = { readonly seq: number; readonly hash: string }

/** The next row of a chain that stands at `head`. `device` is known after the first line. */
export function nextLine(row: Row, head: Head, key: string, device?: string): Line | Fault {
  const at = head.seq + 1
  const line = readRow(row, key)
  if (!isLine(line)) return { line: at, ...line }
  if (line.seq !== at) return { line: at, field: 'seq', what: 'out-of-order' }
  if (line.prev !== head.hash) return { line: at, field: 'prev', what: 'chain' }
  if (device !== undefined && line.device !== device) return { line: at, field: 'device', what: 'another-device' }
  return line
}

/**
 * Every line of a log, from the first: nothing changed, left out, put in or put elsewhere. A log whose end is missing has no
 * fault here; that is seen against the heads that others hold. After a fault the chain goes on from the row as it is, so that
 * one changed byte is one place and not the rest of the day.
 */
export function checkChain(rows: readonly Row[], key: string, packageHash: string, device?: string): Fault[] {
  const faults: Fault[] = []
  let head: Head = { seq: 0, hash: packageHash }
  let named = device
  for (const row of rows) {
    const line = nextLine(row, head, key, named)
    if ('field' in line) faults.push(line)
    else named ??= line.device
    head = headAfter(head, row)
  }
  return faults
}

export const headAfter = (head: Head, row: Row): Head => ({ seq: head.seq + 1, hash: hashOf(row) })
