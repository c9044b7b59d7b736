import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** Which of these texts are in the writable memory of a process, as UTF-8 or as UTF-16. Linux, for a process of one's own. */
export function inMemoryOf(pid: number, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [
    { text, bytes: Buffer.from(text, 'latin1') },
    { text, bytes: Buffer.from(text, 'utf16le') },
  ])
  const found = new Set<string>()
  const descriptor = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
      if (!range) continue
      const [start, end] = [Number.parseInt(range[1]!, 16), Number.parseInt(range[2]!, 16)]
      const size = 1 << 22
      for (let at = start; at < end; at += size) {
        // Each piece overlaps the next by more than any text is long.
        const piece = Buffer.alloc(Math.min(size + 4096, end - at))
        let length = 0
        try {
          length = readSync(descriptor, piece, 0, piece.length, at)
        } catch {
          // Pages that were never touched.
          continue
        }
        const read = piece.subarray(0, length)
        for (const { text, bytes } of needles) if (!found.has(text) && read.includes(bytes)) found.add(text)
      }
    }
  } finally {
    closeSync(descriptor)
  }
  return texts.filter((text) => found.has(text))
}
