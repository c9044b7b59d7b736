import { z } from 'zod'
import { phoneOf } from './domain/form.ts'

/** What people type to run services. The forms of a package are judged by the engine. */
export const nothing = z.object({}) as z.ZodType<Record<string, never>>
export const roleForm = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(200)),
  role: z.string().min(1).max(50),
  area: z
    .string()
    .trim()
    .default('')
    .transform((code) => code.replaceAll('.', ''))
    .pipe(z.string().regex(/^(?:\d{2}|\d{4}|\d{6}|\d{10})?$/)),
})
export const publisherForm = z.object({
  name: z.string().trim().min(2).max(200),
  key: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{43}$/),
})
export const actForm = z.object({
  move: z.string().min(1).max(50),
  answers: z.record(z.string(), z.unknown()).default({}),
  reason: z.string().max(50).optional(),
  despite: z.record(z.string(), z.string().max(300)).default({}),
  gaps: z.record(z.string(), z.string().max(300)).optional(),
})
export type ActForm = z.output<typeof actForm>
export const purposeForm = z.object({ purpose: z.string().min(1).max(50) })
export const settingsForm = z.object({ settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })
export const figuresForm = z.object({ day: z.iso.date() })
export type FiguresForm = z.output<typeof figuresForm>

const fieldNames = z.array(z.string().max(50)).max(500).default([])
/** Two cases made one: the number of the one that stays, and which values come from the first and from the second. */
export const mergeForm = z.object({ keep: z.string().min(1).max(60), first: fieldNames, second: fieldNames })
export type MergeForm = z.output<typeof mergeForm>
export const versionForm = z.object({
  version: z
    .string()
    .trim()
    .regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/),
  revision: z.coerce.number().int().positive(),
})

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.number().int().min(0).max(8.64e15)
/** A report as a phone sends it. Its answers are judged by the engine. */
export const reportForm = z.object({
  id: z.uuid(),
  service: z.uuid(),
  release: sha256,
  case: z.uuid().nullable(),
  seen: z.number().int().min(0).max(100_000),
  after: z.array(z.uuid()).max(200),
  role: z.string().min(1).max(50),
  move: z.string().min(1).max(50),
  answers: z.record(z.string(), z.unknown()),
  reason: z.string().max(50).optional(),
  despite: z.record(z.string(), z.string().max(300)),
  at: instant,
})
export const batchForm = z.object({ device: z.uuid(), now: instant, reports: z.array(z.unknown()).min(1).max(100) })
export const contactForm = z.object({ token: z.string().min(20).max(100) })
const box = z.object({ iv: z.string().max(40), data: z.string().max(10_000_000) })
export const sealedForm = contactForm.extend({
  now: instant,
  id: z.uuid(),
  service: z.uuid(),
  box,
  media: z.array(box).max(20),
})
export type Box = z.output<typeof box>
/** What a gateway brings: a message of a number. */
export const incomingForm = z.object({
  from: z
    .string()
    .max(30)
    .transform((text) => phoneOf(text) ?? '')
    .pipe(z.string().min(1)),
  text: z.string().min(1).max(1000),
  channel: z.enum(['sms', 'whatsapp']).default('sms'),
})
export type IncomingForm = z.output<typeof incomingForm>
/** What a gateway says of a message that it was given. */
export const receiptForm = z.object({
  receipt: z.string().min(1).max(200),
  state: z.enum(['delivered', 'failed']),
  why: z.string().max(100).nullable().default(null),
})
export const nameForm = z.object({ name: z.string().trim().min(2).max(100) })
const areaCode = roleForm.shape.area
export const accountForm = nameForm.extend({ role: z.string().min(1).max(50), area: areaCode })
export const ratingForm = z.object({
  score: z.coerce.number().int().min(1).max(4),
  words: z
    .string()
    .trim()
    .max(500)
    .default('')
    .transform((text) => text || null),
})
export const hookForm = z.object({ address: z.string().trim().min(8).max(500) })
const choice = z.union([
  z.object({ pick: z.enum(['ours', 'theirs']) }),
  z.object({ pick: z.literal('anew'), text: z.string().max(4000) }),
])
export const choicesForm = z.object({
  choices: z.record(z.string().max(120), choice),
  leftOut: z.array(z.string().max(50)).max(400).default([]),
})
const sentence = z
  .string()
  .trim()
  .min(10)
  .max(600)
  .regex(/^[^<>]*$/)
export const offerForm = z.object({ reason: sentence })
export const adoptForm = z.object({ credit: sentence, choices: choicesForm.shape.choices.default({}) })
export const declineForm = z.object({ reason: sentence })
/** An area that changes hands: to whom, by the address of her account. */
export const handOverForm = z.object({
  area: areaCode,
  email: z.string().trim().toLowerCase().pipe(z.email().max(200)),
})
const emptyNumber = (min: number, max: number) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text) => (text === '' ? null : Number(text.replace(',', '.'))))
    .pipe(z.number().min(min).max(max).nullable())
/** How many open cases a post takes, and where its work begins. */
export const postForm = z
  .object({
    capacity: emptyNumber(0, 100_000).refine((n) => n === null || Number.isInteger(n), 'not-valid'),
    lat: emptyNumber(-90, 90),
    lon: emptyNumber(-180, 180),
  })
  .refine(({ lat, lon }) => (lat === null) === (lon === null), { path: ['lon'], message: 'place-half' })
export const revisionForm = z.object({ revision: z.coerce.number().int().positive() })
/** To whom a case is offered: a post, or nobody in particular. */
export const caseOfferForm = z.object({ post: z.string().max(36).default('') })
export const answerForm = z.object({ answer: z.enum(['accepted', 'declined']) })
/** A telephone number in whichever way it is written; empty for none. */
export const numberForm = z.object({
  phone: z
    .string()
    .trim()
    .max(30)
    .default('')
    .transform((text) => (text === '' ? null : (phoneOf(text) ?? '')))
    .refine((phone) => phone !== '', { message: 'o-phone' }),
})
