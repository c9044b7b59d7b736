import { administered } from '#people'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Report } from '../domain/field.ts'
import { hashesIn } from '../domain/field.ts'
import { type ActForm, actForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/field.ts'
import { holdForTime } from '../store/held.ts'
import { knownMedia } from '../store/media.ts'
import { placeOf } from '../store/place.ts'
import { holdService } from '../store/service.ts'
import { type FieldRefusal, takeMove, takeOpening } from './field.ts'

type Waiting = store.HeldReport & { posts: Awaited<ReturnType<typeof store.postsEver>> }
type Deed = {
  case: string
  number: string
  events: Told[]
  save: (tx: Tx, at: { actor: Actor; now: Date }) => Promise<void>
}
type Told = { name: string; subject: string; scope: string; particulars: Record<string, unknown> }

/** A report that is held, for the local admin of its agency. `ref` is `<person>:<report>`. */
async function find(tx: Tx, actor: Actor, service: string, ref: string): Promise<Waiting | undefined> {
  const [person = '', id = ''] = ref.split(':')
  for (const agency of administered(actor)) {
    const held = await store.lockHeldReport(tx, agency, person, id)
    if (held && held.service === service) return { ...held, posts: await store.postsEver(tx, person, service) }
  }
  return undefined
}

/** Whether the person had the role when this was captured. A day's grace: phones' clocks differ. */
function hadRole({ posts, role, captured }: Waiting): boolean {
  const at = captured?.getTime() ?? 0
  const day = 86_400_000
  return posts.some(
    (post) =>
      post.role === role &&
      post.since.getTime() - day <= at &&
      (post.ended === null || at <= post.ended.getTime() + day),
  )
}

/** Take a held report in, as if it had come in time: in the role and by the time of its capture. */
export const takeHeldReport = (
  ref: string,
): Action<
  Waiting & { tx: () => Tx },
  Record<string, never>,
  { case: string; number: string; done: Unsaid<Deed> },
  FieldRefusal | 'held-over' | 'role-not-then' | 'service-closed'
> => ({
  name: 'services.held-report-taken',
  find: async (tx, actor, service) => {
    const held = await find(tx, actor, service, ref)
    return held && { ...held, tx: () => tx }
  },
  may: may.decideHeldReport,
  input: nothing,
  decide: async (held, _, { now }) => {
    if (!held.content) return refuse('held-over')
    if (!hadRole(held)) return refuse('role-not-then')
    const deed = await deedOf(held, now)
    if (typeof deed === 'string') return refuse(deed)
    return decide({ case: deed.case, number: deed.number, done: new Unsaid(deed) })
  },
  save: async (tx, held, { done }, { actor, now }) => {
    await done.value.save(tx, { actor: { ...actor, id: held.person }, now })
    await store.saveHeldDecision(tx, held, 'taken', { person: actor.id, at: now })
  },
  tell: ({ number }, { role }) => ({ number, role }),
  scope: ({ agency }) => agency,
  also: ({ done }) => done.value.events,
})

/** What taking it in comes to, or why it cannot be. */
async function deedOf(held: Waiting & { tx: () => Tx }, now: Date): Promise<Deed | FieldRefusal | 'service-closed'> {
  const tx = held.tx()
  const { report, now: phoneNow } = JSON.parse(held.content!) as { report: Report; now: number }
  const phone = { id: held.device, now: phoneNow + (now.getTime() - held.received.getTime()) }
  const at = { actor: { id: held.person, name: '', offices: [], secondFactor: false }, now }
  const input: ActForm = actForm.parse({
    ...{ move: report.move, answers: report.answers, despite: report.despite },
    ...(report.reason ? { reason: report.reason } : {}),
  })
  const release = Buffer.from(report.release, 'hex')
  const service = await holdService(tx, at.actor, held.service)
  if (!service) return 'service-closed'
  const then = await store.installedRelease(tx, service, release)
  if (!then) return 'release-unknown'
  const around = {
    since: then.since,
    media: await knownMedia(tx, { agency: held.agency, service: held.service }, hashesIn(report.answers)),
    ownSteps: await store.stepsOf(tx, held.agency, held.person, report.after),
  }
  if (report.case) {
    const found = await holdForTime(tx, report.case)
    if (!found || found.service !== held.service) return 'no-such-move'
    const thing = { ...found, ...around, here: await placeOf(tx, service), roles: [report.role] }
    const action = takeMove(report, phone, () => {})
    const decision = await action.decide(thing, input, at)
    if (!decision.ok) return decision.refusal
    const { change } = decision
    const events = change.done.value.told.map((told) => ({ ...told, scope: held.agency }))
    return { ...change, events, save: (inTx, by) => action.save(inTx, thing, change, by) }
  }
  const thing = {
    // Taken in by the local admin even where no new cases are opened any more.
    ...{ ...service, ...around, pkg: then.pkg, release, roles: [report.role], retired: null },
    here: await placeOf(tx, service),
  }
  const action = takeOpening(report, phone, () => {})
  const decision = await action.decide(thing, input, at)
  if (!decision.ok) return decision.refusal
  const { change } = decision
  const events = change.done.value.told.map((told) => ({ ...told, scope: held.agency }))
  return { ...change, events, save: (inTx, by) => action.save(inTx, thing, change, by) }
}

/** Refuse a held report: its content is gone; that it came, and who refused it, stays. */
export const refuseHeldReport = (
  ref: string,
): Action<Waiting, Record<string, never>, { report: string }, 'held-over'> => ({
  name: 'services.held-report-refused',
  find: (tx, actor, service) => find(tx, actor, service, ref),
  may: may.decideHeldReport,
  input: nothing,
  decide: ({ content, id }) => (content === null ? refuse('held-over') : decide({ report: id })),
  save: (tx, held, _, { actor, now }) => store.saveHeldDecision(tx, held, 'refused', { person: actor.id, at: now }),
  tell: (_, { role, reason }) => ({ role, reason }),
  scope: ({ agency }) => agency,
})
