import { type Certificate, seatsWithin } from './assignment-certificate.ts'
import { createChooser } from './assignment-choice.ts'
import { type AssignmentProblem, compile, forbidden, noTeam, type Rule, type Table } from './assignment-problem.ts'

/**
 * Why a problem cannot be solved, proven and in numbers a person can act on.
 * - `fixed`: decided pairs break a rule by themselves.
 * - `panel`: one proposal has no admissible panel, even if every evaluator were idle.
 * - `room`: "these proposals must place `need` reviews with these evaluators, who have room for `room`".
 * - `minimum`: "the minimum loads of these evaluators ask for `need` reviews, at most `room` can reach them".
 * - `sides`: universities and bridge together allow nothing, though no single set of evaluators shows it.
 */
export type Block = {
  kind: 'fixed' | 'panel' | 'room' | 'minimum' | 'sides'
  /** The rules that take part: without any one of them this block would be smaller or gone. */
  rules: Rule[]
  proposals: number[]
  evaluators: number[]
  need: number
  room: number
}

const waivable: readonly Rule[] = ['conflict', 'floor', 'university', 'bridge']

/** Tables with one rule left out, built when first asked for. */
export type Waivers = (rule: Rule) => Table

export function createWaivers(problem: AssignmentProblem): Waivers {
  const tables = new Map<Rule, Table>()
  return (rule) => {
    const known = tables.get(rule)
    if (known) return known
    const table = compile(problem, [rule])
    tables.set(rule, table)
    return table
  }
}

/** What decided pairs and bounds break by themselves, before anything is assigned. */
export function fixedBlocks(problem: AssignmentProblem): Block[] {
  const { evaluators: E, fixed = [], conflicts = [], university, team, ownTeam, bridge = 0 } = problem
  const blocks: Block[] = []
  const add = (rules: Rule[], proposals: number[], evaluators: number[], need: number, room: number) =>
    blocks.push({ kind: 'fixed', rules, proposals, evaluators, need, room })
  const conflicting = new Set(conflicts.map(([p, e]) => p * E + e))
  const panels = new Map<number, number[]>()
  const load = new Int32Array(E)
  for (const [p, e] of fixed) {
    if (conflicting.has(p * E + e)) add(['fixed', 'conflict'], [p], [e], 1, 0)
    panels.set(p, [...(panels.get(p) ?? []), e])
    load[e] = load[e]! + 1
  }
  for (const [p, panel] of panels) {
    const need = problem.need[p]!
    if (panel.length > need) add(['fixed'], [p], panel, panel.length, need)
    const homes = panel.map((e) => university?.[e] ?? -1)
    const twins = panel.filter((_, i) => homes[i]! >= 0 && homes.some((home, j) => j !== i && home === homes[i]))
    if (twins.length > 0) add(['fixed', 'university'], [p], twins, twins.length, new Set(homes).size)
    const own = ownTeam?.[p] ?? -1
    const insiders = panel.filter((e) => team?.[e] === own)
    const places = need - Math.min(bridge, need)
    if (team && own >= 0 && insiders.length > places) add(['fixed', 'bridge'], [p], insiders, insiders.length, places)
  }
  for (let e = 0; e < E; e++) {
    const [least, most] = [problem.minLoad[e]!, problem.maxLoad[e]!]
    if (load[e]! > most) add(['fixed', 'max-load'], [], [e], load[e]!, most)
    if (least > most) {
      blocks.push({
        kind: 'minimum',
        rules: ['min-load', 'max-load'],
        proposals: [],
        evaluators: [e],
        need: least,
        room: most,
      })
    }
  }
  return blocks
}

/**
 * Proposals without any admissible panel. Cuts their need in `table` down to what can be filled (and bounds to what
 * can be kept), so that the other proposals can still be examined.
 */
export function panelBlocks(table: Table, waive: Waivers): Block[] {
  const { P, E, value, need, outside, own, low, high } = table
  for (let e = 0; e < E; e++) {
    high[e] = Math.max(0, high[e]!)
    low[e] = Math.min(low[e]!, high[e]!)
  }
  const blocks: Block[] = []
  const price = new Float64Array(E + 1)
  const into = new Int32Array(table.seats)
  const choose = createChooser(table)
  for (let p = 0; p < P; p++) {
    if (choose(p, price, 0, into, 0) > -Infinity) continue
    const wanted = need[p]!
    const evaluators = Array.from({ length: E }, (_, e) => e).filter((e) => value[p * E + e]! > forbidden)
    const rules = waivable.filter((rule) => {
      const eased = waive(rule)
      return createChooser(eased)(p, price, 0, new Int32Array(eased.seats), 0) > -Infinity
    })
    const insiders = wanted - outside[p]!
    do {
      need[p] = need[p]! - 1
      outside[p] = Math.max(0, need[p]! - insiders)
      // With every seat free for insiders the bridge no longer binds; the table then knows no own team.
      if (outside[p] === 0) own[p] = noTeam
    } while (choose(p, price, 0, into, 0) === -Infinity)
    blocks.push({
      kind: 'panel',
      rules: rules.length > 0 ? rules : waivable.filter((rule) => eases(waive(rule), p, need[p]!, evaluators)),
      proposals: [p],
      evaluators,
      need: wanted,
      room: need[p]!,
    })
  }
  return blocks
}

/** Does the rule's absence give this proposal more candidates, though not yet a whole panel? */
function eases(table: Table, p: number, filled: number, candidates: readonly number[]) {
  let free = 0
  for (let e = 0; e < table.E; e++) if (table.value[p * table.E + e]! > forbidden) free++
  return free > candidates.length && table.need[p]! > filled
}

/** A proven set as a block, with the rules whose absence would shrink it. */
export function certificateBlock(certificate: Certificate, table: Table, waive: Waivers): Block {
  const { kind, evaluators, proposals, need, room } = certificate
  const extreme = kind === 'room' ? 'least' : 'most'
  const reviews = kind === 'room' ? need : room
  const rules = waivable.filter((rule) => {
    const eased = { ...waive(rule), need: table.need }
    if (rule !== 'bridge') Object.assign(eased, { outside: table.outside, own: table.own })
    const seats = seatsWithin(eased, evaluators, extreme).reduce((sum, n) => sum + n, 0)
    return kind === 'room' ? seats < reviews : seats > reviews
  })
  return { kind, rules: [kind === 'room' ? 'max-load' : 'min-load', ...rules], proposals, evaluators, need, room }
}
