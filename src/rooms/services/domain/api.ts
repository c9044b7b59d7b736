import { z } from 'zod'

/** What the API of cases says and takes. The OpenAPI document is made from these, and so are the answers. */

const words = z.record(z.string(), z.string())
const values = z.record(z.string(), z.unknown())
const moment = z.iso.datetime()
const id = z.uuid()

const summary = {
  id,
  number: z.string(),
  flow: z.string(),
  state: z.string().nullable().meta({ description: 'null for roles that are told a state only in outside words.' }),
  told: words.nullable().meta({ description: 'The state in words, by language, as this role may know it.' }),
  area: z.string().meta({ description: 'Region code without dots; empty for none.' }),
  opened: moment,
  closed: moment.nullable(),
  due: moment.nullable().meta({ description: 'When time brings about the next thing; null for outside roles.' }),
  revision: z.int().meta({ description: 'The ETag: one more with every change.' }),
}

export const caseSummarySchema = z.strictObject(summary)

export const moveSchema = z.strictObject({
  move: z.string(),
  names: words,
  form: z.string().nullable().meta({ description: 'A form of the package, answered with the move.' }),
  reasons: z.array(z.string()),
  returns: z.string().nullable().meta({ description: 'The form whose fields may be listed in `gaps`.' }),
  completes: z.boolean().meta({ description: 'Answers exactly the fields in the case’s `gaps`.' }),
})

export const caseSchema = z.strictObject({
  ...summary,
  service: id,
  package: z.string(),
  version: z.string(),
  partOf: id.nullable(),
  data: values.meta({ description: 'The values that this role sees, by field. A NIK or KK is masked.' }),
  results: z.record(z.string(), z.strictObject({ version: z.string(), trial: z.boolean(), values })),
  gaps: z.record(z.string(), z.string()).meta({ description: 'What is to be completed, by field.' }),
  moves: z.array(moveSchema).meta({ description: 'What this role can do now.' }),
})

export const casePageSchema = z.strictObject({
  data: z.array(caseSummarySchema),
  next: z.string().nullable().meta({ description: 'Give it as `cursor` for the next page.' }),
})

export const packageSchema = z.strictObject({
  service: id,
  package: z.string(),
  version: z.string(),
  role: z.string(),
  area: z.string(),
  opens: z.array(moveSchema).meta({ description: 'The moves by which this role opens a case.' }),
  forms: z.array(
    z.strictObject({
      id: z.string(),
      names: words,
      fields: z.array(values).meta({ description: 'As in the package; programs/schema/form.json.' }),
    }),
  ),
})

export const actSchema = z.strictObject({
  move: z.string().min(1).max(50),
  answers: values.optional(),
  reason: z.string().max(50).optional(),
  despite: z
    .record(z.string(), z.string().max(300))
    .optional()
    .meta({ description: 'Why a warning is overridden, by the name of its rule.' }),
  gaps: z.record(z.string(), z.string().max(300)).optional(),
})

export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string().meta({ description: 'Never changes; `detail` is for people.' }),
  detail: z.string(),
  errors: z
    .array(z.strictObject({ field: z.string(), rule: z.string(), says: z.string() }))
    .optional()
    .meta({ description: 'What is wrong with which field. A warning can be overridden with `despite`.' }),
})

export const listParameters = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'How many, at most 200' }),
  cursor: z.uuid().optional().meta({ description: '`next` of the page before' }),
  state: z.string().max(50).optional().meta({ description: 'Only cases in this state' }),
  closed: z.enum(['yes', 'no']).default('no').meta({ description: 'Ended cases, or those that go on' }),
})

export type CaseSummary = z.infer<typeof caseSummarySchema>
export type CaseDetail = z.infer<typeof caseSchema>
export type MoveOffered = z.infer<typeof moveSchema>
export type PackageDetail = z.infer<typeof packageSchema>
export type Problem = z.infer<typeof problemSchema>
