import { type Group, type Random, randomScalar } from '@melayani/ballot'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * That somebody had the token itself, of which everybody knows the public half from the package. By it a slot that has no signed
 * ballot yet shows that a token was used; a booth that never saw the token cannot make one. A proof of the discrete logarithm:
 *
 *     challenge = SHA-256(melayani-token-1|group|φ|str(g^s)|str(g^w)) mod q, response = w - s · challenge mod q
 *
 * written as "challenge.response" in hexadecimal. It names neither ballot nor booth nor time.
 */
export const tokenProofForm = /^[0-9a-f]{1,64}\.[0-9a-f]{1,512}$/

const challengeOf = ({ name, order }: Group<unknown>, fingerprint: string, credential: string, commitment: string) =>
  BigInt(
    `0x${bytesToHex(sha256(utf8ToBytes(`melayani-token-1|${name}|${fingerprint}|${credential}|${commitment}`)))}`,
  ) % order

/** `group`: fit for secrets. `secret`: the exponent of the token, `credential` its public half, `fingerprint` φ. */
export function proveToken<E>(
  group: Group<E>,
  fingerprint: string,
  { secret, credential }: { readonly secret: bigint; readonly credential: string },
  random: Random,
): string {
  const q = group.order
  const w = randomScalar(q, random)
  const commitment = group.encode(group.power(group.generator, w))
  const challenge = challengeOf(group as Group<unknown>, fingerprint, credential, commitment)
  const response = (w + (q - secret) * challenge) % q
  return `${challenge.toString(16)}.${response.toString(16)}`
}

/** Of public values only, so any group will do. */
export function tokenProofHolds<E>(group: Group<E>, fingerprint: string, credential: string, proof: string): boolean {
  if (!tokenProofForm.test(proof)) return false
  const [challenge, response] = proof.split('.').map((part) => BigInt(`0x${part}`)) as [bigint, bigint]
  const element = group.decode(credential)
  if (element === undefined || challenge >= group.order || response >= group.order) return false
  const commitment = group.multiply(group.power(group.generator, response), group.power(element, challenge))
  return challenge === challengeOf(group as Group<unknown>, fingerprint, credential, group.encode(commitment))
}
