import { z } from 'zod'
import { type ElectionPackage, hashOf } from '../format/index.ts'
import { boxOfKey, sealFor } from '../seal/sealed-box.ts'

/** hashOf(nonce ‖ sorted hashes of the ballots): what a head commits to without showing it (T14, T15). `ballots`: hashOf each. */
export const commitmentOf = (nonce: string, ballots: readonly string[]): string =>
  hashOf(nonce + ballots.toSorted().join(''))

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const openingShape = z.strictObject({ nonce: hash, ballots: z.array(hash).max(100_000) })
/** What opens a commitment: 32 random bytes, and hashOf each ballot that was in the boxes, sorted. */
export type HeadOpening = Readonly<z.infer<typeof openingShape>>

/** An opening as it lies on the station's media and in the restricted part: for the card with this key alone. */
export const sealedHeadShape = z.strictObject({
  number: z.number().int().min(1).max(1000),
  key: hash,
  sealed: z.string().max(20_000_000),
})
export type SealedHead = Readonly<z.infer<typeof sealedHeadShape>>

/** For whom openings are sealed: each supervisor of the package, or the committee where it names none. */
export const headReaders = ({ officers, committee }: Pick<ElectionPackage, 'officers' | 'committee'>): string[] => {
  const supervisors = officers.filter(({ role }) => role === 'supervisor').map(({ key }) => key)
  return supervisors.length > 0 ? supervisors : [committee.key]
}

const aboutHead = (packageHash: string, number: number) => `head ${packageHash} ${number}`

/**
 * Sealed before the head is signed, and forgotten: afterwards the polling place cannot tell any more which ballots there were at
 * an hour, not even itself.
 */
export const sealHead = (
  content: Pick<ElectionPackage, 'officers' | 'committee'>,
  packageHash: string,
  number: number,
  opening: HeadOpening,
): SealedHead[] =>
  headReaders(content).map((key) => ({
    number,
    key,
    sealed: sealFor(boxOfKey(key), JSON.stringify(opening), aboutHead(packageHash, number)),
  }))

/** A supervisor's open card. */
export type Unsealing = { readonly key: string; unseal(sealed: string, about: string): string | undefined }

/** undefined when it was sealed for another card, for another head, or is none. */
export function openHead(
  card: Unsealing,
  packageHash: string,
  { number, sealed }: SealedHead,
): HeadOpening | undefined {
  const text = card.unseal(sealed, aboutHead(packageHash, number))
  if (text === undefined) return undefined
  try {
    return openingShape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
