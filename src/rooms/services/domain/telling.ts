import type { Case } from './case.ts'
import type { Effect } from './moving.ts'
import type { Package } from './package/format/index.ts'

/** What is told of a case: an event's name, what it is about, and its particulars. No value of the case stands in it. */
export type Told = { name: string; subject: string; particulars: Record<string, unknown> }

/** A step of a time limit was reached as of `at` that moved nothing: told by the name of the limit. */
export function passing(pkg: Package, subject: string, before: Case, after: Case, at: number, now: number): Told {
  const reached = new Map(before.clocks.map((clock) => [clock.limit, clock.reached.length]))
  const limit = after.clocks.find((clock) => clock.reached.length > (reached.get(clock.limit) ?? 0))?.limit
  const names = pkg.flows.find((flow) => flow.id === before.flow)?.limits.find((one) => one.id === limit)?.names
  const on = at === now ? {} : { on: new Date(at).toISOString() }
  return {
    name: 'services.time-passed',
    subject,
    particulars: { number: before.number, limit, name: names ?? limit, ...on },
  }
}

/**
 * What happened to a case since `before`, one event for each move in its order, then what other services are told.
 * `now` is when it is written down: what was due earlier says when (`on`).
 */
export function tellings(
  pkg: Package,
  subject: string,
  before: Case | undefined,
  after: Case,
  effects: readonly Effect[],
  now: number,
): Told[] {
  const flow = pkg.flows.find(({ id }) => id === after.flow)!
  const moves = after.history.slice(before?.history.length ?? 0).map((happened, i): Told => {
    const opened = before === undefined && i === 0
    return {
      name: opened ? 'services.case-opened' : 'services.case-moved',
      subject,
      particulars: {
        number: after.number,
        move: happened.move,
        name: flow.moves.find(({ id }) => id === happened.move)?.names ?? happened.move,
        role: happened.role,
        roleNames: pkg.roles.find(({ id }) => id === happened.role)?.names ?? happened.role,
        from: happened.from,
        state: happened.to,
        to: flow.states.find(({ id }) => id === happened.to)?.names ?? happened.to,
        ...(happened.reason ? { reason: happened.reason } : {}),
        ...(happened.at !== now ? { on: new Date(happened.at).toISOString() } : {}),
      },
    }
  })
  const told = effects.flatMap((effect): Told[] =>
    effect.kind === 'told'
      ? [{ name: 'services.told', subject, particulars: { number: after.number, event: effect.event } }]
      : [],
  )
  return [...moves, ...told]
}
