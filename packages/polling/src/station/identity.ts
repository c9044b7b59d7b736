import { randomBytes } from 'node:crypto'
import type { OpenCard } from '../card/card.ts'
import {
  type ElectionPackage,
  newSigningKey,
  type Officer,
  type Signed,
  type SigningKey,
  sign,
  type TrustedKeys,
} from '../format/index.ts'
import { type Medium, MediumLost } from '../media/medium.ts'
import { boxOfKey, sealFor } from '../seal/sealed-box.ts'
import { openFiles, readJson } from './files.ts'

/** What this machine is: kept on its media from the first start on. */
export type Identity = { readonly signing: SigningKey; readonly trusted: TrustedKeys; readonly signed: Signed }

/**
 * As it lies on all media. The key itself is on the first medium alone, the machine's own disk: with the stick alone nobody is the
 * station. For a disk that dies each officer has `parts`, sealed for the officer's card: two of them together give the key.
 */
export type SealedIdentity = Omit<Identity, 'signing'> & {
  readonly key: string
  readonly parts: readonly { readonly of: string; readonly sealed: string }[]
}
export const isSealed = (identity: Identity | SealedIdentity): identity is SealedIdentity => !('signing' in identity)

const identityFile = 'station-identity.json'
const keyFile = 'station-key.json'
const aboutPart = (key: string) => `station-part/1 ${key}`

/** Undefined before the first start; sealed when the first medium does not have the key, or another one's. */
export function readIdentity(media: readonly Medium[]): Identity | SealedIdentity | undefined {
  const kept = readJson<SealedIdentity>(openFiles(media), identityFile)
  if (!kept) return undefined
  const signing = onFirst(() => media[0]!.read(keyFile))
  const read = signing && (JSON.parse(new TextDecoder().decode(signing)) as SigningKey)
  return read?.key === kept.key ? { signing: read, trusted: kept.trusted, signed: kept.signed } : kept
}

/** Written once people have compared the package's keys and its hash with the printed ones. */
export function writeIdentity(
  media: readonly Medium[],
  { officers }: Pick<ElectionPackage, 'officers'>,
  signed: Signed,
  trusted: TrustedKeys,
): Identity {
  const signing = newSigningKey()
  keepKey(media, signing)
  const kept: SealedIdentity = { key: signing.key, trusted, signed, parts: partsOf(signing, officers) }
  openFiles(media).put(identityFile, JSON.stringify(kept))
  return { signing, trusted, signed }
}

/** Where the disk cannot be written the station goes on with what it has in memory. */
const keepKey = ([first]: readonly Medium[], signing: SigningKey) =>
  onFirst(() => first!.replace(keyFile, new TextEncoder().encode(JSON.stringify(signing))))

function onFirst<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof MediumLost)) throw error
    return undefined
  }
}

const xor = (a: string, b: string): string => {
  const other = Buffer.from(b, 'hex')
  return Buffer.from(Buffer.from(a, 'hex').map((byte, at) => byte ^ other[at]!)).toString('hex')
}

/** For each two officers the key is the sum of two random numbers, one for each: `halves` by the other's key. */
function partsOf({ secret, key }: SigningKey, officers: readonly Officer[]): SealedIdentity['parts'] {
  const holders = officers.filter(({ role }) => role === 'chair' || role === 'officer').map((each) => each.key)
  const halves = new Map(holders.map((each) => [each, {} as Record<string, string>]))
  for (const [at, one] of holders.entries())
    for (const other of holders.slice(at + 1)) {
      const half = randomBytes(32).toString('hex')
      halves.get(one)![other] = half
      halves.get(other)![one] = xor(half, secret)
    }
  return holders.map((of) => ({ of, sealed: sealFor(boxOfKey(of), JSON.stringify(halves.get(of)), aboutPart(key)) }))
}

/** Takes the parts of two officers' cards, one after the other, and writes the key on the first medium again. */
export function openSealed(media: readonly Medium[], { key, parts, trusted, signed }: SealedIdentity) {
  const opened = new Map<string, Record<string, string>>()
  return {
    /** Whether this card has a part. */
    take(card: Pick<OpenCard, 'key' | 'unseal'>): boolean {
      const part = parts.find(({ of }) => of === card.key)
      const text = part && card.unseal(part.sealed, aboutPart(key))
      if (text !== undefined) opened.set(card.key, JSON.parse(text) as Record<string, string>)
      return text !== undefined
    },
    /** Undefined when the parts do not give the key. */
    identity(...[one, other]: readonly string[]): Identity | undefined {
      const [mine, theirs] = [opened.get(one ?? '')?.[other ?? ''], opened.get(other ?? '')?.[one ?? '']]
      if (!mine || !theirs) return undefined
      const signing = { secret: xor(mine, theirs), key }
      if (sign('', '', { role: 'device', signer: '' }, signing.secret).key !== key) return undefined
      keepKey(media, signing)
      return { signing, trusted, signed }
    },
  }
}
