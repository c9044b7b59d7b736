import { encode } from 'uqr'

/** One bit a dot, rows filled up to whole bytes, 1 is black: as a thermal head takes it. */
export type Bitmap = { readonly width: number; readonly height: number; readonly bits: Uint8Array }
/** 0 is black, 255 is white. */
export type Greys = { readonly width: number; readonly height: number; readonly levels: Uint8Array }

/** 203 dpi. */
export const dotsPerMm = 8
/** What an 80 mm roll shows: 72 mm. */
export const rollDots = 576

const rowBytes = (width: number) => Math.ceil(width / 8)
export const isBlack = ({ width, bits }: Bitmap, x: number, y: number): boolean =>
  ((bits[y * rowBytes(width) + (x >> 3)]! >> (7 - (x & 7))) & 1) === 1

function drawBitmap(width: number, height: number, black: (x: number, y: number) => boolean): Bitmap {
  const bits = new Uint8Array(rowBytes(width) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (black(x, y)) bits[y * rowBytes(width) + (x >> 3)]! |= 0x80 >> (x & 7)
  return { width, height, bits }
}

/** The modules of a text as QR code, without the quiet zone. Throws when it is too long for any. */
export const qrModules = (text: string): readonly (readonly boolean[])[] => encode(text, { ecc: 'M', border: 0 }).data

/** White modules around a code (ISO/IEC 18004 wants four). */
export const quietZone = 4

/**
 * A text as QR code for the roll: modules of 4 to 8 dots (0.5 to 1 mm), the largest that stay within 42 mm, smaller only
 * where the text is long. Never below 0.4 mm (R41): throws when the roll is too narrow for it.
 */
export function qrBitmap(text: string): Bitmap {
  const modules = qrModules(text)
  const size = modules.length + 2 * quietZone
  const dots = Math.max(4, Math.min(8, Math.floor((42 * dotsPerMm) / size)))
  if (size * dots > rollDots) throw new RangeError('too much text for one QR code of the roll')
  return drawBitmap(size * dots, size * dots, (x, y) => {
    return modules[Math.floor(y / dots) - quietZone]?.[Math.floor(x / dots) - quietZone] ?? false
  })
}

/** Greys as black dots: scaled to `width` by averages, contrast spread, error diffusion of Floyd and Steinberg. */
export function dither(greys: Greys, width: number): Bitmap {
  const height = Math.max(1, Math.round((greys.height * width) / greys.width))
  const scaled = scale(greys, width, height)
  const sorted = Float64Array.from(scaled).sort()
  const low = sorted[Math.floor(sorted.length * 0.02)]!
  const high = Math.max(low + 1, sorted[Math.floor(sorted.length * 0.98)]!)
  const level = scaled.map((each) => ((each - low) * 255) / (high - low))
  const spread = (x: number, y: number, error: number) => {
    if (x >= 0 && x < width && y < height) level[y * width + x]! += error
  }
  return drawBitmap(width, height, (x, y) => {
    const wanted = level[y * width + x]!
    const black = wanted < 128
    const error = wanted - (black ? 0 : 255)
    spread(x + 1, y, (error * 7) / 16)
    spread(x - 1, y + 1, (error * 3) / 16)
    spread(x, y + 1, (error * 5) / 16)
    spread(x + 1, y + 1, error / 16)
    return black
  })
}

/** DLE EOT, DLE ENQ, DLE DC4. */
const realTime = [0x04, 0x05, 0x14]
/**
 * The same picture without two bytes that a printer would take for a command in the midst of it (ask, forget everything, open the cash drawer):
 * it obeys these wherever they stand. One dot more is black where it must be.
 */
export function withoutCommands({ width, height, bits }: Bitmap): Bitmap {
  const safe = bits.map((byte, at) => (byte === 0x10 && realTime.includes(bits[at + 1] ?? 0) ? 0x18 : byte))
  return { width, height, bits: safe }
}

/** Each new dot is the average of the dots it covers; of the nearest where it is smaller than one. */
function scale({ width: from, height: tall, levels }: Greys, width: number, height: number): Float64Array {
  const out = new Float64Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * tall) / height)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * tall) / height))
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * from) / width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * from) / width))
      let sum = 0
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) sum += levels[row * from + column]!
      out[y * width + x] = sum / ((bottom - top) * (right - left))
    }
  }
  return out
}
