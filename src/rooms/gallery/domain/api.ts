import { z } from 'zod'
import { families, statuses } from './innovation.ts'

/**
 * The public API's shapes. The answers are made with these types, docs/OpenAPI is generated from these schemas, and the
 * tests read every answer with them: one description, three uses.
 */
const day = z.iso.date()
const lang = z.enum(['id', 'en'])
const textIn = z.object({ lang, text: z.string() })

export const awardSchema = z
  .object({
    year: z.int().nullable().meta({ description: 'null when the source does not state it' }),
    level: z.string().meta({ description: 'In the words of the source', examples: ['Top 99'] }),
    family: z.enum(families).meta({ description: 'The kind of level, for filters' }),
    category: z.string().nullable(),
    source: z.string().meta({ description: 'Where the award is told of' }),
    decree: z.string().nullable(),
    demo: z.boolean().meta({ description: 'true when it is invented for a demonstration' }),
  })
  .meta({ id: 'Award', description: 'One line of the history of an innovation' })

export const innovationSchema = z
  .object({
    code: z
      .string()
      .regex(/^MI-\d{6}$/)
      .meta({ description: 'Stable register code, never given to another', examples: ['MI-000012'] }),
    url: z.url().meta({ description: 'Its lasting page for people' }),
    name: z.string(),
    agency: z.string().meta({ description: 'As the source writes it' }),
    province: z
      .object({ code: z.string().meta({ description: 'Kemendagri code' }), name: z.string() })
      .nullable()
      .meta({ description: 'null for a national innovation' }),
    category: z.string().nullable(),
    summary: textIn.meta({ description: 'In the language of the source' }),
    translation: textIn.nullable().meta({ description: 'Our translation of the summary, where there is one' }),
    awards: z.array(awardSchema).meta({ description: 'Newest first' }),
    status: z
      .object({
        value: z.enum(statuses),
        on: day.nullable(),
        reason: z.string().nullable(),
        said: z.enum(['agency', 'secretariat']).nullable(),
      })
      .meta({ description: 'Whether it still lives, and whose word that is; unknown until somebody says so' }),
    goals: z.array(z.int().min(1).max(17)).meta({ description: 'Sustainable Development Goals, only where given' }),
    story: z.array(
      z.object({ from: z.enum(['proposal', 'agency', 'secretariat']), question: z.string(), text: z.string(), lang }),
    ),
    contact: z
      .object({
        office: z.string().nullable(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        site: z.string().nullable(),
      })
      .nullable(),
    notes: z.array(z.string()).meta({
      description: 'What is inferred or missing in the source: year_inferred, level_not_stated, no_description, …',
    }),
    demo: z.boolean().meta({ description: 'true when every award of it is invented for a demonstration' }),
    changed: z.iso.datetime(),
  })
  .meta({ id: 'Innovation', description: 'An innovation of the gallery' })
export type ApiInnovation = z.output<typeof innovationSchema>

export const innovationPageSchema = z
  .object({
    data: z.array(innovationSchema),
    next: z.string().nullable().meta({ description: 'Give it as `cursor` for the next page; null on the last one' }),
  })
  .meta({ id: 'InnovationPage' })

export const roundSchema = z
  .object({
    key: z.string(),
    version: z.int().meta({ description: 'The version of its rules in force' }),
    state: z.enum(['published', 'finished', 'archived']),
    year: z.int(),
    name: z.object({ id: z.string(), en: z.string() }),
    theme: z.object({ id: z.string(), en: z.string() }).nullable(),
    opens: z.iso.datetime(),
    closes: z.iso.datetime().meta({ description: 'With every recorded extension' }),
    demo: z.boolean(),
  })
  .meta({ id: 'Round', description: 'A round of the competition' })
export type ApiRound = z.output<typeof roundSchema>

export const roundListSchema = z.object({ data: z.array(roundSchema) }).meta({ id: 'RoundList' })

export const errorSchema = z
  .object({ error: z.object({ code: z.string(), message: z.string(), parameter: z.string().optional() }) })
  .meta({ id: 'Error' })

/** What a list may be asked. Here a mistake is told, not passed over: a program should hear of it. */
export const listParameters = z.object({
  q: z.string().max(200).optional().meta({ description: 'Words, by their stems in Indonesian or English' }),
  province: z
    .string()
    .regex(/^(?:\d{2}|nasional)$/)
    .optional()
    .meta({ description: 'Kemendagri code of a province, or nasional', examples: ['35'] }),
  year: z.coerce.number().int().min(1990).max(2100).optional().meta({ description: 'A year in which it had an award' }),
  level: z.enum(families).optional().meta({ description: 'Family of a level' }),
  category: z.string().min(1).max(200).optional(),
  status: z.enum(statuses).optional(),
  goal: z.coerce
    .number()
    .int()
    .min(1)
    .max(17)
    .optional()
    .meta({ description: 'A Sustainable Development Goal, by its number' }),
  limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: 'How many a page' }),
  cursor: z
    .string()
    .regex(/^MI-\d{6}$/)
    .optional()
    .meta({ description: '`next` of the page before' }),
})
