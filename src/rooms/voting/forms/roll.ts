import { z } from 'zod'
import { isId } from '#platform/ids.ts'
import { changeReasons } from '../domain/roll/change.ts'
import { deliveryOutcomes } from '../domain/roll/invitation.ts'

const text = (most: number) => z.string().trim().max(most).default('')
const note = text(300).transform((typed) => typed || null)
const why = { reason: z.enum(changeReasons), note }

/** A voter as one of the committee types them, with why. The NIK comes empty when it is not to change. */
export const voterForm = z.object({
  nik: text(30).transform((typed) => typed.replace(/[\s.-]/g, '')),
  nama: z.string().trim().min(1).max(120),
  lahir: text(20),
  kelamin: z.enum(['', 'L', 'P']).default(''),
  kawin: z.enum(['', 'B', 'S', 'P']).default(''),
  alamat: text(200),
  dusun: text(60),
  rt: text(5),
  rw: text(5),
  tps: z.string().refine(isId, 'choose'),
  ...why,
})
export const strikeForm = z.object(why)

/** Which hamlet and RW votes where: `place-<n>` of the group with `group-<n>`. */
export const splitForm = z.object({
  groups: z
    .array(z.object({ hamlet: z.string().max(60), rw: z.string().max(5), tps: z.string().refine(isId, 'choose') }))
    .min(1)
    .max(2000),
})

export const answerForm = z.object({
  questions: z.array(z.string().max(100)).max(5000).default([]),
  kind: z.string().max(20).default(''),
  note: z.string().trim().min(5).max(300),
})

export const signingForm = z
  .object({ candidate: z.string().refine(isId, 'choose'), signed: z.enum(['signed', 'refused']), note })
  .refine(({ signed, note }) => signed === 'signed' || note !== null, { path: ['note'], message: 'required' })
  .transform(({ signed, ...rest }) => ({ ...rest, signed: signed === 'signed' }))

export const deliveryForm = z.object({
  outcome: z.enum(deliveryOutcomes),
  receiver: note,
  /** When it was, by the device that noted it without a signal; never later than now. */
  at: z.iso.datetime().optional(),
})
