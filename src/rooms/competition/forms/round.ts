import { z } from 'zod'

const reason = z.string().trim().min(10).max(2000)
const written = z.coerce.number().int().min(0)

/** `revision`: the save that was looked at; absent where nobody looked at a page. */
export const publishForm = z.object({ revision: written.optional() })
export const versionForm = z.object({ base: written, revision: written, reason })
export const stageForm = z.object({ seq: z.coerce.number().int().min(1) })
export const nothingForm = z.object({})

const wib = z
  .string()
  .trim()
  .min(1)
  .refine((text) => momentOf(text) !== null, 'date')
  .transform((text) => momentOf(text)!)

export const extensionForm = z.object({ until: wib, reason })

export const newRoundForm = z.object({
  from: z.string().min(1),
  key: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .refine((text) => /^[a-z0-9][a-z0-9-]*$/.test(text), 'key-shape'),
  year: z.coerce.number().int().min(2014).max(2200),
  nameId: z.string().trim().min(1).max(200),
  nameEn: z.string().trim().min(1).max(200),
  /** Only code says so: a form carries texts. */
  demo: z.boolean().default(false),
})

/** A moment as a browser's field gives it (western Indonesian time) or as a full ISO moment; null when it is none. */
export function momentOf(text: string): string | null {
  const local = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?$/.exec(text)
  const moment = local ? `${local[1]}T${local[2]}${local[3] ?? ':00'}+07:00` : text
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(moment)
  return whole && !Number.isNaN(Date.parse(moment)) ? moment : null
}
