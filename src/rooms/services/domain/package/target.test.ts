import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inFiles, small } from '../../../../../test/packages.ts'
import { readPackage } from './read.ts'

const read = (indicator: string) =>
  readPackage(inFiles({ ...small, 'indicators.yaml': `indicators:\n  - ${indicator}\n` })).problems.map(
    ({ rule }) => rule,
  )

describe('services: the target of an indicator', () => {
  it('says from which side it is reached, and is not reached by having no case', () => {
    const median = 'id: lama, kind: median, value: minutes.dipinjam, names: { id: Menit }'
    assert.deepEqual(read(`{ ${median}, target: 60, better: less }`), [])
    assert.deepEqual(read(`{ ${median}, target: 60 }`), ['target-without-direction'])
    assert.deepEqual(read('{ id: n, kind: count, names: { id: N }, target: 10, better: more }'), [])
    assert.deepEqual(read('{ id: n, kind: count, names: { id: N }, target: 10, better: less }'), [
      'target-without-cases',
    ])
  })
})
