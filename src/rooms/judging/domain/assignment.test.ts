import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import loader, { type Highs } from 'highs'
import {
  type AssignmentProblem,
  type AssignmentResult,
  applyAdvice,
  assign,
  type Block,
  highestFloor,
  loads,
  type Pair,
  verifyAssignment,
} from './assignment.ts'
import { writeModel } from './assignment-model.ts'
import { sampleProblem } from './assignment-sample.ts'

// The package's types describe its CommonJS form, where the loader is one level deeper than in the module we load.
let highs: Highs
before(async () => {
  highs = await (loader as unknown as typeof loader.default)()
})

/** Small problems of every kind: of 2,000 at least a quarter has a solution, and at least a quarter has none. */
const smallProblem: fc.Arbitrary<AssignmentProblem> = fc
  .record({ proposals: fc.integer({ min: 1, max: 4 }), evaluators: fc.integer({ min: 3, max: 7 }) })
  .chain(({ proposals: P, evaluators: E }) => {
    const list = (length: number, min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length })
    const pair: fc.Arbitrary<Pair> = fc.tuple(fc.nat({ max: P - 1 }), fc.nat({ max: E - 1 }))
    return fc.record({
      proposals: fc.constant(P),
      evaluators: fc.constant(E),
      affinity: fc.oneof(list(P * E, 0, 3), list(P * E, -20, 1000)),
      need: list(P, 0, 3),
      minLoad: list(E, 0, 1),
      maxLoad: list(E, 1, 4),
      conflicts: fc.array(pair, { maxLength: 4 }),
      fixed: fc.uniqueArray(pair, { maxLength: 1, selector: ([p, e]) => p * E + e }),
      university: fc.option(list(E, -1, 4), { nil: undefined }),
      team: list(E, -1, 2),
      ownTeam: list(P, -1, 2),
      bridge: fc.constantFrom(0, 1, 1, 1, 2),
      floor: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined, freq: 1 }),
    })
  })

const runs = { numRuns: 2000, seed: 2026 }

test('small problems of every kind: the same optimum as trying everything', () => {
  let solved = 0
  fc.assert(
    fc.property(smallProblem, (problem) => {
      const { greatest } = tryEverything(problem)
      const result = assign(problem, { advise: false })
      if (greatest === undefined) return assert.equal(result.outcome, 'impossible')
      solved++
      assertOptimum(problem, result, greatest)
    }),
    runs,
  )
  assert.ok(solved > runs.numRuns / 4, `only ${solved} problems had a solution`)
})

test('tight problems where universities cross teams: the same optimum as HiGHS', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 6, max: 14 }), (seed, proposals) => {
      const problem = sampleProblem({ proposals, evaluators: 9, seed, universities: 'crossing', bridge: 1 })
      const tight = { ...problem, university: problem.university && Int32Array.from(problem.university, (u) => u % 5) }
      const result = assign(tight, { advise: false, branches: 5000 })
      const answer = highs.solve(writeModel(tight, { integer: true }), { output_flag: false, mip_rel_gap: 0 })
      if (answer.Status === 'Infeasible') return assert.equal(result.outcome, 'impossible')
      assertOptimum(tight, result, Math.round(answer.ObjectiveValue))
    }),
    { numRuns: 40, seed: 7 },
  )
})

for (const universities of ['none', 'nested', 'crossing'] as const) {
  for (const bridge of [0, 1]) {
    test(`300 proposals, 30 evaluators, universities ${universities}, bridge ${bridge}: the optimum of HiGHS`, () => {
      const problem = sampleProblem({ proposals: 300, evaluators: 30, seed: 11, universities, bridge })
      const integer = universities === 'crossing' && bridge > 0
      const model = writeModel(problem, { integer })
      const answer = highs.solve(model, { output_flag: false, mip_rel_gap: 0 })
      assert.equal(answer.Status, 'Optimal')
      assertOptimum(problem, assign(problem, { branches: 1000 }), Math.round(answer.ObjectiveValue))
    })
  }
}

describe('when there is no solution', () => {
  test('every reason is true, and what is advised helps as much as it says', () => {
    let explained = 0
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const result = assign(problem)
        if (result.outcome !== 'impossible') return
        explained++
        assert.ok(result.blocks.length > 0)
        for (const block of result.blocks) assertTrue(problem, block)
        for (const { remedy, remaining } of result.advice) {
          const mended = assign(applyAdvice(problem, remedy), { advise: false })
          assert.equal(mended.outcome === 'assigned', remaining === 0, JSON.stringify(remedy))
        }
      }),
      runs,
    )
    assert.ok(explained > runs.numRuns / 4, `only ${explained} problems had no solution`)
  })

  test('the shortage is the smallest possible where the rules nest', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const nested = { ...problem, bridge: 0, fixed: [] }
        const { leastShort } = tryEverything(nested)
        const result = assign(nested, { advise: false })
        if (leastShort === undefined || result.outcome !== 'impossible') return
        assert.equal(result.short, leastShort)
      }),
      runs,
    )
  })

  test('a Hall set is named: 14 proposals share 9 evaluators without room', () => {
    const [P, E] = [40, 20]
    const conflicts: Pair[] = []
    for (let p = 0; p < 14; p++) for (let e = 9; e < E; e++) conflicts.push([p, e])
    const problem: AssignmentProblem = {
      proposals: P,
      evaluators: E,
      affinity: Int32Array.from({ length: P * E }, (_, i) => (i * 7919) % 1000),
      need: new Int32Array(P).fill(3),
      minLoad: new Int32Array(E),
      maxLoad: Int32Array.from({ length: E }, (_, e) => (e < 9 ? 4 : 30)),
      conflicts,
    }
    const result = assign(problem)
    assert.equal(result.outcome, 'impossible')
    assert.ok(result.outcome === 'impossible')
    assert.equal(result.short, 6)
    assert.deepEqual(result.blocks, [
      {
        kind: 'room',
        rules: ['max-load', 'conflict'],
        proposals: Array.from({ length: 14 }, (_, p) => p),
        evaluators: Array.from({ length: 9 }, (_, e) => e),
        need: 42,
        room: 36,
      },
    ])
    assert.deepEqual(
      result.advice.map(({ remedy, remaining }) => [remedy.kind, 'by' in remedy && remedy.by, remaining]),
      [
        ['raise-max-load', 1, 0],
        ['add-evaluators', false, 0],
      ],
    )
  })

  test('a floor that cannot be met is explained, and the highest floor that can be is advised', () => {
    const problem = sampleProblem({ proposals: 60, evaluators: 12, seed: 3, universities: 'nested', bridge: 1 })
    const floor = highestFloor(problem)!
    assert.equal(assign({ ...problem, floor }).outcome, 'assigned')
    const result = assign({ ...problem, floor: floor + 1 })
    assert.ok(result.outcome === 'impossible')
    assert.ok(result.blocks.every((block) => block.rules.includes('floor')))
    const lowered = result.advice.find(({ remedy }) => remedy.kind === 'lower-floor')
    assert.deepEqual(lowered, { remedy: { kind: 'lower-floor', to: floor }, remaining: 0 })
  })

  test('minimum loads that add up to too much name themselves', () => {
    const problem = { ...sampleProblem({ proposals: 20, evaluators: 6, seed: 5, universities: 'none', bridge: 0 }) }
    const result = assign({ ...problem, minLoad: new Int32Array(6).fill(11), maxLoad: new Int32Array(6).fill(20) })
    assert.ok(result.outcome === 'impossible')
    const [block] = result.blocks
    assert.deepEqual([block?.kind, block?.rules, block?.need, block?.room], ['minimum', ['min-load'], 66, 60])
    assert.deepEqual(result.advice[0]?.remedy, { kind: 'lower-min-load', evaluators: [0, 1, 2, 3, 4, 5], by: 1 })
  })

  test('a decided pair that is a conflict is reported, and letting it go helps', () => {
    const problem = sampleProblem({ proposals: 20, evaluators: 6, seed: 5, universities: 'none', bridge: 0 })
    const result = assign({ ...problem, conflicts: [[3, 2]], fixed: [[3, 2]] })
    assert.ok(result.outcome === 'impossible')
    assert.deepEqual(result.blocks[0]?.rules, ['fixed', 'conflict'])
    assert.deepEqual(result.advice[0], { remedy: { kind: 'release-fixed', pairs: [[3, 2]] }, remaining: 0 })
  })
})

test('decided pairs stay, and the rest is the best around them', () => {
  const problem = sampleProblem({ proposals: 60, evaluators: 12, seed: 21, universities: 'none', bridge: 1 })
  const conflicts = new Set(problem.conflicts?.map(([p, e]) => p * 12 + e))
  const fixed: Pair[] = []
  for (let p = 0; p < 60; p += 3) if (!conflicts.has(p * 12 + (p % 12))) fixed.push([p, p % 12])
  const kept = { ...problem, fixed }
  const answer = highs.solve(writeModel(kept, { integer: true }), { output_flag: false, mip_rel_gap: 0 })
  assertOptimum(kept, assign(kept), Math.round(answer.ObjectiveValue))
})

test('the same input gives the same pairs', () => {
  const shape = { proposals: 200, evaluators: 20, seed: 4, universities: 'crossing', bridge: 1 } as const
  assert.deepEqual(assign(sampleProblem(shape)), assign(sampleProblem(shape)))
})

test('work can be watched, and stopped at any step', () => {
  const problem = sampleProblem({ proposals: 200, evaluators: 20, seed: 4, universities: 'crossing', bridge: 1 })
  const phases = new Set<string>()
  let steps = 0
  const shouldStop = () => steps++ < 0
  assert.equal(assign(problem, { onProgress: ({ phase }) => phases.add(phase), shouldStop }).outcome, 'assigned')
  assert.ok(phases.has('prices') && phases.has('paths'))
  for (const at of [0, 1, Math.floor(steps / 2), steps - 1]) {
    let step = 0
    assert.deepEqual(assign(problem, { shouldStop: () => step++ === at }), { outcome: 'cancelled' })
  }
})

test('prices say which evaluators are scarce: one more place is worth at most the price', () => {
  const problem = sampleProblem({ proposals: 60, evaluators: 12, seed: 8, universities: 'none', bridge: 0 })
  const result = assign(problem)
  assert.ok(result.outcome === 'assigned')
  for (let e = 0; e < 12; e++) {
    const maxLoad = Int32Array.from(problem.maxLoad, (most, f) => (f === e ? most + 1 : most))
    const more = assign({ ...problem, maxLoad })
    assert.ok(more.outcome === 'assigned')
    const gain: number = more.total - result.total
    assert.ok(gain >= 0 && gain <= Math.max(0, result.prices[e]!), `evaluator ${e}: ${gain}, ${result.prices[e]}`)
  }
})

test('the checker sees each kind of violation', () => {
  const problem: AssignmentProblem = {
    proposals: 2,
    evaluators: 3,
    affinity: [5, 6, 7, 8, 9, 10],
    need: [2, 2],
    minLoad: [0, 0, 2],
    maxLoad: [1, 2, 2],
    conflicts: [[0, 0]],
    fixed: [[1, 2]],
    university: [1, 1, 2],
    team: [4, 4, 4],
    ownTeam: [4, -1],
    bridge: 1,
    floor: 6,
  }
  const violations = verifyAssignment(problem, {
    pairs: Int32Array.of(0, 0, 0, 1, 1, 0, 1, 1, 1, 1),
    evaluators: 3,
    total: 1,
  })
  const rules = new Set(violations.map(({ rule }) => rule))
  const all = [
    'need',
    'min-load',
    'max-load',
    'conflict',
    'university',
    'bridge',
    'floor',
    'fixed',
    'repeated',
    'total',
  ]
  assert.deepEqual([...rules].sort(), all.sort())
})

test('malformed input is a mistake of the caller', () => {
  const problem = sampleProblem({ proposals: 3, evaluators: 4, seed: 1, universities: 'none', bridge: 0 })
  assert.throws(() => assign({ ...problem, need: [1] }), /need has 1 entries, expected 3/)
  assert.throws(() => assign({ ...problem, need: [1, 1.5, 1] }), RangeError)
  assert.throws(() => assign({ ...problem, conflicts: [[0, 4]] }), RangeError)
  assert.throws(() => assign({ ...problem, fixed: [[0, 1], [0, 1]] }), /twice/) // biome-ignore format: one line
})

function assertOptimum(problem: AssignmentProblem, result: AssignmentResult, greatest: number) {
  assert.equal(result.outcome, 'assigned')
  assert.ok(result.outcome === 'assigned')
  assert.deepEqual(verifyAssignment(problem, result), [])
  assert.equal(result.total, greatest)
  assert.equal(result.bound, greatest)
  assert.equal(result.optimal, true)
  assert.equal(
    loads(result).reduce((sum, load) => sum + load, 0),
    result.pairs.length / 2,
  )
}

/** All panels of proposal p that obey the rules of a panel (not the loads); decided pairs are in each. */
function panelsOf(problem: AssignmentProblem, p: number): number[][] {
  const { evaluators: E, conflicts = [], fixed = [], university, team, ownTeam, floor, bridge = 0 } = problem
  const decided = fixed.filter(([q]) => q === p).map(([, e]) => e)
  const panels: number[][] = []
  for (let mask = 0; mask < 1 << E; mask++) {
    const panel = Array.from({ length: E }, (_, e) => e).filter((e) => mask & (1 << e))
    if (panel.length !== problem.need[p] || !decided.every((e) => panel.includes(e))) continue
    if (panel.some((e) => conflicts.some(([q, f]) => q === p && f === e))) continue
    if (floor !== undefined && panel.some((e) => !decided.includes(e) && problem.affinity[p * E + e]! < floor)) continue
    const homes = panel.map((e) => university?.[e] ?? -1).filter((home) => home >= 0)
    if (new Set(homes).size < homes.length) continue
    const own = ownTeam?.[p] ?? -1
    const outsiders = panel.filter((e) => team?.[e] !== own).length
    if (own >= 0 && outsiders < Math.min(bridge, panel.length)) continue
    panels.push(panel)
  }
  return panels
}

/** The greatest total of all plans within the loads, and the least misfit of any plan (undefined: there is none). */
function tryEverything(problem: AssignmentProblem) {
  const { proposals: P, evaluators: E } = problem
  const choices = Array.from({ length: P }, (_, p) => panelsOf(problem, p))
  const load = new Int32Array(E)
  let greatest: number | undefined
  let leastShort: number | undefined
  const visit = (p: number, total: number) => {
    if (p === P) {
      let over = 0
      let under = 0
      for (let e = 0; e < E; e++) {
        over += Math.max(0, load[e]! - problem.maxLoad[e]!)
        under += Math.max(0, problem.minLoad[e]! - load[e]!)
      }
      const short = Math.max(over, under)
      if (leastShort === undefined || short < leastShort) leastShort = short
      if (short === 0 && (greatest === undefined || total > greatest)) greatest = total
      return
    }
    for (const panel of choices[p]!) {
      let sum = total
      for (const e of panel) {
        load[e] = load[e]! + 1
        sum += problem.affinity[p * E + e]!
      }
      visit(p + 1, sum)
      for (const e of panel) load[e] = load[e]! - 1
    }
  }
  visit(0, 0)
  return { greatest, leastShort }
}

/** Counts a reason anew from the statement of the problem; the engine has no part in it. */
function assertTrue(problem: AssignmentProblem, block: Block) {
  const { kind, proposals, evaluators, need, room } = block
  const text = JSON.stringify(block)
  assert.ok(need > room, text)
  if (kind === 'sides') return assert.equal(tryEverything(problem).greatest, undefined)
  if (kind === 'panel') return assert.deepEqual(panelsOf(problem, proposals[0]!), [], text)
  if (kind === 'fixed') {
    const onlyFixed = { ...problem, floor: undefined, minLoad: new Int32Array(problem.evaluators) }
    return assert.equal(tryEverything(onlyFixed).greatest, undefined, text)
  }
  // A set is counted in free seats and free places: what is decided already has taken its own.
  const fixed = problem.fixed ?? []
  const bounds = kind === 'room' ? problem.maxLoad : problem.minLoad
  const places = evaluators.map((e) => Math.max(0, bounds[e]! - fixed.filter(([, f]) => f === e).length))
  let reviews = 0
  for (let p = 0; p < problem.proposals; p++) {
    const decided = fixed.filter(([q]) => q === p).map(([, e]) => e)
    const free = panelsOf(problem, p).map((panel) =>
      panel.filter((e) => !decided.includes(e) && evaluators.includes(e)),
    )
    // A proposal without any panel has a block of its own, and takes part here with what could be filled.
    if (free.length === 0) return
    reviews += kind === 'room' ? Math.min(...free.map((f) => f.length)) : Math.max(...free.map((f) => f.length))
  }
  const bounded = places.reduce((sum, n) => sum + n, 0)
  assert.deepEqual(kind === 'room' ? [reviews, bounded] : [bounded, reviews], [need, room], text)
}
