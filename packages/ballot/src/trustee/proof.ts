import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Proof } from '../format/proof.ts'
import type { Group, Table } from '../group/group.ts'
import { hashScalar } from '../hash.ts'
import { bigEndian, type Random, randomScalar } from '../random.ts'
import { modulo } from '../scalar.ts'

const generators = new WeakMap<object, Table<unknown>>()

/** The table for powers of g, made once for each group. */
export function generatorTable<E>(group: Group<E>): Table<E> {
  let table = generators.get(group) as Table<E> | undefined
  if (!table) {
    table = group.table(group.generator)
    generators.set(group, table as Table<unknown>)
  }
  return table
}

/**
 * The secret exponent w of a commitment: a uniform number plus a hash of the secret and of what is proved. While the
 * random numbers are good the sum is uniform whatever the hash is. When they repeat (machines cloned from one image),
 * two different statements still get two unrelated w, and the secret does not follow from two proofs. The hash is 128
 * bits longer than q, so that what it hides is as wide as the group.
 */
export function nonce(order: bigint, secret: bigint, statement: string, random: Random): bigint {
  const bytes = Math.ceil(order.toString(2).length / 8) + 16
  const parts: Uint8Array[] = []
  for (let block = 0; block * 64 < bytes; block++)
    parts.push(sha512(utf8ToBytes(`nonce|${block}|${secret}|${statement}`)))
  return modulo(randomScalar(order, random) + bigEndian(concatBytes(...parts)), order)
}

/** Schnorr: A = g^w, challenge = HZ(statement | str(A)), response = w - x · challenge mod q. */
function prove<E>(group: Group<E>, secret: bigint, statement: string, random: Random): Proof {
  const w = nonce(group.order, secret, statement, random)
  const challenge = hashScalar(`${statement}|${group.encode(generatorTable(group).power(w))}`, group.order)
  return { challenge, response: modulo(w - secret * challenge, group.order) }
}

/** A = g^response · X^challenge; challenge = HZ(statement | str(A)). Both numbers in [0, q). */
function holds<E>(group: Group<E>, key: E, statement: string, { challenge, response }: Proof): boolean {
  if (challenge >= group.order || response >= group.order) return false
  const A = generatorTable(group).combine(response, key, challenge)
  return challenge === hashScalar(`${statement}|${group.encode(A)}`, group.order)
}

const keyStatement = <E>(group: Group<E>, key: string) => `pok|${group.name}|${key}`

/** Proof of knowledge of the secret of a public key (specification 4.5). `key` is str(g^secret). */
export const proveKey = <E>(group: Group<E>, secret: bigint, key: string, random: Random): Proof =>
  prove(group, secret, keyStatement(group, key), random)

export const keyProofHolds = <E>(group: Group<E>, key: E, proof: Proof): boolean =>
  holds(group, key, keyStatement(group, group.encode(key)), proof)

/** Signature of a text between the parties of a key generation (specification 4.6.1). */
export const sign = <E>(group: Group<E>, secret: bigint, message: string, random: Random): Proof =>
  prove(group, secret, `sigmsg|${message}`, random)

export const signatureHolds = <E>(group: Group<E>, key: E, message: string, signature: Proof): boolean =>
  holds(group, key, `sigmsg|${message}`, signature)

/** What a partial decryption is about: the election's fingerprint φ and the trustee's key str(X). */
export type DecryptionContext = { readonly fingerprint: string; readonly key: string }

const decryptionChallenge = <E>(group: Group<E>, { fingerprint, key }: DecryptionContext, A: E, B: E): bigint =>
  hashScalar(`decrypt|${fingerprint}|${key}|${group.encode(A)},${group.encode(B)}`, group.order)

/**
 * Chaum-Pedersen (specification 4.18): that factor = alpha^x for the x of X = g^x. A = g^w, B = alpha^w,
 * challenge = HZ(decrypt|φ|str(X)|A,B), response = w - x · challenge mod q.
 */
export function proveDecryption<E>(
  group: Group<E>,
  secret: bigint,
  context: DecryptionContext,
  alpha: E,
  random: Random,
): Proof {
  const statement = `decrypt|${context.fingerprint}|${context.key}|${group.encode(alpha)}`
  const w = nonce(group.order, secret, statement, random)
  const challenge = decryptionChallenge(group, context, generatorTable(group).power(w), group.power(alpha, w))
  return { challenge, response: modulo(w - secret * challenge, group.order) }
}

/** A = g^response · X^challenge, B = alpha^response · factor^challenge. */
export function decryptionProofHolds<E>(
  group: Group<E>,
  context: DecryptionContext,
  X: E,
  alpha: E,
  factor: E,
  { challenge, response }: Proof,
): boolean {
  if (challenge >= group.order || response >= group.order) return false
  const A = generatorTable(group).combine(response, X, challenge)
  const B = group.multiply(group.power(alpha, response), group.power(factor, challenge))
  return challenge === decryptionChallenge(group, context, A, B)
}
