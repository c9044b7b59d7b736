import { z } from 'zod'
import { isId } from '#platform/ids.ts'
import { answers } from './domain/stage.ts'

/** What people type to replicate. An empty choice is none. */
const maybeId = z
  .string()
  .trim()
  .default('')
  .refine((text) => text === '' || isId(text), 'choose')
  .transform((text) => text || null)
const words = (least: number, most: number) => z.string().trim().min(least).max(most)
const maybeWords = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .default('')
    .transform((text) => text || null)
const maybeDay = z
  .union([z.literal(''), z.iso.date()])
  .default('')
  .transform((text) => text || null)

export const publishForm = z.object({ service: z.string().refine(isId, 'choose'), unit: maybeId })
export const adoptForm = z.object({ unit: maybeId, area: maybeWords(20), learntFrom: maybeId })
export const interestForm = z.object({ unit: maybeId, area: maybeWords(20), reason: words(10, 1000) })
export const moveForm = z.object({ note: maybeWords(1000), begins: maybeDay })
export const answerForm = z
  .object({ answer: z.enum(answers), words: words(5, 500), until: maybeDay })
  .refine(({ answer, until }) => answer !== 'paused' || until !== null, { path: ['until'], message: 'required' })

export const hubForm = z.object({
  name: words(3, 200),
  area: maybeWords(20),
  agency: maybeWords(200),
  decree: maybeWords(200),
  since: z
    .string()
    .trim()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  source: words(3, 300),
})
export const coachForm = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(200)),
  area: words(2, 20),
})
const link = z
  .string()
  .trim()
  .max(500)
  .default('')
  .refine((text) => text === '' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)), 'link-wrong')
  .transform((text) => text || null)
/** By the id of the question. */
export const surveyForm = z.record(z.string(), z.object({ own: maybeWords(40), link, file: maybeId }))
export const verifyForm = z.record(z.string(), z.object({ verified: words(1, 40), note: maybeWords(500) }))
export const nothing = z.object({}) as z.ZodType<Record<string, never>>
