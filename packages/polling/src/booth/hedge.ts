import type { Random } from '@melayani/ballot'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Randomness for one ballot from a source that may have been copied: every byte of the source is added (exclusive or) to one of a
 * stream that only this credential, election and choice give, HMAC-SHA256 under the credential over the number of the block.
 *
 * What comes out is as good as the source whatever the stream is. When two machines that were cloned draw the same bytes, the
 * ballots of two credentials still share no number, nor do two ballots of one credential for different choices: no r stands twice,
 * and no nonce of a proof answers two challenges. The same credential with the same choice gives the same ballot, which betrays
 * nothing that the second one does not say.
 */
export function hedge(source: Random, credential: string, about: string): Random {
  const key = hmac(sha256, utf8ToBytes(credential), utf8ToBytes(`melayani/hedge/1 ${about}`))
  let block = 0
  return (length) => {
    const bytes = Uint8Array.from(source(length))
    for (let at = 0; at < length; at += 32) {
      const stream = hmac(sha256, key, utf8ToBytes(String(block++)))
      for (let place = at; place < Math.min(length, at + 32); place++) bytes[place]! ^= stream[place - at]!
    }
    return bytes
  }
}
