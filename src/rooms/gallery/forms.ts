import { z } from 'zod'

/** What keepers type. Empty contact fields mean "none". */
const orNone = <T extends z.ZodType<string, string>>(type: T) =>
  z
    .string()
    .trim()
    .optional()
    .transform((text) => (text ? text : null))
    .pipe(z.union([z.null(), type]))

export const statusForm = z.object({
  status: z.enum(['continues', 'developing', 'dormant', 'stopped']),
  on: z.iso.date(),
  reason: z.string().trim().min(1).max(1000),
})

export const contactForm = z.object({
  office: orNone(z.string().max(200)),
  email: orNone(z.email().max(200)),
  phone: orNone(z.string().regex(/^[+\d][\d\s()./-]{3,30}$/)),
  site: orNone(z.url({ protocol: /^https?$/ }).max(300)),
})
export type ContactForm = z.output<typeof contactForm>

export const goalsForm = z.object({
  goals: z
    .array(z.coerce.number().int().min(1).max(17))
    .max(17)
    .default([])
    .transform((goals) => [...new Set(goals)].sort((a, b) => a - b)),
})

export const additionForm = z.object({
  question: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(5000),
  lang: z.enum(['id', 'en']),
})

export const partForm = z.object({ part: z.string().min(1).max(60) })
export const agencyForm = z.object({ agency: z.uuid() })
