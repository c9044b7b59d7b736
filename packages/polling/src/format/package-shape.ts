import { z } from 'zod'
import type { ElectionPackage } from './election-package.ts'
import { roles } from './signed.ts'

/** Shapes of what is read from a file or the network. A shape says nothing about whether the content is right. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const named = z.string().min(1).max(300)
const whole = z.number().int().min(0).max(10_000_000)
const positive = whole.min(1)

export const signatureShape = z.object({
  role: z.enum(roles),
  signer: named,
  key: hash,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export const signedShape = z.object({ text: z.string(), signatures: z.array(signatureShape).max(200) })

/** Signs of base64 that a spoken name may have. */
export const longestVoice = 200_000

const candidate = z.object({
  number: positive,
  name: named,
  photo: z.string().optional(),
  voice: z.string().max(longestVoice).optional(),
  photoHash: hash.optional(),
  emptyBox: z.literal(true).optional(),
  proof: z.object({ signer: named, key: hash, signature: z.string().regex(/^[0-9a-f]{128}$/) }).optional(),
})

const officer = z.object({
  id: named,
  name: named,
  role: z.enum(roles).exclude(['centre', 'device']),
  key: hash,
  candidate: positive.optional(),
})

const rules = z.object({
  name: named,
  opens: clock,
  closes: clock,
  zone: named,
  quorum: z.tuple([positive, positive]).optional(),
  extensions: z.array(positive),
  copies: z.array(named),
  tokenMinutes: positive,
  smallGroup: whole,
  cutOff: z.enum(['own-share', 'two-officers']),
  slipSeconds: whole,
})

export const packageShape = z.object({
  format: z.literal('melayani-election-package/1'),
  mode: z.enum(['real', 'practice']),
  election: z.object({
    id: named,
    name: named,
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    village: z.object({ code: named, name: named, district: named, regency: named }),
  }),
  tps: z.object({
    id: named,
    number: positive,
    place: named,
    colour: named,
    desks: whole,
    booths: positive,
    mobile: whole,
  }),
  rules,
  candidates: z.array(candidate).min(1),
  blank: z.literal(true),
  roll: z.object({ count: whole, additional: whole, hash, sealed: z.string() }),
  ballot: z.object({ election: z.string(), trustees: z.string(), credentials: z.string() }),
  pool: z.object({ size: positive, hash }),
  otherPools: z.array(z.object({ tps: positive, hash })).optional(),
  officers: z.array(officer),
  trustees: z.array(z.object({ owner: positive, name: named, outside: z.literal(true).optional() })),
  threshold: z.object({ needed: positive, of: positive }),
  centre: z.object({ name: named, key: hash, address: z.string().optional() }),
  committee: z.object({ name: named, key: hash }),
}) satisfies z.ZodType<ElectionPackage>
