import { z } from 'zod'

/** What somebody writes who objects. `website` is a field that people do not see: what fills it is a machine. */
export const objectionForm = z.object({
  name: z.string().trim().min(3).max(200),
  contact: z.string().trim().min(5).max(200),
  text: z.string().trim().min(30).max(8000),
  file: z.string().nullable().default(null),
  website: z.string().max(0, 'objection-machine').default(''),
})

export const answerForm = z.object({
  outcome: z.enum(['upheld', 'rejected']),
  answer: z.string().trim().min(20).max(8000),
})

export const receiptForm = z.object({
  number: z.string().trim().toUpperCase().min(1).max(60),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .transform((code) => code.replace(/[\s-]/g, ''))
    .pipe(z.string().min(1).max(40)),
})
