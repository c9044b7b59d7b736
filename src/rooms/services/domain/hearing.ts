import { type Case, type Installation, scopeOf, spent } from './case.ts'
import { inspect, type Known, value } from './expression.ts'
import type { Flow, Hears, Effect as Wanted } from './package/format/flow.ts'
import type { Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'
import { type Problem, problem } from './package/problem.ts'

/** So many packages may tell one another in turn before nobody listens any more. */
export const deepest = 5

/** What goes with an event: values by their names, and for each the purposes whose consent covers it. */
export type Telling = { values: Record<string, unknown>; purposes: Record<string, string[]> }

type Tell = Extract<Wanted, { tell: string }>

/** The values of an event as the case knows them now. What its consent does not cover is not there, and what is not known is not told. */
export function tellingOf(pkg: Package, here: Installation, it: Case, tell: Tell, known: Known, at: number): Telling {
  const scope = scopeOf(pkg, it, here, at)
  const told = Object.entries(tell.with ?? {}).flatMap(([name, source]) => {
    const result = value(source, scope)
    return result === null || typeof result === 'object' ? [] : [[name, source, result] as const]
  })
  return {
    values: Object.fromEntries(told.map(([name, , result]) => [name, result])),
    purposes: Object.fromEntries(told.map(([name, source]) => [name, coveredBy(pkg, source, known)])),
  }
}

/** The purposes that the fields of an expression need. */
function coveredBy(pkg: Package, source: string, known: Known): string[] {
  const { uses } = inspect(source, known)
  return [...new Set(allFields(pkg).flatMap(({ id, consent }) => (consent && uses.has(id) ? [consent] : [])))]
}

/** The answers that a heard event gives, by field, and which of them stand under which purpose of the teller (`purpose:field`). */
export function answersOf(hears: Hears, { values, purposes }: Telling) {
  const given = Object.entries(hears.with).filter(([, name]) => Object.hasOwn(values, name))
  return {
    answers: Object.fromEntries(given.map(([field, name]) => [field, values[name]])),
    under: given.flatMap(([field, name]) => (purposes[name] ?? []).map((purpose) => `${purpose}:${field}`)),
  }
}

/** A case without these fields, and without what was made of them. */
export function without(pkg: Package, it: Case, fields: readonly string[]): Case {
  const gone = spent(pkg, fields)
  return {
    ...it,
    data: Object.fromEntries(Object.entries(it.data).filter(([id]) => !gone.fields.has(id))),
    rules: Object.fromEntries(Object.entries(it.rules).filter(([id]) => !gone.rules.has(id))),
  }
}

/** What of a case may be told with an event: what tells nothing of a person, and what a consent to this very telling covers. */
export function checkTelling(pkg: Package, tell: Tell, known: Known, file: string, at: string): Problem[] {
  return Object.entries(tell.with ?? {}).flatMap(([name, source]) => {
    const { uses, faults } = inspect(source, known)
    const place = `${at}.with.${name}`
    const found = faults.map(({ rule, says }) => problem(rule, says, file, place))
    for (const field of allFields(pkg).filter(({ id }) => uses.has(id))) {
      const purpose = pkg.purposes.find(({ id }) => id === field.consent)
      if (field.type === 'nik' || field.type === 'kk')
        found.push(problem('full-identity', `“${field.id}” is never told`, file, place))
      else if (purpose ? !purpose.tells?.includes(tell.tell) : field.privacy !== 'open')
        found.push(
          problem(
            'told-without-consent',
            `no consent covers that “${field.id}” is told with “${tell.tell}”`,
            file,
            place,
          ),
        )
    }
    for (const rule of pkg.rules.filter(({ id }) => uses.has(`rule.${id}`)))
      if (rule.privacy !== 'open')
        found.push(problem('told-without-consent', `the result of “${rule.id}” is not told`, file, place))
    return found
  })
}

/** What a flow hears can be done: the move is there, asks no reason of anybody, and its answers are of its form. */
export function checkHears(pkg: Package, flow: Flow): Problem[] {
  const file = `flows/${flow.id}`
  return (flow.hears ?? []).flatMap((hears, i) => {
    const at = `hears[${i}]`
    const move = flow.moves.find(({ id }) => id === hears.move)
    const form = pkg.forms.find(({ id }) => id === move?.form)
    if (!move) return [problem('unknown-move', `there is no “${hears.move}”`, file, `${at}.move`)]
    const fields = allFields(pkg).map(({ id }) => id)
    return [
      ...(move.reasons.length > 0 || move.returns || move.completes
        ? [problem('asks-nobody', 'what is heard cannot give a reason or a list', file, `${at}.move`)]
        : []),
      ...((move.from === 'new') === (hears.match === undefined)
        ? []
        : [problem('hears-of-which', 'a new case matches none; a move needs to know in which case', file, at)]),
      ...(hears.match && !fields.includes(hears.match.field)
        ? [problem('unknown-field-name', `there is no “${hears.match.field}”`, file, `${at}.match`)]
        : []),
      ...Object.keys(hears.with).flatMap((field) =>
        form?.fields.some(({ id }) => id === field)
          ? []
          : [problem('unknown-field-name', `the form of the move does not ask “${field}”`, file, `${at}.with`)],
      ),
    ]
  })
}

/** The events that a case of a flow may tell, with those of the sub-cases that it may open. */
function tells(pkg: Package, flowId: string, seen = new Set<string>()): Set<string> {
  const flow = pkg.flows.find(({ id }) => id === flowId)
  if (!flow || seen.has(flowId)) return new Set()
  seen.add(flowId)
  const effects = flow.moves.flatMap(({ effects: all }) => all)
  return new Set([
    ...effects.flatMap((effect) => ('tell' in effect ? [effect.tell] : [])),
    ...flow.limits.flatMap(({ steps }) => steps.flatMap(({ tell }) => (tell ? [tell] : []))),
    ...effects.flatMap((effect) => ('open' in effect ? [...tells(pkg, effect.open, seen)] : [])),
  ])
}

/** What one package hears of another, and of itself not at all. */
const hearsOf = (hears: Hears, teller: Package, listener: Package, event: string): boolean =>
  teller.manifest.id !== listener.manifest.id &&
  hears.event === event &&
  (hears.from === undefined || hears.from === teller.manifest.id)

/** Packages of one agency that would tell one another in a circle: refused before it can happen. */
export function circles(pkg: Package, others: readonly Package[]): Problem[] {
  const all = [pkg, ...others.filter(({ manifest }) => manifest.id !== pkg.manifest.id)]
  type Node = { pkg: Package; flow: string }
  const next = (node: Node): Node[] =>
    all.flatMap((listener) =>
      listener.flows
        .filter((flow) =>
          (flow.hears ?? []).some((hears) =>
            [...tells(node.pkg, node.flow)].some((event) => hearsOf(hears, node.pkg, listener, event)),
          ),
        )
        .map(({ id }) => ({ pkg: listener, flow: id })),
    )
  const nameOf = ({ pkg: { manifest }, flow }: Node) => `${manifest.id}/${flow}`
  // Two units may run two versions of one package.
  const placeOf = ({ pkg: one, flow }: Node) => `${all.indexOf(one)}/${flow}`
  return pkg.flows.flatMap(({ id }) => {
    const start = { pkg, flow: id }
    const reached = new Map(next(start).map((node) => [placeOf(node), node]))
    for (const node of reached.values()) for (const further of next(node)) reached.set(placeOf(further), further)
    return reached.has(placeOf(start))
      ? [
          problem(
            'hears-in-a-circle',
            `what it tells comes back to it, by ${[...new Set([...reached.values()].map(nameOf))].join(', ')}`,
            `flows/${id}`,
            'hears',
          ),
        ]
      : []
  })
}

/** The places in a package that hear an event of another, by their running number. */
export function listening(
  listener: Package,
  teller: Package,
  event: string,
): { place: number; flow: Flow; hears: Hears }[] {
  return listener.flows
    .flatMap((flow) => (flow.hears ?? []).map((hears) => ({ flow, hears })))
    .map((one, place) => ({ ...one, place }))
    .filter(({ hears }) => hearsOf(hears, teller, listener, event))
}
