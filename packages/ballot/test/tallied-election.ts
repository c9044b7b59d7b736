import { type Election, writeElection } from '../src/format/election.ts'
import type { Ciphertext } from '../src/format/proof.ts'
import { type EncryptedTally, type PartialDecryption, writeEncryptedTally } from '../src/format/tally.ts'
import { type Trustee, writeTrustees } from '../src/format/trustees.ts'
import type { Group } from '../src/group/group.ts'
import { base64Hash, hexHash } from '../src/hash.ts'
import { platformRandom, randomScalar } from '../src/random.ts'
import { encryptedTally, type Tallied } from '../src/tally.ts'
import { type DecryptionOrder, decrypt } from '../src/trustee/decrypt.ts'
import { electionKey, member } from '../src/trustee/election-key.ts'
import { generatorTable } from '../src/trustee/proof.ts'
import { combine } from '../src/trustee/result.ts'
import { makeSingle, type TrusteeSecret } from '../src/trustee/single.ts'
import { must } from './hold-ceremony.ts'

/** alpha = g^r, beta = y^r · g^m, straight from the formula; r random unless given. */
export function encrypted<E>(
  group: Group<E>,
  y: E,
  m: bigint,
  r = randomScalar(group.order, platformRandom),
): Ciphertext {
  const g = generatorTable(group)
  const beta = group.multiply(group.power(y, r), g.power(m))
  return { alpha: group.encode(g.power(r)), beta: group.encode(beta) }
}

/** Votes question by question, 0 or 1 for each choice. */
export type Vote = { readonly choices: readonly (readonly number[])[]; readonly weight?: bigint }

export type Small = {
  readonly election: Election
  readonly tallied: Tallied
  readonly order: DecryptionOrder
  readonly board: Parameters<typeof combine>[1]
}

/** An election up to its announced tally. `shape`: choices of each question, the flag "blank" among them. */
export function talliedElection<E>(
  group: Group<E>,
  trustees: readonly Trustee[],
  shape: readonly number[],
  votes: readonly Vote[],
): Small {
  const election: Election = {
    version: 1,
    description: '',
    name: 'Kecil',
    group: group.name,
    public_key: electionKey(group, trustees),
    questions: shape.map((choices) => ({
      answers: Array.from({ length: choices }, (_, at) => `Calon ${at + 1}`),
      min: 0,
      max: choices,
      question: 'Siapa?',
    })),
    uuid: '11111111111111',
  }
  const y = member(group, election.public_key)
  const tallied = encryptedTally(
    group,
    election,
    votes.map(({ choices, weight = 1n }) => ({
      answers: choices.map((row) => ({ choices: row.map((m) => encrypted(group, y, BigInt(m))) })),
      weight,
    })),
  )
  const texts = {
    election: writeElection(election),
    trustees: writeTrustees(trustees),
    tally: writeEncryptedTally(tallied.tally),
  }
  const fingerprint = base64Hash(texts.election)
  return {
    election,
    tallied,
    order: { ...texts, announced: { election: fingerprint, tally: hexHash(texts.tally) } },
    board: { fingerprint, trustees, tally: tallied.tally, totalWeight: tallied.totalWeight },
  }
}

/** The same order for another tally, announced as it then is. */
export const withTally = (order: DecryptionOrder, tally: EncryptedTally): DecryptionOrder => {
  const text = writeEncryptedTally(tally)
  return { ...order, tally: text, announced: { ...order.announced, tally: hexHash(text) } }
}

export const decryptionsOf = <E>(group: Group<E>, { order }: Small, secrets: readonly TrusteeSecret[]) =>
  new Map<number, PartialDecryption>(
    secrets.map((secret) => {
      const { owner, decryption } = must(decrypt(group, secret, order, [], platformRandom))
      return [owner, decryption] as const
    }),
  )

export function resultOf<E>(group: Group<E>, small: Small, secrets: readonly TrusteeSecret[]): number[][] {
  const combined = combine(group, small.board, decryptionsOf(group, small, secrets))
  if (combined.state !== 'result') throw new Error(JSON.stringify(combined))
  return combined.result.map((row) => row.map(Number))
}

export function single<E>(group: Group<E>): { trustee: Trustee; secret: TrusteeSecret } {
  const { key, secret } = makeSingle(group, platformRandom)
  return { trustee: ['Single', key], secret }
}
