import { nobody } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Event, record } from '#platform/log.ts'
import { answersOf, deepest, listening } from '../domain/hearing.ts'
import { hear } from '../domain/moving.ts'
import { numberOf } from '../domain/record.ts'
import { type Told, tellings } from '../domain/telling.ts'
import { insertCase, saveCase } from '../store/case.ts'
import * as store from '../store/hearing.ts'
import { packageOf } from '../store/package.ts'
import { placeOf } from '../store/place.ts'
import { holdService, takeNumber } from '../store/service.ts'

type Place = ReturnType<typeof listening>[number]

/**
 * Carry to other services of an agency what its cases told, each telling once, whichever worker comes: in one transaction it is
 * heard by all who hear it and is done with. Returns how many were carried.
 */
export async function hearTold(db: Db, now: Date): Promise<number> {
  for (let carried = 0; ; carried++) {
    const more = await db.transaction().execute(async (tx) => {
      const telling = await store.holdNextTelling(tx)
      if (!telling) return false
      const events: Event[] = []
      for (const service of await store.listenersOf(tx, telling)) {
        const pkg = await packageOf(tx, service.release)
        for (const place of listening(pkg, telling.pkg, telling.event)) {
          const told = await safely(tx, () => heardAt(tx, telling, service.id, place, now))
          if (told) events.push(...told)
          else await note(tx, telling, service.id, place, 'error', now)
        }
      }
      await store.endTelling(tx, telling, now)
      await record(tx, events)
      return true
    })
    if (!more) return carried
  }
}

/** What fails in one place leaves nothing behind and does not keep the others from hearing. */
async function safely<T>(tx: Tx, work: () => Promise<T>): Promise<T | undefined> {
  await store.markPlace(tx)
  try {
    return await work()
  } catch {
    await store.backToPlace(tx)
    return undefined
  }
}

async function note(tx: Tx, telling: store.Waiting, service: string, { place }: Place, outcome: string, now: Date) {
  await store.addHeard(tx, telling, service, { place, outcome, case: null, fields: [] }, now)
}

/** One place that hears: it opens a case, or makes a move in those that match, or the refusal is noted. The events to tell. */
async function heardAt(tx: Tx, telling: store.Waiting, service: string, place: Place, now: Date): Promise<Event[]> {
  const { flow, hears } = place
  if (telling.depth >= deepest) {
    await note(tx, telling, service, place, 'too-deep', now)
    return []
  }
  const { answers, under } = answersOf(hears, telling.content)
  const asEvents = (id: string, number: string, told: readonly Told[]): Event[] =>
    [{ name: 'services.heard', subject: id, particulars: { number, event: telling.event } }, ...told].map((each) => ({
      ...each,
      at: now,
      actor: null,
      scope: telling.agency,
    }))
  const done = (outcome: string, id: string) =>
    store.addHeard(tx, telling, service, { place: place.place, outcome, case: id, fields: under }, now)

  if (!hears.match) {
    const held = await holdService(tx, nobody, service)
    if (!held || held.retired) {
      await note(tx, telling, service, place, 'no-new-cases', now)
      return []
    }
    const { agency, pkg, release } = held
    const here = await placeOf(tx, held)
    const number = numberOf(pkg, held.opened + 1, now.getUTCFullYear())
    const outcome = hear(pkg, here, { number, flow: flow.id }, hears.move, answers, now.getTime())
    if (!outcome.ok) {
      await note(tx, telling, service, place, outcome.refusal, now)
      return []
    }
    const id = newId()
    await takeNumber(tx, held, now)
    const fresh = {
      agency,
      id,
      service,
      release,
      pkg,
      here,
      partOf: null,
      openedAs: 'system',
      openedBy: null,
      code: null,
    }
    await insertCase(tx, { ...fresh, it: outcome.case, depth: telling.depth + 1 }, outcome.effects)
    await done('opened', id)
    const told = tellings(pkg, id, undefined, outcome.case, outcome.effects, now.getTime())
    return asEvents(id, number, told)
  }
  const value = telling.content.values[hears.match.value]
  const { field } = hears.match
  const held =
    value === undefined
      ? undefined
      : await store.holdMatching(tx, { agency: telling.agency, service, flow: flow.id, field, value })
  const outcome = held && hear(held.pkg, held.here, held.it, hears.move, answers, now.getTime())
  if (!held || !outcome?.ok) {
    await note(tx, telling, service, place, outcome && !outcome.ok ? outcome.refusal : 'nothing-matches', now)
    return []
  }
  await store.deepen(tx, held, telling.depth + 1)
  await saveCase(tx, held, outcome.case, outcome.effects, null)
  await done('moved', held.id)
  const told = tellings(held.pkg, held.id, held.it, outcome.case, outcome.effects, now.getTime())
  return asEvents(held.id, held.it.number, told)
}
