import { setImmediate } from 'node:timers/promises'
import { type Action, nobody } from '#platform/action.ts'
import { type Db, retrying } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { dayOf, instantOf } from '../domain/calendar.ts'
import { compute } from '../domain/indicator.ts'
import type { Indicator } from '../domain/package/format/indicator.ts'
import { asOf, type Kept, publicOf, snapshotOf } from '../domain/snapshot.ts'
import { type Tallied, tally } from '../domain/tally.ts'
import { type FiguresForm, figuresForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/figures.ts'
import { placeOfTime } from '../store/place.ts'
import { findService, type Service } from '../store/service.ts'

/** What to count: which indicators, as of which moment (ms since 1970). */
type Wanted = { indicators: readonly Indicator[]; until: number }

/** Count the cases of a service, each read once, all as of one moment of the database. */
export async function countCases(db: Db, service: Service, wanted: readonly Wanted[]): Promise<Tallied[]> {
  const { pkg } = service
  const here = placeOfTime(service)
  const countings = wanted.map(({ indicators, until }) => ({ until, ...tally(pkg, here, indicators, until) }))
  const latest = new Date(Math.max(...wanted.map(({ until }) => until)))
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      for await (const cases of store.eachCase(tx, service, pkg, latest)) {
        for (const it of cases)
          for (const { until, add } of countings) {
            const then = asOf(it, until)
            if (then) add(then)
          }
        // Pages are answered in between.
        await setImmediate()
      }
    })
  return countings.map(({ done }) => done())
}

/** The last millisecond of a local day. */
export const endOf = (day: string, { zone }: Pick<Service, 'zone'>) => instantOf(day, zone) + 86_400_000 - 1
const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

export type Counted = { day: string; counted: Tallied }

/** The public figures of a service as of the end of a day. */
export async function countPublic(db: Db, service: Service, day: string): Promise<Counted> {
  const [counted] = await countCases(db, service, [{ indicators: publicOf(service.pkg), until: endOf(day, service) }])
  return { day, counted: counted! }
}

type PublishRefusal = 'day-not-over' | 'day-too-early' | 'snapshot-same' | 'nothing-public'

/** What is published of a count, or why it is not. */
function judge(service: store.Publishing, { day, counted }: Counted, now: Date): Decision<Kept, PublishRefusal> {
  if (day >= dayOf(now.getTime(), service.zone)) return refuse('day-not-over')
  if (day < service.since) return refuse('day-too-early')
  if (publicOf(service.pkg).length === 0) return refuse('nothing-public')
  const about = { id: service.id, agency: service.agencyName, since: service.since }
  const kept = snapshotOf(service.pkg, counted, day, service.before, about)
  return service.hashes.has(kept.hash) ? refuse('snapshot-same') : decide(kept)
}

const particularsOf = ({ snapshot, hash }: Pick<Kept, 'snapshot' | 'hash'>) => ({
  package: snapshot.package,
  version: snapshot.version,
  day: snapshot.day,
  hash,
})

/** Publish the figures of a day for ever. `countOf` counts a day of the service as it is found. */
export const publishFigures = (
  countOf: (service: Service, day: string) => Promise<Counted>,
): Action<store.Publishing, FiguresForm, Kept, PublishRefusal> => ({
  name: 'services.figures-published',
  find: store.holdPublishing,
  may: may.publishFigures,
  input: figuresForm,
  decide: async (service, { day }, { now }) => {
    // A day that cannot be published need not be counted.
    const nothing = { day, counted: { cases: 0, counted: [], together: [] } }
    const possible = day < dayOf(now.getTime(), service.zone) && day >= service.since
    return judge(service, possible ? await countOf(service, day) : nothing, now)
  },
  save: (tx, service, kept, { actor, now }) => store.insertSnapshot(tx, service, kept, { person: actor.id, at: now }),
  tell: particularsOf,
  scope: ({ agency }) => agency,
})

/**
 * Every night: count what each service did until the day that is over, and publish the last day of the month where that has not
 * been done. Called late it makes up for what was missed; called again it changes nothing that is published. One service
 * that cannot be counted does not keep the others waiting.
 */
export async function countNightly(db: Db, now: Date): Promise<void> {
  const failed: unknown[] = []
  for (const id of await store.everyService(db)) {
    try {
      await countService(db, id, now)
    } catch (error) {
      failed.push(error)
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} services could not be counted`)
}

async function countService(db: Db, id: string, now: Date): Promise<void> {
  const service = await findService(db, id)
  if (!service) return
  const today = dayOf(now.getTime(), service.zone)
  const day = dayBefore(today)
  const until = endOf(day, service)
  const monthEnd = dayBefore(`${today.slice(0, 7)}-01`)
  const isDue =
    publicOf(service.pkg).length > 0 &&
    (await store.sinceOf(db, service)) <= monthEnd &&
    !(await store.hasSnapshotSince(db, service, monthEnd))
  const [all, month] = await countCases(db, service, [
    { indicators: service.pkg.indicators, until },
    ...(isDue ? [{ indicators: publicOf(service.pkg), until: endOf(monthEnd, service) }] : []),
  ])
  const figures = all!.counted.map(compute)
  await store.saveCount(db, service, { day, until: new Date(until), cases: all!.cases, figures, taken: now })
  if (!month) return
  await retrying(db, async (tx) => {
    const held = await store.holdPublishing(tx, nobody, id)
    const decision = held && judge(held, { day: monthEnd, counted: month }, now)
    if (!held || !decision?.ok) return
    await store.insertSnapshot(tx, held, decision.change, { person: null, at: now })
    const event = { name: 'services.figures-published', subject: id, scope: held.agency }
    await record(tx, [{ ...event, at: now, actor: null, particulars: particularsOf(decision.change) }])
  })
}
