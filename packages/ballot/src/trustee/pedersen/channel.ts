import { gcm } from '@noble/ciphers/aes.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { drawBase58 } from '../../base58.ts'
import type { Group } from '../../group/group.ts'
import { hashScalar, sha256 } from '../../hash.ts'
import { type Random, randomScalar } from '../../random.ts'
import { accepted, refused } from '../fault.ts'
import { generatorTable, sign, signatureHolds } from '../proof.ts'
import { readChannelMessage, readSealed, readSigned, writeSealed, writeSignedText } from './messages.ts'
import { by, type CeremonyOutcome, readFrom } from './rules.ts'

/** The seed of a trustee's keys for one key generation: 22 characters of base 58, 128 bits (specification 4.6.1). */
export const makeSeed = (random: Random): string => drawBase58(22, random)

/** sk = H("sk|" seed) mod q signs, dk = H("dk|" seed) mod q opens; their public keys stand in the certificate. */
export type SeedKeys = {
  readonly signing: bigint
  readonly opening: bigint
  readonly verification: string
  readonly encryption: string
}
export function keysOfSeed<E>(group: Group<E>, seed: string): SeedKeys {
  if (!/^[1-9A-HJ-NP-Za-km-z]{22}$/.test(seed)) throw new Error('a seed of 22 characters of base 58 is needed')
  const signing = hashScalar(`sk|${seed}`, group.order)
  const opening = hashScalar(`dk|${seed}`, group.order)
  const power = (exponent: bigint) => group.encode(generatorTable(group).power(exponent))
  return { signing, opening, verification: power(signing), encryption: power(opening) }
}

/** As a certificate names a party: its keys as elements, and the text of the one for sealing. */
export type Peer<E> = { readonly verification: E; readonly encryption: E; readonly encryptionText: string }

const cipher = (gs: string, alpha: string) => gcm(sha256(utf8ToBytes(`key|${gs}`)), sha256(utf8ToBytes(`iv|${alpha}`)))

/**
 * Signs a message together with its recipient and seals it (specification 4.6.1, 4.6.3): alpha = g^r, beta = ek^r · g^s;
 * AES-256-GCM with key = SHA-256("key|" str(g^s)) and iv = SHA-256("iv|" str(g^r)), all 32 bytes; data in hexadecimal.
 */
export function seal<E>(
  group: Group<E>,
  signing: bigint,
  to: Pick<Peer<E>, 'encryption' | 'encryptionText'>,
  message: string,
  random: Random,
): string {
  const inner = JSON.stringify({ recipient: to.encryptionText, message })
  const signedText = writeSignedText({ message: inner, signature: sign(group, signing, inner, random) })
  const [r, s] = [randomScalar(group.order, random), randomScalar(group.order, random)]
  const gs = generatorTable(group).power(s)
  const alpha = group.encode(generatorTable(group).power(r))
  const beta = group.encode(group.multiply(group.power(to.encryption, r), gs))
  const data = bytesToHex(cipher(group.encode(gs), alpha).encrypt(utf8ToBytes(signedText)))
  return writeSealed({ algorithm: 'AES-GCM', alpha, beta, data })
}

/**
 * Opens what `from` sealed for the owner of `keys`. Whoever knows the recipient's public key can seal; only the
 * signature inside says who did, and that it was meant for this recipient.
 */
export function unseal<E>(
  group: Group<E>,
  keys: SeedKeys,
  from: { readonly verification: E; readonly trustee?: number },
  sealedText: string,
  at: string,
): CeremonyOutcome<string> {
  const read = readFrom(from.trustee, at, () => readSealed(sealedText))
  if (!read.ok) return read
  const { alpha: alphaText, beta: betaText, data } = read.value
  const alpha = group.decode(alphaText)
  const beta = group.decode(betaText)
  if (alpha === undefined || beta === undefined) return refused({ ...by(from.trustee), rule: 'ceremony.element', at })
  const gs = group.multiply(beta, group.inverse(group.power(alpha, keys.opening)))
  const opened = decryptText(group.encode(gs), alphaText, data)
  if (opened === undefined) return refused({ ...by(from.trustee), rule: 'ceremony.message-sealed', at })

  const inner = readFrom(from.trustee, at, () => {
    const signed = readSigned(opened)
    return { ...signed, channel: readChannelMessage(signed.message) }
  })
  if (!inner.ok) return inner
  if (!signatureHolds(group, from.verification, inner.value.message, inner.value.signature))
    return refused({ ...by(from.trustee), rule: 'ceremony.message-signature', at })
  if (inner.value.channel.recipient !== keys.encryption)
    return refused({ ...by(from.trustee), rule: 'ceremony.message-recipient', at })
  return accepted(inner.value.channel.message)
}

/** Undefined when the seal is broken: another key, another byte, no hexadecimal, no UTF-8. */
function decryptText(gs: string, alpha: string, data: string): string | undefined {
  if (!/^(?:[0-9a-f]{2})+$/.test(data)) return undefined
  try {
    const bytes = cipher(gs, alpha).decrypt(hexToBytes(data))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
