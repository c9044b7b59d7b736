import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { continues, standingOf, type Version } from './versions.ts'

const v = (sheet: string, corrects: string | null = null, more: Partial<Version> = {}): Version => ({
  hash: `${more.how ?? 'signed'} ${sheet}`,
  sheet,
  version: corrects === null ? 1 : 2,
  corrects,
  how: 'signed',
  votes: [1, 2],
  blank: 0,
  present: 3,
  ...more,
})
const heads = (versions: Version[], settled?: { sheet: string; known: string[] }) => {
  const standing = standingOf(versions, settled)
  if (standing.kind === 'missing') return ['missing']
  const of = standing.kind === 'contradicting' ? standing.heads : [standing.head]
  return [standing.kind, ...of.map(({ hash }) => hash).sort()]
}

describe('voting: versions of a result', () => {
  it('are missing, counted, corrected or contradicting', () => {
    assert.deepEqual(heads([]), ['missing'])
    assert.deepEqual(heads([v('a')]), ['counted', 'signed a'])
    assert.deepEqual(heads([v('a'), v('b', 'a')]), ['corrected', 'signed b'])
    assert.deepEqual(heads([v('b', 'a'), v('a'), v('c', 'b', { version: 3 })]), ['corrected', 'signed c'])
    assert.deepEqual(heads([v('a'), v('b')]), ['contradicting', 'signed a', 'signed b'])
    assert.deepEqual(heads([v('a'), v('b', 'a'), v('c', 'a')]), ['contradicting', 'signed b', 'signed c'])
  })

  it('know a sheet that was typed and came signed later as one, unless its numbers differ', () => {
    const typed = v('a', null, { how: 'typed' })
    assert.deepEqual(heads([typed]), ['counted', 'typed a'])
    assert.deepEqual(heads([typed, v('a')]), ['counted', 'signed a'])
    assert.deepEqual(heads([typed, v('a', null, { votes: [2, 1] })]), ['contradicting', 'signed a', 'typed a'])
    assert.deepEqual(heads([typed, v('a'), v('b', 'a')]), ['corrected', 'signed b'])
  })

  it('count as the committee settled them until something comes that it did not know', () => {
    const settled = { sheet: 'b', known: ['a', 'b'] }
    assert.deepEqual(heads([v('a'), v('b')], settled), ['corrected', 'signed b'])
    assert.deepEqual(heads([v('a'), v('b'), v('c', 'b')], settled), ['corrected', 'signed c'])
    assert.deepEqual(heads([v('a'), v('b'), v('c')], settled), ['contradicting', 'signed a', 'signed b', 'signed c'])
    assert.deepEqual(heads([v('a'), v('b'), v('c', 'a')], settled), ['contradicting', 'signed b', 'signed c'])
    assert.deepEqual(heads([v('a'), v('b'), v('c', 'b'), v('d', 'b')], settled)[0], 'contradicting')
  })

  it('are taken in their order only', () => {
    assert.equal(continues([], { version: 1, corrects: null }), true)
    assert.equal(continues([], { version: 2, corrects: null }), false)
    assert.equal(continues([], { version: 2, corrects: 'a' }), false)
    assert.equal(continues([v('a')], { version: 2, corrects: 'a' }), true)
    assert.equal(continues([v('a')], { version: 3, corrects: 'a' }), false)
    assert.equal(continues([v('a')], { version: 2, corrects: 'b' }), false)
  })
})
