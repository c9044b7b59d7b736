import { z } from 'zod'
import { feel, name, words } from './basics.ts'

const state = z.strictObject({
  id: name,
  names: words,
  /** `open`: work is going on. `paused`: we wait for the citizen, clocks stand still. `final`: nothing more happens. */
  kind: z.enum(['open', 'paused', 'final']),
  /** What those see who may not see more (a vegetable seller: "sudah ditangani"). */
  told: words.optional(),
})

/** What follows from a move, in this order. Exactly one word each. */
const effect = z.union([
  z.strictObject({ rule: name }).meta({ description: 'Compute a rule and keep its result.' }),
  z.strictObject({ send: name }).meta({ description: 'Send a message of messages.yaml.' }),
  z.strictObject({ task: name, for: name }).meta({ description: 'Put a task of tasks into a role’s worklist.' }),
  z.strictObject({ open: name }).meta({ description: 'Open a sub-case in another flow.' }),
  z
    .strictObject({
      tell: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
      /** Values that go with it: open ones, and those whose consent covers this telling (`tells` of the purpose). */
      with: z.record(name, feel).optional(),
    })
    .meta({ description: 'Tell other packages of the agency.' }),
  z.strictObject({ forget: name }).meta({ description: 'Take back a consent: what it covers leaves the case.' }),
  z.strictObject({ set: name, to: feel }).meta({ description: 'Write a value into the case.' }),
])

const move = z.strictObject({
  id: name,
  names: words,
  /** The states it leaves; 'new' opens a case; 'any' is every state that is not final. */
  from: z.union([z.literal('new'), z.literal('any'), z.array(name).min(1).max(60)]),
  /** The state it reaches; 'same' stays. */
  to: z.union([name, z.literal('same')]),
  /** Who may. An empty list: nobody; it happens by itself, on a time limit or on entering (`automatic`). */
  roles: z.array(name).max(40),
  form: name.optional(),
  /** Sends the case back to be completed: with a list of fields of this form, and what is missing in each. */
  returns: name.optional(),
  /** Answers all that was sent back, in one form with those fields and no others. */
  completes: z.literal(true).optional(),
  /** Must be true, judged after the form was filled in. */
  guard: feel.optional(),
  /** Why the guard refuses, for the person who is refused. */
  refusal: words.optional(),
  /** Happens by itself as soon as a case is in a state of `from` and the guard is true. */
  automatic: z.boolean().default(false),
  /** The person must say which of these. */
  reasons: z
    .array(z.strictObject({ id: name, label: words }))
    .max(60)
    .default([]),
  effects: z.array(effect).max(20).default([]),
})

export const unit = z.enum(['seconds', 'minutes', 'hours', 'days', 'working_days'])
const amount = z.union([z.number().positive().max(100_000), feel])

/** One step of a time limit. `at` is per cent of the time: 50 and 80 warn, 100 is due, more than 100 is overdue. */
const step = z.strictObject({
  at: z.int().min(1).max(1000),
  move: name.optional(),
  send: name.optional(),
  task: name.optional(),
  for: name.optional(),
  tell: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .optional(),
})

/** How long a case may stay. The clock starts on entering one of `in`, stands still in paused ones, ends on leaving. */
const limit = z.strictObject({
  id: name,
  names: words,
  in: z.array(name).min(1).max(60),
  /** The first line whose condition holds when the clock starts; the last line has none. */
  time: z
    .array(z.strictObject({ when: feel.optional(), amount, unit }))
    .min(1)
    .max(20),
  calendar: name,
  /** Moves that start it again: a new contact asks for the next one. */
  restart: z.array(name).max(20).default([]),
  steps: z.array(step).min(1).max(10),
  known: z.enum(['sourced', 'ours', 'unverified']).default('ours'),
})

/** What a flow makes of an event that another service of the agency tells. */
const hears = z.strictObject({
  event: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  /** Only of this package; none: of whichever tells it. */
  from: z.string().max(100).optional(),
  /** A move from `new` opens a case; another is made in the open cases that match. */
  move: name,
  /** The cases in which this field has the told value of that name. */
  match: z.strictObject({ field: name, value: name }).optional(),
  /** Answers of the move's form: told values by field. */
  with: z.record(name, name).default({}),
})

export const flow = z.strictObject({
  id: name,
  names: words,
  states: z.array(state).min(2).max(80),
  moves: z.array(move).min(1).max(200),
  limits: z.array(limit).max(80).default([]),
  /** Work that is put into a role's list. */
  tasks: z
    .array(z.strictObject({ id: name, label: words }))
    .max(60)
    .default([]),
  /** A sub-case that only these roles may know of (child protection). Empty: as the roles say. */
  only: z.array(name).max(40).default([]),
  hears: z.array(hears).max(20).optional(),
})

export type Hears = z.infer<typeof hears>
export type Flow = z.infer<typeof flow>
export type State = z.infer<typeof state>
export type Move = z.infer<typeof move>
export type Effect = z.infer<typeof effect>
export type Limit = z.infer<typeof limit>
export type LimitStep = z.infer<typeof step>

/** The states that a move can be made in. */
export function leaves(flow: Flow, move: Move): string[] {
  if (move.from === 'new') return []
  if (move.from !== 'any') return move.from
  return flow.states.filter(({ kind, id }) => kind !== 'final' && id !== move.to).map(({ id }) => id)
}
