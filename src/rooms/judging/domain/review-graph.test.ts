import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Pair, reviewGraph } from './review-graph.ts'

const pairs = fc
  .uniqueArray(fc.tuple(fc.nat(11), fc.nat(7)), { minLength: 1, maxLength: 40, selector: ([p, e]) => `${p} ${e}` })
  .map((all): Pair[] => all.map(([p, e]) => ({ proposal: `p${p}`, evaluator: `e${e}` })))

test('judging: components part the graph, and the suggested bridges connect it', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const graph = reviewGraph(all)
      const named = graph.components.flatMap((c) => c.proposals)
      assert.deepEqual([...named].sort(), [...new Set(all.map((p) => p.proposal))].sort())
      const at = new Map(graph.components.flatMap((c, k) => [...c.proposals, ...c.evaluators].map((x) => [x, k])))
      for (const { proposal, evaluator } of all) assert.equal(at.get(proposal), at.get(evaluator))
      assert.equal(graph.bridges.length, graph.components.length - 1)
      assert.equal(reviewGraph([...all, ...graph.bridges]).connected, true)
      assert.deepEqual(reviewGraph([...all].reverse()), graph)
    }),
  )
})

test('judging: bridges keep to who may read, and say when nobody may', () => {
  const apart = [
    { proposal: 'p1', evaluator: 'anna' },
    { proposal: 'p2', evaluator: 'budi' },
    { proposal: 'p3', evaluator: 'citra' },
  ]
  const mayRead = (evaluator: string, proposal: string) => evaluator === 'budi' && proposal === 'p1'
  const graph = reviewGraph(apart, { mayRead })
  assert.deepEqual(graph.bridges, [{ evaluator: 'budi', proposal: 'p1', joins: [0, 1] }])
  assert.deepEqual(graph.unbridgeable, [2])
})

test('judging: an evaluator on whom the graph hangs is named, and a proposal nobody reads', () => {
  const chain = [
    { proposal: 'p1', evaluator: 'anna' },
    { proposal: 'p1', evaluator: 'budi' },
    { proposal: 'p2', evaluator: 'budi' },
    { proposal: 'p2', evaluator: 'citra' },
  ]
  const graph = reviewGraph(chain, { proposals: ['p1', 'p2', 'p9'] })
  assert.deepEqual([graph.connected, graph.hangsOn, graph.unread], [true, ['budi'], ['p9']])
  const ring = [...chain, { proposal: 'p3', evaluator: 'citra' }, { proposal: 'p3', evaluator: 'anna' }]
  assert.deepEqual(reviewGraph(ring).hangsOn, [])
})

test('judging: the share read from outside is counted for each sector', () => {
  const sectorOf = new Map([
    ['p1', 'health'],
    ['p2', 'health'],
    ['p3', 'school'],
    ['p4', 'school'],
  ])
  const team = (evaluator: string, ...proposals: string[]) => proposals.map((proposal) => ({ proposal, evaluator }))
  const all = [...team('anna', 'p1', 'p2'), ...team('budi', 'p1', 'p2', 'p3'), ...team('citra', 'p3', 'p4')]
  assert.deepEqual(reviewGraph(all, { sectorOf, bridgeShare: 0.3 }).sectors, [
    { sector: 'health', readings: 4, bridgeReadings: 0, share: 0, short: 2 },
    { sector: 'school', readings: 3, bridgeReadings: 1, share: 1 / 3, short: 0 },
  ])
})
