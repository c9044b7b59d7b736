import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import indonesia from '@svg-maps/indonesia'
import fc from 'fast-check'
import { lighten, ringsOf, simplify } from './outline.ts'

describe('the platform: light outlines', () => {
  it('reads lines that are relative, absolute, level and upright', () => {
    assert.deepEqual(ringsOf('m 1,1 2,0 0,2 z M10 10H12V12z'), [
      [
        [1, 1],
        [3, 1],
        [3, 3],
      ],
      [
        [10, 10],
        [12, 10],
        [12, 12],
      ],
    ])
    assert.throws(() => ringsOf('m 0,0 c 1,1 2,2 3,3 z'), /curve/)
  })

  it('never moves a line by more than the tolerance, and keeps its ends', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (line, t) => {
          const light = simplify(line, t)
          assert.deepEqual([light[0], light.at(-1)], [line[0], line.at(-1)])
          assert.ok(light.every((p) => line.includes(p as [number, number])))
          for (const [x, y] of line) {
            const near = light.slice(1).some((b, i) => fromSegment([x, y], light[i]!, b) <= t + 1e-9)
            assert.ok(near)
          }
        },
      ),
    )
  })

  it('leaves every province on the map, at a quarter of its weight', () => {
    const light = indonesia.locations.map(({ path }: { path: string }) => lighten(path))
    assert.equal(light.length, 34)
    for (const path of light) assert.ok(ringsOf(path).length >= 1)
    const whole = indonesia.locations.reduce((sum: number, { path }: { path: string }) => sum + path.length, 0)
    assert.ok(light.join('').length < whole / 3)
  })
})

function fromSegment([x, y]: readonly number[], [x1, y1]: readonly number[], [x2, y2]: readonly number[]): number {
  const [dx, dy] = [x2! - x1!, y2! - y1!]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x! - x1!) * dx + (y! - y1!) * dy) / length))
  return Math.hypot(x! - x1! - t * dx, y! - y1! - t * dy)
}
