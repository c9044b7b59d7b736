import { choicesOf, type Election, readElection } from '../format/election.ts'
import type { Ciphertext, Proof } from '../format/proof.ts'
import { FormatError } from '../format/shape.ts'
import { type EncryptedTally, type PartialDecryption, readEncryptedTally } from '../format/tally.ts'
import { keysOf, readTrustees, type Trustee } from '../format/trustees.ts'
import type { Group } from '../group/group.ts'
import { base64Hash, hexHash } from '../hash.ts'
import type { Random } from '../random.ts'
import { electionKey } from './election-key.ts'
import { accepted, type Fault, type Outcome, refused } from './fault.ts'
import { proveDecryption } from './proof.ts'
import type { TrusteeSecret } from './single.ts'

/**
 * What a trustee is asked to decrypt. The texts come from the board; what was announced comes to the trustee by another
 * way (printed, read out, signed by witnesses at the close of the poll) and is all that a trustee has to trust.
 */
export type DecryptionOrder = {
  /** The records of the board, as stored, byte for byte. */
  readonly election: string
  readonly trustees: string
  readonly tally: string
  readonly announced: {
    /** The election's fingerprint φ, 43 characters. */
    readonly election: string
    /** `encrypted_tally` of the sized tally: 64 hexadecimal digits. */
    readonly tally: string
  }
}

/** What a key has already decrypted. Kept by the trustee's device beside the secret, and only ever added to. */
export type Opened = { readonly key: string; readonly election: string; readonly tally: string }

export const orderRules = [
  'order.unreadable',
  'order.election',
  'order.tally',
  'order.group',
  'order.trustee',
  'order.key',
  'order.shape',
  'order.element',
  'order.second-tally',
  'order.second-election',
] as const
export type OrderRule = (typeof orderRules)[number]

export type Decrypted = {
  /** The number under which the board files it, from 1 (`owner`). */
  readonly owner: number
  readonly decryption: PartialDecryption
  /** To be kept before the decryption leaves the device. */
  readonly opened: readonly Opened[]
}

/**
 * A trustee's partial decryption (specification 4.18), for a Single key or a share of a threshold key: alpha^x with proof
 * for each choice. A ballot has the form of a tally of one, so whoever may choose what a trustee decrypts reads votes.
 * Refused is therefore everything but the one tally that was announced, another tally of the same election afterwards,
 * and another election with the same key unless `sharedKey` says that this key serves several (polling places of one
 * village, say): whoever can name elections to such a device can name one with a single ballot.
 */
export function decrypt<E>(
  group: Group<E>,
  secret: TrusteeSecret,
  order: DecryptionOrder,
  opened: readonly Opened[],
  random: Random,
  { sharedKey = false }: { sharedKey?: boolean } = {},
): Outcome<Decrypted, OrderRule> {
  if (secret.group !== group.name) throw new Error(`a secret for ${secret.group}, a group ${group.name}`)
  const read = readOrder(order)
  if (!read.ok) return read
  const { election, trustees, tally } = read.value
  const faults = [
    ...announcedFaults(order),
    ...electionFaults(group, secret, election, trustees),
    ...earlierFaults(secret, order, opened, sharedKey),
  ]
  if (!fits(tally, election)) faults.push({ rule: 'order.shape', at: 'tally' })
  if (faults.length > 0) return refused(...faults)

  const alphas = tally.map((choices) => choices.map((choice) => alphaOf(group, choice)))
  const strangers = placesOf(alphas, (alpha) => alpha === undefined)
  if (strangers.length > 0) return refused(...strangers.map((at) => ({ rule: 'order.element', at }) as const))

  const context = { fingerprint: order.announced.election, key: secret.publicKey }
  const share = (alpha: E): { factor: string; proof: Proof } => ({
    factor: group.encode(group.power(alpha, secret.exponent)),
    proof: proveDecryption(group, secret.exponent, context, alpha, random),
  })
  const shares = alphas.map((choices) => choices.map((alpha) => share(alpha as E)))
  return accepted({
    owner: ownerOf(trustees, secret.publicKey),
    decryption: {
      decryption_factors: shares.map((choices) => choices.map(({ factor }) => factor)),
      decryption_proofs: shares.map((choices) => choices.map(({ proof }) => proof)),
    },
    opened: remember(opened, { key: secret.publicKey, ...order.announced }),
  })
}

/**
 * The number of a key among all keys of the record, from 1; 0 when it is not there. With a threshold of one all shares are
 * the same number, and so are the keys of their owners: the first of them is named, and its decryption is all that is needed.
 */
export const ownerOf = (trustees: readonly Trustee[], publicKey: string): number =>
  keysOf(trustees).findIndex(({ public_key }) => public_key === publicKey) + 1

/** Whether a tally has as many questions, and each as many choices, as the election asks for. */
export const fits = (tally: readonly (readonly unknown[])[], { questions }: Pick<Election, 'questions'>): boolean =>
  tally.length === questions.length &&
  tally.every((choices, question) => choices.length === choicesOf(questions[question]!))

type Read = { election: Election; trustees: Trustee[]; tally: EncryptedTally }

function readOrder(order: DecryptionOrder): Outcome<Read, OrderRule> {
  let part = 'election'
  try {
    const election = readElection(order.election)
    part = 'trustees'
    const trustees = readTrustees(order.trustees)
    part = 'tally'
    return accepted({ election, trustees, tally: readEncryptedTally(order.tally) })
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return refused({ rule: 'order.unreadable', at: error.at ? `${part}: ${error.at}` : part })
  }
}

function announcedFaults({ election, tally, announced }: DecryptionOrder): Fault<OrderRule>[] {
  const faults: Fault<OrderRule>[] = []
  if (base64Hash(election) !== announced.election) faults.push({ rule: 'order.election', at: 'announced.election' })
  if (hexHash(tally) !== announced.tally) faults.push({ rule: 'order.tally', at: 'announced.tally' })
  return faults
}

function electionFaults<E>(
  group: Group<E>,
  secret: TrusteeSecret,
  election: Election,
  trustees: readonly Trustee[],
): Fault<OrderRule>[] {
  if (election.group !== group.name) return [{ rule: 'order.group', at: 'election.group' }]
  const faults: Fault<OrderRule>[] = []
  if (ownerOf(trustees, secret.publicKey) === 0) faults.push({ rule: 'order.trustee', at: 'trustees' })
  let key: string | undefined
  try {
    key = electionKey(group, trustees)
  } catch {
    // An element outside the group, or no trustee at all: no key follows from such a record.
  }
  if (key !== election.public_key) faults.push({ rule: 'order.key', at: 'election.public_key' })
  return faults
}

function earlierFaults(
  secret: TrusteeSecret,
  { announced }: DecryptionOrder,
  opened: readonly Opened[],
  sharedKey: boolean,
): Fault<OrderRule>[] {
  const earlier = opened.filter(({ key }) => key === secret.publicKey)
  if (earlier.some(({ election, tally }) => election === announced.election && tally !== announced.tally))
    return [{ rule: 'order.second-tally', at: 'announced.tally' }]
  if (!sharedKey && earlier.some(({ election }) => election !== announced.election))
    return [{ rule: 'order.second-election', at: 'announced.election' }]
  return []
}

const remember = (opened: readonly Opened[], now: Opened): readonly Opened[] =>
  opened.some(({ key, election, tally }) => key === now.key && election === now.election && tally === now.tally)
    ? opened
    : [...opened, now]

/** alpha, if both parts of the ciphertext are members. */
const alphaOf = <E>(group: Group<E>, { alpha, beta }: Ciphertext): E | undefined =>
  group.decode(beta) === undefined ? undefined : group.decode(alpha)

const placesOf = <T>(rows: readonly (readonly T[])[], wrong: (value: T) => boolean): string[] =>
  rows.flatMap((row, question) =>
    row.flatMap((value, choice) => (wrong(value) ? [`tally[${question}][${choice}]`] : [])),
  )
