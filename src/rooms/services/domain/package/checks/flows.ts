import { inspect, type Known } from '../../expression.ts'
import { checkHears, checkTelling } from '../../hearing.ts'
import { type Effect, type Flow, leaves, type Move } from '../format/flow.ts'
import type { Package } from '../format/index.ts'
import { limits } from '../limits.ts'
import { checkPrivacy } from '../names.ts'
import { type Problem, problem, warning } from '../problem.ts'
import { checkFeel, missing, repeated } from './expressions.ts'

/**
 * A flow can be walked: every state can be reached and left, every case can end, whoever is named exists, and what
 * happens by itself (automatic moves and time limits) never goes round in a circle.
 */
export function checkFlows(pkg: Package, known: Known): Problem[] {
  const found = pkg.flows.flatMap((flow) => checkFlow(pkg, flow, known))
  if (!pkg.flows.some(({ id }) => id === pkg.manifest.main))
    return [...found, problem('unknown-flow', `there is no flow “${pkg.manifest.main}”`, 'package', 'main')]
  const opened = new Set([pkg.manifest.main])
  for (const id of opened) for (const next of opens(pkg, id)) opened.add(next)
  for (const { id } of pkg.flows) {
    if (!opened.has(id) && !pkg.flows.some((flow) => flow.id === id && opensByHearing(flow)))
      found.push(problem('unreachable-flow', 'nothing opens this sub-case', `flows/${id}`))
    if (reachesItself(id, (from) => opens(pkg, from)))
      return [...found, problem('flow-opens-itself', 'a sub-case that opens itself, in the end', `flows/${id}`)]
  }
  for (const flow of pkg.flows)
    flow.moves.forEach((move, i) => {
      if (found.length === 0 && openedBy(pkg, move) > limits.subCases)
        found.push(
          problem(
            'opens-too-many',
            `opens more than ${limits.subCases} sub-cases`,
            `flows/${flow.id}`,
            `moves[${i}].effects`,
          ),
        )
    })
  return found
}

/** Whether what others tell opens a case of this flow. */
const opensByHearing = (flow: Flow): boolean =>
  (flow.hears ?? []).some((hears) => flow.moves.some(({ id, from }) => id === hears.move && from === 'new'))

/** How many sub-cases a move opens, with those that their own first moves open in turn. Flows do not open themselves. */
function openedBy(pkg: Package, move: Move, depth = 0): number {
  if (depth > limits.subCases) return Infinity
  let sum = 0
  for (const effect of move.effects) {
    if (!('open' in effect)) continue
    const part = pkg.flows.find(({ id }) => id === effect.open)
    // Whatever happens at once in the sub-case: its first move, and its automatic ones.
    const atOnce = (part?.moves ?? []).filter(({ from, automatic }) => from === 'new' || automatic)
    sum += 1
    for (const next of atOnce) {
      sum += openedBy(pkg, next, depth + 1)
      if (sum > limits.subCases) return Infinity
    }
  }
  return sum
}

function checkFlow(pkg: Package, flow: Flow, known: Known): Problem[] {
  const file = `flows/${flow.id}`
  const found = [
    ...repeated(file, 'states', flow.states),
    ...repeated(file, 'moves', flow.moves),
    ...repeated(file, 'limits', flow.limits),
    ...repeated(file, 'tasks', flow.tasks),
    ...checkHears(pkg, flow),
    ...flow.only.flatMap((role, i) => missing('unknown-role', role, pkg.roles, file, `only[${i}]`)),
    ...flow.moves.flatMap((move, i) => checkMove(pkg, flow, move, `moves[${i}]`, known)),
    ...flow.limits.flatMap((_, i) => checkLimit(pkg, flow, i, known)),
  ]
  return found.length > 0 ? found : [...checkWays(flow, file), ...checkLoops(flow, file)]
}

function checkMove(pkg: Package, flow: Flow, move: Move, at: string, known: Known): Problem[] {
  const file = `flows/${flow.id}`
  const from = Array.isArray(move.from) ? move.from : []
  const heard = flow.hears?.some((hears) => hears.move === move.id) ?? false
  const used = heard || move.automatic || flow.limits.some(({ steps }) => steps.some((step) => step.move === move.id))
  const finals = new Set(flow.states.filter(({ kind }) => kind === 'final').map(({ id }) => id))
  return [
    ...from.flatMap((state, i) => missing('unknown-state', state, flow.states, file, `${at}.from[${i}]`)),
    ...(move.to === 'same' ? [] : missing('unknown-state', move.to, flow.states, file, `${at}.to`)),
    ...move.roles.flatMap((role, i) => missing('unknown-role', role, pkg.roles, file, `${at}.roles[${i}]`)),
    ...missing('unknown-form', move.form, pkg.forms, file, `${at}.form`),
    ...repeated(file, `${at}.reasons`, move.reasons),
    ...checkFeel(move.guard, known, file, `${at}.guard`),
    ...move.effects.flatMap((effect, i) => checkEffect(pkg, flow, effect, `${at}.effects[${i}]`, known)),
    ...(from.some((state) => finals.has(state))
      ? [problem('leaves-a-final-state', 'nothing happens after a final state', file, `${at}.from`)]
      : []),
    ...(move.from === 'new' && (move.to === 'same' || move.automatic)
      ? [problem('not-the-schema', 'a new case begins in a state, by somebody', file, at)]
      : []),
    ...(move.roles.length === 0 && !used && move.from !== 'new'
      ? [problem('move-by-nobody', 'no role may make it, and nothing makes it by itself', file, at)]
      : []),
    ...(move.roles.length === 0 && !heard && (move.form || move.reasons.length > 0)
      ? [problem('asks-nobody', 'what happens by itself cannot fill in a form or give a reason', file, at)]
      : []),
    ...checkGaps(pkg, flow, move, at),
    ...(move.automatic && !move.guard
      ? [warning('automatic-always', 'happens at once, always: is the state before it needed?', file, at)]
      : []),
  ]
}

/** What is sent back can be completed, by somebody, and what completes has something to complete. */
function checkGaps(pkg: Package, flow: Flow, move: Move, at: string): Problem[] {
  const file = `flows/${flow.id}`
  const both = [move.form, move.returns, move.completes].filter(Boolean).length > 1
  const wrong = (rule: string, says: string) => [problem(rule, says, file, at)]
  if (both) return wrong('asks-twice', 'a move has a form, or sends back, or completes')
  if ((move.returns || move.completes) && (move.roles.length === 0 || move.from === 'new'))
    return wrong('asks-nobody', 'what is missing is said and answered by somebody, in a case that is open')
  if (move.returns) {
    const to = move.to === 'same' ? leaves(flow, move) : [move.to]
    const answered = to.every((state) =>
      flow.moves.some((other) => other.completes && leaves(flow, other).includes(state)),
    )
    return [
      ...missing('unknown-form', move.returns, pkg.forms, file, `${at}.returns`),
      ...(answered ? [] : wrong('sent-back-to-nobody', 'no move completes what is sent back there')),
    ]
  }
  if (move.completes && !flow.moves.some((other) => other.returns && leaves(flow, move).includes(other.to)))
    return wrong('completes-nothing', 'no move sends a case back to where this one completes it')
  return []
}

function checkEffect(pkg: Package, flow: Flow, effect: Effect, at: string, known: Known): Problem[] {
  const file = `flows/${flow.id}`
  if ('rule' in effect) return missing('unknown-rule', effect.rule, pkg.rules, file, at)
  if ('send' in effect) return missing('unknown-message', effect.send, pkg.messages, file, at)
  if ('forget' in effect) return missing('unknown-purpose', effect.forget, pkg.purposes, file, at)
  if ('open' in effect) return missing('unknown-flow', effect.open, pkg.flows, file, at)
  if ('task' in effect)
    return [
      ...missing('unknown-task', effect.task, flow.tasks, file, at),
      ...missing('unknown-role', effect.for, pkg.roles, file, at),
    ]
  if ('tell' in effect) return checkTelling(pkg, effect, known, file, at)
  if ('set' in effect) {
    const fields = pkg.forms.flatMap(({ fields }) => fields)
    const target = fields.find(({ id }) => id === effect.set)
    const { uses } = inspect(effect.to, known)
    const gated = fields.find(({ id, consent }) => consent && uses.has(id))
    return [
      ...missing('unknown-field-name', effect.set, fields, file, at),
      ...checkFeel(effect.to, known, file, at),
      ...(target ? checkPrivacy(pkg, uses, target, file, at) : []),
      ...(gated && gated.consent !== target?.consent
        ? [problem('consent-leak', `writes “${gated.id}” where its consent is not asked`, file, at)]
        : []),
    ]
  }
  return []
}

function checkLimit(pkg: Package, flow: Flow, index: number, known: Known): Problem[] {
  const file = `flows/${flow.id}`
  const limit = flow.limits[index]!
  const at = `limits[${index}]`
  const kinds = new Map(flow.states.map(({ id, kind }) => [id, kind]))
  return [
    ...limit.in.flatMap((state, i) => missing('unknown-state', state, flow.states, file, `${at}.in[${i}]`)),
    ...missing('unknown-calendar', limit.calendar, pkg.calendars, file, `${at}.calendar`),
    ...limit.restart.flatMap((move, i) => missing('unknown-move', move, flow.moves, file, `${at}.restart[${i}]`)),
    ...limit.time.flatMap(({ when, amount }, i) => [
      ...checkFeel(when, known, file, `${at}.time[${i}].when`),
      ...checkFeel(amount, known, file, `${at}.time[${i}].amount`),
    ]),
    ...(limit.time.at(-1)!.when
      ? [
          problem(
            'limit-without-end',
            'the last line of a time limit has no condition, so that there always is one',
            file,
            `${at}.time`,
          ),
        ]
      : []),
    ...(limit.in.some((state) => kinds.get(state) === 'final')
      ? [problem('limit-in-final-state', 'nothing is awaited in a final state', file, `${at}.in`)]
      : []),
    ...(limit.in.every((state) => kinds.get(state) === 'paused')
      ? [problem('clock-that-never-runs', 'all its states are paused', file, `${at}.in`)]
      : []),
    ...limit.steps.flatMap(({ at: percent }, i) =>
      limit.steps.findIndex((step) => step.at === percent) < i
        ? [
            problem(
              'duplicate-id',
              `two steps at ${percent} per cent: write them as one, or apart`,
              file,
              `${at}.steps[${i}]`,
            ),
          ]
        : [],
    ),
    ...limit.steps.flatMap((step, i) => checkStep(pkg, flow, step, `${at}.steps[${i}]`, limit.in)),
  ]
}

function checkStep(
  pkg: Package,
  flow: Flow,
  step: Flow['limits'][number]['steps'][number],
  at: string,
  states: string[],
): Problem[] {
  const file = `flows/${flow.id}`
  const move = flow.moves.find(({ id }) => id === step.move)
  return [
    ...missing('unknown-move', step.move, flow.moves, file, `${at}.move`),
    ...missing('unknown-message', step.send, pkg.messages, file, `${at}.send`),
    ...missing('unknown-task', step.task, flow.tasks, file, `${at}.task`),
    ...missing('unknown-role', step.for, pkg.roles, file, `${at}.for`),
    ...(step.task && !step.for ? [problem('not-the-schema', 'a task is for a role', file, at)] : []),
    ...(!step.move && !step.send && !step.task && !step.tell
      ? [problem('step-does-nothing', 'a time limit that does nothing when it is reached', file, at)]
      : []),
    ...(move && states.some((state) => !leaves(flow, move).includes(state))
      ? [problem('move-not-from-here', `“${move.id}” cannot be made in every state of the limit`, file, `${at}.move`)]
      : []),
    ...(move && (move.form || move.returns || move.completes || move.reasons.length > 0)
      ? [problem('asks-nobody', 'a move on a time limit cannot fill in a form or give a reason', file, `${at}.move`)]
      : []),
  ]
}

function checkWays(flow: Flow, file: string): Problem[] {
  const forward = (state: string) =>
    flow.moves.filter((move) => leaves(flow, move).includes(state)).map(({ to }) => (to === 'same' ? state : to))
  const reached = new Set(flow.moves.filter(({ from }) => from === 'new').map(({ to }) => to))
  if (reached.size === 0) return [problem('no-beginning', 'no move opens a case (from: new)', file, 'moves')]
  for (const state of reached) for (const next of forward(state)) reached.add(next)
  const ends = new Set(flow.states.filter(({ kind }) => kind === 'final').map(({ id }) => id))
  for (let before = -1; before !== ends.size; ) {
    before = ends.size
    for (const { id } of flow.states) if (forward(id).some((next) => ends.has(next))) ends.add(id)
  }
  return flow.states.flatMap(({ id, kind }, i) => [
    ...(reached.has(id) ? [] : [problem('unreachable-state', `nothing leads to “${id}”`, file, `states[${i}]`)]),
    ...(ends.has(id) ? [] : [problem('no-way-out', `from “${id}” no case can ever end`, file, `states[${i}]`)]),
    ...(kind === 'paused' && !flow.limits.some((limit) => limit.in.includes(id))
      ? [warning('paused-for-ever', 'we wait for the citizen, and no limit ever asks again', file, `states[${i}]`)]
      : []),
  ])
}

function checkLoops(flow: Flow, file: string): Problem[] {
  const byItself = flow.moves.filter(
    ({ id, automatic }) => automatic || flow.limits.some(({ steps }) => steps.some(({ move }) => move === id)),
  )
  const next = (state: string) =>
    byItself.filter((move) => leaves(flow, move).includes(state)).map(({ to }) => (to === 'same' ? state : to))
  return flow.states.flatMap(({ id }, i) =>
    reachesItself(id, next)
      ? [problem('automatic-loop', `what happens by itself leads from “${id}” back to it`, file, `states[${i}]`)]
      : [],
  )
}

function reachesItself(start: string, next: (from: string) => string[]): boolean {
  const reached = new Set(next(start))
  for (const state of reached) for (const further of next(state)) reached.add(further)
  return reached.has(start)
}

function opens(pkg: Package, id: string): string[] {
  const flow = pkg.flows.find((flow) => flow.id === id)
  return (flow?.moves ?? []).flatMap(({ effects }) =>
    effects.flatMap((effect) => ('open' in effect ? [effect.open] : [])),
  )
}
