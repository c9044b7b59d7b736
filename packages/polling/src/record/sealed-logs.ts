import type { Source } from '@melayani/ballot/archive'
import { z } from 'zod'
import { type ElectionPackage, hashOf } from '../format/index.ts'
import { boxOfKey, sealFor } from '../seal/sealed-box.ts'
import { bodyOf, readContainer, readExactly } from './container.ts'
import { headReaders, type Unsealing } from './sealed-heads.ts'
import { signedShape } from './shapes.ts'

const form = 'melayani-restricted/1'
const sealedShape = z.strictObject({
  form: z.literal(form),
  sealed: z.array(z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/), sealed: z.string() })).max(100),
})
const about = (packageHash: string) => `restricted ${packageHash}`

/**
 * The restricted part as it leaves the polling place: for those alone who open the hourly heads. It says who came in which order, and a
 * stick is carried by anybody.
 */
export const sealRestricted = (
  content: Pick<ElectionPackage, 'officers' | 'committee'>,
  packageHash: string,
  restricted: Uint8Array,
): Uint8Array => {
  const text = Buffer.from(restricted).toString('base64')
  const sealed = headReaders(content).map((key) => ({ key, sealed: sealFor(boxOfKey(key), text, about(packageHash)) }))
  return new TextEncoder().encode(JSON.stringify({ form, sealed } satisfies z.infer<typeof sealedShape>))
}

/** By a supervisor's open card. `record`: the public record of the same polling place. undefined when it is not for this card, or is none. */
export async function openRestricted(
  record: Source,
  file: Uint8Array,
  card: Unsealing,
): Promise<Uint8Array | undefined> {
  try {
    const { sealed } = sealedShape.parse(JSON.parse(new TextDecoder().decode(file)))
    const entry = (await readContainer(record)).entries.find(({ name }) => name === 'package.json')
    if (!entry) return undefined
    const body = await readExactly(bodyOf(record, entry), 0, entry.size)
    const { text } = signedShape.parse(JSON.parse(new TextDecoder().decode(body)))
    const mine = sealed.find(({ key }) => key === card.key)
    const opened = mine && card.unseal(mine.sealed, about(hashOf(text)))
    return opened === undefined ? undefined : new Uint8Array(Buffer.from(opened, 'base64'))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}
