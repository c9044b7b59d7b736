/** Width and height in pixels of a JPEG, from its frame; undefined for what has none. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const word = (at: number) => (bytes[at]! << 8) | bytes[at + 1]!
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + word(at + 2)) {
    const marker = bytes[at + 1]!
    if (marker === 0xda) return undefined
    // SOF0 to SOF15 without the tables among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: word(at + 5), width: word(at + 7) }
  }
  return undefined
}

/** Whether a photograph is large enough for a ballot's panel and small enough for a booth. */
export const fitsBallot = (size: { width: number; height: number } | undefined): boolean =>
  size !== undefined && Math.min(size.width, size.height) >= 120 && Math.max(size.width, size.height) <= 4000
