import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** A bitmap as PNG of one bit a dot: no time, no comment. */
export function png({ width, height, bits }: Bitmap): Buffer {
  const across = Math.ceil(width / 8)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = Buffer.alloc((across + 1) * height)
  for (let y = 0; y < height; y++)
    // In PNG 1 is white.
    for (let x = 0; x < across; x++) rows[y * (across + 1) + 1 + x] = ~bits[y * across + x]! & 255
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}
