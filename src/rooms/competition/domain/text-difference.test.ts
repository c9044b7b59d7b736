import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { textDifference } from './text-difference.ts'

describe('competition: what changed in a text', () => {
  it('tells the words that came and went', () => {
    assert.deepEqual(textDifference('Perahu sehat bagi warga pulau.', 'Perahu sehat untuk warga dua pulau.'), [
      { kind: 'same', text: 'Perahu sehat ' },
      { kind: 'gone', text: 'bagi ' },
      { kind: 'added', text: 'untuk ' },
      { kind: 'same', text: 'warga ' },
      { kind: 'added', text: 'dua ' },
      { kind: 'same', text: 'pulau.' },
    ])
  })
  it('tells nothing of equal texts and everything of a first one', () => {
    assert.deepEqual(textDifference('sama', 'sama'), [{ kind: 'same', text: 'sama' }])
    assert.deepEqual(textDifference('', 'baru'), [{ kind: 'added', text: 'baru' }])
    assert.deepEqual(textDifference('', ''), [])
  })
  it('holds both texts whole, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a ', 'b ', 'c', '\n\n', ' ', 'anak-anak ')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = textDifference(before, after)
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('')
        assert.equal(without('added'), before)
        assert.equal(without('gone'), after)
      }),
    )
  })
})
