import { z } from 'zod'
import { feel, name, words } from './basics.ts'

export const channels = ['sms', 'whatsapp', 'voice', 'letter'] as const

const message = z.strictObject({
  id: name,
  /** A role of the case (whoever holds it), or the field that holds a telephone number. */
  to: z.union([z.strictObject({ role: name }), z.strictObject({ phone: name })]),
  /** The text by channel and language. `{kode}` stands for a value of `with`. */
  text: z.partialRecord(z.enum(channels), words),
  /** Values, and the most characters each may take: the length of an SMS is checked with these. */
  with: z.record(name, z.strictObject({ value: feel, max: z.int().min(1).max(400) })).default({}),
  /** Goes out by night too (otherwise quiet from 21 to 6 o'clock). */
  urgent: z.boolean().default(false),
})
export const messages = z.strictObject({ messages: z.array(message).max(100) })

export type Message = z.infer<typeof message>
export type Channel = (typeof channels)[number]
