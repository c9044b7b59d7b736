/**
 * Where bytes come from: a File in the browser, a file descriptor in Node, bytes in memory. `read` gives the bytes from
 * `offset` on, at most `length` of them and possibly fewer; none at all means that the end is reached. What it gives is
 * not changed afterwards by the source.
 */
export interface Source {
  /** Bytes altogether; undefined when it is not known beforehand. */
  readonly size: number | undefined
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Bytes in memory. */
export const bytesSource = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})

/** What a browser's File or Blob has of itself; spelt out, since the core knows no DOM. */
interface Sliced {
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** A file from a file dialog, read piece by piece. */
export const blobSource = (blob: Sliced): Source => ({
  size: blob.size,
  read: async (offset, length) =>
    new Uint8Array(await blob.slice(offset, Math.min(offset + length, blob.size)).arrayBuffer()),
})

/** A moving window over a source: what was read ahead is used before anything is read again. */
export interface Window {
  /** The bytes from offset on: `length` of them, fewer only at the end. A view, sound until the next call. */
  view(offset: number, length: number): Promise<Uint8Array>
  /** The same as bytes of their own, filled piece by piece. */
  copy(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

const none = new Uint8Array(0)

/** Reads ahead `chunk` bytes at a time and holds at most one chunk and one view. */
export function openWindow(source: Source, chunk: number): Window {
  let start = 0
  let held: Uint8Array = none

  async function view(offset: number, length: number): Promise<Uint8Array> {
    const inside = offset >= start && offset <= start + held.length
    const left = inside ? held.subarray(offset - start) : none
    if (left.length >= length) return left.subarray(0, length)
    const parts = left.length === 0 ? [] : [left]
    let have = left.length
    while (have < length) {
      const got = await source.read(offset + have, chunk)
      if (got.length === 0) break
      parts.push(got)
      have += got.length
    }
    held = parts.length === 1 ? parts[0]! : joined(parts, have)
    start = offset
    return held.subarray(0, length)
  }

  async function copy(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const own = new Uint8Array(length)
    let have = 0
    while (have < length) {
      const piece = await view(offset + have, Math.min(length - have, chunk))
      if (piece.length === 0) return own.slice(0, have)
      own.set(piece, have)
      have += piece.length
    }
    return own
  }

  return { view, copy }
}

/** Several arrays one after the other. */
export function joined(parts: readonly Uint8Array[], length = parts.reduce((sum, part) => sum + part.length, 0)) {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
