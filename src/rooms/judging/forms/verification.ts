import { z } from 'zod'
import { mostPhotos, verdicts } from '../domain/verification.ts'

export const findingForm = z.object({
  visited: z.iso.date(),
  online: z.string().optional(),
  panel: z.array(z.string()).default([]),
  evaluators: z.array(z.string()).default([]),
  verdict: z.enum(verdicts),
  text: z.string().trim().min(20).max(20_000),
  photos: z.array(z.guid()).max(mostPhotos).default([]),
})

export const ratingForm = z.object({ stars: z.coerce.number().int().min(1).max(5) })
