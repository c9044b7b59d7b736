import { readCertificate, type Signed, writeCertificate } from '../../format/trustees.ts'
import type { Group } from '../../group/group.ts'
import type { Random } from '../../random.ts'
import { accepted, refused } from '../fault.ts'
import { sign, signatureHolds } from '../proof.ts'
import { keysOfSeed, type Peer, type SeedKeys } from './channel.ts'
import { readSigned, writeSignedText } from './messages.ts'
import { type CeremonyFault, type CeremonyOutcome, decodeKey, gather, type Plan, readFrom } from './rules.ts'

/** The certificate of trustee `index` (from 1): its two public keys and what they are for, signed by the first of them. */
export function makeCertificate<E>(
  group: Group<E>,
  { size, threshold }: Plan,
  index: number,
  keys: SeedKeys,
  random: Random,
): string {
  const { verification, encryption } = keys
  const context = { group: group.name, size, threshold, index }
  const message = writeCertificate({ context, verification, encryption })
  return writeSignedText({ message, signature: sign(group, keys.signing, message, random) })
}

/** All certificates of a key generation, each found sound. */
export type Certificates<E> = {
  readonly plan: Plan
  readonly signed: readonly Signed[]
  readonly peers: readonly Peer<E>[]
}

/**
 * Reads and checks the certificates, in the order of the trustees: as many as planned, each made for this group, size,
 * threshold and place, with keys in the group, signed, and no key standing twice (one person in two places would need
 * fewer others to decrypt).
 */
export function checkCertificates<E>(
  group: Group<E>,
  plan: Plan,
  texts: readonly string[],
): CeremonyOutcome<Certificates<E>> {
  if (texts.length !== plan.size) return refused({ rule: 'ceremony.count', at: 'certs' })
  const outcome = gather(texts.map((text, at) => checkCertificate(group, plan, at + 1, text)))
  if (!outcome.ok) return outcome
  const twice = twiceFaults(outcome.value.map(({ keys }) => keys))
  if (twice.length > 0) return refused(...twice)
  return accepted({
    plan,
    signed: outcome.value.map(({ signed }) => signed),
    peers: outcome.value.map(({ peer }) => peer),
  })
}

type Checked<E> = { readonly signed: Signed; readonly peer: Peer<E>; readonly keys: readonly string[] }

function checkCertificate<E>(
  group: Group<E>,
  { size, threshold }: Plan,
  index: number,
  text: string,
): CeremonyOutcome<Checked<E>> {
  const at = `certs[${index - 1}]`
  const fault = (rule: CeremonyFault['rule'], part = '') => refused({ rule, trustee: index, at: `${at}${part}` })
  const read = readFrom(index, at, () => {
    const signed = readSigned(text)
    return { signed, certificate: readCertificate(signed.message) }
  })
  if (!read.ok) return read
  const { signed, certificate } = read.value
  const { context } = certificate
  const fits =
    context !== undefined &&
    context.group === group.name &&
    context.size === size &&
    context.threshold === threshold &&
    context.index === index
  if (!fits) return fault('ceremony.certificate-context', '.message.context')
  const verification = decodeKey(group, certificate.verification)
  if (verification === undefined) return fault('ceremony.element', '.message.verification')
  const encryption = decodeKey(group, certificate.encryption)
  if (encryption === undefined) return fault('ceremony.element', '.message.encryption')
  if (!signatureHolds(group, verification, signed.message, signed.signature))
    return fault('ceremony.certificate-signature', '.signature')
  const peer = { verification, encryption, encryptionText: certificate.encryption }
  return accepted({ signed, peer, keys: [certificate.verification, certificate.encryption] })
}

/** Names the later of two that have a key in common. */
function twiceFaults(keysOfAll: readonly (readonly string[])[]): CeremonyFault[] {
  const seen = new Set<string>()
  return keysOfAll.flatMap((keys, at): CeremonyFault[] => {
    const known = keys.some((key) => seen.has(key)) || keys[0] === keys[1]
    for (const key of keys) seen.add(key)
    return known ? [{ rule: 'ceremony.certificate-twice', trustee: at + 1, at: `certs[${at}]` }] : []
  })
}

/** Whether the certificates hold ours, unchanged, in our place. */
export function holdOurs<E>(group: Group<E>, certificates: Certificates<E>, index: number, seed: string): boolean {
  const peer = certificates.peers[index - 1]!
  const { verification, encryption } = keysOfSeed(group, seed)
  return group.encode(peer.verification) === verification && peer.encryptionText === encryption
}
