import type { Holidays } from '../calendar.ts'
import { instantOf, localTime } from '../calendar.ts'
import type { Case } from '../case.ts'
import type { Files } from '../package/archive.ts'
import type { Example, Expected } from '../package/format/example.ts'
import type { Package } from '../package/format/index.ts'
import { type Reading, refuses } from '../package/problem.ts'
import { readPackage } from '../package/read.ts'
import { dueOf, type Played, placeOfExample, walk } from '../rehearsal.ts'
import { dueNext } from '../timing.ts'
import { type Documents, filesOf } from './documents.ts'

type Step = Example['steps'][number]

/** Nothing was played yet: a quiet Monday morning of this week, or of the week that somebody chose. */
export const freshTrial = (begins: string, zone: Example['zone'], settings: Example['settings'] = {}): Example => ({
  id: 'coba',
  names: { id: 'Coba' },
  begins,
  zone,
  settings,
  steps: [],
})

const idle = new TextEncoder().encode(
  JSON.stringify({ id: 'coba', names: { id: 'Coba' }, begins: '2026-03-02T08:00', steps: [{ after: 'PT1M' }] }),
)

/**
 * A draft as a package that can be tried. Its own examples do not stand in the way: they are what trying is for, and they
 * may be missing or wrong.
 */
export function triable(documents: Documents): Reading<Package> {
  const files: Files = filesOf(
    Object.fromEntries(Object.entries(documents).filter(([path]) => !path.startsWith('examples/'))),
  )
  const read = readPackage(new Map([...files, ['examples/coba.json', idle]]))
  if (!read.ok) {
    // An example of one language is enough to try; what it lacks is told elsewhere.
    return { ok: false, problems: read.problems.filter(({ file }) => !file.startsWith('examples/')) }
  }
  return { ok: true, value: { ...read.value, examples: [] }, problems: [] }
}

export type Tried = { steps: Played[]; now: number; cases: ReadonlyMap<string, Case> }

export function played(pkg: Package, example: Example, holidays: Holidays): Tried {
  const steps = [...walk(pkg, example, holidays)]
  const last = steps.at(-1)
  return { steps, now: last?.at ?? instantOf(example.begins, example.zone), cases: last?.cases ?? new Map() }
}

/** When time brings about the next thing in any of the cases; undefined when nothing is awaited. */
export function nextDue(pkg: Package, example: Example, { cases }: Tried, holidays: Holidays): number | undefined {
  const here = placeOfExample(pkg, example, holidays)
  const times = [...cases.values()].flatMap((it) => dueNext(pkg, here, it)?.at ?? [])
  return times.length > 0 ? Math.min(...times) : undefined
}

/** `P3DT2H`: ms as the time that passes before a step, to the second and upwards. */
export function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ]
  const time = [hours ? `${hours}H` : '', minutes ? `${minutes}M` : '', rest ? `${rest}S` : ''].join('')
  if (!days && !time) return 'PT0S'
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

/**
 * What was played as an example: each step with what came out, so that whoever changes the package later hears of it when
 * it comes out otherwise. Written down are outcomes that somebody would look at, not every value.
 */
export function asExample(
  pkg: Package,
  example: Example,
  holidays: Holidays,
  head: { id: string; names: Record<string, string> },
): Example {
  const here = placeOfExample(pkg, example, holidays)
  const steps: Step[] = []
  for (const { step, cases, seen, refused } of walk(pkg, example, holidays)) {
    const { expect: _, ...done } = example.steps[step]!
    const it = cases.get(done.in ?? pkg.manifest.main)
    const expect: Expected = refused ? { refused } : outcomeOf(pkg, it, seen)
    if (!refused && it) {
      const limits = pkg.flows.find(({ id }) => id === it.flow)?.limits ?? []
      const due = limits.flatMap(({ id }) => {
        const at = dueOf(pkg, here, it, id)
        return at ? [[id, at] as const] : []
      })
      if (due.length > 0) expect.due = Object.fromEntries(due)
    }
    steps.push({ ...done, ...(Object.keys(expect).length > 0 ? { expect } : {}) })
  }
  const { settings } = example
  return {
    ...head,
    begins: example.begins,
    zone: example.zone,
    settings,
    steps: steps.length > 0 ? steps : [{ after: 'PT1M' }],
  }
}

function outcomeOf(pkg: Package, it: Case | undefined, seen: Played['seen']): Expected {
  const of = (kind: string) => seen.filter((effect) => effect.kind === kind)
  const list = (key: 'sent' | 'tasks' | 'told' | 'opened', values: string[]) =>
    values.length > 0 ? { [key]: values } : {}
  const rules = Object.entries(it?.rules ?? {}).flatMap(([id, results]) => {
    const last = results.at(-1)
    // A result of this step; those before it were expected before.
    return last && pkg.rules.some((rule) => rule.id === id) ? [[id, last.values] as const] : []
  })
  return {
    ...(it ? { state: it.state } : {}),
    ...(rules.length > 0 ? { rules: Object.fromEntries(rules) } : {}),
    ...list(
      'sent',
      of('sent').map((effect) => (effect as { message: string }).message),
    ),
    ...list(
      'tasks',
      of('task').map((effect) => (effect as { task: string }).task),
    ),
    ...list(
      'told',
      of('told').map((effect) => (effect as { event: string }).event),
    ),
    ...list(
      'opened',
      of('opened').map((effect) => (effect as { case: Case }).case.flow),
    ),
  }
}

/** Local time without its zone, of a moment of the trial. */
export const trialTime = (at: number, { zone }: Example): string => localTime(at, zone)

/** Whether an example is one that can be kept with the package. */
export const isPlayable = (read: Reading<Package>): read is Reading<Package> & { ok: true } =>
  read.ok && !refuses(read.problems)
