import { z } from 'zod'
import { known, name, words } from './basics.ts'

const head = { id: name, label: words, why: words.optional(), known: known.default('ours') }

/** What an adopting agency may change without making another package. */
const setting = z.discriminatedUnion('type', [
  z.strictObject({
    ...head,
    type: z.literal('number'),
    default: z.number(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ ...head, type: z.literal('text'), default: z.string().max(200) }),
  z.strictObject({ ...head, type: z.literal('bool'), default: z.boolean() }),
  z.strictObject({
    ...head,
    type: z.literal('choice'),
    default: name,
    options: z
      .array(z.strictObject({ id: name, label: words }))
      .min(2)
      .max(60),
  }),
])
export const settings = z.strictObject({ settings: z.array(setting).max(100) })

export type Setting = z.infer<typeof setting>
