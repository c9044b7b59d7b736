import { object, oneOf, readText, scalar, text } from '../format/shape.ts'
import type { TrusteeKey } from '../format/trustees.ts'
import { type Group, type GroupName, groupNames } from '../group/group.ts'
import { type Random, randomScalar } from '../random.ts'
import { generatorTable, keyProofHolds, proveKey } from './proof.ts'

/** What a trustee decrypts with: the exponent x of a key X = g^x, or a share of a threshold key, which is used alike. */
export type TrusteeSecret = {
  readonly kind: 'Single' | 'Pedersen'
  readonly group: GroupName
  /** x, in [1, q) */
  readonly exponent: bigint
  /** str(g^x) */
  readonly publicKey: string
}

/** A key pair (specification 4.5): x uniform in [1, q), X = g^x, and the proof that its owner knows x. */
export function makeSingle<E>(
  group: Group<E>,
  random: Random,
  name?: string,
): { secret: TrusteeSecret; key: TrusteeKey } {
  let exponent = 0n
  // Zero is as likely as any other number and would decrypt nothing.
  while (exponent === 0n) exponent = randomScalar(group.order, random)
  const secret = secretOf(group, 'Single', exponent)
  const pok = proveKey(group, exponent, secret.publicKey, random)
  return { secret, key: { pok, public_key: secret.publicKey, ...(name === undefined ? {} : { name }) } }
}

export function secretOf<E>(group: Group<E>, kind: TrusteeSecret['kind'], exponent: bigint): TrusteeSecret {
  if (exponent <= 0n || exponent >= group.order) throw new RangeError('a secret key lies between 1 and q - 1')
  return { kind, group: group.name, exponent, publicKey: group.encode(generatorTable(group).power(exponent)) }
}

/** Whether a key is a member of the group other than 1 whose owner has proved that they know its secret. */
export function keyHolds<E>(group: Group<E>, key: TrusteeKey): boolean {
  const X = group.decode(key.public_key)
  return X !== undefined && !group.equal(X, group.neutral) && keyProofHolds(group, X, key.pok)
}

const stored = object({
  form: oneOf('melayani-trustee-1'),
  kind: oneOf('Single', 'Pedersen'),
  group: oneOf(...groupNames),
  public_key: text,
  secret: scalar,
})

/**
 * The secret as a text to be kept. It is the plain secret: whoever reads the text decrypts as this trustee. Keeping it
 * under a passphrase or in a card is the matter of the medium on which it lies, not of this package.
 */
export const writeSecret = ({ kind, group, publicKey, exponent }: TrusteeSecret): string =>
  JSON.stringify({ form: 'melayani-trustee-1', kind, group, public_key: publicKey, secret: exponent.toString() })

/** Reads what `writeSecret` wrote; throws unless the secret belongs to the key beside it, so no damaged copy is taken for good. */
export function readSecret<E>(group: Group<E>, source: string): TrusteeSecret {
  const held = readText(stored, source)
  if (held.group !== group.name) throw new Error(`a secret for the group ${held.group}`)
  return fitting(secretOf(group, held.kind, held.secret), held.public_key)
}

/** The private key as belenios-tool keeps it (`ID.privkey`): a decimal text in quotation marks, and a newline. */
export const readToolKey = <E>(group: Group<E>, source: string): TrusteeSecret =>
  secretOf(group, 'Single', readText(scalar, source.replace(/\n$/, '')))

function fitting(secret: TrusteeSecret, publicKey: string): TrusteeSecret {
  if (secret.publicKey !== publicKey) throw new Error('the secret does not belong to the public key beside it')
  return secret
}
