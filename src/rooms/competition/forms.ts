import { z } from 'zod'

const isDay = z.iso.date()
const calendarDate = z
  .string()
  .trim()
  .refine((text) => text === '' || isDay.safeParse(text).success, 'date')
  .transform((text) => text || null)

const optionalKey = z
  .string()
  .trim()
  .max(80)
  .default('')
  .transform((text) => text || null)

/** The head of a proposal: what it is called, in which group and category, since when it is in use. */
export const factsForm = z.object({
  title: z.string().trim().min(1).max(300),
  group: z.string().trim().min(1).max(80),
  category: optionalKey,
  startedOn: calendarDate.default(null),
  source: optionalKey,
  winner: optionalKey,
  revision: z.coerce.number().int().min(1),
})
export type FactsForm = z.output<typeof factsForm>

/** The head of a new proposal. */
export const startForm = factsForm.omit({ revision: true, source: true, winner: true })
export type StartForm = z.output<typeof startForm>

const note = z.string().trim().min(1).max(4000)
export const noteForm = z.object({ note })
export const optionalNoteForm = z.object({ note: z.string().trim().max(4000).default('') })
export const commentForm = z.object({
  question: optionalKey,
  text: note,
})
/** A button without fields. */
export const nothingForm = z.object({})

/**
 * One save of one answer. `revision` is the one the writer started from; 0 for an empty answer. `after` is what the same
 * writer sent from that revision and has heard nothing of.
 */
export const answerForm = z.object({
  value: z.string().max(20_000),
  revision: z.coerce.number().int().min(0),
  after: z.string().max(20_000).optional(),
})

const questionKey = z.string().trim().min(1).max(80)
export const evidenceForm = z.object({ question: questionKey })
export const linkForm = z.object({
  question: questionKey,
  link: z
    .string()
    .trim()
    .max(2000)
    .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', 'link-https'),
  label: z.string().trim().max(200).default(''),
})
/** An upload announced: its name and size in bytes. */
export const uploadForm = z.object({
  question: questionKey,
  name: z.string().trim().min(1).max(300),
  size: z
    .int()
    .min(1)
    .max(50 * 1_048_576),
})

/** What an innovation has to do with a winner of the register: it is the same, it copies it, or neither after all. */
export const originForm = z.object({
  kind: z.enum(['same', 'replication', 'no-winner', 'no-source']),
  winner: optionalKey,
  revision: z.coerce.number().int().min(1),
})

/** Which figures of running services are shown: `service:indicator`; `from` is the choice that the form started from. */
export const figuresForm = z.object({
  from: z.string().max(4000).default(''),
  chosen: z
    .array(z.string().regex(/^[0-9a-f-]{36}:[a-z][a-z0-9_]{0,49}$/))
    .max(200)
    .default([]),
})
