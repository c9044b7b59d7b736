import { z } from 'zod'

const reason = z.string().trim().min(10).max(2000)
const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

/** Field names are `places/<cluster>/<group>`; what is not a place is left alone. */
export const placesForm = z.record(z.string(), z.unknown()).transform((form, context) => {
  const places: { cluster: string; group: string; places: number }[] = []
  for (const [name, value] of Object.entries(form)) {
    const [, cluster, group] = /^places\/([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(name) ?? []
    if (!cluster || !group) continue
    const count = typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : undefined
    if (count === undefined) context.addIssue({ code: 'custom', message: 'whole-number', path: [name] })
    else places.push({ cluster, group, places: count })
  }
  const judged = reason.safeParse(form.reason ?? '')
  if (!judged.success) context.addIssue({ code: 'custom', message: 'reason-needed', path: ['reason'] })
  return { places, reason: judged.data ?? '' }
})

export const moveForm = z.object({
  group: key,
  from: key,
  to: key,
  count: z.coerce.number().int().min(1).max(500),
  reason,
})

export const reasonForm = z.object({ reason })
export const nothingTyped = z.object({})

export const tieForm = z.object({
  cluster: key,
  group: key,
  chosen: z.array(z.string()).default([]),
  deciders: z.string().trim().min(3).max(500),
  reason,
})

export const decisionForm = z.object({
  outcome: z.string().max(100).min(1),
  reason: z.string().trim().min(3).max(4000),
})
export const minutesForm = z.object({ minutes: z.string().trim().max(20_000).default('') })

export const decreeForm = z.object({
  number: z.string().trim().min(1).max(200),
  dated: z.iso.date(),
  about: z.string().trim().max(500).default(''),
  file: z.string().nullable().default(null),
})
