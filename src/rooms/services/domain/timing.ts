import { type Case, calendarOf, flowOf, type Installation, scopeOf } from './case.ts'
import { type Clock, pauseClock, reachedAt, resumeClock, startClock } from './clock.ts'
import { holds, value } from './expression.ts'
import type { Limit, LimitStep, Move } from './package/format/flow.ts'
import type { Package } from './package/format/index.ts'

/** The next thing that time will bring about, and when; undefined when nothing is awaited. */
export function dueNext(pkg: Package, here: Installation, it: Case) {
  const flow = flowOf(pkg, it.flow)
  let first: { at: number; limit: Limit; step: LimitStep } | undefined
  for (const clock of it.clocks) {
    const limit = flow.limits.find(({ id }) => id === clock.limit)
    if (!limit) continue
    for (const step of limit.steps) {
      if (clock.reached.includes(step.at)) continue
      const at = reachedAt(clock, step.at, calendarOf(pkg, clock.calendar), here.place)
      if (
        at !== null &&
        (!first || at < first.at || (at === first.at && step.at < first.step.at && limit === first.limit))
      )
        first = { at, limit, step }
    }
  }
  return first
}

/**
 * The clocks after a move: those of limits that do not hold here end, those that begin here start, all others go on with
 * what they have counted; in a paused state they stand still.
 */
export function clocksAfter(pkg: Package, here: Installation, it: Case, chosen: Move, at: number): Clock[] {
  const flow = flowOf(pkg, it.flow)
  const paused = flow.states.find(({ id }) => id === it.state)!.kind === 'paused'
  return flow.limits
    .filter((limit) => limit.in.includes(it.state))
    .map((limit) => {
      const running = it.clocks.find((clock) => clock.limit === limit.id)
      const clock = running && !limit.restart.includes(chosen.id) ? running : begin(pkg, here, it, limit, at)
      if (!paused) return resumeClock(clock, at)
      return pauseClock(clock, calendarOf(pkg, clock.calendar), here.place, at)
    })
}

function begin(pkg: Package, here: Installation, it: Case, limit: Limit, at: number): Clock {
  const scope = scopeOf(pkg, it, here, at)
  const line = limit.time.find(({ when }) => when === undefined || holds(when, scope))!
  const amount = typeof line.amount === 'number' ? line.amount : value(line.amount, scope)
  // An amount that cannot be worked out, or lies in the past, is due at once rather than never.
  return startClock(limit, typeof amount === 'number' && amount > 0 ? amount : 0, line.unit, at)
}
