import { dayOf } from './calendar.ts'
import { agreed, blank, type Case, flowOf, type Installation, scopeOf, withdraw } from './case.ts'
import { holds, value } from './expression.ts'
import { fillForm } from './filling.ts'
import type { Answers, Objection } from './form.ts'
import { formOf, gapsAfter, refusesGaps } from './gaps.ts'
import { type Telling, tellingOf } from './hearing.ts'
import { type LimitStep, leaves, type Move } from './package/format/flow.ts'
import type { Package } from './package/format/index.ts'
import { knownNames } from './package/names.ts'
import { apply } from './rule.ts'
import { compose, type Sent } from './sending.ts'
import { clocksAfter, dueNext } from './timing.ts'

/** What a move brings about outside the case. Whoever runs the engine carries it out, once. */
export type Effect =
  | Sent
  | { kind: 'task'; at: number; task: string; role: string }
  | { kind: 'told'; at: number; event: string; telling?: Telling }
  /** `own`: how many of the effects behind it are those of the case that was opened. */
  | { kind: 'opened'; at: number; case: Case; own: number }
  /** The same consent is to be taken back in the sub-cases, which hold copies. */
  | { kind: 'forgotten'; at: number; purpose: string }
  | { kind: 'dropped'; at: number; fields: string[] }
  | { kind: 'rule-failed'; at: number; rule: string; why: string }

/** The effects of a case itself, and each case that it opened with its own. */
export function apart(effects: readonly Effect[]): { own: Effect[]; opened: { case: Case; effects: Effect[] }[] } {
  const own: Effect[] = []
  const opened: { case: Case; effects: Effect[] }[] = []
  for (let i = 0; i < effects.length; i++) {
    const effect = effects[i]!
    if (effect.kind !== 'opened') own.push(effect)
    else {
      opened.push({ case: effect.case, effects: effects.slice(i + 1, i + 1 + effect.own) })
      i += effect.own
    }
  }
  return { own, opened }
}

export type Act = {
  move: string
  role: string
  answers?: Answers
  reason?: string
  /** Warnings that the person overrides, and why. */
  despite?: Record<string, string>
  /** Fields that are missing, and what of each: of a move that sends the case back. */
  gaps?: Record<string, string>
}

export type Outcome =
  | { ok: true; case: Case; effects: Effect[] }
  | { ok: false; refusal: string; objections: Objection[] }

/** Somebody opens a case with a move from `new`. */
export function open(pkg: Package, here: Installation, number: string, flowId: string, act: Act, now: number): Outcome {
  return make(pkg, here, blank(number, flowId, now), act, now)
}

/**
 * Somebody makes a move now. What was due before happens first, in its order, so that whether the program was running
 * in between makes no difference. Refused with the name of the rule, and then nothing has changed.
 */
export function move(pkg: Package, here: Installation, it: Case, act: Act, now: number): Outcome {
  const { case: current, effects } = catchUp(pkg, here, it, now)
  const outcome = make(pkg, here, current, act, now)
  return outcome.ok ? { ...outcome, effects: [...effects, ...outcome.effects] } : outcome
}

/**
 * A move by what another service told: nobody's role, no reason, and what was told as its answers. Without a case it opens one.
 * What was due before happens first.
 */
export function hear(
  pkg: Package,
  here: Installation,
  it: Case | { number: string; flow: string },
  moveId: string,
  answers: Answers,
  now: number,
): Outcome {
  const before = 'state' in it ? catchUp(pkg, here, it, now) : { case: blank(it.number, it.flow, now), effects: [] }
  const flow = flowOf(pkg, it.flow)
  const chosen = flow.moves.find(({ id }) => id === moveId)
  const no = (refusal: string, objections: Objection[] = []): Outcome => ({ ok: false, refusal, objections })
  if (!chosen) return no('no-such-move')
  const { state } = before.case
  if (!(state === '' ? chosen.from === 'new' : leaves(flow, chosen).includes(state))) return no('not-from-here')
  const effects: Effect[] = []
  const filled = take(pkg, here, before.case, chosen, { move: moveId, role: 'system', answers }, now)
  if (!filled.ok) return filled
  if (chosen.guard && !holds(chosen.guard, scopeOf(pkg, filled.case, here, now))) return no('guard')
  const moved = follow(pkg, here, filled.case, chosen, { role: 'system' }, now, effects)
  const failed = effects.find((effect) => effect.kind === 'rule-failed')
  if (failed) return no(`rule:${failed.rule}:${failed.why}`)
  return { ok: true, case: moved, effects: [...before.effects, ...effects] }
}

/**
 * Everything that time has brought about until now: warnings, escalations, moves on a time limit, each as of the moment
 * when it was due, earliest first. Called late or called often, the case comes out the same.
 */
export function catchUp(pkg: Package, here: Installation, it: Case, now: number): { case: Case; effects: Effect[] } {
  const effects: Effect[] = []
  let current = it
  for (;;) {
    const next = dueNext(pkg, here, current)
    if (!next || next.at > now) return { case: current, effects }
    const clocks = current.clocks.map((clock) =>
      clock.limit === next.limit.id ? { ...clock, reached: [...clock.reached, next.step.at] } : clock,
    )
    current = carryOut(pkg, here, { ...current, clocks }, next.step, next.at, effects)
  }
}

function carryOut(pkg: Package, here: Installation, it: Case, step: LimitStep, at: number, effects: Effect[]): Case {
  const flow = flowOf(pkg, it.flow)
  if (step.send) effects.push(compose(pkg, here, it, step.send, at))
  if (step.task && step.for) effects.push({ kind: 'task', at, task: step.task, role: step.for })
  if (step.tell) effects.push({ kind: 'told', at, event: step.tell })
  const found = flow.moves.find(({ id }) => id === step.move)
  if (!found || !leaves(flow, found).includes(it.state)) return it
  if (found.guard && !holds(found.guard, scopeOf(pkg, it, here, at))) return it
  return follow(pkg, here, it, found, { role: 'system' }, at, effects)
}

function make(pkg: Package, here: Installation, it: Case, act: Act, now: number): Outcome {
  const flow = flowOf(pkg, it.flow)
  const chosen = flow.moves.find(({ id }) => id === act.move)
  const no = (refusal: string, objections: Objection[] = []): Outcome => ({ ok: false, refusal, objections })
  if (!chosen) return no('no-such-move')
  if (it.merged) return no('not-from-here')
  const fits = it.state === '' ? chosen.from === 'new' : leaves(flow, chosen).includes(it.state)
  if (!fits) return no('not-from-here')
  if (!chosen.roles.includes(act.role)) return no('not-your-role')
  if (chosen.reasons.length > 0 && !chosen.reasons.some(({ id }) => id === act.reason)) return no('reason-needed')
  if (chosen.reasons.length === 0 && act.reason !== undefined) return no('reason-not-asked')
  const wrongGaps = refusesGaps(pkg, chosen, it, act.gaps)
  if (wrongGaps) return no(wrongGaps)

  const effects: Effect[] = []
  const filled = take(pkg, here, it, chosen, act, now)
  if (!filled.ok) return filled
  if (filled.dropped.length > 0) effects.push({ kind: 'dropped', at: now, fields: filled.dropped })
  if (chosen.guard && !holds(chosen.guard, scopeOf(pkg, filled.case, here, now))) return no('guard')
  const by = { role: act.role, reason: act.reason, despite: filled.despite, gaps: act.gaps }
  const moved = follow(pkg, here, filled.case, chosen, by, now, effects)
  const failed = effects.find((effect) => effect.kind === 'rule-failed')
  return failed ? no(`rule:${failed.rule}:${failed.why}`) : { ok: true, case: moved, effects }
}

/** Take in the form of a move: the case with the new answers, or what is wrong with them. */
function take(
  pkg: Package,
  here: Installation,
  it: Case,
  chosen: Move,
  { answers = {}, despite = {} }: Act,
  now: number,
) {
  const form = formOf(pkg, chosen, it.gaps)
  if (!form) {
    const objections = Object.keys(answers).map(
      (id): Objection => ({ rule: `not-asked:${id}`, field: id, level: 'error' }),
    )
    return objections.length > 0
      ? { ok: false as const, refusal: objections[0]!.rule, objections }
      : { ok: true as const, case: it, dropped: [], despite: {} }
  }
  const { data, dropped, objections } = fillForm(pkg, here, it, form, answers, now)
  const errors = objections.filter(({ level }) => level === 'error')
  const warnings = objections.filter(({ level, rule }) => level === 'warning' && !despite[rule]?.trim())
  const blocking = [...errors, ...warnings]
  if (blocking.length > 0) return { ok: false as const, refusal: blocking[0]!.rule, objections: blocking }
  const asked = new Set(form.fields.map(({ id }) => id))
  const rest = Object.entries(it.data).filter(([id]) => !asked.has(id))
  const kept = { ...it, data: { ...Object.fromEntries(rest), ...data } }
  const overridden = objections.map(({ rule }) => [rule, despite[rule]!])
  return {
    ok: true as const,
    case: withConsents(pkg, kept, form.fields, here, now),
    dropped,
    despite: Object.fromEntries(overridden) as Record<string, string>,
  }
}

/** The case with the consents that a form has asked for. What was agreed to before and is not any more is taken back. */
function withConsents(
  pkg: Package,
  it: Case,
  fields: readonly { id: string }[],
  here: Installation,
  now: number,
): Case {
  const scope = scopeOf(pkg, it, here, now)
  let current = it
  for (const { id, version, askedBy } of pkg.purposes) {
    if (!fields.some((field) => field.id === askedBy)) continue
    const given = agreed(pkg, id, scope)
    if (!given && current.consents[id]?.given) current = withdraw(pkg, current, id, now)
    else current = { ...current, consents: { ...current.consents, [id]: { given, version, at: now } } }
  }
  return current
}

type By = {
  role: string
  reason?: string | undefined
  despite?: Record<string, string>
  gaps?: Record<string, string> | undefined
}

/** Carry a move through: state, effects in order, clocks; then whatever happens by itself in the new state. */
function follow(
  pkg: Package,
  here: Installation,
  it: Case,
  chosen: Move,
  { role, reason, despite = {}, gaps }: By,
  at: number,
  effects: Effect[],
): Case {
  const flow = flowOf(pkg, it.flow)
  const to = chosen.to === 'same' ? it.state : chosen.to
  const state = flow.states.find(({ id }) => id === to)!
  const { gaps: _, ...rest } = it
  const missing = gapsAfter(flow, it, chosen, to, gaps, at)
  let moved: Case = {
    ...rest,
    ...(missing ? { gaps: missing } : {}),
    state: to,
    entered: Object.hasOwn(it.entered, to) ? it.entered : { ...it.entered, [to]: at },
    history: [
      ...it.history,
      {
        ...{ at, move: chosen.id, role, from: it.state, to },
        ...(reason ? { reason } : {}),
        ...(Object.keys(despite).length > 0 ? { despite } : {}),
      },
    ],
    ...(state.kind === 'final' ? { closedAt: at } : {}),
  }
  for (const effect of chosen.effects) moved = bring(pkg, here, moved, effect, at, effects)
  moved = { ...moved, clocks: clocksAfter(pkg, here, moved, chosen, at) }
  const scope = scopeOf(pkg, moved, here, at)
  const next = flow.moves.find(
    (other) => other.automatic && leaves(flow, other).includes(to) && (!other.guard || holds(other.guard, scope)),
  )
  return next ? follow(pkg, here, moved, next, { role: 'system' }, at, effects) : moved
}

function bring(
  pkg: Package,
  here: Installation,
  it: Case,
  effect: Move['effects'][number],
  at: number,
  effects: Effect[],
): Case {
  if ('send' in effect) effects.push(compose(pkg, here, it, effect.send, at))
  else if ('task' in effect) effects.push({ kind: 'task', at, task: effect.task, role: effect.for })
  else if ('tell' in effect) {
    const telling = effect.with && tellingOf(pkg, here, it, effect, knownNames(pkg), at)
    effects.push({ kind: 'told', at, event: effect.tell, ...(telling ? { telling } : {}) })
  } else if ('forget' in effect) {
    effects.push({ kind: 'forgotten', at, purpose: effect.forget })
    return withdraw(pkg, it, effect.forget, at)
  } else if ('open' in effect) {
    const opened = openPart(pkg, here, it, effect.open, at)
    effects.push({ kind: 'opened', at, case: opened.case, own: opened.effects.length }, ...opened.effects)
  } else if ('set' in effect) {
    const result = value(effect.to, scopeOf(pkg, it, here, at))
    const { [effect.set]: _, ...rest } = it.data
    return { ...it, data: result === null ? rest : { ...rest, [effect.set]: result } }
  } else {
    const rule = pkg.rules.find(({ id }) => id === effect.rule)!
    const earlier = it.rules[rule.id] ?? []
    const scope = scopeOf(pkg, it, here, at)
    const day = rule.asOf ? value(rule.asOf, scope) : dayOf(at, here.place.zone)
    const result = typeof day === 'string' ? apply(rule, scope, day, at, earlier) : 'no-valid-version'
    if (typeof result !== 'string') return { ...it, rules: { ...it.rules, [rule.id]: [...earlier, result] } }
    effects.push({ kind: 'rule-failed', at, rule: rule.id, why: result })
  }
  return it
}

/** A sub-case begins with what its case knows, and goes its own way from there. */
function openPart(
  pkg: Package,
  here: Installation,
  it: Case,
  flowId: string,
  at: number,
): { case: Case; effects: Effect[] } {
  const first = flowOf(pkg, flowId).moves.find(({ from }) => from === 'new')!
  const effects: Effect[] = []
  const part = { ...blank(`${it.number}-${flowId}`, flowId, at), data: it.data, consents: it.consents, rules: it.rules }
  return { case: follow(pkg, here, part, first, { role: 'system' }, at, effects), effects }
}
