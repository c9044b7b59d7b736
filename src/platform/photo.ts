/**
 * A picture without what a camera writes beside it: place, time, maker, comments. The pixels stay as they are; of a JPEG its
 * turn (orientation) stays too, or people would lie on their side. What is no JPEG, PNG or WebP comes back unchanged.
 */
export function withoutMetadata(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return plainJpeg(bytes)
  if (bytes.subarray(0, 8).equals(pngMark)) return plainPng(bytes)
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return plainWebp(bytes)
  return bytes
}

const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function plainJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let turn = 1
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    // The scan begins: the rest is picture.
    if (marker === 0xda) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at, end)
    if (marker === 0xe1) turn = turnOf(segment) ?? turn
    // JFIF (e0), colours (e2, ee) and all that draws the picture; the others tell of the camera.
    const tells = marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee)
    if (!tells) kept.push(segment)
    at = end
  }
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
  // A second picture behind the first (a preview, a depth map) may carry its own place.
  kept.push(bytes.subarray(at, end > at ? end + 2 : bytes.length))
  if (turn !== 1) kept.splice(1, 0, turned(turn))
  return Buffer.concat(kept)
}

/** The orientation of an Exif segment: 1 to 8. */
function turnOf(segment: Buffer): number | undefined {
  try {
    if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined
    const tiff = segment.subarray(10)
    const little = tiff.toString('latin1', 0, 2) === 'II'
    const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
    const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let i = 0; i < short(first); i++) {
      const entry = first + 2 + i * 12
      if (short(entry) === 0x0112) {
        const turn = short(entry + 8)
        return turn >= 1 && turn <= 8 ? turn : undefined
      }
    }
  } catch {
    // Cut off or wrong: it goes with the rest.
  }
  return undefined
}

/** An Exif segment that says the orientation and nothing else. */
function turned(turn: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(turn, 18)
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(2 + 6 + tiff.length, 2)
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff])
}

function plainPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME'].includes(type)) kept.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}

function plainWebp(bytes: Buffer): Buffer {
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    const type = bytes.toString('latin1', at, at + 4)
    if (type === 'VP8X') {
      const head = Buffer.from(bytes.subarray(at, end))
      // Flags: Exif 8, XMP 4.
      head[8] = head[8]! & ~0x0c
      kept.push(head)
    } else if (type !== 'EXIF' && type !== 'XMP ') kept.push(bytes.subarray(at, end))
    at = end
  }
  const body = Buffer.concat(kept)
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
