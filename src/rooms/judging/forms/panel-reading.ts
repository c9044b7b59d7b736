import { z } from 'zod'

/** 0-100 with at most two decimals, comma or point; empty is null: not given is not zero. */
export const pointsField = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => {
    if (text === '') return null
    const points = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
    if (!(points >= 0 && points <= 100)) context.addIssue({ code: 'custom', message: 'points-not-valid' })
    return points
  })

export const readingForm = z.object({
  score: pointsField,
  note: z.string().trim().max(8000).default(''),
  done: z.string().optional(),
})

const looked = (code: string) =>
  z
    .string()
    .default('')
    .refine((value) => value !== '?', code)
    .transform((value) => (value === '' ? null : value))

/** An agency or a region that the route looked up, one of the two. */
export const interestForm = z
  .object({ agency: looked('agency-unknown').pipe(z.guid().nullable()), region: looked('region-unknown') })
  .superRefine(({ agency, region }, context) => {
    if ((agency === null) === (region === null))
      context.addIssue({ code: 'custom', message: 'interest-one', path: ['agency'] })
  })

export const endInterestForm = z.object({ interest: z.guid(), reason: z.string().trim().min(5).max(500) })
