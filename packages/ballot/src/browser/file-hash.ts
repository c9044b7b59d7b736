import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Source } from '../archive/source.ts'

const chunk = 1024 * 1024

/** SHA-256 of a whole source in hexadecimal, read piece by piece; `read` hears each piece and may stop by throwing. */
export async function hashOf(source: Source, read: (bytes: number) => Promise<void>): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; ; ) {
    const piece = await source.read(at, chunk)
    if (piece.length === 0) return bytesToHex(hash.digest())
    hash.update(piece)
    at += piece.length
    await read(at)
  }
}
