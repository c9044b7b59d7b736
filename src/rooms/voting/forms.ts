import { signatureShape } from '@melayani/polling/format'
import { z } from 'zod'
import { isId } from '#platform/ids.ts'
import { deliberationOutcomes } from './domain/deliberation.ts'
import { destroyed } from './domain/destruction.ts'
import { colours, committeeRoles } from './domain/election.ts'
import { objectionKinds, objectionRoles, outcomes } from './domain/objection.ts'
import { officerRoles, shapes } from './domain/place.ts'
import { registrationShape, settable } from './domain/profile.ts'
import { type Condition, conditions } from './domain/readiness.ts'

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

export const candidateForm = z.object({ name: words(3, 120) })
/** Numbers by the candidate's id, as they were drawn. */
export const drawForm = z.object({
  numbers: z.record(z.string(), whole(1, 10)),
  place: words(3, 200),
  witnesses: words(3, 500),
})
export const registrationForm = registrationShape
export const reasonForm = z.object({ reason: words(10, 500) })
export const proofForm = z.object({ short: words(1, 60), scan: z.string().nullable().default(null) })

export const placeForm = z.object({
  number: whole(1, 999),
  place: words(3, 120),
  address: words(3, 200),
  colour: z.enum(colours),
  hamlet: maybeWords(80),
  desks: whole(1, 20),
  booths: whole(1, 20),
  mobile: whole(0, 5),
})
export const shapeForm = z.object({ shape: z.enum(shapes), voters: whole(1, 100_000), where: words(3, 100) })

/** The person a duty is for; a witness has a candidate, and only the technicians and supervisors may serve at all places. */
export const officerForm = z
  .object({
    name: words(3, 120),
    role: z.enum(officerRoles),
    tps: z
      .string()
      .default('')
      .refine((text) => text === '' || isId(text), 'choose')
      .transform((text) => text || null),
    candidate: z
      .string()
      .default('')
      .refine((text) => text === '' || /^([1-9]|10)$/.test(text), 'choose')
      .transform((text) => (text === '' ? null : Number(text))),
    trustee: ticked,
  })
  .refine(({ role, candidate }) => (role === 'witness') === (candidate !== null), {
    path: ['candidate'],
    message: 'witness-candidate',
  })
  .refine(({ role, tps }) => tps !== null || role === 'supervisor' || role === 'operator', {
    path: ['tps'],
    message: 'required',
  })

/** A polling place of which the committee says that it has no record, and why. */
export const noRecordForm = z.object({ tps: anId })
export const unrecordedForm = noRecordForm.extend({ text: words(10, 1000) })

export const readinessForm = z.object(
  Object.fromEntries(
    conditions.map((condition) => [condition, z.object({ met: ticked, ground: words(5, 1000) })]),
  ) as Record<Condition, z.ZodObject<{ met: typeof ticked; ground: z.ZodString }>>,
)
export const signForm = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })
/** `hash`: of the numbers that whoever writes has read. */
/** What the minutes of a deliberation say. */
export const deliberationForm = z.object({
  outcome: z.enum(deliberationOutcomes),
  day: z.iso.date(),
  ...{ place: words(3, 200), witnesses: words(3, 500), ground: words(3, 200) },
})
export const decisionForm = signForm.extend({ place: words(3, 200), witnesses: words(3, 500) })

/** A file as text: it holds the credentials of every polling place. */
export const fileForm = z.object({ text: z.string().min(2).max(12_000_000) })
export const packagesForm = z.object({ reason: maybeWords(500) })
export const signaturesForm = z.object({
  format: z.literal('melayani-package-signatures/1'),
  signatures: z
    .array(z.object({ package: z.string().regex(/^[0-9a-f]{64}$/), signature: signatureShape }))
    .min(1)
    .max(1000),
})
export const objectionForm = z.object({
  role: z.enum(objectionRoles),
  about: z.enum(objectionKinds),
  tps: z
    .string()
    .default('')
    .transform((text) => text || null),
  name: words(2, 120),
  contact: words(5, 200),
  statement: words(20, 5000),
  demand: words(5, 2000),
  public: ticked,
})
/** `outcome` is empty where a step has none. */
export const stepForm = z.object({
  kind: z.enum(['mediation', 'answer', 'decision']),
  outcome: z.enum(outcomes).nullable().default(null),
  text: words(20, 5000),
})
export const ownStepForm = z.object({ kind: z.enum(['appeal', 'withdrawal']), text: words(5, 2000) })
export const receiptForm = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{4}([\s-]?[A-Za-z0-9]{4}){3}$/),
})

/** Numbers as somebody reads them from a sheet: one field a candidate. */
const digits = z.coerce.number<unknown>().int().min(0).max(1_000_000)
export const sheetForm = z.object({
  sheet: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())
    .pipe(z.string().regex(/^[0-9a-f]{20}$/)),
  version: whole(1, 100),
  corrects: z
    .string()
    .default('')
    .transform((text) => text.replace(/[\s-]/g, '').toLowerCase() || null)
    .pipe(
      z
        .string()
        .regex(/^[0-9a-f]{20}$/)
        .nullable(),
    ),
  reason: maybeWords(2000),
  present: digits,
  votes: z.array(digits).min(1).max(20),
  blank: digits,
  source: z.enum(['tally', 'slips']),
  differences: maybeWords(2000),
})
export const settleForm = z.object({ sheet: z.string().regex(/^[0-9a-f]{20}$/), reason: words(20, 2000) })
export const readingForm = z.object({ votes: z.array(digits).min(1).max(20), blank: digits })
export const tieFactForm = z.object({
  fact: z.enum(['education-level', 'formal-education-path']),
  values: z.array(whole(0, 100)).min(1).max(10),
  source: words(5, 300),
})

/** Rules as they are typed, and on what ground they are set so. */
export const rulesForm = z.object({
  rules: z.partialRecord(z.enum(settable), z.string().max(2000)),
  ground: words(10, 300),
})

/** Every kind must be ticked: what is kept of one is a secret that was not destroyed. */
export const destructionForm = z.object({
  destroyed: z
    .array(z.enum(destroyed))
    .default([])
    .refine((list) => destroyed.every((each) => list.includes(each)), 'destroy-all'),
  place: words(3, 200),
  witnesses: words(3, 500),
})
