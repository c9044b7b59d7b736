import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { shippedFiles } from '../../import.ts'
import { readPackage } from '../package/read.ts'
import { type Box, type Drawable, type Drawing, drawn, wrapped } from './drawing.ts'

const shippedFlows = (name: string): Drawable[] => {
  const read = readPackage(shippedFiles(name)!)
  assert.ok(read.ok)
  return read.value.flows.map(({ states, moves }) => ({
    states: states.map(({ id, kind }) => ({ id, kind, label: id })),
    moves: moves.map(({ id, from, to, roles }) => ({ id, from, to, label: id, itself: roles.length === 0 })),
  }))
}

const anyFlow: fc.Arbitrary<Drawable> = fc.integer({ min: 0, max: 9 }).chain((n) => {
  const ids = Array.from({ length: n }, (_, i) => `s${i}`)
  // Half-written flows name states that are not there.
  const state = fc.constantFrom(...ids, 'gone', 'same')
  const from = fc.oneof(
    fc.constantFrom('new' as const, 'any' as const),
    fc.array(fc.constantFrom(...ids, 'gone'), { maxLength: 4 }),
  )
  const moves = fc.array(fc.record({ from, to: state, itself: fc.boolean() }), { maxLength: 14 })
  return moves.map((list) => ({
    states: ids.map((id) => ({ id, label: id, kind: 'open' })),
    moves: list.map((move, i) => ({ ...move, id: `m${i}`, label: `m${i}` })),
  }))
})

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

/** Faults of a drawing: what covers what. */
function faultsOf({ states, moves, lines, width, height }: Drawing): string[] {
  const faults: string[] = []
  const boxes = [...states, ...moves]
  boxes.forEach((a, i) => {
    if (a.x < 0 || a.y < 0 || a.x + a.width > width || a.y + a.height > height) faults.push(`${a.id} lies outside`)
    for (const b of boxes.slice(i + 1)) if (!apart(a, b)) faults.push(`${a.id} covers ${b.id}`)
  })
  const runs = lines.flatMap((line) =>
    line.points.slice(1).map((end, i) => {
      const begin = line.points[i]!
      return {
        line,
        upright: begin[0] === end[0],
        x: Math.min(begin[0], end[0]),
        y: Math.min(begin[1], end[1]),
        width: Math.abs(begin[0] - end[0]),
        height: Math.abs(begin[1] - end[1]),
      }
    }),
  )
  for (const run of runs) {
    if (run.x + run.width > width || run.y < 0) faults.push(`a line to ${run.line.to} leaves the picture`)
    for (const one of boxes) if (!apart(run, one)) faults.push(`a line to ${run.line.to} runs over ${one.id}`)
  }
  // Lines cross; they never run upon each other but to the same state.
  runs.forEach((a, i) => {
    for (const b of runs.slice(i + 1)) {
      if (a.line.to === b.line.to || a.upright !== b.upright) continue
      const along = a.upright
        ? a.x === b.x && Math.min(a.y + a.height, b.y + b.height) > Math.max(a.y, b.y)
        : a.y === b.y && Math.min(a.x + a.width, b.x + b.width) > Math.max(a.x, b.x)
      if (along) faults.push(`lines to ${a.line.to} and ${b.line.to} run upon each other`)
    }
  })
  return faults
}

/** What a flow has that its drawing does not show. */
function missingFrom(flow: Drawable, { states, moves, lines }: Drawing): string[] {
  const known = new Set(flow.states.map(({ id }) => id))
  return [
    ...flow.states.filter(({ id }) => states.filter((state) => state.id === id).length !== 1).map(({ id }) => id),
    ...flow.moves.flatMap(({ id, from, to }) => {
      const places = typeof from === 'string' ? [from] : [...new Set(from)].filter((one) => known.has(one))
      const expected = places.length > 0 ? places : ['any']
      const shown = moves.filter((move) => move.id === id).map((move) => move.from)
      const led = lines.filter((line) => line.move === id).map((line) => line.from)
      const wrong = [...expected].sort().join() !== [...shown].sort().join()
      const unled = known.has(to) && [...expected].sort().join() !== [...led].sort().join()
      return wrong || unled ? [id] : []
    }),
  ]
}

describe('services: the picture of a flow', () => {
  it('shows every state and every move of the shipped packages, and nothing covers anything', () => {
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh'])
      for (const flow of shippedFlows(name))
        for (const columns of [1, 2, 3, 4]) {
          const picture = drawn(flow, columns)
          assert.deepEqual(missingFrom(flow, picture), [])
          assert.deepEqual(faultsOf(picture), [])
        }
  })

  it('does so for any flow, also a half-written one, and always the same', () => {
    fc.assert(
      fc.property(anyFlow, fc.integer({ min: 1, max: 4 }), (flow, columns) => {
        const picture = drawn(flow, columns)
        assert.deepEqual(missingFrom(flow, picture), [])
        assert.deepEqual(faultsOf(picture), [])
        assert.deepEqual(drawn(structuredClone(flow), columns), picture)
      }),
      { numRuns: 300 },
    )
  })

  it('begins at the top and goes down; in one column it fits a phone however long it is', () => {
    const flow = shippedFlows('laskar-penjaja-sayur').sort((a, b) => b.states.length - a.states.length)[0]!
    const { states, width } = drawn(flow, 1)
    assert.equal(states[0]!.id, 'new')
    assert.equal(new Set(states.map(({ x }) => x)).size, 1)
    assert.ok(width < 420, String(width))
    const yOf = (id: string) => states.find((state) => state.id === id)!.y
    assert.ok(
      yOf('new') < yOf('ditugaskan') && yOf('ditugaskan') < yOf('terdaftar') && yOf('terdaftar') < yOf('selesai'),
    )
  })

  it('puts words into lines that fit', () => {
    assert.deepEqual(wrapped('Diteruskan ke kepala puskesmas', 20), ['Diteruskan ke kepala', 'puskesmas'])
    assert.deepEqual(wrapped('satu dua tiga empat lima enam', 9), ['satu dua', 'tiga…'])
    assert.deepEqual(wrapped('Pneumonoultramicroscopic', 10, 1), ['Pneumonou…'])
    assert.deepEqual(wrapped('', 10), [''])
  })
})
