import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dither, isBlack, withoutCommands } from '../src/print/bitmap.ts'
import { JpegError, readJpeg } from '../src/print/jpeg.ts'

const file = (name: string) => readFileSync(new URL(`fixtures/jpeg/${name}.jpg`, import.meta.url))
const [width, height] = [61, 83]
/** The picture that is in all these files: a bright disk on a slope, a dark bar below. */
const drawn = (x: number, y: number) => {
  const slope = 40 + (150 * x) / (width - 1)
  const disk = Math.max(0, Math.min(1, (22 - Math.hypot(x - 30, y - 36)) / 4))
  const bar = y > 70 ? 60 * Math.min(1, (y - 70) / 5) : 0
  return slope * (1 - disk) + 225 * disk - bar
}

for (const name of ['baseline', 'progressive', 'grey', 'restart', 'full'])
  test(`a photograph is read as it was drawn: ${name}`, () => {
    const greys = readJpeg(file(name))
    assert.deepEqual([greys.width, greys.height], [width, height])
    let sum = 0
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) sum += Math.abs(greys.levels[y * width + x]! - drawn(x, y))
    assert.ok(sum / (width * height) < 3, `on average ${sum / (width * height)} of 255 away`)
  })

test('a photograph that is cut off, altered or none is refused with a reason, whatever is in it', () => {
  assert.throws(() => readJpeg(Buffer.from('GIF89a')), JpegError)
  const whole = file('progressive')
  for (let length = 0; length < whole.length - 2; length += 7)
    assert.throws(() => readJpeg(whole.subarray(0, length)), JpegError, `cut after ${length}`)
  let refused = 0
  for (let at = 2; at < whole.length; at++) {
    const altered = Uint8Array.from(whole)
    altered[at]! ^= 0x5a
    try {
      readJpeg(altered)
    } catch (error) {
      assert.ok(error instanceof JpegError, `byte ${at}: ${String(error)}`)
      refused++
    }
  }
  assert.ok(refused > 100)
})

test('a picture larger than any face is refused before memory is taken for it', () => {
  const huge = Uint8Array.from(file('baseline'))
  const frame = Buffer.from(huge).indexOf(Buffer.from([0xff, 0xc0]))
  huge.set([0xff, 0xff, 0xff, 0xff], frame + 5)
  assert.throws(() => readJpeg(huge), /too large/)
})

test('dots are as dense as the picture is dark', () => {
  const levels = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 64) * 4)
  const dots = dither({ width: 64, height: 64, levels }, 256)
  const share = (from: number, to: number) => {
    let black = 0
    for (let y = 0; y < dots.height; y++) for (let x = from; x < to; x++) black += Number(isBlack(dots, x, y))
    return black / (dots.height * (to - from))
  }
  assert.equal(dots.height, 256)
  for (const [from, to] of [
    [0, 64],
    [64, 128],
    [128, 192],
    [192, 256],
  ] as const)
    assert.ok(Math.abs(share(from, to) - (1 - (from + to) / 2 / 256)) < 0.03, `${from}: ${share(from, to)}`)
})

test('no picture holds two bytes that a printer obeys wherever they stand', () => {
  const bits = Uint8Array.from([0x10, 0x04, 0x01, 0x10, 0x10, 0x05, 0x10, 0x14, 0x04, 0x10, 0x06, 0x10])
  const safe = withoutCommands({ width: 8, height: 12, bits }).bits
  assert.deepEqual([...safe], [0x18, 0x04, 0x01, 0x10, 0x18, 0x05, 0x18, 0x14, 0x04, 0x10, 0x06, 0x10])
})
