import { type Action, nobody, perform } from '#platform/action.ts'
import type { Clock } from '#platform/clock.ts'
import { type Db, retrying } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { askOutside, OutsideError } from '#platform/outside.ts'
import { decide } from '#platform/result.ts'
import { type Figures, figuresOf } from '#services'
import { counted, type Heartbeat, waitAfter } from '../domain/heartbeat.ts'
import { type Signed, signedBy } from '../domain/signed.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/adoption.ts'
import { type Life, livesOf } from '../store/life.ts'
import { type Self, selfOf } from '../store/self.ts'

type Reporting = store.Adoption & Life & { self: Self; published: Figures | undefined }
type Made = { sequence: number; stage: string; what: () => Signed }

const dayOf = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** What a service tells of itself now: how far it is, counts, public figures. Nobody's name. */
function contentOf({ self, published, running, heart, ...it }: Reporting, now: Date): Heartbeat {
  return {
    format: 'melayani.heartbeat/1',
    from: { name: self.name, address: self.address, key: self.key },
    to: it.peerKey,
    sequence: it.sequence + 1,
    made: now.toISOString(),
    service: it.service,
    package: it.package,
    version: it.version,
    agency: { name: it.agencyName, region: it.region },
    stage: heart.stage,
    asleep: heart.asleep && dayOf(heart.asleep),
    installed: dayOf(running.installed),
    firstCase: running.firstCase && dayOf(running.firstCase),
    casesLast30: counted(running.casesLast30),
    day: published?.day ?? null,
    figures: (published?.figures ?? [])
      .slice(0, 60)
      .map(({ indicator, names, whole: { n, value, hidden } }) => ({ indicator, names, whole: { n, value, hidden } })),
  }
}

/** Sign a report and put it into the outbox; the worker carries it. */
export const makeReport: Action<Reporting, Record<string, never>, Made, never> = {
  name: 'exchange.report-made',
  find: async (tx, actor, service, now) => {
    const held = await store.holdAdoption(tx, actor, service)
    const life = (await livesOf(tx, [service], now)).get(service)
    if (!held || !life) return undefined
    return { ...held, ...life, self: await selfOf(tx, now), published: await figuresOf(tx, service, now) }
  },
  may: may.makeReport,
  input: nothing,
  decide: (it, _, { now }) => {
    const content = contentOf(it, now)
    return decide({ sequence: content.sequence, stage: content.stage, what: () => signedBy(it.self.secret, content) })
  },
  save: async (tx, it, { sequence, what }, { now }) => {
    await store.saveReport(tx, it, { sequence, content: what() }, now)
    await enqueue(tx, 'exchange.send', {}, { key: 'exchange.send' })
  },
  tell: ({ sequence, stage }) => ({ sequence, stage }),
  scope: ({ agency }) => agency,
}

/** The worker reports for every agency; nobody asked it to. */
const byItself = { ...makeReport, may: () => true }

/** Report what has something to tell: never yet, another stage or version than last time, or a new day. */
export async function beat(db: Db, clock: Clock): Promise<void> {
  const now = clock.now()
  const adoptions = await store.listAdoptions(db)
  const lives = await livesOf(
    db,
    adoptions.map(({ service }) => service),
    now,
  )
  for (const it of adoptions) {
    const stage = lives.get(it.service)?.heart.stage
    const last = it.last?.content.content as Heartbeat | undefined
    const quiet =
      last && it.last && last.stage === stage && last.version === it.version && dayOf(it.last.made) === dayOf(now)
    if (!quiet) await perform(byItself, { db, clock, actor: nobody }, it.service, {})
  }
}

/** Carry what waits to where it belongs, one after the other; what is not taken is tried again later. */
export async function sendReports(db: Db, now: Date): Promise<number> {
  for (let sent = 0; ; ) {
    const outcome = await retrying(db, async (tx) => {
      const report = await store.holdNextReport(tx, now)
      if (!report) return 'none'
      const failure = await carry(report.origin, JSON.stringify(report.content))
      const next = new Date(now.getTime() + waitAfter(report.tries + 1) * 60_000)
      await store.saveTry(tx, report, failure === null ? { sent: now } : { failure, next })
      return failure === null ? 'sent' : 'failed'
    })
    if (outcome === 'none') return sent
    if (outcome === 'sent') sent++
  }
}

async function carry(origin: string, body: string): Promise<string | null> {
  const answer = await askOutside(`${origin}/exchange/heartbeats`, {
    method: 'POST',
    body,
    most: 10_000,
    seconds: 10,
  }).catch((error: unknown) => {
    if (error instanceof OutsideError) return error
    throw error
  })
  if (answer instanceof OutsideError) return answer.reason
  return answer.status === 200 || answer.status === 201 ? null : `status-${answer.status}`
}
