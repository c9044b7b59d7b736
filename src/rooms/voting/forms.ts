import { z } from 'zod'
import { isId } from '#platform/ids.ts'
import { committeeRoles } from './domain/election.ts'

/** What people type to prepare an election. */
export const nothing = z.object({}) as z.ZodType<Record<string, never>>
export const words = (least: number, most: number) => z.string().trim().min(least).max(most)
export const whole = (least: number, most: number) => z.coerce.number<unknown>().int().min(least).max(most)
export const anId = z.string().refine(isId, 'choose')
export const maybeWords = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .default('')
    .transform((text) => text || null)
export const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined)

export const waveForm = z.object({ name: words(5, 120), held: z.iso.date(), profile: words(1, 60) })

export const electionForm = z.object({
  village: words(2, 120),
  practice: ticked,
  kind: z.enum(['contest', 'empty-box', 'deliberation']),
  outside: words(3, 120),
  needed: whole(1, 10),
})

export const appointForm = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(200)),
  role: z.enum(committeeRoles),
})
