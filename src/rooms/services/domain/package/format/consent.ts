import { z } from 'zod'
import { feel, name, words } from './basics.ts'

/** What a person agrees to, in the words that are read to her. A changed text is a new version, asked again. */
const purpose = z.strictObject({
  id: name,
  names: words,
  text: words,
  version: z.int().min(1),
  /** True when the answers of a form say yes. */
  givenWhen: feel,
  /** The field that asks; the consent is judged whenever a form with it is filled in. */
  askedBy: name,
  /** Events with which what it covers is told to other services of the agency; its text says so. */
  tells: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
    .max(20)
    .optional(),
  /** How long what it covers is kept, in words, with its law where there is one. */
  kept: words.optional(),
})
export const consents = z.strictObject({ purposes: z.array(purpose).max(20) })

export type Purpose = z.infer<typeof purpose>
