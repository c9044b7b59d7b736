import type { Greys } from './bitmap.ts'

/** The file is no JPEG that this reader knows: not one, cut off, or of a rare form (arithmetic coding, 12 bits, lossless). */
export class JpegError extends Error {}

type Part = {
  id: number
  h: number
  v: number
  table: number
  /** Blocks of 8 × 8 in a row and a column, filled up to whole MCUs. */
  across: number
  down: number
  blocks: Int16Array
  dc: number
  ac: number
  last: number
}
type Huffman = { readonly max: Int32Array; readonly first: Int32Array; readonly symbols: Uint8Array }

const zigzag = Uint8Array.from(
  (
    '0 1 8 16 9 2 3 10 17 24 32 25 18 11 4 5 12 19 26 33 40 48 41 34 27 20 13 6 7 14 21 28 35 42 49 56 57 50 43 36 29 22 ' +
    '15 23 30 37 44 51 58 59 52 45 38 31 39 46 53 60 61 54 47 55 62 63'
  ).split(' '),
  Number,
)

/** A photograph larger than this is refused before memory is taken for it. */
const mostPixels = 16_000_000

/**
 * The greys of a JPEG, baseline or progressive (ITU-T T.81): only the first component is drawn, the others are read and left
 * out, for a thermal printer has no colours. Throws JpegError.
 */
export function readJpeg(file: Uint8Array): Greys {
  const at = (index: number): number => {
    const byte = file[index]
    if (byte === undefined) throw new JpegError('the file ends too early')
    return byte
  }
  const word = (index: number) => at(index) * 256 + at(index + 1)
  if (word(0) !== 0xffd8) throw new JpegError('not a JPEG file')
  const quantities: Uint16Array[] = []
  const dcTables: Huffman[] = []
  const acTables: Huffman[] = []
  let frame: { progressive: boolean; width: number; height: number; parts: Part[] } | undefined
  let restart = 0
  let next = 2
  for (;;) {
    if (at(next) !== 0xff) throw new JpegError('a marker is missing')
    const marker = at(next + 1)
    if (marker === 0xff) {
      next++
      continue
    }
    if (marker === 0xd9) break
    const start = next + 4
    const end = next + 2 + word(next + 2)
    next = end
    if (marker === 0xdb) {
      for (let place = start; place < end; ) {
        const head = at(place++)
        const table = new Uint16Array(64)
        for (const natural of zigzag) {
          table[natural] = head >> 4 ? word(place) : at(place)
          place += head >> 4 ? 2 : 1
        }
        quantities[head & 15] = table
      }
    } else if (marker === 0xc4) {
      for (let place = start; place < end; ) {
        const head = at(place)
        const lengths = Array.from({ length: 16 }, (_, index) => at(place + 1 + index))
        const count = lengths.reduce((sum, each) => sum + each, 0)
        const symbols = Uint8Array.from({ length: count }, (_, index) => at(place + 17 + index))
        ;(head >> 4 ? acTables : dcTables)[head & 15] = huffman(lengths, symbols)
        place += 17 + count
      }
    } else if (marker === 0xdd) restart = word(start)
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      if (frame) throw new JpegError('two pictures in one file')
      if (at(start) !== 8) throw new JpegError('not 8 bits a sample')
      const height = word(start + 1)
      const width = word(start + 3)
      if (!width || !height || width * height > mostPixels) throw new JpegError('the picture is too large')
      const count = at(start + 5)
      const given = Array.from({ length: count }, (_, index) => {
        const place = start + 6 + index * 3
        return { id: at(place), h: at(place + 1) >> 4, v: at(place + 1) & 15, table: at(place + 2) }
      })
      if (!count || given.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) throw new JpegError('wrong components')
      const most = { h: Math.max(...given.map(({ h }) => h)), v: Math.max(...given.map(({ v }) => v)) }
      const parts = given.map((each) => {
        const across = Math.ceil(width / (8 * most.h)) * each.h
        const down = Math.ceil(height / (8 * most.v)) * each.v
        return { ...each, across, down, blocks: new Int16Array(across * down * 64), dc: 0, ac: 0, last: 0 }
      })
      frame = { progressive: marker === 0xc2, width, height, parts }
    } else if (marker === 0xda) {
      if (!frame) throw new JpegError('a scan before its frame')
      const scanned = Array.from({ length: at(start) }, (_, index) => {
        const part = frame!.parts.find(({ id }) => id === at(start + 1 + index * 2))
        if (!part) throw new JpegError('a scan of no component')
        part.dc = at(start + 2 + index * 2) >> 4
        part.ac = at(start + 2 + index * 2) & 15
        return part
      })
      const place = start + 1 + scanned.length * 2
      const spectrum = { from: at(place), to: at(place + 1), high: at(place + 2) >> 4, low: at(place + 2) & 15 }
      if (spectrum.from > spectrum.to || spectrum.to > 63) throw new JpegError('a wrong scan')
      next = readScan(file, end, frame, scanned, spectrum, restart, dcTables, acTables)
    } else if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc)
      throw new JpegError('a rare form of JPEG')
  }
  const first = frame?.parts[0]
  const quantity = first && quantities[first.table]
  if (!frame || !first || !quantity) throw new JpegError('no picture in the file')
  if (frame.parts.some(({ h, v }) => h > first.h || v > first.v)) throw new JpegError('a rare form of JPEG')
  return draw(frame.width, frame.height, first, quantity)
}

function huffman(lengths: number[], symbols: Uint8Array): Huffman {
  // For each length the highest code, and which index minus code its symbols have.
  const max = new Int32Array(17).fill(-1)
  const first = new Int32Array(17)
  let code = 0
  let index = 0
  for (let length = 1; length <= 16; length++) {
    first[length] = index - code
    code += lengths[length - 1]!
    index += lengths[length - 1]!
    if (lengths[length - 1]) max[length] = code - 1
    code <<= 1
  }
  return { max, first, symbols }
}

function readScan(
  file: Uint8Array,
  start: number,
  { progressive, width, height, parts }: { progressive: boolean; width: number; height: number; parts: Part[] },
  scanned: Part[],
  { from, to, high, low }: { from: number; to: number; high: number; low: number },
  restart: number,
  dcTables: Huffman[],
  acTables: Huffman[],
): number {
  let place = start
  let held = 0
  let count = 0
  let run = 0
  const bit = () => {
    if (!count) {
      const byte = file[place]
      if (byte === undefined) throw new JpegError('the file ends too early')
      // A marker stands still: what is missing before it reads as zeros.
      if (byte === 0xff && file[place + 1] !== 0) held = 0
      else {
        held = byte
        place += byte === 0xff ? 2 : 1
      }
      count = 8
    }
    return (held >> --count) & 1
  }
  const bits = (length: number) => {
    let value = 0
    for (let index = 0; index < length; index++) value = value * 2 + bit()
    return value
  }
  const symbol = (table: Huffman | undefined) => {
    if (!table) throw new JpegError('a table is missing')
    let code = 0
    for (let length = 1; length <= 16; length++) {
      code = code * 2 + bit()
      if (code <= table.max[length]!) return table.symbols[code + table.first[length]!]!
    }
    throw new JpegError('a wrong code')
  }
  const signed = (length: number) => {
    const value = bits(length)
    return length && value < 2 ** (length - 1) ? value - 2 ** length + 1 : value
  }
  const dcFirst = (part: Part, block: number) => {
    part.last += signed(symbol(dcTables[part.dc]))
    part.blocks[block] = part.last * 2 ** low
  }
  const acFirst = (part: Part, block: number) => {
    if (run) {
      run--
      return
    }
    for (let k = Math.max(1, from); k <= to; k++) {
      const code = symbol(acTables[part.ac])
      const size = code & 15
      if (size) {
        k += code >> 4
        if (k > 63) throw new JpegError('a wrong code')
        part.blocks[block + zigzag[k]!] = signed(size) * 2 ** low
      } else if (code === 0xf0) k += 15
      else {
        run = progressive ? 2 ** (code >> 4) - 1 + bits(code >> 4) : 0
        return
      }
    }
  }
  const refine = (part: Part, index: number) => {
    const value = part.blocks[index]!
    if (value && bit() && !(Math.abs(value) & (1 << low))) part.blocks[index] = value + Math.sign(value) * (1 << low)
    return value !== 0
  }
  const acRefine = (part: Part, block: number) => {
    let k = from
    if (!run)
      for (; k <= to; k++) {
        const code = symbol(acTables[part.ac])
        let zeros = code >> 4
        let value = 0
        if (code & 15) value = bit() ? 1 << low : -(1 << low)
        else if (zeros < 15) {
          run = 2 ** zeros + bits(zeros)
          break
        }
        for (; k <= to; k++) if (!refine(part, block + zigzag[k]!) && zeros-- === 0) break
        if (value && k <= 63) part.blocks[block + zigzag[k]!] = value
      }
    if (run) {
      for (; k <= to; k++) refine(part, block + zigzag[k]!)
      run--
    }
  }
  const read = (part: Part, block: number) => {
    if (!progressive) {
      dcFirst(part, block)
      acFirst(part, block)
    } else if (from === 0) {
      if (high) part.blocks[block]! |= bit() << low
      else dcFirst(part, block)
    } else if (high) acRefine(part, block)
    else acFirst(part, block)
  }
  const [only] = scanned
  const most = { h: Math.max(...parts.map(({ h }) => h)), v: Math.max(...parts.map(({ v }) => v)) }
  // A scan of one component goes over its own blocks; one of several over MCUs.
  const alone = scanned.length === 1 && only
  const across = alone ? Math.ceil((width * alone.h) / (8 * most.h)) : Math.ceil(width / (8 * most.h))
  const down = alone ? Math.ceil((height * alone.v) / (8 * most.v)) : Math.ceil(height / (8 * most.v))
  for (const part of scanned) part.last = 0
  for (let unit = 0; unit < across * down; unit++) {
    if (restart && unit && unit % restart === 0) {
      count = 0
      run = 0
      for (const part of scanned) part.last = 0
      while (!(file[place] === 0xff && file[place + 1]! >= 0xd0 && file[place + 1]! <= 0xd7)) {
        if (++place >= file.length) throw new JpegError('the file ends too early')
      }
      place += 2
    }
    const x = unit % across
    const y = Math.floor(unit / across)
    if (alone) read(alone, (y * alone.across + x) * 64)
    else
      for (const part of scanned)
        for (let v = 0; v < part.v; v++)
          for (let h = 0; h < part.h; h++) read(part, ((y * part.v + v) * part.across + x * part.h + h) * 64)
  }
  // Up to the next marker that is none of the entropy-coded data.
  while (!(file[place] === 0xff && file[place + 1] !== 0 && !(file[place + 1]! >= 0xd0 && file[place + 1]! <= 0xd7)))
    if (++place >= file.length) throw new JpegError('the file ends too early')
  return place
}

const cosines = Float64Array.from({ length: 64 }, (_, index) => {
  const [x, u] = [index >> 3, index & 7]
  return (u ? 1 : Math.SQRT1_2) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})

function draw(width: number, height: number, { across, down, blocks }: Part, quantity: Uint16Array): Greys {
  const levels = new Uint8Array(width * height)
  const rows = new Float64Array(64)
  for (let block = 0; block < across * down; block++) {
    for (let v = 0; v < 8; v++)
      for (let x = 0; x < 8; x++) {
        let sum = 0
        for (let u = 0; u < 8; u++) sum += cosines[x * 8 + u]! * blocks[block * 64 + v * 8 + u]! * quantity[v * 8 + u]!
        rows[v * 8 + x] = sum
      }
    const left = (block % across) * 8
    const top = Math.floor(block / across) * 8
    for (let y = 0; y < 8 && top + y < height; y++)
      for (let x = 0; x < 8 && left + x < width; x++) {
        let sum = 128
        for (let v = 0; v < 8; v++) sum += cosines[y * 8 + v]! * rows[v * 8 + x]!
        levels[(top + y) * width + left + x] = Math.max(0, Math.min(255, Math.round(sum)))
      }
  }
  return { width, height, levels }
}
