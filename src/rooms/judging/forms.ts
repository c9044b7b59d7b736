import { z } from 'zod'
import { conflictSources } from './domain/conflict.ts'
import type { Part } from './domain/deadline.ts'

const empty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value)
const whole = z.coerce.number().int()
const optionalText = z.preprocess(empty, z.string().trim().max(200).nullable().default(null))
/** A name that the route looked up: `?` when nothing has that name. */
const looked = (code: string) =>
  z.preprocess(
    empty,
    z
      .string()
      .nullable()
      .default(null)
      .refine((value) => value !== '?', code),
  )
export const reason = z.string().trim().min(1).min(5).max(500)

export const evaluatorFacts = z
  .object({
    university: optionalText,
    sector: optionalText,
    expertise: z.array(z.string().max(60)).default([]),
    homeRegion: looked('region-unknown'),
    employer: looked('agency-unknown'),
    minLoad: whole.min(0).max(1000).default(0),
    maxLoad: whole.min(1).max(1000),
  })
  .refine((facts) => facts.minLoad <= facts.maxLoad, { path: ['minLoad'], message: 'load-order' })

export const newEvaluator = z.intersection(z.object({ person: z.uuid() }), evaluatorFacts)

export const involvement = z.object({
  kind: z.enum(['mentor', 'co-author']),
  agency: z
    .string()
    .refine((value) => value !== '?', 'agency-unknown')
    .pipe(z.uuid()),
  title: z.string().trim().min(1).max(300),
})

export const reasonOnly = z.object({ reason })

/** Which conflict of an evaluator, and why it is none or one again. */
export const clearing = z.object({ proposal: z.guid(), source: z.enum(conflictSources), reason })

export const workWithdrawal = z.object({ work: z.guid(), reason })
export const workCorrection = involvement.extend({
  work: z.guid(),
  innovation: z.preprocess(empty, z.guid().nullable().default(null)),
  reason,
})

/** Waves as people type them: one line each, "entries x readings", e.g. `300 x 2`. */
const waveLines = z
  .string()
  .default('')
  .transform((text, context) => {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
    return lines.flatMap((line) => {
      const found = /^\s*(\d{1,5})\s*[x×]\s*(\d{1,2})\s*$/.exec(line)
      if (!found || Number(found[1]) === 0 || Number(found[2]) === 0) {
        context.addIssue({ code: 'custom', message: 'waves-not-read' })
        return []
      }
      return [{ proposals: Number(found[1]), extra: Number(found[2]) }]
    })
  })

export const settings = z.object({
  reviews: whole.min(1).max(10),
  bridge: whole.min(0).max(10),
  university: z
    .string()
    .optional()
    .transform((value) => value === 'ya'),
  floor: z.preprocess(empty, z.coerce.number().int().min(0).max(1000).nullable().default(null)),
  fairest: z
    .string()
    .optional()
    .transform((value) => value === 'ya'),
  seed: z.string().trim().min(1).max(100),
  waves: waveLines,
  stopBelow: z.coerce.number().min(0).max(50).default(2),
})

/** Which deadline: `round`, `third`, or `wave-2`. */
const part = z
  .string()
  .default('round')
  .transform((text, context): Part => {
    const wave = /^wave-(\d{1,3})$/.exec(text)?.[1]
    if (wave) return { part: 'wave', wave: Number(wave) }
    if (text === 'round' || text === 'third') return { part: text, wave: null }
    context.addIssue({ code: 'custom', message: 'choose' })
    return z.NEVER
  })

const day = z.iso.date('date')
export const extension = z.object({ part, until: day, reason })

/** A wave may have a deadline of its own. */
export const waveForm = z.object({ until: z.preprocess(empty, day.nullable().default(null)) })

export const opening = z.object({ until: day, apart: z.string().trim().max(500).default('') })

export const change = z
  .object({
    proposal: z.uuid(),
    from: z.preprocess(empty, z.uuid().nullable().default(null)),
    to: z.preprocess(empty, z.uuid().nullable().default(null)),
    reason,
  })
  .refine((input) => input.from !== null || input.to !== null, { path: ['to'], message: 'choose' })

const points = z.preprocess(
  (value) => {
    if (typeof value !== 'string') return value
    const text = value.trim().replace(',', '.')
    return text === '' ? null : Number(text)
  },
  z
    .number()
    .min(0)
    .max(100)
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, 'points-too-fine')
    .nullable(),
)
const revision = z.coerce.number().int().min(0).max(1_000_000)

/** What a device sends: each field with the revision it started from. */
export const sheetParts = z.object({
  marks: z
    .array(
      z.object({ criterion: z.string().max(60), points, comment: z.string().max(4000).default(''), base: revision }),
    )
    .max(60)
    .default([]),
  note: z.object({ text: z.string().max(4000), share: z.boolean(), base: revision }).optional(),
})
export type SheetParts = z.output<typeof sheetParts>
