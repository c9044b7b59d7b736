import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base58Alphabet, base58Number, drawBase58 } from '../base58.ts'
import type { PublicCredential } from '../format/credentials.ts'
import type { Group } from '../group/group.ts'
import { hexHash } from '../hash.ts'
import { bigEndian, type Random } from '../random.ts'

/**
 * A voter's secret, a text that can be printed and typed.
 *
 * - 2.0: XXX-XXX-XXX-XXX-XXX, 14 random characters of base 58 and one that checks them (specification 2.0, section 4.8);
 * - 3.x: XXXXX-XXXXXX-XXXXX-XXXXXX, 22 random characters (128 bits), nothing that checks them.
 *
 * The dashes belong to it: the secret number is derived from the text with them.
 */
export type CredentialForm = '2.0' | '3.x'

const dashed = { '2.0': /^(.{3})(.{3})(.{3})(.{3})(.{3})$/, '3.x': /^(.{5})(.{6})(.{5})(.{6})$/ } as const

const withDashes = (characters: string, form: CredentialForm): string =>
  dashed[form].exec(characters)!.slice(1).join('-')

/** A new credential from 82 bits (2.0) or 128 bits (3.x) of the given randomness. */
export function drawCredential(random: Random, form: CredentialForm = '3.x'): string {
  if (form === '3.x') return withDashes(drawBase58(22, random), form)
  const characters = drawBase58(14, random)
  return withDashes(characters + base58Alphabet[Number(53n - (base58Number(characters) % 53n))]!, form)
}

/** What is wrong with a typed credential. `at`: which character, counted from 1 without dashes and spaces. */
export type CredentialFault =
  | { readonly fault: 'length'; readonly characters: number }
  | { readonly fault: 'character'; readonly at: number; readonly character: string }
  | { readonly fault: 'check' }
export type TypedCredential = { readonly credential: string; readonly form: CredentialForm }

/**
 * Reads what somebody typed or a device read: dashes and spaces may be missing or stand elsewhere, all else must fit.
 * 15 characters are a 2.0 credential, 22 a 3.x one, 24 a 3.x one with its two check characters (see `withCheck`).
 * A typing error is certain to be seen only where there is a check: never in the bare 22.
 */
export function readCredential(typed: string): TypedCredential | CredentialFault {
  const characters = typed.replaceAll(/[\s-]/g, '')
  const strange = [...characters].findIndex((character) => !base58Alphabet.includes(character))
  if (strange >= 0) return { fault: 'character', at: strange + 1, character: [...characters][strange]! }
  switch (characters.length) {
    case 15:
      // c1 + checksum is a multiple of 53: Belenios takes 0 for 53, and 54 … 57 for 1 … 4, and so do we.
      if ((base58Number(characters.slice(0, 14)) + base58Number(characters[14]!)) % 53n !== 0n)
        return { fault: 'check' }
      return { credential: withDashes(characters, '2.0'), form: '2.0' }
    case 24:
      if (base58Number(characters) % checkModulus !== 1n) return { fault: 'check' }
      return { credential: withDashes(characters.slice(0, 22), '3.x'), form: '3.x' }
    case 22:
      return { credential: withDashes(characters, '3.x'), form: '3.x' }
    default:
      return { fault: 'length', characters: characters.length }
  }
}

/** The form of a text that is a credential to the letter, dashes and check included; undefined for all else. */
export function credentialForm(text: string): CredentialForm | undefined {
  const read = readCredential(text)
  return 'form' in read && read.credential === text ? read.form : undefined
}

/** The largest prime below 58². */
const checkModulus = 3361n

/**
 * A 3.x credential for typing, with two more characters: XXXXX-XXXXXX-XXXXX-XXXXXX-CC. The code is a pure system after
 * ISO/IEC 7064 with radix 58 and modulus 3361: all 24 characters, read as one number in base 58, leave the remainder 1.
 *
 * One wrong character changes the number by d·58^i with 0 < |d| < 58, two characters that changed places by
 * d·(58^i − 58^j), i ≠ j. 3361 is prime and 58 a generator modulo 3361 (its order is 3360), so neither is a multiple:
 * every single wrong character and every swap of two characters, neighbours or not, is seen, the check characters
 * included. Of all other errors, one in 3361 is not. The code is linear and public: it hides and protects nothing.
 */
export function withCheck(credential: string): string {
  if (credentialForm(credential) !== '3.x') throw new RangeError('withCheck: a credential in the 3.x form expected')
  const shifted = base58Number(credential.replaceAll('-', '')) * 58n ** 2n
  const check = Number((checkModulus + 1n - (shifted % checkModulus)) % checkModulus)
  return `${credential}-${base58Alphabet[Math.floor(check / 58)]}${base58Alphabet[check % 58]}`
}

/**
 * s = secret(c), in [0, q).
 *
 * - 2.0: PBKDF2 with HMAC-SHA256, c as password, the election's uuid as salt, 1000 rounds, 32 bytes, modulo q.
 * - 3.x: the hexadecimal digits of SHA-256 of "derive_credential|uuid|0|c" and "…|1|c" as one number, modulo q.
 */
export function secretExponent(order: bigint, uuid: string, credential: string): bigint {
  const form = credentialForm(credential)
  if (form === undefined) throw new RangeError('secretExponent: a credential with its dashes expected')
  if (form === '2.0') return bigEndian(pbkdf2(sha256, credential, uuid, { c: 1000, dkLen: 32 })) % order
  const half = (part: 0 | 1) => hexHash(`derive_credential|${uuid}|${part}|${credential}`)
  return BigInt(`0x${half(0)}${half(1)}`) % order
}

/** str(g^s), under which the ballots of this credential are known. */
export const publicCredential = <E>(group: Group<E>, uuid: string, credential: string): string =>
  group.encode(group.power(group.generator, secretExponent(group.order, uuid, credential)))

/**
 * The roll of allowed ballots, in the order of Belenios: by element, so that the place in the list says nothing about
 * the place in the list of voters. Throws when an element stands twice.
 */
export function publicCredentials<E>(group: Group<E>, list: readonly PublicCredential[]): PublicCredential[] {
  const sorted = list.toSorted((a, b) => group.compare(a.element, b.element))
  for (let at = 1; at < sorted.length; at++)
    if (sorted[at]!.element === sorted[at - 1]!.element) throw new RangeError('publicCredentials: one stands twice')
  return sorted
}
