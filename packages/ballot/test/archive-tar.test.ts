import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockSize, frame, readHeader, writeHeader } from '../src/archive/index.ts'
import { timestamp } from './archive-made.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const name = `${'0a'.repeat(32)}.data.json`

/** Puts the checksum of a header right, as somebody would who alters it on purpose. */
function summed(block: Uint8Array): Uint8Array {
  const copy = block.slice()
  copy.fill(0x20, 148, 156)
  const sum = copy.reduce((total, byte) => total + byte, 0)
  copy.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
  return copy
}

test('a header is the 512 bytes of an old tar, each at its place', () => {
  const expected = new Uint8Array(512)
  expected.set(ascii('BELENIOS'), 0)
  expected.set(ascii('0000644\0'), 100)
  expected.set(ascii('0000000\0'), 108)
  expected.set(ascii('0000000\0'), 116)
  expected.set(ascii('00000000046\0'), 124)
  expected.set(ascii('15300515070\0'), 136)
  expected.set(ascii('005704\0 '), 148)
  expected.set(ascii('0'), 156)
  assert.deepEqual(writeHeader('BELENIOS', 38, timestamp), expected)
})

test('what is written is read back: name, size and time, with no fault, up to eleven octal digits', () => {
  for (const size of [0, 1, 511, 512, 513, 8 ** 11 - 1])
    for (const time of [0, 1, timestamp, 8 ** 11 - 1])
      assert.deepEqual(readHeader(writeHeader(name, size, time)), { name, size, time, summed: true, faults: [] })
})

test('a name, size or time that no header can hold is not written', () => {
  assert.throws(() => writeHeader('', 0, 0), RangeError)
  assert.throws(() => writeHeader('a b', 0, 0), RangeError)
  assert.throws(() => writeHeader('é', 0, 0), RangeError)
  assert.throws(() => writeHeader('x'.repeat(100), 0, 0), RangeError)
  for (const value of [-1, 0.5, 8 ** 11, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => writeHeader(name, value, 0), RangeError)
    assert.throws(() => writeHeader(name, 0, value), RangeError)
  }
})

test('a body is followed by zeros up to a multiple of 512, by none if it is one', () => {
  for (const [size, length] of [
    [0, 512],
    [1, 1024],
    [511, 1024],
    [512, 1024],
    [513, 1536],
  ] as const) {
    const body = new Uint8Array(size).fill(0xff)
    const bytes = frame(name, body, timestamp)
    assert.equal(bytes.length, length)
    assert.deepEqual(bytes.subarray(0, blockSize), writeHeader(name, size, timestamp))
    assert.deepEqual(bytes.subarray(blockSize, blockSize + size), body)
    assert.deepEqual(bytes.subarray(blockSize + size), new Uint8Array(length - blockSize - size))
  }
})

test('each of the 512 bytes changed to any of the 255 others is a fault of the checksum at least', () => {
  const block = writeHeader(name, 4677, timestamp)
  for (let at = 0; at < blockSize; at++)
    for (let change = 1; change < 256; change++) {
      const altered = block.slice()
      altered[at]! ^= change
      const { faults, summed: fits } = readHeader(altered)
      assert.equal(fits, false, `byte ${at} xor ${change}`)
      assert.equal(faults.filter(({ rule }) => rule === 'archive.checksum').length, 1, `byte ${at} xor ${change}`)
    }
})

test('each byte changed with the checksum put right is a fault of its field, but for another name, size or time that can be', () => {
  const block = writeHeader(name, 4677, timestamp)
  for (let at = 0; at < blockSize; at++) {
    if (at >= 148 && at < 156) continue
    for (let change = 1; change < 256; change++) {
      const altered = block.slice()
      altered[at]! ^= change
      const header = readHeader(summed(altered))
      const rules = header.faults.map(({ rule }) => rule)
      const inName = at < 100
      const inSize = at >= 124 && at < 135
      const inTime = at >= 136 && at < 147
      const character = String.fromCharCode(altered[at]!)
      const otherName = at < 64 && /[0-9a-f]/.test(character)
      const otherNumber = (inSize || inTime) && /[0-7]/.test(character)
      if (otherName || otherNumber) {
        assert.deepEqual(rules, [], `byte ${at} xor ${change}`)
        assert.notDeepEqual([header.name, header.size, header.time], [name, 4677, timestamp])
        continue
      }
      const rule = inName
        ? 'archive.name'
        : at >= 124 && at < 136
          ? 'archive.size'
          : at >= 136 && at < 148
            ? 'archive.time'
            : 'archive.header'
      assert.deepEqual(rules, [rule], `byte ${at} xor ${change}`)
    }
  }
})

test('a name is shown in printable characters only, whatever bytes it has', () => {
  const block = writeHeader('x', 0, 0)
  block.set([0x1b, 0x5b, 0x32, 0x4a, 0xc3, 0xa9, 0x20], 0)
  assert.equal(readHeader(block).name, '\\x1b[2J\\xc3\\xa9\\x20')
})
