import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

const size = 1 << 22
/** Each piece overlaps the next by more than any text is long. */
const piece = Buffer.alloc(size + 4096)

/** Which of these texts are in the writable memory of a process, as UTF-8 or as UTF-16. Linux, for a process of one's own. */
export function inMemoryOf(pid: number, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [
    { text, bytes: Buffer.from(text, 'latin1') },
    { text, bytes: Buffer.from(text, 'utf16le') },
  ])
  const found = new Set<string>()
  const descriptor = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const [start, end] of touched(pid))
      for (let at = start; at < end; at += size) {
        let length = 0
        try {
          length = readSync(descriptor, piece, 0, Math.min(piece.length, end - at), at)
        } catch {
          // Pages that were never touched.
          continue
        }
        const read = piece.subarray(0, length)
        for (const { text, bytes } of needles) if (!found.has(text) && read.includes(bytes)) found.add(text)
      }
  } finally {
    closeSync(descriptor)
  }
  return texts.filter((text) => found.has(text))
}

/** The writable ranges of which any page is in memory or swapped out: most of what a process has set aside is neither. */
function touched(pid: number): [number, number][] {
  const ranges = readFileSync(`/proc/${pid}/smaps`, 'utf8').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)
  return ranges.flatMap((text) => {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(text)
    const held = [...text.matchAll(/^(?:Rss|Swap): +(\d+) kB$/gm)].some(([, kilobytes]) => Number(kilobytes) > 0)
    return range && held ? [[Number.parseInt(range[1]!, 16), Number.parseInt(range[2]!, 16)] as [number, number]] : []
  })
}
