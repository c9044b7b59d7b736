import { z } from 'zod'
import type { Act, Counts, Line } from './act.ts'

/**
 * What an act may hold, field by field: an allow-list. A log takes nothing else, so that no choice, credential or place of a
 * touch can slip into one by an extra field (T34).
 */
const short = z.string().min(1).max(200)
const note = z.string().max(2000)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const voter = z.int().min(1).max(100_000)
const number = z.int().min(1).max(1000)
const count = z.int().min(0).max(10_000_000)
const replaces = z.enum(['returned', 'void']).optional()

const counts = z.strictObject({
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
} satisfies Record<keyof Counts, z.ZodType<number>>)

const fields: { [Kind in Act['kind']]: Record<Exclude<keyof Extract<Act, { kind: Kind }>, 'kind'>, z.ZodType> } = {
  started: { software: short, package: hash },
  incident: { what: short, note },
  'paper-tested': { readable: z.boolean() },
  'paper-changed': {},
  'device-joined': {
    device: short,
    as: z.enum(['desk', 'booth']),
    number,
    key: hash,
    mobile: z.literal(true).optional(),
  },
  'device-stopped': { device: short, reason: note },
  'zero-report': { hash },
  'polls-opened': {},
  'polls-paused': {},
  'polls-resumed': {},
  'polls-extended': { until: short, reason: note },
  'queue-closed': { standing: count },
  head: { counts, commitment: hash },
  'polls-closed': { counts },
  'box-imported': { device: short, counts },
  reconciled: { hash, holds: z.boolean() },
  'difference-explained': { law: short, left: count, right: count, note },
  'tally-announced': { tally: hash },
  decrypted: { owner: number },
  result: { hash },
  objection: { by: short, text: z.string().min(1).max(10_000) },
  'handed-over': { how: z.enum(['network', 'usb', 'qr']), hash },
  destroyed: { what: note },
  'check-in': {
    voter,
    method: z.enum(['card-finger', 'card-photo', 'typed-nik', 'papers']),
    assisted: z.literal(true).optional(),
    queued: number.optional(),
  },
  'turned-away': { reason: short, voter: voter.optional() },
  'token-issued': { voter, replaces },
  'token-returned': { voter },
  'stamp-printed': {},
  'slip-reprinted': {},
  'session-void': {},
  'slip-reported': {},
  resolved: { as: z.enum(['cast', 'void']) },
}

const shapes = new Map(
  Object.entries(fields).map(([kind, rest]) => [kind, z.strictObject({ kind: z.literal(kind), ...rest })]),
)

const lineShape = z.strictObject({
  seq: z.int().min(1),
  prev: hash,
  device: z.string().regex(/^[a-z0-9-]{1,40}$/),
  step: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:(00|15|30|45)$/),
  act: z.looseObject({ kind: z.string() }),
  by: z
    .array(
      z.strictObject({
        role: z.enum(['chair', 'officer', 'operator', 'witness', 'supervisor', 'committee', 'centre']),
        signer: short,
        key: hash,
        signature: z.string().regex(/^[0-9a-f]{128}$/),
      }),
    )
    .max(10)
    .optional(),
})

/** The first field of a line or act that is not as it must be, as a path such as "act.voter"; undefined when all is well. */
export function shapeFault(line: unknown): { field: string; what: string } | undefined {
  const outer = lineShape.safeParse(line)
  if (!outer.success) return first(outer.error, [])
  const shape = shapes.get(outer.data.act.kind)
  if (!shape) return { field: 'act.kind', what: 'unknown-act' }
  const inner = shape.safeParse(outer.data.act)
  return inner.success ? undefined : first(inner.error, ['act'])
}

function first(error: z.ZodError, at: string[]) {
  const issue = error.issues[0]!
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const what = issue.code === 'unrecognized_keys' ? 'unknown-field' : 'shape'
  return { field: [...at, ...issue.path.map(String), ...extra].join('.') || 'line', what }
}

/** What officers sign with their cards for an act of two, kind `act/1`: the act and its place in the log of one device. */
export const actText = ({ act, prev, seq, device }: Pick<Line, 'act' | 'prev' | 'seq' | 'device'>): string =>
  JSON.stringify({ act, device, prev, seq })
