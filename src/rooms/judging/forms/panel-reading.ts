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

/** An agency or a province, one of the two. */
export const interestForm = z
  .object({ agency: z.string().default(''), region: z.string().trim().max(20).default('') })
  .superRefine(({ agency, region }, context) => {
    if ((agency === '') === (region === ''))
      context.addIssue({ code: 'custom', message: 'interest-one', path: ['agency'] })
    if (agency !== '' && !z.guid().safeParse(agency).success)
      context.addIssue({ code: 'custom', message: 'choose', path: ['agency'] })
    if (region !== '' && !/^\d{2}(?:\.\d{2})?$/.test(region))
      context.addIssue({ code: 'custom', message: 'choose', path: ['region'] })
  })
