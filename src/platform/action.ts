import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Clock } from './clock.ts'
import { type Db, retrying, type Tx } from './db.ts'
import { type Event, record } from './log.ts'
import { giveTokenBack, keepChange, type Token, takeToken, tokenOf } from './once.ts'
import { type Problems, problemsOf } from './problems.ts'
import type { Decision } from './result.ts'

/** An office somebody holds: a role, for an agency or a unit where the role has one. */
export type Office = { role: string; agency: string | null; unit: string | null }
/** Who acts. `id` is null for the public. */
export type Actor = { id: string | null; name: string; offices: readonly Office[]; secondFactor: boolean }
export const nobody: Actor = { id: null, name: '', offices: [], secondFactor: false }

export type Context = { db: Db; actor: Actor; clock: Clock; once?: string | undefined }
export type Circumstance = { actor: Actor; now: Date }

/**
 * One thing a person can do. Read it top to bottom: that is the order it runs in, in one transaction.
 * Every part is required, so nothing changes without a permission and an event.
 *
 * - `find` looks the thing up through the person and locks it (`for update`); what one may not see is not found.
 * - `may` is the permission. `input` is what people type and what is accepted.
 * - `decide` is pure: the change to make, or the name of the rule that forbids it (a key of the room's words).
 * - `save` writes the change; `tell` is the event's particulars; `scope` the agency whose people may read it.
 */
export type Action<Thing, Input, Change, Refusal extends string> = {
  name: `${string}.${string}`
  find: (tx: Tx, actor: Actor, id: string, now: Date) => Promise<Thing | undefined>
  may: (actor: Actor, thing: Thing) => boolean
  input: z.ZodType<Input>
  decide: (
    thing: Thing,
    input: Input,
    at: Circumstance,
  ) => Decision<Change, Refusal> | Promise<Decision<Change, Refusal>>
  save: (tx: Tx, thing: Thing, change: Change, at: Circumstance) => Promise<void>
  tell: (change: Change, thing: Thing) => Record<string, unknown>
  scope: (thing: Thing) => string | null
  /** What the event is about when it is not the thing found: a unit created under an agency, say. */
  subject?: (change: Change, thing: Thing) => string
  /** What else became true by the same act, each with a history of its own: every agency of an import, say. */
  also?: (change: Change, thing: Thing) => readonly Pick<Event, 'name' | 'subject' | 'scope' | 'particulars'>[]
}

/** A thing and the change that was decided of it. */
export type Made<Thing, Change> = { thing: Thing; change: Change }

/** An action that is done by thousands: `find` and `save` also for many, with as many queries for a hundred things as for one. */
export type ActionOnMany<Thing, Input, Change, Refusal extends string> = Action<Thing, Input, Change, Refusal> & {
  together?: {
    /** The things by their ids, locked in the order of their ids. Every id stands in the list once. */
    find: (tx: Tx, actor: Actor, ids: readonly string[], now: Date) => Promise<ReadonlyMap<string, Thing>>
    save: (tx: Tx, made: readonly Made<Thing, Change>[], at: Circumstance) => Promise<void>
  }
}

export type Outcome<Change, Refusal extends string> =
  | { kind: 'done'; change: Change }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'invalid'; problems: Problems }
  | { kind: 'forbidden' }
  | { kind: 'not-found' }

/**
 * Do one thing. A form's token (`once`) makes the second click find the first one's result: the change as JSON carries
 * it, so a date in it has become text.
 */
export function perform<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  context: Context,
  id: string,
  raw: unknown,
): Promise<Outcome<Change, Refusal>> {
  return performOnce(action, context, id, raw, context.once ? { key: context.once, lasts: false } : undefined)
}

function performOnce<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  context: Context,
  id: string,
  raw: unknown,
  once: { key: string; lasts: boolean } | undefined,
): Promise<Outcome<Change, Refusal>> {
  const at = { actor: context.actor, now: context.clock.now() }
  const token = once && { ...once, row: tokenOf(once.key, context.actor, action.name, id) }
  return retrying(context.db, async (tx) => {
    const earlier = token && (await takeToken(tx, token.row, token.lasts))
    if (earlier) return { kind: 'done', change: earlier.change as Change }

    const outcome = await attempt(action, tx, at, id, raw)
    if (outcome.kind !== 'done') {
      if (token) await giveTokenBack(tx, token.row)
      return outcome
    }
    await record(tx, outcome.events)
    if (token) await keepChange(tx, token.row, outcome.change)
    return { kind: 'done', change: outcome.change }
  })
}

export type ItemOutcome<Refusal extends string> = { id: string } & (
  | { kind: 'done' }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'invalid'; problems: Problems }
  | { kind: 'forbidden' }
  | { kind: 'not-found' }
)

/**
 * Do the same thing to many. Each item stands alone: one refused does not undo the others, and each is reported.
 * One transaction, so a crash leaves all or nothing and the report is never a lie; one hold of the event chain.
 * A form's token (`once`) makes the second click find the first one's report.
 */
export function performAll<Thing, Input, Change, Refusal extends string>(
  action: ActionOnMany<Thing, Input, Change, Refusal>,
  context: Context,
  items: readonly { id: string; raw: unknown }[],
): Promise<ItemOutcome<Refusal>[]> {
  const at = { actor: context.actor, now: context.clock.now() }
  // Rows are locked in the order of their ids, so that two bulk acts over the same items wait instead of deadlocking.
  const order = [...items.keys()].sort((a, b) => compare(items[a]!.id, items[b]!.id) || a - b)
  // The same token with other items is another act: one form may do several things in turn.
  const which = createHash('sha256').update(JSON.stringify(items)).digest('hex')
  const token = context.once ? tokenOf(context.once, context.actor, action.name, which) : undefined
  return retrying(context.db, async (tx) => {
    const earlier = token && (await takeToken(tx, token, false))
    if (earlier) return earlier.change as ItemOutcome<Refusal>[]
    const events: Event[] = []
    const report: ItemOutcome<Refusal>[] = []
    for (const round of roundsOf(action, items, order)) {
      const outcomes = await attemptAll(
        action,
        tx,
        at,
        round.map((index) => items[index]!),
      )
      for (const [i, outcome] of outcomes.entries()) {
        const { id } = items[round[i]!]!
        if (outcome.kind === 'done') {
          events.push(...outcome.events)
          report[round[i]!] = { id, kind: 'done' }
        } else report[round[i]!] = { id, ...outcome }
      }
    }
    await record(tx, events)
    if (token && events.length > 0) await keepChange(tx, token, report)
    else if (token) await giveTokenBack(tx, token)
    return report
  })
}

/**
 * What is done at once, in this order: each item alone, or where the action can do many together, all whose ids differ. What
 * comes for a thing a second time is decided when the first is written.
 */
function roundsOf<Thing, Input, Change, Refusal extends string>(
  { together }: ActionOnMany<Thing, Input, Change, Refusal>,
  items: readonly { id: string }[],
  order: readonly number[],
): number[][] {
  if (!together) return order.map((index) => [index])
  const rounds: number[][] = []
  const seen = new Map<string, number>()
  for (const index of order) {
    const { id } = items[index]!
    const round = seen.get(id) ?? 0
    seen.set(id, round + 1)
    rounds[round] ??= []
    rounds[round].push(index)
  }
  return rounds
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Accept what was made elsewhere or earlier (an offline device, a gateway). `key` is any text that names the submission
 * for ever among those of its sender: the same key gives the same receipt, however often and however late it arrives.
 */
export function accept<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  context: Omit<Context, 'once'>,
  submission: { key: string; id: string; raw: unknown },
): Promise<Outcome<Change, Refusal>> {
  return performOnce(action, context, submission.id, submission.raw, { key: submission.key, lasts: true })
}

/** One of many that were made elsewhere: an action with what was submitted to it. */
export type Submission<Change, Refusal extends string> = {
  token: (actor: Actor) => Token
  attempt: (tx: Tx, at: Circumstance) => Promise<Attempted<Change, Refusal>>
}

export const submission = <Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  { key, id, raw }: { key: string; id: string; raw: unknown },
): Submission<Change, Refusal> => ({
  token: (actor) => tokenOf(key, actor, action.name, id),
  attempt: (tx, at) => attempt(action, tx, at, id, raw),
})

/**
 * Accept many of one sender, in their order, each as `accept` would: one refused does not undo the others. One transaction,
 * so either all that were accepted are there or none, and what is answered is true of each.
 */
export function acceptAll<Change, Refusal extends string>(
  context: Omit<Context, 'once'>,
  submissions: readonly Submission<Change, Refusal>[],
): Promise<Outcome<Change, Refusal>[]> {
  const at = { actor: context.actor, now: context.clock.now() }
  return retrying(context.db, async (tx) => {
    const events: Event[] = []
    const outcomes: Outcome<Change, Refusal>[] = []
    for (const each of submissions) {
      const row = each.token(context.actor)
      const earlier = await takeToken(tx, row, true)
      if (earlier) {
        outcomes.push({ kind: 'done', change: earlier.change as Change })
        continue
      }
      const outcome = await each.attempt(tx, at)
      if (outcome.kind === 'done') {
        events.push(...outcome.events)
        await keepChange(tx, row, outcome.change)
        outcomes.push({ kind: 'done', change: outcome.change })
      } else {
        await giveTokenBack(tx, row)
        outcomes.push(outcome)
      }
    }
    await record(tx, events)
    return outcomes
  })
}

type Attempted<Change, Refusal extends string> =
  | Exclude<Outcome<Change, Refusal>, { kind: 'done' }>
  | { kind: 'done'; change: Change; events: Event[] }

async function attempt<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  tx: Tx,
  at: Circumstance,
  id: string,
  raw: unknown,
): Promise<Attempted<Change, Refusal>> {
  const thing = await action.find(tx, at.actor, id, at.now)
  const decided = await decideOn(action, thing, at, raw)
  if (decided.kind !== 'done') return decided
  await action.save(tx, decided.thing, decided.change, at)
  return told(action, decided, at, id)
}

/** `attempt` for several whose ids differ. */
async function attemptAll<Thing, Input, Change, Refusal extends string>(
  action: ActionOnMany<Thing, Input, Change, Refusal>,
  tx: Tx,
  at: Circumstance,
  items: readonly { id: string; raw: unknown }[],
): Promise<Attempted<Change, Refusal>[]> {
  const { together } = action
  if (!together) {
    const outcomes: Attempted<Change, Refusal>[] = []
    for (const { id, raw } of items) outcomes.push(await attempt(action, tx, at, id, raw))
    return outcomes
  }
  const ids = items.map(({ id }) => id)
  const things = await together.find(tx, at.actor, ids, at.now)
  const decided = await Promise.all(items.map(({ id, raw }) => decideOn(action, things.get(id), at, raw)))
  const made = decided.filter((each) => each.kind === 'done')
  if (made.length > 0) await together.save(tx, made, at)
  return decided.map((each, i) => (each.kind === 'done' ? told(action, each, at, ids[i]!) : each))
}

/** Whether it may be done, can be read and is allowed by the rules: nothing is written yet. */
async function decideOn<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  thing: Thing | undefined,
  at: Circumstance,
  raw: unknown,
): Promise<Exclude<Outcome<Change, Refusal>, { kind: 'done' }> | ({ kind: 'done' } & Made<Thing, Change>)> {
  if (!thing) return { kind: 'not-found' }
  if (!action.may(at.actor, thing)) return { kind: 'forbidden' }

  const input = action.input.safeParse(raw)
  if (!input.success) return { kind: 'invalid', problems: problemsOf(input.error) }

  const decision = await action.decide(thing, input.data, at)
  return decision.ok ? { kind: 'done', thing, change: decision.change } : { kind: 'refused', refusal: decision.refusal }
}

/** What was done, with the events that tell of it. */
function told<Thing, Input, Change, Refusal extends string>(
  action: Action<Thing, Input, Change, Refusal>,
  { thing, change }: Made<Thing, Change>,
  { actor, now }: Circumstance,
  id: string,
): { kind: 'done'; change: Change; events: Event[] } {
  const event = {
    at: now,
    actor: actor.id,
    name: action.name,
    subject: action.subject ? action.subject(change, thing) : id,
    scope: action.scope(thing),
    particulars: action.tell(change, thing),
  }
  const also = action.also?.(change, thing) ?? []
  return { kind: 'done', change, events: [event, ...also.map((e) => ({ ...e, at: now, actor: actor.id }))] }
}
