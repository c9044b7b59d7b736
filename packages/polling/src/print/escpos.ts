import { type Bitmap, dither, dotsPerMm, qrBitmap, rollDots, withoutCommands } from './bitmap.ts'
import { readJpeg } from './jpeg.ts'
import type { Block, Paper } from './paper.ts'
import { columns, pairLines, signatureLines, tableLines, wrap } from './roll.ts'

const bytesOf = (...parts: readonly (readonly number[] | Uint8Array | string)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : [...part])),
  )

const esc = 0x1b
const gs = 0x1d
/** ESC @: everything as after switching on. ESC t 0: code page 437, though only its ASCII is used. */
export const reset = bytesOf([esc, 0x40, esc, 0x74, 0])
/** GS V B 0: feed to the knife and cut, leaving one point. */
export const cut = bytesOf([gs, 0x56, 0x42, 0])
/** GS r 1: the paper sensor's state, sent only when everything before it has been printed. */
export const acknowledge = bytesOf([gs, 0x72, 1])
/** DLE ENQ 2: out of an error, and forget what has not been printed. */
export const discard = bytesOf([0x10, 0x05, 2])
/** DLE EOT n: a state at once, whatever waits in the buffer. */
export const ask = (what: 1 | 2 | 3 | 4): Uint8Array => bytesOf([0x10, 0x04, what])

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('')

/** GS v 0: a bitmap as it is. */
const raster = ({ width, height, bits }: Bitmap) => {
  const across = Math.ceil(width / 8)
  return bytesOf([esc, 0x61, 1, gs, 0x76, 0x30, 0, across & 255, across >> 8, height & 255, height >> 8], bits, [
    esc,
    0x61,
    0,
  ])
}

const photos = new Map<string, Bitmap>()
/** A photograph is dithered once for each width, for the same few faces are printed all day. */
function photoBitmap(photo: string, width: number): Bitmap {
  const key = `${width} ${photo}`
  const known = photos.get(key)
  if (known) return known
  const greys = readJpeg(Uint8Array.from(atob(photo), (sign) => sign.charCodeAt(0)))
  const made = withoutCommands(dither(greys, width))
  photos.set(key, made)
  return made
}

function blockBytes(block: Block): Uint8Array {
  if ('text' in block) {
    const size = block.size ?? 1
    return bytesOf(
      [esc, 0x61, block.centre ? 1 : 0, gs, 0x21, (size - 1) * 0x11, esc, 0x45, block.bold ? 1 : 0],
      [gs, 0x42, block.inverse ? 1 : 0],
      lines(wrap(block.text, Math.floor(columns / size)).map((line) => (block.inverse ? ` ${line} ` : line))),
      [gs, 0x21, 0, esc, 0x45, 0, gs, 0x42, 0, esc, 0x61, 0],
    )
  }
  if ('pairs' in block) return bytesOf(lines(block.pairs.flatMap(pairLines)))
  if ('table' in block) return bytesOf(lines(tableLines(block.table)))
  if ('photo' in block) return raster(photoBitmap(block.photo, Math.min(rollDots, Math.round(block.mm * dotsPerMm))))
  if ('qr' in block) return raster(qrBitmap(block.qr))
  if ('signatures' in block) return bytesOf(lines(block.signatures.flatMap(signatureLines)))
  if ('rule' in block) return bytesOf(lines(['-'.repeat(columns)]))
  if ('feed' in block) return bytesOf('\n'.repeat(block.feed))
  return cut
}

/**
 * A document for an 80 mm printer of 203 dpi, one array for each block; a cut is an array of its own. The text is in the
 * printer's own font (ASCII, 48 signs a line), codes and photographs are raster images. Throws JpegError for a photograph
 * that cannot be read and RangeError for a code that is too long.
 */
export const escPos = (paper: Paper): Uint8Array[] => [reset, ...paper.blocks.map(blockBytes)]
