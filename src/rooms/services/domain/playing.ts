import { type Case, type Installation, withdraw } from './case.ts'
import { type Act, apart, catchUp, type Effect, move, open } from './moving.ts'
import type { Package } from './package/format/index.ts'
import { numberOf } from './record.ts'
import { dueNext } from './timing.ts'

/** What people did in a case, in its order: `by` is null for the public. */
export type Story = readonly { at: number; by: string | null; act: Act }[]

/** One change of a case. `role`: whose work is done by it; null where time did it. */
export type Step = {
  at: number
  by: string | null
  role: string | null
  before: Case | undefined
  after: Case
  effects: Effect[]
}
/** A case with everything that happened to it, its sub-cases beside it. */
export type Played = { it: Case; steps: Step[]; parts: { it: Case; steps: Step[] }[] }

/**
 * Play a story in memory, as it would have gone with a worker that is never late, and let time pass until `until`. Every move
 * is judged by the engine; one that is refused ends it with an error, since the story is then not a true one.
 */
export function play(pkg: Package, here: Installation, n: number, story: Story, until: number): Played {
  const first = story[0]!
  const number = numberOf(pkg, n, new Date(first.at).getUTCFullYear())
  const steps: Step[] = []
  const parts: Played['parts'] = []
  let it: Case | undefined
  for (const { at, by, act } of story) {
    if (it) it = pass(pkg, here, it, at, steps)
    const outcome = it ? move(pkg, here, it, act, at) : open(pkg, here, number, pkg.manifest.main, act, at)
    if (!outcome.ok) throw new Error(`${number}: ${act.move} by ${act.role} is refused: ${outcome.refusal}`)
    steps.push({ at, by, role: act.role, before: it, after: outcome.case, effects: outcome.effects })
    it = outcome.case
    for (const part of apart(outcome.effects).opened) parts.push(opened(parts, part, by))
    for (const effect of outcome.effects)
      if (effect.kind === 'forgotten') for (const part of parts) forget(pkg, here, part, effect.purpose, effect.at)
  }
  it = pass(pkg, here, it!, until, steps)
  for (const part of parts) part.it = pass(pkg, here, part.it, until, part.steps)
  return { it, steps, parts }
}

/** Whatever is due by then, step by step. */
function pass(pkg: Package, here: Installation, it: Case, until: number, steps: Step[]): Case {
  let current = it
  for (;;) {
    const next = current.closedAt === undefined ? dueNext(pkg, here, current) : undefined
    // A part of a millisecond is rounded up: at the time that the worker sees, it is due.
    const at = next && Math.ceil(next.at)
    if (at === undefined || at > until) return current
    const { case: after, effects } = catchUp(pkg, here, current, at)
    steps.push({ at, by: null, role: null, before: current, after, effects })
    current = after
  }
}

function opened(parts: Played['parts'], { case: it, effects }: { case: Case; effects: Effect[] }, by: string | null) {
  if (apart(effects).opened.length > 0) throw new Error(`${it.number}: a sub-case that opens another cannot be played`)
  const before = parts.filter((part) => part.it.flow === it.flow).length
  const part = before === 0 ? it : { ...it, number: `${it.number}-${before + 1}` }
  return { it: part, steps: [{ at: it.openedAt, by, role: null, before: undefined, after: part, effects }] }
}

function forget(pkg: Package, here: Installation, part: Played['parts'][number], purpose: string, at: number) {
  const before = pass(pkg, here, part.it, at, part.steps)
  part.it = withdraw(pkg, before, purpose, at)
  part.steps.push({ at, by: null, role: null, before, after: part.it, effects: [{ kind: 'forgotten', at, purpose }] })
}
