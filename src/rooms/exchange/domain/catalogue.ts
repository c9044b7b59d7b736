import { z } from 'zod'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { digestOf, isSignedBy, publicKey, readSigned } from './signed.ts'

const words = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(4000))
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const origin = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[^/\s?#@]+$/)

/** A package that an installation lets others adopt. */
const offered = z.object({
  id: z.string().min(3).max(100),
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  names: words,
  summary: words,
  licence: z.string().max(60),
  languages: z.array(z.string().max(3)).max(8),
  origin: z.object({
    innovation: z.string().max(200),
    agency: z.string().max(200),
    region: z.string().max(13).optional(),
    year: z.int().optional(),
  }),
  /** Who runs it there, and offers it. */
  agency: z.string().max(200),
  /** SHA-256 of what the package says, however it is packed. */
  hash: sha256,
  file: z.object({
    /** Below the installation's own address. */
    path: z
      .string()
      .max(200)
      .regex(/^(?:\/\w[\w.-]*)+$/),
    sha256,
    size: z.int().min(1).max(1_000_000),
  }),
  /** Whose seal the file bears. */
  publisher: z.object({ name: z.string().max(200), key: publicKey }),
})
export type Offered = z.infer<typeof offered>

/** What stands at `/.well-known/melayani`, signed. Unknown fields are kept, so that a later edition can be read by an older one. */
export const catalogue = z.looseObject({
  format: z.literal('melayani.catalogue/1'),
  installation: z.object({ name: z.string().min(1).max(200), address: origin, key: publicKey }),
  /** Rises with every edition. An older one is refused. */
  sequence: z.int().min(1),
  issued: z.iso.datetime(),
  until: z.iso.datetime(),
  packages: z.array(offered).max(500),
})
export type Catalogue = z.infer<typeof catalogue>

/** Days that an edition holds; a new one is issued when half of them are over. */
export const validDays = 14
const ahead = 10 * 60_000

/** What is known of an installation from before. */
export type Known = { key: string; sequence: number | null; digest: Buffer | null }
export type CatalogueRefusal =
  | 'not-a-catalogue'
  | 'signature-wrong'
  | 'key-changed'
  | 'address-differs'
  | 'catalogue-old'
  | 'catalogue-differs'
  | 'catalogue-expired'
  | 'catalogue-early'

/**
 * Whether what answered at `address` is a catalogue that may be believed: whole, of the key that is known (or of any, the
 * first time), of this address, not an earlier edition, and within its time.
 */
export function judgeCatalogue(
  text: string,
  { address, known, now }: { address: string; known: Known | undefined; now: Date },
): Decision<{ catalogue: Catalogue; text: string; digest: Buffer }, CatalogueRefusal> {
  const document = readSigned(text)
  const read = document && catalogue.safeParse(document.content)
  if (!document || !read?.success) return refuse('not-a-catalogue')
  const { installation, sequence, issued, until } = read.data
  if (!isSignedBy(installation.key, document)) return refuse('signature-wrong')
  if (known && known.key !== installation.key) return refuse('key-changed')
  if (installation.address !== address) return refuse('address-differs')
  const digest = digestOf(document.content)
  if (known?.sequence != null) {
    if (sequence < known.sequence) return refuse('catalogue-old')
    if (sequence === known.sequence && known.digest && !digest.equals(known.digest)) return refuse('catalogue-differs')
  }
  if (Date.parse(until) <= now.getTime()) return refuse('catalogue-expired')
  if (Date.parse(issued) > now.getTime() + ahead) return refuse('catalogue-early')
  return decide({ catalogue: read.data, text, digest })
}

/** The key that a text claims, to be shown beside the one that is known. */
export function claimedKey(text: string): string | null {
  const read = catalogue.safeParse(readSigned(text)?.content)
  return read.success ? read.data.installation.key : null
}

/** What an agency could do with an offered package, by the version that it runs; of a local one, by the version behind it. */
export type Standing = 'new' | 'newer' | 'same' | 'older'
export function standingOf(offeredVersion: string, running: string | null): Standing {
  if (running === null) return 'new'
  const [a, b] = [offeredVersion, running].map((version) => version.split('+')[0]!.split('.').map(Number))
  for (let i = 0; i < 3; i++) if (a![i] !== b![i]) return a![i]! > b![i]! ? 'newer' : 'older'
  return 'same'
}
