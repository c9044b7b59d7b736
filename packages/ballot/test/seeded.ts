import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Random } from '../src/random.ts'

/** Bytes that look random and are the same each time: SHA-256 of seed and counter. For tests only. */
export function seeded(seed: string): Random {
  let counter = 0
  let rest = new Uint8Array(0)
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      if (rest.length === 0) rest = new Uint8Array(sha256(utf8ToBytes(`${seed}|${counter++}`)))
      const taken = rest.subarray(0, length - at)
      bytes.set(taken, at)
      rest = rest.subarray(taken.length)
      at += taken.length
    }
    return bytes
  }
}
