import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { publicOrigin } from './address.ts'

/** A passkey as it is stored. `counter` is the last one its device told; it may stay 0 for keys that are synchronised. */
export type Passkey = { credential: string; public_key: Buffer; counter: string; transports: string | null }
export type NewPasskey = { credential: string; publicKey: Buffer; counter: number; transports: string | null }

type Transports = NonNullable<
  Parameters<typeof generateRegistrationOptions>[0]['excludeCredentials']
>[number]['transports']
const site = () => ({ expectedOrigin: publicOrigin(), expectedRPID: new URL(publicOrigin()).hostname })
const transportsOf = (text: string | null) => (text ? (text.split(',') as Transports & []) : [])
const described = (keys: readonly Passkey[]) =>
  keys.map(({ credential, transports }) => ({ id: credential, transports: transportsOf(transports) }))

/** What the browser needs to make a key for this account; its `challenge` is kept until the answer comes. */
export function passkeyToMake(account: { id: string; name: string; email: string }, known: readonly Passkey[]) {
  return generateRegistrationOptions({
    rpName: 'Melayani',
    rpID: site().expectedRPID,
    userID: new Uint8Array(Buffer.from(account.id)),
    userName: account.email,
    userDisplayName: account.name,
    attestationType: 'none',
    excludeCredentials: described(known),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
}

/** The key that the browser made, or undefined when the answer does not hold for this challenge and this site. */
export async function madePasskey(response: unknown, challenge: string): Promise<NewPasskey | undefined> {
  const verified = await verifyRegistrationResponse({
    response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: challenge,
    requireUserVerification: false,
    ...site(),
  }).catch(() => undefined)
  if (!verified?.verified) return undefined
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential
  return { credential: id, publicKey: Buffer.from(publicKey), counter, transports: transports?.join(',') ?? null }
}

/** What the browser needs to sign with one of these keys. */
export function passkeyToUse(known: readonly Passkey[]) {
  return generateAuthenticationOptions({
    rpID: site().expectedRPID,
    allowCredentials: described(known),
    userVerification: 'preferred',
  })
}

/** The counter of the key that signed, or undefined when the signature does not hold or the counter went back (a copied key). */
export async function usedPasskey(
  response: unknown,
  challenge: string,
  known: readonly Passkey[],
): Promise<{ credential: string; counter: number } | undefined> {
  const id = (response as { id?: unknown } | null)?.id
  const key = known.find(({ credential }) => credential === id)
  if (!key) return undefined
  const verified = await verifyAuthenticationResponse({
    response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: challenge,
    requireUserVerification: false,
    credential: {
      id: key.credential,
      publicKey: new Uint8Array(key.public_key),
      counter: Number(key.counter),
      transports: transportsOf(key.transports),
    },
    ...site(),
  }).catch(() => undefined)
  return verified?.verified
    ? { credential: key.credential, counter: verified.authenticationInfo.newCounter }
    : undefined
}
