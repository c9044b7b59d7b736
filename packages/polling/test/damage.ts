import { type Bitmap, type Greys, isBlack } from '../src/print/bitmap.ts'

/** Numbers below 1 that are the same in every run. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const make = (width: number, height: number, level: (x: number, y: number) => number): Greys => ({
  width,
  height,
  levels: Uint8Array.from({ length: width * height }, (_, at) =>
    Math.max(0, Math.min(255, Math.round(level(at % width, Math.floor(at / width))))),
  ),
})
const levelAt = ({ width, height, levels }: Greys, x: number, y: number) =>
  levels[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))]!

/** A print as a camera sees it that has one pixel for a dot. */
export const seen = (bitmap: Bitmap): Greys =>
  make(bitmap.width, bitmap.height, (x, y) => (isBlack(bitmap, x, y) ? 25 : 235))

/** What can happen to a code between the knife and the scanner. The amount is in dots of 0.125 mm unless it says otherwise. */
export const damages = {
  /** Out of focus: the mean of a square with this half side. */
  blur: (from: Greys, radius: number) =>
    make(from.width, from.height, (x, y) => {
      let sum = 0
      for (let dy = -radius; dy <= radius; dy++)
        for (let dx = -radius; dx <= radius; dx++) sum += levelAt(from, x + dx, y + dy)
      return sum / (2 * radius + 1) ** 2
    }),
  /** A dark room: every pixel is lighter or darker by up to this (of 255). */
  noise: (from: Greys, most: number) => {
    const random = dice(most)
    return make(from.width, from.height, (x, y) => levelAt(from, x, y) + (random() * 2 - 1) * most)
  },
  /** A white scratch of this width across the middle, from edge to edge. */
  scratch: (from: Greys, wide: number) =>
    make(from.width, from.height, (x, y) =>
      Math.abs(y - from.height * 0.45 - x * 0.1) <= wide / 2 ? 235 : levelAt(from, x, y),
    ),
  /** The same, but through two of the three squares in the corners, by which a reader finds the code. */
  corner: (from: Greys, wide: number) =>
    make(from.width, from.height, (x, y) => (Math.abs(x - y * 0.9 - 6) <= wide / 2 ? 235 : levelAt(from, x, y))),
  /** Elements of the print head that are dead: white stripes along the paper, this many, each two dots wide. */
  stripes: (from: Greys, count: number) =>
    make(from.width, from.height, (x, y) => {
      const step = from.width / (count + 1)
      const near = Math.round(x / step)
      return near >= 1 && near <= count && Math.abs(x - near * step) <= 1 ? 235 : levelAt(from, x, y)
    }),
  /** Paper that lay in the sun, or a weak head: black has come this near to white (percent). */
  faded: (from: Greys, percent: number) =>
    make(from.width, from.height, (x, y) => 235 - ((235 - levelAt(from, x, y)) * (100 - percent)) / 100),
  /** A stain over a corner of the data, a square of this share of the side (percent). */
  stain: (from: Greys, percent: number) =>
    make(from.width, from.height, (x, y) =>
      x > from.width * 0.5 &&
      y > from.height * 0.5 &&
      x < from.width * (0.5 + percent / 100) &&
      y < from.height * (0.5 + percent / 100)
        ? 60
        : levelAt(from, x, y),
    ),
  /** Paper that was pulled while it was printed: this much higher than wide (percent). */
  stretched: (from: Greys, percent: number) =>
    make(from.width, Math.round((from.height * (100 + percent)) / 100), (x, y) =>
      levelAt(from, x, Math.floor((y * 100) / (100 + percent))),
    ),
  /** Far from the camera: this many pixels for ten dots. */
  far: (from: Greys, tenths: number) => {
    const step = 10 / tenths
    return make(Math.floor(from.width / step), Math.floor(from.height / step), (x, y) => {
      let sum = 0
      let count = 0
      for (let dy = Math.floor(y * step); dy < (y + 1) * step; dy++)
        for (let dx = Math.floor(x * step); dx < (x + 1) * step; dx++) {
          sum += levelAt(from, dx, dy)
          count++
        }
      return sum / count
    })
  },
  /** Held askew, by this many degrees. */
  turned: (from: Greys, degrees: number) => {
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
    const side = Math.ceil((from.width + from.height) * 0.75)
    return make(side, side, (x, y) => {
      const [dx, dy] = [x - side / 2, y - side / 2]
      const [sx, sy] = [dx * cos + dy * sin + from.width / 2, -dx * sin + dy * cos + from.height / 2]
      return sx < 0 || sy < 0 || sx >= from.width || sy >= from.height
        ? 235
        : levelAt(from, Math.floor(sx), Math.floor(sy))
    })
  },
} as const
export type Damage = keyof typeof damages

/** With white around it, as on paper. */
export const framed = (from: Greys, border = 24): Greys =>
  make(from.width + 2 * border, from.height + 2 * border, (x, y) =>
    x < border || y < border || x >= from.width + border || y >= from.height + border
      ? 235
      : levelAt(from, x - border, y - border),
  )

export const pgm = ({ width, height, levels }: Greys): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), levels])

/** What befalls the paper; the rest befalls the picture of it. */
const ofPaper: readonly Damage[] = ['scratch', 'corner', 'stripes', 'faded', 'stain', 'stretched']

/** The picture that a camera with one pixel for a dot, slightly out of focus, takes of a damaged code. */
export function photographed(bitmap: Bitmap, damage: Damage, amount: number): Greys {
  const print = framed(seen(bitmap))
  if (ofPaper.includes(damage)) return damages.blur(framed(damages[damage](seen(bitmap), amount)), 1)
  return damage === 'blur' ? damages.blur(print, amount) : damages[damage](damages.blur(print, 1), amount)
}
