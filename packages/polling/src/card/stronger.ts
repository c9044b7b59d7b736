import {
  type EncryptedTally,
  type Group,
  keysOf,
  type PartialDecryption,
  platformRandom,
  type Random,
  randomScalar,
  type Trustee,
  writeEncryptedTally,
} from '@melayani/ballot'
import type { Fault, TrusteeSecret } from '@melayani/ballot/trustee'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { hashOf } from '../format/index.ts'

const scalar = z.string().regex(/^(0|[1-9][0-9]{0,80})$/)

/**
 * The proof of a decryption as it should be. That of the archive's format hashes neither the ciphertext nor the factor, so a
 * trustee may choose both after the challenge (see packages/ballot, test/last-voter.ts). This one hashes all it is about:
 *
 *     challenge = SHA-256(melayani-decryption-1|group|φ|hash of the tally|str(X)|question|choice|α|f|A|B) mod q
 *
 * with A = g^w, B = α^w, response = w - x · challenge mod q. It stands beside the archive, in the record of the polling
 * place, and no tool of Belenios reads it: the archive is what it was.
 */
const shape = z.strictObject({
  form: z.literal('melayani-decryption-1'),
  /** φ, 43 characters. */
  election: z.string(),
  /** SHA-256 of the tally's text, 64 hexadecimal digits. */
  tally: z.string(),
  /** str(X) of the trustee. */
  key: z.string(),
  proofs: z.array(z.array(z.strictObject({ challenge: scalar, response: scalar }))),
})

/** What is proved: the tally of one election, and its trustees. */
export type ProvedBoard = {
  readonly fingerprint: string
  readonly trustees: readonly Trustee[]
  readonly tally: EncryptedTally
}

const hashScalar = (text: string, order: bigint) => BigInt(`0x${bytesToHex(sha256(utf8ToBytes(text)))}`) % order
const modulo = (value: bigint, order: bigint) => ((value % order) + order) % order

/** A drawn number plus a hash of secret and statement: two machines cloned from one image betray nothing by equal draws. */
function nonce(order: bigint, secret: bigint, statement: string, random: Random): bigint {
  const blocks = Array.from({ length: Math.ceil((order.toString(16).length / 2 + 16) / 64) }, (_, at) =>
    sha512(utf8ToBytes(`nonce|${at}|${secret}|${statement}`)),
  )
  return modulo(randomScalar(order, random) + BigInt(`0x${bytesToHex(concatBytes(...blocks))}`), order)
}

function member<E>(group: Group<E>, text: string): E {
  const element = group.decode(text)
  if (element === undefined) throw new Error(`not an element of ${group.name}`)
  return element
}

type About = { readonly election: string; readonly tally: string; readonly key: string }
const statementOf = (group: string, { election, tally, key }: About, place: string, alpha: string, factor: string) =>
  `melayani-decryption-1|${group}|${election}|${tally}|${key}|${place}|${alpha}|${factor}`

/**
 * The stronger proof for a partial decryption that `decrypt` of @melayani/ballot just gave with this secret. Throws where a
 * factor is not alpha^x: nobody can prove what is not so.
 */
export function proveStronger<E>(
  group: Group<E>,
  { exponent, publicKey: key }: TrusteeSecret,
  { fingerprint: election, tally }: Pick<ProvedBoard, 'fingerprint' | 'tally'>,
  { decryption_factors: factors }: PartialDecryption,
  random: Random = platformRandom,
): string {
  const about = { election, tally: hashOf(writeEncryptedTally(tally)), key }
  const proofs = tally.map((choices, question) =>
    choices.map(({ alpha }, choice) => {
      const base = member(group, alpha)
      const factor = factors[question]![choice]!
      if (group.encode(group.power(base, exponent)) !== factor)
        throw new Error(`the factor of [${question}][${choice}] is not alpha^x`)
      const statement = statementOf(group.name, about, `${question}|${choice}`, alpha, factor)
      const w = nonce(group.order, exponent, statement, random)
      const commitments = `${group.encode(group.power(group.generator, w))}|${group.encode(group.power(base, w))}`
      const challenge = hashScalar(`${statement}|${commitments}`, group.order)
      return { challenge: `${challenge}`, response: `${modulo(w - exponent * challenge, group.order)}` }
    }),
  )
  return JSON.stringify({ form: 'melayani-decryption-1', ...about, proofs })
}

export type StrongerRule =
  | 'stronger.unreadable'
  | 'stronger.owner'
  | 'stronger.election'
  | 'stronger.tally'
  | 'stronger.key'
  | 'stronger.shape'
  | 'stronger.element'
  | 'stronger.proof'

/**
 * Every reason not to believe that these factors are the tally's alphas to the power of this owner's secret. Owners are
 * counted from 1. Throws on a tally or a key outside the group: these were announced before and are the verifier's to refuse.
 */
export function strongerFaults<E>(
  group: Group<E>,
  { fingerprint, trustees, tally }: ProvedBoard,
  owner: number,
  { decryption_factors: factors }: PartialDecryption,
  text: string,
): Fault<StrongerRule>[] {
  const fault = (rule: StrongerRule, at: string): Fault<StrongerRule>[] => [{ rule, trustee: owner, at }]
  const read = readStronger(text)
  if (!read) return fault('stronger.unreadable', '')
  const key = keysOf(trustees)[owner - 1]
  if (!key) return fault('stronger.owner', 'owner')
  if (read.election !== fingerprint) return fault('stronger.election', 'election')
  if (read.tally !== hashOf(writeEncryptedTally(tally))) return fault('stronger.tally', 'tally')
  if (read.key !== key.public_key) return fault('stronger.key', 'key')
  const fits = (rows: readonly (readonly unknown[])[]) =>
    rows.length === tally.length && rows.every((row, question) => row.length === tally[question]!.length)
  if (!fits(read.proofs)) return fault('stronger.shape', 'proofs')
  if (!fits(factors)) return fault('stronger.shape', 'decryption_factors')

  const X = member(group, key.public_key)
  return tally.flatMap((choices, question) =>
    choices.flatMap(({ alpha }, choice): Fault<StrongerRule>[] => {
      const place = `[${question}][${choice}]`
      const base = member(group, alpha)
      const factorText = factors[question]![choice]!
      const factor = group.decode(factorText)
      if (factor === undefined) return fault('stronger.element', `decryption_factors${place}`)
      const given = read.proofs[question]![choice]!
      const [challenge, response] = [BigInt(given.challenge), BigInt(given.response)]
      if (challenge >= group.order || response >= group.order) return fault('stronger.proof', `proofs${place}`)
      const A = group.multiply(group.power(group.generator, response), group.power(X, challenge))
      const B = group.multiply(group.power(base, response), group.power(factor, challenge))
      const statement = statementOf(group.name, read, `${question}|${choice}`, alpha, factorText)
      const expected = hashScalar(`${statement}|${group.encode(A)}|${group.encode(B)}`, group.order)
      return challenge === expected ? [] : fault('stronger.proof', `proofs${place}`)
    }),
  )
}

/** Undefined unless the text is the very form in which it is written: no second spelling, nothing added. */
function readStronger(text: string): z.infer<typeof shape> | undefined {
  try {
    const read = shape.parse(JSON.parse(text))
    const { form, election, tally, key, proofs } = read
    const again = JSON.stringify({
      form,
      election,
      tally,
      key,
      proofs: proofs.map((row) => row.map(({ challenge, response }) => ({ challenge, response }))),
    })
    return again === text ? read : undefined
  } catch {
    return undefined
  }
}
