import { type Db, retrying, type Tx } from '#platform/db.ts'
import { type Event, record } from '#platform/log.ts'
import { catchUp } from '../domain/moving.ts'
import { tellings } from '../domain/telling.ts'
import * as store from '../store/case.ts'

/** Cases of one transaction. */
const batch = 50

/**
 * Everything that is due by `now`, in the order in which it was due, each once: a case is held while its next step is
 * carried out, and what another worker holds is left to it. Called late, it comes out as if it had been called in time.
 * Returns how many steps were carried out.
 */
export async function tick(db: Db, now: Date): Promise<number> {
  let steps = 0
  for (;;) {
    const n = await retrying(db, async (tx) => {
      const held = await store.holdDue(tx, now, batch)
      const events: Event[] = []
      for (const one of held) events.push(...(await advance(tx, one, one.due!, now)))
      await record(tx, events)
      return held.length
    })
    steps += n
    if (n === 0) return steps
  }
}

/** Bring one case up to the moment, before somebody does something with it. */
export async function bringUpToDate(db: Db, id: string, now: Date): Promise<void> {
  await retrying(db, async (tx) => {
    const held = await store.holdForTime(tx, id)
    if (!held?.due || held.due > now) return
    await record(tx, await advance(tx, held, now, now))
  })
}

/** Carry out what is due in a case until `until`; the events to tell. */
async function advance(tx: Tx, held: store.Held, until: Date, now: Date): Promise<Event[]> {
  const { id, agency, pkg, here, it } = held
  let later: ReturnType<typeof catchUp>
  try {
    later = catchUp(pkg, here, it, until.getTime())
  } catch (error) {
    // One case that cannot go on must not keep the others waiting; a person sees it on its page.
    await store.saveStuck(tx, held, error instanceof Error ? error.name : 'error')
    return []
  }
  await store.saveCase(tx, held, later.case, later.effects, null)
  const told = tellings(pkg, id, it, later.case, later.effects, now.getTime())
  const quiet = told.length === 0 ? [passed(held, later.case, until, now)] : []
  return [...quiet, ...told].map((each) => ({ ...each, at: now, actor: null, scope: agency }))
}

/** Something was reached that moved nothing: told by the name of the limit. */
function passed({ id, pkg, it }: store.Held, after: store.Held['it'], until: Date, now: Date) {
  const before = new Map(it.clocks.map(({ limit, reached }) => [limit, reached.length]))
  const limit = after.clocks.find((clock) => clock.reached.length > (before.get(clock.limit) ?? 0))?.limit
  const names = pkg.flows.find((flow) => flow.id === it.flow)?.limits.find((one) => one.id === limit)?.names
  const on = until.getTime() === now.getTime() ? {} : { on: until.toISOString() }
  return {
    name: 'services.time-passed',
    subject: id,
    particulars: { number: it.number, limit, name: names ?? limit, ...on },
  }
}
