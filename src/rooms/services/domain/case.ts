import { dayOf, instantOf, type Place, zones } from './calendar.ts'
import type { Clock } from './clock.ts'
import { asDate, asInstant, holds, type Scope } from './expression.ts'
import { inScope, unanswered } from './form.ts'
import type { Gaps } from './gaps.ts'
import type { Calendar } from './package/format/calendar.ts'
import type { Flow } from './package/format/flow.ts'
import type { Field, Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'
import type { Result } from './rule.ts'

/** A consent as it was given: to which version of the text, and when. */
export type Given = { given: boolean; version: number; at: number }

/** One case: what a stranger would need to know to go on with it. Current state = what its history adds up to. */
export type Case = {
  number: string
  flow: string
  state: string
  openedAt: number
  closedAt?: number
  data: Record<string, unknown>
  /** Every result of every rule, oldest first. */
  rules: Record<string, Result[]>
  consents: Record<string, Given>
  clocks: Clock[]
  /** When each state was first entered. */
  entered: Record<string, number>
  history: Happened[]
  /** It turned out to be of the same person as another case, which stayed. It is closed and counts no more. */
  merged?: { into: string; at: number }
  /** What is missing, while it waits to be completed. */
  gaps?: Gaps
}

/**
 * A move that was made. `role` is `system` where it happened by itself. No answers stand in it; `despite` holds why each
 * warning was overridden.
 */
export type Happened = {
  at: number
  move: string
  role: string
  from: string
  to: string
  reason?: string
  despite?: Record<string, string>
}

/** What a package runs in: its place, what the adopter has set, and what the installation knows. */
export type Installation = {
  place: Place
  settings: Record<string, unknown>
  language: string
  knowsRegion?: (code: string) => boolean
  allowSynthetic?: boolean
}

/** What expressions see of a case at a moment. */
export function scopeOf(pkg: Package, it: Case, { place, settings }: Installation, now: number): Scope {
  const today = dayOf(now, place.zone)
  const data: Scope = {}
  for (const field of allFields(pkg))
    data[field.id] = Object.hasOwn(it.data, field.id) ? inScope(field.type, it.data[field.id]) : unanswered(field.type)
  const days = Math.round((instantOf(today, 'WIB') - instantOf(dayOf(it.openedAt, place.zone), 'WIB')) / 86_400_000)
  return {
    ...data,
    setting: { ...Object.fromEntries(pkg.settings.map((setting) => [setting.id, setting.default])), ...settings },
    rule: Object.fromEntries(pkg.rules.map(({ id }) => [id, it.rules[id]?.at(-1)?.values ?? null])),
    consent: Object.fromEntries(pkg.purposes.map(({ id }) => [id, it.consents[id]?.given === true])),
    case: {
      state: it.state,
      number: it.number,
      days,
      opened: asDate(dayOf(it.openedAt, place.zone)),
      // How often each move was made: `case.times.tawari`.
      times: countsOf(pkg, it),
    },
    estimated: Object.entries(it.data).flatMap(([id, kept]) =>
      typeof kept === 'string' && kept.endsWith('~') ? [id] : [],
    ),
    today: asDate(today),
    now: asInstant(now, zones[place.zone]),
  }
}

function countsOf(pkg: Package, it: Case): Record<string, number> {
  const moves = pkg.flows.find(({ id }) => id === it.flow)?.moves ?? []
  const counts: Record<string, number> = Object.fromEntries(moves.map(({ id }) => [id, 0]))
  for (const { move } of it.history) counts[move] = (counts[move] ?? 0) + 1
  return counts
}

/** Whether a purpose is agreed to by these answers. */
export function agreed(pkg: Package, purpose: string, scope: Scope): boolean {
  const found = pkg.purposes.find(({ id }) => id === purpose)
  return found !== undefined && holds(found.givenWhen, scope)
}

/**
 * The consent to a purpose is taken back: what it covered is gone from the case, and so is every result that was made
 * from it, by any way. That it was taken back, and when, stays. Sub-cases hold copies: take it back in each of them.
 */
export function withdraw(pkg: Package, it: Case, purpose: string, now: number): Case {
  const covered = new Set(
    allFields(pkg)
      .filter(({ consent }) => consent === purpose)
      .map(({ id }) => id),
  )
  const gone = spent(pkg, [...covered])
  const version = pkg.purposes.find(({ id }) => id === purpose)?.version ?? 0
  const missing = Object.entries(it.gaps?.fields ?? {}).filter(([id]) => !gone.fields.has(id))
  return {
    ...it,
    ...(it.gaps ? { gaps: { ...it.gaps, fields: Object.fromEntries(missing) } } : {}),
    data: Object.fromEntries(Object.entries(it.data).filter(([id]) => !gone.fields.has(id))),
    rules: Object.fromEntries(Object.entries(it.rules).filter(([id]) => !gone.rules.has(id))),
    consents: { ...it.consents, [purpose]: { given: false, version, at: now } },
  }
}

/** Everything that is made from these fields, by any way: the fields, calculated values, and results of rules. */
export function spent(pkg: Package, of: readonly string[]): { fields: Set<string>; rules: Set<string> } {
  const fields = new Set(of)
  // Calculated values and results that name what is covered, and those that name those, are made from it too.
  const rules = new Set<string>()
  for (let before = -1; before !== fields.size + rules.size; ) {
    before = fields.size + rules.size
    const tainted = (source: unknown) => names(source, fields, rules)
    for (const field of allFields(pkg)) if (field.type === 'calculated' && tainted(field.value)) fields.add(field.id)
    for (const rule of pkg.rules) if (tainted(rule.versions)) rules.add(rule.id)
  }
  return { fields, rules }
}

function names(source: unknown, fields: ReadonlySet<string>, rules: ReadonlySet<string>): boolean {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  const words = new Set(text.match(/[a-z][a-z0-9_]*/g))
  return [...fields].some((id) => words.has(id)) || [...rules].some((id) => text.includes(`rule.${id}`))
}

/** A field by its name, of whichever form. */
export function fieldOf(pkg: Package, id: string): Field | undefined {
  return allFields(pkg).find((field) => field.id === id)
}

/** A case before its first move. */
export function blank(number: string, flow: string, at: number): Case {
  return {
    number,
    flow,
    state: '',
    openedAt: at,
    data: {},
    rules: {},
    consents: {},
    clocks: [],
    entered: {},
    history: [],
  }
}

export function flowOf(pkg: Package, id: string): Flow {
  return pkg.flows.find((flow) => flow.id === id)!
}

export function calendarOf(pkg: Package, id: string): Calendar {
  return pkg.calendars.find((calendar) => calendar.id === id)!
}
