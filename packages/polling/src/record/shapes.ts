import { z } from 'zod'
import { roles } from '../format/index.ts'

/** What each entry may hold, and nothing else: an unknown member is refused, since nobody would have checked it. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0).max(1_000_000)

export const signedShape = z.strictObject({
  text: z.string(),
  signatures: z
    .array(
      z.strictObject({
        role: z.enum(roles),
        signer: z.string().max(200),
        key: hash,
        signature: z.string().regex(/^[0-9a-f]{128}$/),
      }),
    )
    .max(60),
})

export const countsShape = z.strictObject({
  present: count,
  issued: count,
  returned: count,
  used: count,
  cast: count,
  void: count,
  spoiled: count,
  pending: count,
  slips: count,
  slipsVoid: count,
  reprints: count,
})

export const manifestShape = z.strictObject({
  format: z.literal('melayani-record/1'),
  mode: z.enum(['real', 'practice']),
  package: hash,
  election: z.string().max(100),
  tps: z.string().max(100),
  version: z.number().int().min(1).max(99),
  entries: z.array(z.strictObject({ name: z.string().max(99), size: z.number().int().min(0), sha256: hash })).max(300),
})

export const stationShape = z.strictObject({ key: hash, software: hash, devices: z.array(signedShape).max(100) })

export const certificateShape = z.strictObject({
  package: hash,
  device: z.string().max(40),
  as: z.enum(['desk', 'booth']),
  number: z.number().int().min(1).max(99),
  key: hash,
  address: z.string().max(200).optional(),
  mobile: z.literal(true).optional(),
})

export const zeroShape = z.strictObject({
  package: hash,
  software: hash,
  roll: z.strictObject({ count, additional: count, hash }),
  tokens: count,
  candidates: z
    .array(z.strictObject({ number: z.number().int().min(1).max(99), name: z.string(), photoHash: hash.optional() }))
    .max(99),
  boxes: z.array(z.strictObject({ device: z.string().max(40), ballots: z.literal(0) })).max(100),
})

export const headShape = z.strictObject({
  package: hash,
  number: z.number().int().min(1),
  step: z.string().max(40),
  counts: countsShape,
  commitment: hash.optional(),
})

export const reconciliationShape = z.strictObject({
  package: hash,
  counts: countsShape,
  unused: count,
  voidSlips: count,
  replaced: count,
  differences: z
    .array(z.strictObject({ law: z.string().max(60), left: count, right: count, note: z.string().min(1).max(2000) }))
    .max(40),
})

export const handCountShape = z.strictObject({
  package: hash,
  votes: z.array(count).min(1).max(99),
  blank: count,
  unreadable: count,
})

export const resultShape = z.strictObject({
  format: z.literal('melayani-result/1'),
  mode: z.enum(['real', 'practice']),
  election: z.string().max(100),
  tps: z.string().max(100),
  package: hash,
  version: z.number().int().min(1).max(99),
  corrects: z.strictObject({ hash, reason: z.string().min(1).max(2000) }).optional(),
  roll: count,
  present: count,
  votes: z.array(count).min(1).max(99),
  blank: count,
  counts: countsShape,
  source: z.enum(['tally', 'slips']),
  unreadable: count.optional(),
  archive: hash.optional(),
  reconciled: z.boolean(),
  differences: z.array(z.string().max(2000)).max(40),
})

export const planoShape = z.strictObject({ package: hash, version: z.number().int().min(1).max(99), photo: hash })

export const objectionShape = z.strictObject({ package: hash, step: z.string().max(40), text: z.string().max(5000) })

export const incidentsShape = z
  .array(z.strictObject({ device: z.string().max(40), step: z.string().max(40), what: z.string().max(200) }))
  .max(10_000)

export const logsShape = z
  .array(z.strictObject({ device: z.string().max(40), lines: count, head: hash, hash }))
  .max(100)

/** Opening records as `writeOpening` writes them, sorted. */
export const spoiledShape = z.array(z.string().max(200_000)).max(10_000)

/** Ballots that are not counted, and why. */
export const refusedShape = z
  .array(
    z.strictObject({
      why: z.string().max(40),
      ballot: z.string().max(200_000),
      opening: z.string().max(200_000).optional(),
    }),
  )
  .max(10_000)

/** The stronger proofs, by owner number: text of `proveStronger`. */
export const decryptionShape = z
  .array(z.strictObject({ owner: z.number().int().min(1).max(100), proof: z.string().max(100_000) }))
  .max(100)
