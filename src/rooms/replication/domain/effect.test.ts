import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Latest, sideBySide, targetsMet } from './effect.ts'
import type { Runner } from './shown.ts'

const figure = (indicator: string, whole: Latest['figures'][number]['whole']): Latest['figures'][number] => ({
  indicator,
  whole,
  cells: [],
  names: { id: indicator },
  unit: null,
  better: 'more',
  query: { kind: 'count' },
  of: '2026-03-01',
})
const seen = { n: 40, value: 12, hidden: false }
const hidden = { n: null, value: null, hidden: true }
const runner = (service: string) => ({ service }) as Runner
const latest = (figures: Latest['figures']): Latest => ({ day: '2026-03-01', version: '1.0.0', hash: 'h', figures })

describe('replication: the effect of each who runs it', () => {
  it('stands side by side in the order of who runs it, and what is hidden stays hidden', () => {
    const effect = sideBySide(
      [runner('a'), runner('b'), runner('c')],
      new Map([
        ['a', latest([figure('x', seen), figure('y', hidden)])],
        ['c', latest([figure('y', seen)])],
      ]),
    )
    assert.deepEqual(
      effect.runners.map(({ service }) => service),
      ['a', 'c'],
    )
    assert.deepEqual(
      effect.rows.map(({ indicator, cells }) => [indicator, cells]),
      [
        ['x', [{ ...seen, of: '2026-03-01' }, null]],
        [
          'y',
          [
            { ...hidden, of: '2026-03-01' },
            { ...seen, of: '2026-03-01' },
          ],
        ],
      ],
    )
  })

  it('meets a target from its side, and a hidden figure meets none', () => {
    const met = (target: number, better: 'more' | 'less', whole: Latest['figures'][number]['whole']) =>
      targetsMet([{ id: 'x', target, better }], [figure('x', whole)]).length
    assert.deepEqual(
      [
        met(12, 'more', seen),
        met(13, 'more', seen),
        met(12, 'less', seen),
        met(11, 'less', seen),
        met(100, 'less', hidden),
      ],
      [1, 0, 1, 0, 0],
    )
  })
})
