import { z } from 'zod'
import { day, feel, known, name, words } from './basics.ts'
import { privacy } from './role.ts'

/** Who stands behind a clinical table, by which document. Without it every result carries the banner "uji coba". */
const approval = z.strictObject({
  who: z.string().min(2).max(200),
  document: z.string().min(2).max(300),
  date: day,
})

const validity = {
  /** First day on which this version counts. */
  validFrom: day,
  /** Last day; none: until a later version begins. */
  validTo: day.optional(),
  known: known.default('ours'),
  source: z.string().max(400).optional(),
}

/** One expression: a ratio, a due date, a yes or no. */
const valueVersion = z.strictObject({ ...validity, value: feel, says: words.optional() })

/**
 * A decision table (OMG DMN, section 8): each row has one unary test for each input (`>= 35`, `"SD","SMP"`, `-`).
 * `first`: the first row that fits. `unique`: exactly one may fit; two are an error of the table. None: no result.
 */
const tableVersion = z.strictObject({
  ...validity,
  inputs: z.array(feel).min(1).max(12),
  hit: z.enum(['first', 'unique']),
  rows: z
    .array(
      z.strictObject({
        when: z
          .array(z.union([z.string(), z.number(), z.boolean()]))
          .min(1)
          .max(12),
        gives: z.record(name, z.union([z.string(), z.number(), z.boolean()])),
        says: words.optional(),
      }),
    )
    .min(1)
    .max(500),
})

/** Points that add up (DMN: collect, sum): a score, an amount of aid. */
const sumVersion = z.strictObject({
  ...validity,
  base: z.number().default(0),
  factors: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9_]{1,40}$/),
        when: feel,
        points: z.union([z.number(), feel]),
        says: words,
      }),
    )
    .min(1)
    .max(200),
  /** Of these at most one counts, the one with most points. With `when`: only where that holds (a local setting). */
  exclusive: z
    .array(z.strictObject({ factors: z.array(z.string()).min(2).max(50), when: feel.optional() }))
    .max(50)
    .default([]),
  /** While true, the result never falls below an earlier one of the same case. */
  neverFalls: feel.optional(),
  atMost: z.number().optional(),
  /** From the lowest: the class whose `from` is reached. */
  bands: z
    .array(z.strictObject({ from: z.number(), id: name, label: words, colour: z.string().max(20).optional() }))
    .max(20)
    .default([]),
})

const head = {
  id: name,
  names: words,
  privacy: privacy.default('personal'),
  /** Only these roles see its results. Empty: as their `sees` says. */
  only: z.array(name).max(40).default([]),
  /** A medical table: needs an approval, never decides alone. */
  /** The day whose version counts (the month that is paid for); none: today. */
  asOf: feel.optional(),
  clinical: z.boolean().default(false),
  approvedBy: approval.optional(),
}
export const rule = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('value'), versions: z.array(valueVersion).min(1).max(50) }),
  z.strictObject({ ...head, kind: z.literal('table'), versions: z.array(tableVersion).min(1).max(50) }),
  z.strictObject({ ...head, kind: z.literal('sum'), versions: z.array(sumVersion).min(1).max(50) }),
])

export type Rule = z.infer<typeof rule>
export type ValueVersion = z.infer<typeof valueVersion>
export type TableVersion = z.infer<typeof tableVersion>
export type SumVersion = z.infer<typeof sumVersion>
