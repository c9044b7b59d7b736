import { type Db, retrying } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Event, record } from '#platform/log.ts'
import type { Package } from '../domain/package/format/index.ts'
import { play, type Step, type Story } from '../domain/playing.ts'
import { passing, tellings } from '../domain/telling.ts'
import { type Finished, insertMany } from '../store/many.ts'
import { placeOf } from '../store/place.ts'
import { addNumbers, holdService } from '../store/service.ts'

/** Cases and events of one statement. */
const portion = 500

/**
 * Write cases that were played from their beginning (see `play`): each is judged by the engine move by move, and what it is
 * now is written once, with its work, messages, consents, sub-cases and an event in the chain for every move. What stands in the
 * database afterwards is what the moves one by one would have left; for a demonstration, an import, or a measurement of many.
 * All or nothing. Nobody's permission is asked: the caller answers for who did what. Returns how many cases were written.
 */
export async function writeStories(
  db: Db,
  service: string,
  stories: readonly Story[],
  until: Date,
): Promise<{ cases: number; events: number }> {
  return retrying(db, async (tx) => {
    const held = await holdService(tx, { id: null, name: '', offices: [], secondFactor: false }, service)
    if (!held) throw new Error(`There is no service ${service}.`)
    const { agency, pkg, release } = held
    const here = await placeOf(tx, held)
    const events: Event[] = []
    const list: Finished[] = []
    const ordered = stories.toSorted((a, b) => a[0]!.at - b[0]!.at)
    for (const [i, story] of ordered.entries()) {
      const { it, steps, parts } = play(pkg, here, held.opened + i + 1, story, until.getTime())
      const id = newId()
      const openedBy = story[0]!.by
      const shared = { agency, service, release, pkg, here, openedBy, code: null }
      list.push({ ...shared, id, partOf: null, openedAs: it.history[0]!.role, it, steps })
      events.push(...told(pkg, agency, id, steps))
      for (const part of parts) {
        const own = newId()
        list.push({ ...shared, id: own, partOf: id, openedAs: 'system', it: part.it, steps: part.steps })
        // That a sub-case was opened is told by its case.
        events.push(...told(pkg, agency, own, part.steps.slice(1)))
      }
    }
    for (let i = 0; i < list.length; i += portion) await insertMany(tx, list.slice(i, i + portion))
    if (ordered.length > 0) await addNumbers(tx, held, ordered.length, new Date(ordered[0]![0]!.at))
    events.sort((a, b) => a.at.getTime() - b.at.getTime())
    for (let i = 0; i < events.length; i += portion) await record(tx, events.slice(i, i + portion))
    return { cases: list.length, events: events.length }
  })
}

function told(pkg: Package, agency: string, id: string, steps: readonly Step[]): Event[] {
  return steps.flatMap(({ at, by, role, before, after, effects }) => {
    const moves = tellings(pkg, id, before, after, effects, at)
    const quiet = moves.length === 0 && role === null && before ? [passing(pkg, id, before, after, at, at)] : []
    return [...quiet, ...moves].map((each) => ({ ...each, at: new Date(at), actor: by, scope: agency }))
  })
}
