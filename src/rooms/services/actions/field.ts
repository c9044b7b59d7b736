import { z } from 'zod'
import {
  type Action,
  accept,
  acceptAll,
  type Context,
  type Outcome,
  type Submission,
  submission,
} from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Case } from '../domain/case.ts'
import { countedFrom, hashesIn, movedMeanwhile, type Report } from '../domain/field.ts'
import type { Objection } from '../domain/form.ts'
import type { Effect } from '../domain/moving.ts'
import type { Told } from '../domain/telling.ts'
import type { ActForm } from '../forms.ts'
import { may } from '../permissions.ts'
import {
  findServices,
  type HeldReason,
  holdReport,
  installedRelease,
  keepReport,
  postsEver,
  stepsOf,
} from '../store/field.ts'
import type { Held } from '../store/held.ts'
import { knownMedia } from '../store/media.ts'
import { type MoveRefusal, moveCase, type Opening, openCase } from './case.ts'

/** The phone that hands a report in: its id, and what its clock says while it does. */
export type Phone = { id: string; now: number }

export type FieldRefusal = MoveRefusal | 'media-missing' | 'moved-meanwhile' | 'form-changed' | 'release-unknown'

type Around = { since: Date; media: ReadonlySet<string>; ownSteps: readonly number[] }

/** What is kept for ever of a report that was taken in: the receipt. No value of the case stands in it. */
export type Taken = {
  case: string
  number: string
  /** When the server took it in, ISO 8601. */
  received: string
  /** From when the clocks of the case count. */
  counted: string
  /** By how many minutes the phone's clock was off; 0 when it does not matter. */
  off: number
  step: number
}
type Kept = { it: Case; effects: Effect[]; told: Told[] }

async function around(
  tx: Tx,
  { agency, service, release, person }: { agency: string; service: string; release: Buffer; person: string },
  report: Report,
): Promise<Around> {
  const installed = await installedRelease(tx, { agency, id: service }, release)
  return {
    since: installed?.since ?? new Date(0),
    media: await knownMedia(tx, { agency, service }, hashesIn(report.answers)),
    ownSteps: await stepsOf(tx, agency, person, report.after),
  }
}

const missing = ({ answers }: ActForm, { media }: Around) => hashesIn(answers).some((hash) => !media.has(hash))

/** An event that is written later than it happened says when that was. */
const dated = (told: readonly Told[], counted: Date, now: Date): Told[] =>
  told.map((each) =>
    each.name === 'services.told' || 'on' in each.particulars || counted.getTime() === now.getTime()
      ? each
      : { ...each, particulars: { ...each.particulars, on: counted.toISOString() } },
  )

/** Open a case from what was captured on a phone, with the form and by the time of its capture. */
export const takeOpening = (
  report: Report,
  phone: Phone,
  heard: (objections: Objection[]) => void,
): Action<
  Opening & Around,
  ActForm,
  Taken & { id: string; receipt: string | null; done: Unsaid<Kept & { code: string | null }> },
  FieldRefusal
> => {
  const opening = openCase('member', heard, Buffer.from(report.release, 'hex'))
  return {
    ...opening,
    find: async (tx, actor, id, now) => {
      const found = await opening.find(tx, actor, id, now)
      return found && { ...found, ...(await around(tx, { ...found, service: found.id, person: actor.id! }, report)) }
    },
    decide: async (thing, input, { actor, now }) => {
      if (missing(input, thing)) return refuse('media-missing')
      const { counted, off } = countedFrom(report.at, phone.now, now.getTime(), thing.since.getTime())
      const at = new Date(counted)
      const decision = await opening.decide(thing, input, { actor, now: at })
      if (!decision.ok) return decision
      const { id, number, receipt, done } = decision.change
      const told = dated(done.value.told, at, now)
      return decide({
        ...{ id, number, receipt, off, case: id, step: 0 },
        received: now.toISOString(),
        counted: at.toISOString(),
        done: new Unsaid({ ...done.value, told }),
      })
    },
    save: async (tx, service, change, at) => {
      await opening.save(tx, service, change, at)
      await keep(tx, service.agency, service.id, report, phone, change, at.actor.id!)
    },
  }
}

/** Make a move that was captured on a phone. Whoever moved the case in between is not overruled. */
export const takeMove = (
  report: Report,
  phone: Phone,
  heard: (objections: Objection[]) => void,
): Action<Held & Around, ActForm, Taken & { state: string; done: Unsaid<Kept & { role: string }> }, FieldRefusal> => {
  const moving = moveCase('member', heard)
  return {
    ...moving,
    find: async (tx, actor, id, now) => {
      const found = await moving.find(tx, actor, id, now)
      return found && { ...found, ...(await around(tx, { ...found, person: actor.id! }, report)) }
    },
    decide: async (held, input, { actor, now }) => {
      if (held.release.toString('hex') !== report.release) return refuse('form-changed')
      if (missing(input, held)) return refuse('media-missing')
      if (movedMeanwhile(held.it, report.seen, held.ownSteps)) return refuse('moved-meanwhile')
      const { counted, off } = countedFrom(report.at, phone.now, now.getTime(), held.since.getTime())
      // Nothing happens before what has happened already.
      const at = new Date(Math.max(counted, held.it.history.at(-1)?.at ?? held.it.openedAt))
      const decision = await moving.decide(held, input, { actor, now: at })
      if (!decision.ok) return decision
      const { state, done } = decision.change
      const { history } = done.value.it
      const step = history.findIndex(({ move }, i) => i >= held.it.history.length && move === input.move)
      return decide({
        ...{ state, off, case: held.id, number: held.it.number, step },
        received: now.toISOString(),
        counted: at.toISOString(),
        done: new Unsaid({ ...done.value, told: dated(done.value.told, at, now) }),
      })
    },
    save: async (tx, held, change, at) => {
      await moving.save(tx, held, change, at)
      await keep(tx, held.agency, held.service, report, phone, change, at.actor.id!)
    },
  }
}

const keep = (tx: Tx, agency: string, service: string, report: Report, phone: Phone, taken: Taken, person: string) =>
  keepReport(tx, {
    ...{ agency, service, person, id: report.id, device: phone.id, case: taken.case, step: taken.step },
    captured: new Date(report.at),
    counted: new Date(taken.counted),
    received: new Date(taken.received),
  })

/** What became of one report; the phone shows it in words. */
export type Answer = { id: string } & (
  | { kind: 'done'; taken: Taken }
  | { kind: 'held'; reason: HeldReason }
  | { kind: 'refused'; refusal: FieldRefusal | 'service-unknown' | 'invalid'; objections: Objection[] }
)

/**
 * Take reports in, in their order: each is accepted once, whatever happens to the line, and answered alike however often it
 * comes. What cannot be taken in because the person has lost the role, the case or the service is kept for the local admin.
 * Should one of them break what nobody foresaw, the others are taken in one by one, and it has no answer.
 */
export async function receive(
  context: Omit<Context, 'once'>,
  phone: Phone,
  reports: readonly Report[],
): Promise<Answer[]> {
  const objections = new Map<string, Objection[]>()
  const submitted = (report: Report): Submission<Taken, FieldRefusal> => {
    const { id, move, answers, reason, despite } = report
    const heard = (said: Objection[]) => void objections.set(id, said)
    const raw = { move, answers, despite, ...(reason ? { reason } : {}) }
    return report.case
      ? submission(takeMove(report, phone, heard), { key: `field:${id}`, id: report.case, raw })
      : submission(takeOpening(report, phone, heard), { key: `field:${id}`, id: report.service, raw })
  }
  const answer = async (report: Report, outcome: Outcome<Taken, FieldRefusal>): Promise<Answer> => {
    const { id } = report
    switch (outcome.kind) {
      case 'done': {
        const { case: of, number, received, counted, off, step } = outcome.change
        return { id, kind: 'done', taken: { case: of, number, received, counted, off, step } }
      }
      case 'refused':
        // Captured with its form, it is not thrown back: the local admin decides.
        if (outcome.refusal === 'no-new-cases') return notOurs(context, phone, report, 'service-retired')
        return { id, kind: 'refused', refusal: outcome.refusal, objections: objections.get(id) ?? [] }
      case 'invalid':
        return { id, kind: 'refused', refusal: 'invalid', objections: [] }
      default:
        return notOurs(context, phone, report)
    }
  }
  const answers: Answer[] = []
  try {
    const outcomes = await acceptAll(context, reports.map(submitted))
    for (const [i, outcome] of outcomes.entries()) answers.push(await answer(reports[i]!, outcome))
    return answers
  } catch (error) {
    if (reports.length > 1) {
      const each: Answer[] = []
      for (const report of reports) each.push(...(await receive(context, phone, [report])))
      return each
    }
    // Its place alone: what it says may be personal.
    console.error(`field report ${reports[0]?.id}`, error instanceof Error ? error.stack : '')
    return []
  }
}

type Former = { agency: string; id: string; roles: readonly string[] }
type Held1 = { reason: HeldReason; captured: number; role: string; content: () => string }

/** Keep what came for a role, a case or a service that the person no longer has, until the local admin decides. */
export const holdForLater = (
  phone: Pick<Phone, 'id'>,
  id: string,
): Action<Former, Held1, Held1, 'service-unknown'> => ({
  name: 'services.report-held',
  find: async (tx, actor, service) => {
    const [found] = await findServices(tx, [service])
    if (!found || !actor.id) return undefined
    const posts = await postsEver(tx, actor.id, service)
    return { ...found, roles: posts.map(({ role }) => role) }
  },
  may: may.handInReport,
  input: z.custom<Held1>((given) => typeof given === 'object' && given !== null && 'content' in given),
  decide: (_, given) => decide(given),
  save: (tx, { agency, id: service }, { reason, captured, role, content }, { actor, now }) =>
    holdReport(tx, {
      ...{ agency, id, role, reason, service, person: actor.id!, device: phone.id, received: now },
      content: content(),
      captured: new Date(captured),
    }),
  tell: ({ reason, role }) => ({ reason, role }),
  scope: ({ agency }) => agency,
})

/** Why there is nothing to be found for this person, and what becomes of the report. */
async function notOurs(
  context: Omit<Context, 'once'>,
  phone: Phone,
  report: Report,
  why?: HeldReason,
): Promise<Answer> {
  const { db } = context
  const { id, role, at } = report
  const no = (refusal: 'service-unknown' | 'release-unknown'): Answer => ({
    ...{ id, refusal },
    kind: 'refused',
    objections: [],
  })
  const [service] = await findServices(db, [report.service])
  if (!service) return no('service-unknown')
  if (!(await installedRelease(db, service, Buffer.from(report.release, 'hex')))) return no('release-unknown')
  const reason = why ?? (report.case ? 'case-elsewhere' : 'role-over')
  const content = () => JSON.stringify({ report, now: phone.now })
  const outcome = await accept(holdForLater(phone, id), context, {
    key: `held:${id}`,
    id: report.service,
    raw: { reason, captured: at, role, content },
  })
  return outcome.kind === 'done' ? { id, kind: 'held', reason: outcome.change.reason } : no('service-unknown')
}
