import { type Random, randomScalar } from './random.ts'

/** The specification's alphabet (section 4.8): without 0, O, I and l. "1" is 0, "z" is 57. */
export const base58Alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** `length` characters, each equally likely. */
export function drawBase58(length: number, random: Random): string {
  let number = randomScalar(58n ** BigInt(length), random)
  let characters = ''
  for (let at = 0; at < length; at++) {
    characters = base58Alphabet[Number(number % 58n)]! + characters
    number /= 58n
  }
  return characters
}

/** The characters as digits, the first the most significant. All must be of the alphabet. */
export function base58Number(characters: string): bigint {
  let number = 0n
  for (const character of characters) number = number * 58n + BigInt(base58Alphabet.indexOf(character))
  return number
}
