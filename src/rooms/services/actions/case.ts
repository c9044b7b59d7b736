import { createHash, randomInt } from 'node:crypto'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { seal, Unsaid } from '#platform/secret.ts'
import { type Case, withdraw } from '../domain/case.ts'
import type { Objection } from '../domain/form.ts'
import { movesFrom } from '../domain/held.ts'
import { type Effect, move, type Outcome, open } from '../domain/moving.ts'
import type { Package } from '../domain/package/format/index.ts'
import { areaOf, numberOf } from '../domain/record.ts'
import { isOutside } from '../domain/showing.ts'
import { type Told, tellings } from '../domain/telling.ts'
import { type ActForm, actForm, purposeForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { insertCase, saveCase } from '../store/case.ts'
import { takeByMoving } from '../store/charge.ts'
import { installedRelease } from '../store/field.ts'
import { type Held, holdCase, holdFollowed, postsIn } from '../store/held.ts'
import { acceptByMoving } from '../store/offer.ts'
import { placeOf } from '../store/place.ts'
import { holdService, type Service, takeNumber } from '../store/service.ts'
import { offerOnOpening } from './assign.ts'

export type MoveRefusal =
  | 'no-such-move'
  | 'not-from-here'
  | 'not-your-role'
  | 'reason-needed'
  | 'reason-not-asked'
  | 'guard'
  | 'form'
  | 'rule-failed'
  | 'no-new-cases'
  | 'gaps-needed'
  | 'gaps-not-asked'
  | 'no-gaps'
const gapRefusals = ['gaps-needed', 'gaps-not-asked', 'no-gaps'] as const
const plain = [
  'no-such-move',
  'not-from-here',
  'not-your-role',
  'reason-needed',
  'reason-not-asked',
  'guard',
  ...gapRefusals,
] as const

/** What the engine says against a move, by the names that this room has words for. `heard` is told of each objection. */
function refusalOf(outcome: Outcome & { ok: false }, heard: (objections: Objection[]) => void): MoveRefusal {
  heard(outcome.objections)
  if (outcome.objections.length > 0) return 'form'
  return plain.find((name) => name === outcome.refusal) ?? 'rule-failed'
}

/** What is kept of a change for a second click says nothing of the case: values never reach the log. */
type Done = { it: Case; effects: Effect[]; told: Told[] }

const codeLetters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
export const hashOfCode = (id: string, code: string) => createHash('sha256').update(`${id}:${code}`).digest()

export type Opening = Service & { roles: string[]; here: Awaited<ReturnType<typeof placeOf>> }

const openingRoles = (pkg: Package) => new Set(movesFrom(pkg, pkg.manifest.main, '').flatMap(({ roles }) => roles))

/**
 * Open a case, in a role that one holds, or without an account in a role that is public. Whoever has no account gets a
 * code to follow it with; `receipt` is number and code, encrypted. `release`: the version with which it was captured, one
 * that this service has run; else the one that runs now.
 */
export const openCase = (
  as: 'member' | 'public',
  heard: (objections: Objection[]) => void = () => {},
  release?: Buffer,
): Action<
  Opening,
  ActForm,
  { id: string; number: string; receipt: string | null; done: Unsaid<Done & { code: string | null }> },
  MoveRefusal
> => ({
  name: 'services.case-opened',
  find: async (tx, actor, id) => {
    const current = await holdService(tx, actor, id)
    if (!current) return undefined
    const then = release ? await installedRelease(tx, current, release) : current
    if (!then) return undefined
    const service = { ...current, pkg: then.pkg, release: release ?? current.release }
    const opens = openingRoles(service.pkg)
    const held =
      as === 'public'
        ? service.pkg.roles.filter((role) => role.public).map((role) => role.id)
        : (await postsIn(tx, actor, id)).map(({ role }) => role)
    const roles = [...new Set(held)].filter((role) => opens.has(role))
    return roles.length > 0 ? { ...service, roles, here: await placeOf(tx, service) } : undefined
  },
  may: may.openCase,
  input: actForm,
  decide: ({ pkg, here, roles, opened, retired }, { move: name, answers, reason, despite }, { now }) => {
    if (retired) return refuse('no-new-cases')
    const chosen = movesFrom(pkg, pkg.manifest.main, '').find(({ id }) => id === name)
    const role = roles.find((one) => chosen?.roles.includes(one)) ?? roles[0]!
    const number = numberOf(pkg, opened + 1, now.getUTCFullYear())
    const act = { move: name, role, answers, despite, ...(reason ? { reason } : {}) }
    const outcome = open(pkg, here, number, pkg.manifest.main, act, now.getTime())
    if (!outcome.ok) return refuse(refusalOf(outcome, heard))
    const id = newId()
    const code =
      as === 'public' ? Array.from({ length: 10 }, () => codeLetters[randomInt(codeLetters.length)]).join('') : null
    const told = tellings(pkg, id, undefined, outcome.case, outcome.effects, now.getTime())
    return decide({
      id,
      number,
      receipt: code ? seal(JSON.stringify({ number, code })) : null,
      done: new Unsaid({ it: outcome.case, effects: outcome.effects, told, code }),
    })
  },
  save: async (tx, service, { id, done }, { actor, now }) => {
    const { it, effects, code } = done.value
    const { agency, pkg, release, here } = service
    await takeNumber(tx, service, new Date(it.openedAt))
    const who = { openedBy: as === 'public' ? null : actor.id, openedAs: it.history[0]!.role }
    const fresh = { agency, id, service: service.id, release, pkg, here, partOf: null, it, ...who }
    await insertCase(tx, { ...fresh, code: code ? hashOfCode(id, code) : null }, effects)
    await offerOnOpening(tx, { ...fresh, area: areaOf(pkg, it) }, now)
  },
  tell: ({ done }) => done.value.told[0]!.particulars,
  scope: ({ agency }) => agency,
  subject: ({ id }) => id,
  also: ({ done }, { agency }) => done.value.told.slice(1).map((each) => ({ ...each, scope: agency })),
})

/** Make a move. `follower`: somebody without an account who has shown the code of the case. */
export const moveCase = (
  as: 'member' | 'follower',
  heard: (objections: Objection[]) => void = () => {},
): Action<Held, ActForm, { state: string; done: Unsaid<Done & { role: string }> }, MoveRefusal> => ({
  name: 'services.case-moved',
  find: as === 'follower' ? holdFollowed : holdCase,
  may: may.moveCase,
  input: actForm,
  decide: ({ id, pkg, here, it, roles }, { move: name, answers, reason, despite, gaps }, { now }) => {
    const flow = pkg.flows.find((one) => one.id === it.flow)
    const chosen = flow?.moves.find((one) => one.id === name)
    const role = roles.find((one) => chosen?.roles.includes(one)) ?? roles[0]!
    const act = {
      move: name,
      role,
      answers: withNumbers(pkg, it, chosen?.form, answers),
      despite,
      ...(reason ? { reason } : {}),
      ...(gaps ? { gaps } : {}),
    }
    const outcome = move(pkg, here, it, act, now.getTime())
    if (!outcome.ok) return refuse(refusalOf(outcome, heard))
    const told = tellings(pkg, id, it, outcome.case, outcome.effects, now.getTime())
    // The event of the act is the move itself; what time brought about before it stands beside it.
    const own = told.findIndex(({ particulars }) => particulars.move === name && particulars.role === role)
    const ordered = [told[own]!, ...told.filter((_, i) => i !== own)]
    return decide({
      state: outcome.case.state,
      done: new Unsaid({ it: outcome.case, effects: outcome.effects, told: ordered, role }),
    })
  },
  save: async (tx, held, { done: { value } }, { actor, now }) => {
    // Whoever was offered the case and moves it has taken it.
    const { assign, reach } = held.pkg.roles.find(({ id }) => id === value.role)!
    if (assign && actor.id) await acceptByMoving(tx, held, value.role, actor.id, now)
    if (reach === 'area' && actor.id) await takeByMoving(tx, held, value.role, actor.id, now)
    await saveCase(tx, held, value.it, value.effects, value.role)
  },
  tell: ({ done }) => done.value.told[0]!.particulars,
  scope: ({ agency }) => agency,
  // A merged case leads on to the one that stayed.
  subject: (_, { id }) => id,
  also: ({ done }, { agency }) => done.value.told.slice(1).map((each) => ({ ...each, scope: agency })),
})

/** A NIK or KK is shown masked and so comes back empty: what is known of it stays, unless another is typed. */
function withNumbers(pkg: Package, it: Case, form: string | undefined, answers: Record<string, unknown>) {
  const asked = pkg.forms.find(({ id }) => id === form)?.fields ?? []
  const kept = asked.flatMap(({ id, type }) =>
    (type === 'nik' || type === 'kk') && (answers[id] === undefined || answers[id] === '') && it.data[id] !== undefined
      ? [[id, it.data[id]] as const]
      : [],
  )
  return { ...answers, ...Object.fromEntries(kept) }
}

/** Take a consent back: what it covered leaves the case, its sub-cases and the texts of messages. */
export const withdrawConsent = (
  as: 'member' | 'follower',
): Action<
  Held & { seesPerson: boolean },
  { purpose: string },
  { purpose: string; done: Unsaid<Case> },
  'consent-not-given'
> => ({
  name: 'services.consent-withdrawn',
  find: async (tx, actor, id) => {
    const held = await (as === 'follower' ? holdFollowed : holdCase)(tx, actor, id)
    return held && { ...held, seesPerson: !isOutside(held.pkg, held.roles) }
  },
  may: may.withdrawConsent,
  input: purposeForm,
  decide: ({ pkg, it }, { purpose }, { now }) =>
    it.consents[purpose]?.given
      ? decide({ purpose, done: new Unsaid(withdraw(pkg, it, purpose, now.getTime())) })
      : refuse('consent-not-given'),
  save: (tx, held, { done }) => saveCase(tx, held, done.value, [], null),
  tell: ({ purpose }, { pkg, it }) => ({
    number: it.number,
    purpose,
    name: pkg.purposes.find(({ id }) => id === purpose)?.names ?? purpose,
  }),
  scope: ({ agency }) => agency,
  subject: (_, { id }) => id,
})
