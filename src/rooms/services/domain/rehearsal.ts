import { type Holidays, instantOf, localTime } from './calendar.ts'
import { type Case, calendarOf, type Installation, withdraw } from './case.ts'
import { reachedAt } from './clock.ts'
import type { Objection } from './form.ts'
import { answersOf } from './hearing.ts'
import { catchUp, type Effect, hear, move, open } from './moving.ts'
import { settingFits } from './package/checks/rest.ts'
import type { Example, Expected } from './package/format/example.ts'
import type { Package } from './package/format/index.ts'
import { type Problem, problem } from './package/problem.ts'
import { sight } from './sight.ts'
import { dueNext } from './timing.ts'

/** What an example showed: what came out otherwise than expected, and every case as it ended. */
export type Rehearsal = { example: string; problems: Problem[]; cases: Case[]; effects: Effect[] }

/**
 * A package proves itself: each of its example cases is played through on a simulated clock, with made-up persons, and
 * must come out as the example says. Nothing is sent and nothing is kept.
 * What it returns stands against installing the package.
 */
export function prove(pkg: Package, holidays: Holidays): Problem[] {
  return rehearse(pkg, holidays).flatMap(({ problems }) => problems)
}

/** Every example, played through. */
export function rehearse(pkg: Package, holidays: Holidays): Rehearsal[] {
  return pkg.examples.map((example) => play(pkg, example, holidays))
}

export function play(pkg: Package, example: Example, holidays: Holidays): Rehearsal {
  const file = `examples/${example.id}`
  const problems: Problem[] = []
  const effects: Effect[] = []
  for (const [id, given] of Object.entries(example.settings)) {
    const setting = pkg.settings.find((setting) => setting.id === id)
    if (!setting || !settingFits(setting, given))
      problems.push(problem('example-setting', `“${id}” cannot be set so`, file, `settings.${id}`))
  }
  let cases: ReadonlyMap<string, Case> = new Map()
  for (const played of walk(pkg, example, holidays)) {
    cases = played.cases
    effects.push(...played.seen)
    for (const { at, says } of played.differences)
      problems.push(problem('example-failed', says, file, `steps[${played.step}].expect${at ? `.${at}` : ''}`))
  }
  return { example: example.id, problems, cases: [...cases.values()], effects }
}

/** One step as it was played: what happened before and in it, and how all cases stand after it. */
export type Played = {
  step: number
  at: number
  /** One case of each flow: the main one, and its sub-cases as they are opened. */
  cases: ReadonlyMap<string, Case>
  seen: Effect[]
  refused: string | undefined
  objections: Objection[]
  differences: { at: string; says: string }[]
}

export const placeOfExample = (pkg: Package, { zone, settings }: Example, holidays: Holidays): Installation => ({
  place: { zone, holidays },
  settings,
  language: pkg.manifest.languages[0]!,
  allowSynthetic: true,
})

/** An example step by step, on its own clock. */
export function* walk(pkg: Package, example: Example, holidays: Holidays): Generator<Played> {
  const here = placeOfExample(pkg, example, holidays)
  const cases = new Map<string, Case>()
  let now = instantOf(example.begins, example.zone)
  for (const [i, step] of example.steps.entries()) {
    now += milliseconds(step.after ?? 'PT0S')
    const seen: Effect[] = []
    pass(pkg, here, cases, now, seen)
    const flow = step.in ?? pkg.manifest.main
    const current = cases.get(flow)
    let refused: string | undefined
    let objections: Objection[] = []
    if (step.do && step.as) {
      const act = {
        move: step.do,
        role: step.as,
        answers: step.with ?? {},
        ...(step.reason ? { reason: step.reason } : {}),
        ...(step.despite ? { despite: step.despite } : {}),
        ...(step.gaps ? { gaps: step.gaps } : {}),
      }
      const outcome = current
        ? move(pkg, here, current, act, now)
        : open(pkg, here, `CONTOH-${example.id}`, flow, act, now)
      if (outcome.ok) take(pkg, cases, outcome.case, outcome.effects, seen)
      else {
        refused = outcome.refusal
        objections = outcome.objections
      }
    }
    const hears = step.hear
      ? pkg.flows.find(({ id }) => id === flow)?.hears?.find(({ event }) => event === step.hear)
      : undefined
    if (step.hear && !hears) refused = 'nothing-hears'
    if (hears) {
      const { answers } = answersOf(hears, { values: step.with ?? {}, purposes: {} })
      const outcome = hear(pkg, here, current ?? { number: `CONTOH-${example.id}`, flow }, hears.move, answers, now)
      if (outcome.ok) take(pkg, cases, outcome.case, outcome.effects, seen)
      else {
        refused = outcome.refusal
        objections = outcome.objections
      }
    }
    if (step.withdraw) forget(pkg, cases, step.withdraw, now)
    const differences = compare(pkg, here, step.expect ?? {}, { it: cases.get(flow), seen, refused })
    yield { step: i, at: now, cases: new Map(cases), seen, refused, objections, differences }
  }
}

/** Let time pass for all cases, earliest first, as the worker of an installation does. */
function pass(pkg: Package, here: Installation, cases: Map<string, Case>, now: number, seen: Effect[]): void {
  for (;;) {
    const due = [...cases.values()]
      .map((it) => ({ it, at: dueNext(pkg, here, it)?.at ?? Infinity }))
      .sort((a, b) => a.at - b.at)[0]
    if (!due || due.at > now) return
    const { case: later, effects } = catchUp(pkg, here, due.it, due.at)
    take(pkg, cases, later, effects, seen)
  }
}

function take(pkg: Package, cases: Map<string, Case>, it: Case, effects: Effect[], seen: Effect[]): void {
  cases.set(it.flow, it)
  for (const effect of effects) {
    seen.push(effect)
    if (effect.kind === 'opened') cases.set(effect.case.flow, effect.case)
    if (effect.kind === 'forgotten') forget(pkg, cases, effect.purpose, effect.at)
  }
}

/** A consent that is taken back is taken back in every case that holds a copy. */
function forget(pkg: Package, cases: Map<string, Case>, purpose: string, at: number): void {
  for (const [flow, it] of cases) cases.set(flow, withdraw(pkg, it, purpose, at))
}

type Shown = { it: Case | undefined; seen: Effect[]; refused: string | undefined }

function compare(
  pkg: Package,
  here: Installation,
  expected: Expected,
  { it, seen, refused }: Shown,
): { at: string; says: string }[] {
  const found: { at: string; says: string }[] = []
  const same = (at: string, want: unknown, got: unknown) => {
    if (JSON.stringify(sorted(want)) !== JSON.stringify(sorted(got)))
      found.push({ at, says: `expected ${JSON.stringify(want)}, and it is ${JSON.stringify(got ?? null)}` })
  }
  const of = <K extends Effect['kind']>(kind: K) =>
    seen.filter((effect): effect is Effect & { kind: K } => effect.kind === kind)
  if (refused !== expected.refused)
    found.push({
      at: 'refused',
      says: expected.refused
        ? `expected to be refused by ${expected.refused}, and ${refused ? `it was by ${refused}` : 'it was not'}`
        : `it was refused: ${refused}`,
    })
  if (expected.state !== undefined) same('state', expected.state, it?.state)
  for (const [rule, values] of Object.entries(expected.rules ?? {})) {
    const result = it?.rules[rule]?.at(-1)?.values
    for (const [name, want] of Object.entries(values)) same(`rules.${rule}.${name}`, want, result?.[name])
  }
  if (expected.sent)
    same(
      'sent',
      expected.sent,
      of('sent').map(({ message }) => message),
    )
  if (expected.tasks)
    same(
      'tasks',
      expected.tasks,
      of('task').map(({ task }) => task),
    )
  if (expected.told)
    same(
      'told',
      expected.told,
      of('told').map(({ event }) => event),
    )
  if (expected.opened)
    same(
      'opened',
      expected.opened,
      of('opened').map(({ case: part }) => part.flow),
    )
  if (expected.gaps) same('gaps', expected.gaps.toSorted(), Object.keys(it?.gaps?.fields ?? {}).toSorted())
  if (expected.dropped)
    same(
      'dropped',
      expected.dropped.toSorted(),
      of('dropped')
        .flatMap(({ fields }) => fields)
        .toSorted(),
    )
  for (const [id, want] of Object.entries(expected.data ?? {})) same(`data.${id}`, want, it?.data[id] ?? null)
  for (const [limit, want] of Object.entries(expected.due ?? {}))
    same(`due.${limit}`, want, it ? dueOf(pkg, here, it, limit) : null)
  for (const [role, want] of Object.entries(expected.sees ?? {})) {
    const seenBy = it && sight(pkg, it, role)
    same(
      `sees.${role}`,
      want.toSorted(),
      seenBy ? [...Object.keys(seenBy.data), ...Object.keys(seenBy.results)].toSorted() : [],
    )
  }
  return found
}

export function dueOf(pkg: Package, { place }: Installation, it: Case, limit: string): string | null {
  const clock = it.clocks.find((clock) => clock.limit === limit)
  const at = clock && reachedAt(clock, 100, calendarOf(pkg, clock.calendar), place)
  return at === undefined || at === null ? null : localTime(at, place.zone)
}

/** Keys in one order, so that two records with the same content read the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** `P1DT2H30M` in ms. */
export function milliseconds(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)?.map((part) => Number(part ?? 0)) ?? []
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}
