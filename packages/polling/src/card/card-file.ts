import { z } from 'zod'
import { roles } from '../format/index.ts'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/** The file of a simulated card: what any reader may see, and the rest under the PIN. */
const cardFile = z.strictObject({
  form: z.literal('melayani-card/1'),
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(roles),
  key: hex(32),
  tps: z.string().optional(),
  candidate: z.number().int().positive().optional(),
  work: z.strictObject({
    log2: z.number().int().min(10).max(20),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(4),
  }),
  salt: hex(16),
  wrong: z.strictObject({ count: z.number().int().min(0), at: z.number().min(0) }),
  sealed: z.string(),
})
export type CardFile = Readonly<z.infer<typeof cardFile>>

export function readCardFile(bytes: Uint8Array): CardFile | undefined {
  try {
    return cardFile.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

/** What is bound to the sealed part: nobody gives a card another name, role or key without being noticed. */
export const aboutCard = ({ form, id, name, role, key, tps, candidate }: CardFile): string =>
  JSON.stringify([form, id, name, role, key, tps ?? null, candidate ?? null])

const opened = z.strictObject({ key: z.string(), election: z.string(), tally: z.string() })

/** What a card keeps to itself. */
const content = z.strictObject({
  signing: hex(32),
  rollKey: hex(32).optional(),
  /** Trustee keys, as `writeSecret` of @melayani/ballot/trustee writes them, and the elections each may open (fingerprints). */
  keys: z.array(z.strictObject({ secret: z.string(), elections: z.array(z.string()) })),
  /** Tallies opened so far: only ever added to. */
  opened: z.array(opened),
  /** Key generations under way, by their name. */
  dealing: z.record(z.string(), z.strictObject({ state: z.string(), messages: z.array(z.string()) })),
})
export type CardContent = Readonly<z.infer<typeof content>>
export const readContent = (text: string): CardContent => content.parse(JSON.parse(text))
