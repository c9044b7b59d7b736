import type { Bitmap } from './bitmap.ts'

/** What stands on a roll of paper, from top to bottom. */
export type Strip =
  | {
      readonly text: string
      readonly size: number
      readonly bold: boolean
      readonly inverse: boolean
      readonly centre: boolean
    }
  | { readonly bitmap: Bitmap; readonly centre: boolean }
  | { readonly cut: true }

/**
 * Reads ESC/POS as a printer does, as far as a whole or a torn document of ours goes: a line that was not ended, and an image
 * whose last rows are missing, appear as far as they came. Throws at a command that we never send.
 */
export function strips(bytes: Uint8Array): Strip[] {
  const out: Strip[] = []
  let line = ''
  let look = { size: 1, bold: false, inverse: false, centre: false }
  const end = () => {
    out.push({ text: line, ...look })
    line = ''
  }
  for (let place = 0; place < bytes.length; ) {
    const [first = 0, second, third, fourth] = bytes.subarray(place, place + 4)
    if (first === 10) {
      end()
      place++
    } else if (first >= 0x20 && first < 0x7f) {
      line += String.fromCharCode(first)
      place++
    } else if (second === undefined || third === undefined) {
      // A command that was cut off does nothing; ESC @ has two bytes only.
      place = bytes.length
    } else if (first === 0x1b && second === 0x40) {
      look = { size: 1, bold: false, inverse: false, centre: false }
      place += 2
    } else if (first === 0x1b && second === 0x74) place += 3
    else if (first === 0x1b && second === 0x61) {
      look = { ...look, centre: third === 1 }
      place += 3
    } else if (first === 0x1b && second === 0x45) {
      look = { ...look, bold: third === 1 }
      place += 3
    } else if (first === 0x1d && second === 0x21) {
      look = { ...look, size: (third & 15) + 1 }
      place += 3
    } else if (first === 0x1d && second === 0x42) {
      look = { ...look, inverse: third === 1 }
      place += 3
    } else if (first === 0x1d && second === 0x56) {
      if (fourth !== undefined) out.push({ cut: true })
      place += 4
    } else if (first === 0x1d && second === 0x76) {
      const head = bytes.subarray(place, place + 8)
      if (head.length === 8) {
        const across = head[4]! + head[5]! * 256
        const bits = bytes.slice(place + 8, place + 8 + across * (head[6]! + head[7]! * 256))
        const height = Math.floor(bits.length / across)
        if (height)
          out.push({ bitmap: { width: across * 8, height, bits: bits.slice(0, height * across) }, centre: look.centre })
        place += 8 + bits.length
      } else place = bytes.length
    } else throw new Error(`unknown command ${first} ${second} at ${place}`)
  }
  if (line) end()
  return out
}

/** The paper as a text file: images as "[gambar 24 x 24 mm]", the knife as a dotted line. */
export const stripText = (all: readonly Strip[]): string =>
  all
    .map((strip) => {
      if ('cut' in strip) return '- - - - - - - - - - - -'
      if ('bitmap' in strip)
        return `[gambar ${Math.round(strip.bitmap.width / 8)} x ${Math.round(strip.bitmap.height / 8)} mm]`
      return strip.text
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
