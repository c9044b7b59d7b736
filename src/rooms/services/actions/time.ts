import { type Db, retrying } from '#platform/db.ts'
import { type Event, record } from '#platform/log.ts'
import { catchUp } from '../domain/moving.ts'
import { passing, tellings } from '../domain/telling.ts'
import { saveStuck } from '../store/case.ts'
import { type Held, holdDue, holdForTime } from '../store/held.ts'
import { type Change, saveMany } from '../store/many.ts'

/** Cases of one transaction. */
const batch = 500

/**
 * Everything that is due by `now`, in the order in which it was due, each once: a case is held while its next step is
 * carried out, and what another worker holds is left to it. Called late, it comes out as if it had been called in time.
 * Returns how many steps were carried out.
 */
export async function tick(db: Db, now: Date): Promise<number> {
  let steps = 0
  for (;;) {
    const n = await retrying(db, async (tx) => {
      const held = await holdDue(tx, now, batch)
      const changes: Change[] = []
      const events: Event[] = []
      for (const one of held) {
        const advanced = advance(one, one.due!, now)
        // One case that cannot go on must not keep the others waiting; a person sees it on its page.
        if ('stuck' in advanced) await saveStuck(tx, one, advanced.stuck)
        else {
          changes.push(advanced.change)
          events.push(...advanced.events)
        }
      }
      await saveMany(tx, changes)
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
    const held = await holdForTime(tx, id)
    if (!held?.due || held.due > now) return
    const advanced = advance(held, now, now)
    if ('stuck' in advanced) return saveStuck(tx, held, advanced.stuck)
    await saveMany(tx, [advanced.change])
    await record(tx, advanced.events)
  })
}

/** What is due in a case until `until`: the change and the events to tell, or why it cannot go on. */
function advance(held: Held, until: Date, now: Date): { change: Change; events: Event[] } | { stuck: string } {
  const { id, agency, pkg, here, it } = held
  try {
    const { case: later, effects } = catchUp(pkg, here, it, until.getTime())
    const told = tellings(pkg, id, it, later, effects, now.getTime())
    const quiet = told.length === 0 ? [passing(pkg, id, it, later, until.getTime(), now.getTime())] : []
    const events = [...quiet, ...told].map((each) => ({ ...each, at: now, actor: null, scope: agency }))
    return { change: { held, it: later, effects }, events }
  } catch (error) {
    return { stuck: error instanceof Error ? error.name : 'error' }
  }
}
