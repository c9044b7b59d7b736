import { z } from 'zod'
import { limits } from '../limits.ts'
import { condition, feel, name, words } from './basics.ts'
import { privacy } from './role.ts'

const option = z.strictObject({
  id: name,
  label: words,
  /** Chosen alone: "none of these". */
  alone: z.boolean().default(false),
})
const options = z.array(option).min(1).max(limits.listLength)

const common = {
  id: name,
  label: words,
  hint: words.optional(),
  required: condition.default(false),
  /** Asked only when true; otherwise its value is removed. */
  when: feel.optional(),
  privacy: privacy.default('personal'),
  /** Only these roles see it, whatever else they see. Empty: as their `sees` says. */
  only: z.array(name).max(40).default([]),
  /** A purpose of consents.yaml: without that consent the value never leaves the device. */
  consent: name.optional(),
}

const kinds = [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    min: z.int().min(0).default(0),
    max: z.int().min(1).max(limits.text).default(200),
    /** Letters, classes and bounded repeats only (package/pattern.ts). */
    pattern: z.string().max(limits.pattern).optional(),
  }),
  z.strictObject({ ...common, type: z.literal('digits'), length: z.int().min(1).max(30) }),
  z.strictObject({ ...common, type: z.literal('int'), min: z.int().optional(), max: z.int().optional() }),
  z.strictObject({
    ...common,
    type: z.literal('decimal'),
    min: z.number().optional(),
    max: z.number().optional(),
    places: z.int().min(0).max(6).default(2),
  }),
  z.strictObject({
    ...common,
    type: z.literal('date'),
    /** May be told roughly: `2010~`, `2010-05~` (EDTF). */
    estimated: z.boolean().default(false),
    earliest: feel.optional(),
    latest: feel.optional(),
  }),
  z.strictObject({ ...common, type: z.literal('choice'), options }),
  z.strictObject({
    ...common,
    type: z.literal('multi'),
    options,
    atLeast: z.int().min(0).default(0),
    atMost: z.int().min(1).optional(),
  }),
  z.strictObject({ ...common, type: z.literal('bool') }),
  z.strictObject({ ...common, type: z.literal('phone') }),
  z.strictObject({ ...common, type: z.literal('nik') }),
  z.strictObject({ ...common, type: z.literal('kk') }),
  z.strictObject({
    ...common,
    type: z.literal('region'),
    level: z.enum(['province', 'regency', 'district', 'village']),
  }),
  z.strictObject({ ...common, type: z.literal('gps'), accuracy: z.number().positive().optional() }),
  z.strictObject({ ...common, type: z.literal('photo'), kilobytes: z.int().min(1).max(5000).default(200) }),
  z.strictObject({ ...common, type: z.literal('voice'), seconds: z.int().min(1).max(300).default(30) }),
  z.strictObject({ ...common, type: z.literal('signature') }),
  z.strictObject({ ...common, type: z.literal('calculated'), value: feel }),
  z.strictObject({ ...common, type: z.literal('hidden'), value: z.union([z.string(), z.number(), z.boolean()]) }),
] as const

/** A question inside a repeated group. Groups do not hold groups. */
export const plainField = z.discriminatedUnion('type', [...kinds])

const group = z.strictObject({
  ...common,
  type: z.literal('group'),
  atLeast: z.int().min(0).default(0),
  atMost: z.int().min(1).max(limits.listLength).default(20),
  fields: z.array(plainField).min(1).max(60),
})
export const field = z.discriminatedUnion('type', [...kinds, group])

/** A check across fields. An error blocks; a warning may be overridden with a reason (a NIK against a birth date). */
const check = z.strictObject({
  id: name,
  level: z.enum(['error', 'warning']),
  field: name,
  /** True when something is wrong. */
  when: feel,
  says: words,
})

export const form = z.strictObject({
  id: name,
  names: words,
  /** What it should cost the person who fills it in, in seconds. Shown, and measured. */
  seconds: z.int().positive().optional(),
  fields: z.array(field).min(1).max(200),
  checks: z.array(check).max(100).default([]),
})

export type Form = z.infer<typeof form>
export type Field = z.infer<typeof field>
export type PlainField = z.infer<typeof plainField>
export type Check = z.infer<typeof check>
