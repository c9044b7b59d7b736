import { z } from 'zod'
import { duration, name, words } from './basics.ts'

const value: z.ZodType<unknown> = z.json()
const data = z.record(z.string().regex(/^[a-z][a-z0-9_]{0,49}$/), value)

const expected = z.strictObject({
  state: name.optional(),
  /** The rule that refuses: `not-your-role`, `guard`, a check's name, `required:nik` … */
  refused: z.string().max(80).optional(),
  /** Results: `{ kspr: { total: 10, band: krt } }` */
  rules: z.record(name, z.record(z.string(), value)).optional(),
  /** Exactly the messages that went out in this step. */
  sent: z.array(name).optional(),
  tasks: z.array(name).optional(),
  told: z.array(z.string()).optional(),
  opened: z.array(name).optional(),
  /** Values that the case holds now. `null`: it does not hold any. */
  data: data.optional(),
  /** Exactly the fields that are to be completed now. */
  gaps: z.array(name).optional(),
  /** Fields that never left the device. */
  dropped: z.array(name).optional(),
  /** Clocks and when their 100 per cent is reached, local time: `{ kontak: '2026-03-02T09:00' }`. null: not running. */
  due: z.record(name, z.union([z.string(), z.null()])).optional(),
  /** What a role sees of the data now, exactly. */
  sees: z.record(name, z.array(name)).optional(),
})

const step = z.strictObject({
  /** Time that passes first. */
  after: duration.optional(),
  do: name.optional(),
  /** An event that another service tells; `with` holds its values. */
  hear: z.string().max(100).optional(),
  as: name.optional(),
  with: data.optional(),
  reason: name.optional(),
  /** Warnings that are overridden, and why. */
  despite: z.record(z.string().max(120), z.string()).optional(),
  /** What is missing, by field: of a move that sends the case back. */
  gaps: z.record(name, z.string().max(300)).optional(),
  /** A purpose whose consent is withdrawn. */
  withdraw: name.optional(),
  /** The flow of the sub-case that acts; none: the main case. */
  in: name.optional(),
  expect: expected.optional(),
})

/** A case that is played through on a simulated clock before anybody may install the package. */
export const example = z.strictObject({
  id: name,
  names: words,
  /** Local time at which it begins: `2026-03-02T05:30`. */
  begins: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
  zone: z.enum(['WIB', 'WITA', 'WIT']).default('WIB'),
  settings: z.record(name, value).default({}),
  steps: z.array(step).min(1).max(100),
})

export type Example = z.infer<typeof example>
export type Expected = z.infer<typeof expected>
