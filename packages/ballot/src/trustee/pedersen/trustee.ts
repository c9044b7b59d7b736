import { writeCoefficients } from '../../format/trustees.ts'
import type { Group } from '../../group/group.ts'
import { type Random, randomScalar } from '../../random.ts'
import { modulo } from '../../scalar.ts'
import { accepted, refused } from '../fault.ts'
import { generatorTable, proveKey, sign } from '../proof.ts'
import { secretOf, type TrusteeSecret } from '../single.ts'
import { type Certificates, checkCertificates, holdOurs, makeCertificate } from './certificates.ts'
import { keysOfSeed, makeSeed, type SeedKeys, seal, unseal } from './channel.ts'
import { checkCoefficients, evaluate, evaluateInExponent, transcript } from './coefficients.ts'
import {
  readDecryptionKey,
  readShare,
  readTrusteeInput,
  type TrusteeInput,
  writeDecryptionKey,
  writePolynomial,
  writePolynomialMessage,
  writeShare,
  writeTrusteeOutput,
} from './messages.ts'
import { type CeremonyOutcome, gather, type Plan, readFrom, requirePlan } from './rules.ts'

/** A trustee who has sent a certificate and waits for those of the others. `index` counts from 1. */
export type Certified = {
  readonly stage: 'certified'
  readonly plan: Plan
  readonly index: number
  /** Secret. */
  readonly seed: string
}

/** A trustee who has dealt shares of a polynomial of its own, and waits for those of the others. */
export type Dealt = Omit<Certified, 'stage'> & {
  readonly stage: 'dealt'
  /** The certificates under which it dealt: nobody can exchange them afterwards. */
  readonly certs: readonly string[]
  /** The message of its own signed coefficients. */
  readonly coefexps: string
}
export type TrusteeState = Certified | Dealt

/** Round 1. A seed, used for this key generation only, and the certificate to be sent. */
export function beginCeremony<E>(
  group: Group<E>,
  plan: Plan,
  index: number,
  random: Random,
  seed = makeSeed(random),
): { state: Certified; certificate: string } {
  requirePlan(plan)
  if (!Number.isSafeInteger(index) || index < 1 || index > plan.size)
    throw new RangeError('the trustees are numbered from 1')
  const certificate = makeCertificate(group, plan, index, keysOfSeed(group, seed), random)
  return { state: { stage: 'certified', plan, index, seed }, certificate }
}

/**
 * Round 3. A random polynomial f_i of degree t - 1; A_{i,k} = g^(a_{i,k}) signed for all to see, s_{i,j} = f_i(j) sealed
 * for each trustee j (specification 4.6.4), once the certificates have been checked.
 */
export function dealShares<E>(
  group: Group<E>,
  { plan, index, seed }: Certified,
  certs: readonly string[],
  random: Random,
): CeremonyOutcome<{ state: Dealt; polynomial: string }> {
  const checked = checkOwnCertificates(group, plan, index, seed, certs)
  if (!checked.ok) return checked
  const { peers, signed } = checked.value
  const keys = keysOfSeed(group, seed)
  const coefficients = Array.from({ length: plan.threshold }, () => randomScalar(group.order, random))
  const coefexps = coefficients.map((a) => group.encode(generatorTable(group).power(a)))
  const message = writeCoefficients(coefexps)
  const polynomial = writePolynomialMessage({
    polynomial: seal(group, keys.signing, peers[index - 1]!, writePolynomial(coefficients), random),
    secrets: peers.map((peer, at) => {
      const share = evaluate(coefficients, BigInt(at + 1), group.order)
      return seal(group, keys.signing, peer, writeShare(share), random)
    }),
    coefexps: { message, signature: sign(group, keys.signing, message, random) },
    signature: sign(group, keys.signing, transcript(signed, coefexps), random),
  })
  return accepted({ state: { stage: 'dealt', plan, index, seed, certs, coefexps: message }, polynomial })
}

/**
 * Round 5. Opens the shares s_{i,j} that were dealt to this trustee j and checks each against what its dealer showed
 * to all: g^(s_{i,j}) = product of A_{i,k}^(j^k). Whoever dealt a bad one is named, and the key generation must begin
 * anew, with new seeds: from outside, a false accusation looks like a bad share, and so does one that was spoilt on the
 * way, which dealer and coordinator can find out by comparing what was sent. Else the secret is S_j = sum of s_{i,j},
 * and the output tells X_j = g^(S_j), proof and signature.
 */
export function takeShares<E>(
  group: Group<E>,
  { plan, index, seed, certs, coefexps }: Dealt,
  input: string,
  random: Random,
  name?: string,
): CeremonyOutcome<{ secret: TrusteeSecret; output: string }> {
  const checked = checkOwnCertificates(group, plan, index, seed, certs)
  if (!checked.ok) return checked
  const read = readFrom(undefined, 'input', () => readTrusteeInput(input))
  if (!read.ok) return read
  const shown = checkCoefficients(group, checked.value, read.value.coefexps, read.value.signatures)
  if (!shown.ok) return shown
  if (read.value.coefexps[index - 1]!.message !== coefexps)
    return refused({ rule: 'ceremony.coefficients-own', at: `coefexps[${index - 1}]` })
  const keys = keysOfSeed(group, seed)
  const shares = openShares(group, keys, checked.value, index, read.value, shown.value)
  if (!shares.ok) return shares

  const secret = secretOf(
    group,
    'Pedersen',
    shares.value.reduce((sum, share) => modulo(sum + share, group.order), 0n),
  )
  const { exponent, publicKey } = secret
  const output = writeTrusteeOutput({
    private_key: seal(group, keys.signing, checked.value.peers[index - 1]!, writeDecryptionKey(exponent), random),
    public_key: {
      pok: proveKey(group, exponent, publicKey, random),
      public_key: publicKey,
      signature: sign(group, keys.signing, publicKey, random),
      ...(name === undefined ? {} : { name }),
    },
  })
  return accepted({ secret, output })
}

function openShares<E>(
  group: Group<E>,
  keys: SeedKeys,
  { plan, peers }: Certificates<E>,
  index: number,
  { secrets }: TrusteeInput,
  shown: readonly (readonly E[])[],
): CeremonyOutcome<bigint[]> {
  if (secrets.length !== plan.size) return refused({ rule: 'ceremony.count', at: 'secrets' })
  return gather(
    secrets.map((sealedShare, at): CeremonyOutcome<bigint> => {
      const place = `secrets[${at}]`
      const from = { verification: peers[at]!.verification, trustee: at + 1 }
      const message = unseal(group, keys, from, sealedShare, place)
      if (!message.ok) return message
      const share = readFrom(at + 1, place, () => readShare(message.value))
      if (!share.ok) return share
      const claimed = evaluateInExponent(group, shown[at]!, index)
      const holds = share.value < group.order && group.equal(generatorTable(group).power(share.value), claimed)
      return holds ? share : refused({ rule: 'ceremony.share', trustee: at + 1, at: place })
    }),
  )
}

function checkOwnCertificates<E>(
  group: Group<E>,
  plan: Plan,
  index: number,
  seed: string,
  certs: readonly string[],
): CeremonyOutcome<Certificates<E>> {
  const checked = checkCertificates(group, plan, certs)
  if (!checked.ok || holdOurs(group, checked.value, index, seed)) return checked
  return refused({ rule: 'ceremony.certificate-own', at: `certs[${index - 1}]` })
}

/**
 * The secret again from the seed and the `private_key` of its output, which a coordinator may keep and publish, since it is
 * sealed for its owner (belenios-tool keeps the two as HASH.key and HASH.dkey).
 */
export function openShare<E>(group: Group<E>, seed: string, privateKey: string): CeremonyOutcome<TrusteeSecret> {
  const keys = keysOfSeed(group, seed)
  const verification = generatorTable(group).power(keys.signing)
  const message = unseal(group, keys, { verification }, privateKey, 'private_key')
  if (!message.ok) return message
  const exponent = readFrom(undefined, 'private_key', () => readDecryptionKey(message.value))
  if (!exponent.ok) return exponent
  if (exponent.value === 0n || exponent.value >= group.order)
    return refused({ rule: 'ceremony.share', at: 'private_key' })
  return accepted(secretOf(group, 'Pedersen', exponent.value))
}
