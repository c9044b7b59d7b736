import { readDice } from '@melayani/polling/audit'
import { z } from 'zod'

const count = z.coerce.number<unknown>().int().min(0).max(100_000)

/** How an audit is planned, besides what the rules of the election say; `full`: everything is counted, whatever the margin. */
export const planForm = z.object({
  places: z.coerce.number<unknown>().int().min(0).max(200),
  full: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
})

/** Why what was counted by hand is the result. */
export const adoptForm = z.object({ ground: z.string().trim().min(10).max(600) })

export const diceForm = z.object({
  dice: z
    .string()
    .max(400)
    .transform((typed, context) => {
      const digits = readDice(typed)
      if (digits !== undefined && digits.length <= 200) return digits
      context.addIssue({ code: 'custom', message: 'dice-too-few' })
      return z.NEVER
    }),
  witnesses: z.string().trim().min(3).max(300),
})

/** The same digits, typed again by another who saw the dice. */
export const seenForm = z.object({ again: z.string().max(400) })

/** One person's count of a pile; `votes` in the order of the candidates' numbers. */
export const countForm = z.object({ votes: z.array(count).min(1).max(20), blank: count, unreadable: count })

/** What one person read on drawn slips. */
export const readingsForm = z.object({
  readings: z
    .array(
      z.object({
        n: z.coerce.number<unknown>().int().min(1).max(1_000_000),
        reading: z.string().regex(/^(?:[1-9]\d?|blank|unreadable)$/),
      }),
    )
    .min(1, 'reading-needed')
    .max(500),
})
