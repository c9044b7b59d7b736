import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { draft, reworded, seeded, written } from '../../../../test/synthetic-proposals.ts'
import { words } from './compared-words.ts'
import { type Passage, passageShare, sharedPassages } from './passages.ts'

const list = (text: string) => words(text).map(({ word }) => word)
const shown = (a: string, b: string, minWords: number) =>
  sharedPassages(a, b, minWords).map(({ a: x, b: y }) => [a.slice(x.start, x.end), b.slice(y.start, y.end)])

/** Few different words, so that runs repeat, overlap and compete. */
const text = fc
  .array(fc.tuple(fc.constantFrom('a', 'B', 'ć', 'd'), fc.constantFrom(' ', ', ', ' – ', '\n')), { maxLength: 60 })
  .map((parts) => parts.flat().join(''))

/** The texts as lists of words in which every passage is replaced by words that equal nothing. */
function blotted(of: string, side: 'a' | 'b', passages: readonly Passage[]) {
  return words(of).map(({ word, start, end }, i) => {
    const inside = passages.filter((passage) => passage[side].start <= start && end <= passage[side].end)
    assert.ok(inside.length <= 1, 'a word in two passages')
    return inside.length === 0 ? word : `${side}${i}`
  })
}

function longestCommonRun(a: string[], b: string[]) {
  let longest = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let length = 0
      while (a[i + length] !== undefined && a[i + length] === b[j + length]) length++
      longest = Math.max(longest, length)
    }
  return longest
}

describe('shared passages', () => {
  it('show each text in its own writing', () => {
    const a = 'Kami datang: Kartu Keluarga, diantar ke rumah warga! Selesai.'
    const b = 'Program ini – kartu keluargá diantar KE rumah-warga; gratis'
    assert.deepEqual(shown(a, b, 3), [
      ['Kartu Keluarga, diantar ke rumah warga', 'kartu keluargá diantar KE rumah-warga'],
    ])
  })
  it('leave out what is shorter than asked', () => {
    assert.deepEqual(shown('satu dua tiga', 'satu dua empat', 3), [])
    assert.deepEqual(shown('satu dua tiga', 'satu dua empat', 2), [['satu dua', 'satu dua']])
  })
  it('come longest first', () => {
    const passages = sharedPassages('a b c x d e f g', 'd e f g y a b c', 3)
    assert.deepEqual(
      passages.map(({ words: count }) => count),
      [4, 3],
    )
  })
  it('match a passage standing twice in both, and once when it stands once in one', () => {
    assert.equal(sharedPassages('a b c x a b c y', 'z a b c w a b c', 3).length, 2)
    assert.equal(sharedPassages('a b c x a b c y', 'z a b c w', 3).length, 1)
  })
  it('are none for empty texts, and refuse a length below one', () => {
    assert.deepEqual(sharedPassages('', 'a b', 1), [])
    assert.deepEqual(sharedPassages('a b', ' ', 1), [])
    assert.throws(() => sharedPassages('a', 'a', 0), RangeError)
  })
  it('have the same words on both sides, in order of length, and overlap nowhere', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 6 }), (a, b, minWords) => {
        const passages = sharedPassages(a, b, minWords)
        let before = Number.POSITIVE_INFINITY
        for (const passage of passages) {
          const wordsA = list(a.slice(passage.a.start, passage.a.end))
          assert.deepEqual(wordsA, list(b.slice(passage.b.start, passage.b.end)))
          assert.equal(wordsA.length, passage.words)
          assert.ok(passage.words >= minWords && passage.words <= before)
          before = passage.words
        }
        const covered = passages.reduce((sum, passage) => sum + passage.words, 0)
        const free = (side: 'a' | 'b', of: string) =>
          blotted(of, side, passages).filter((word) => !/\d/.test(word)).length
        assert.equal(free('a', a), words(a).length - covered)
        assert.equal(free('b', b), words(b).length - covered)
      }),
      { numRuns: 400 },
    )
  })
  it('leave no shared run behind, and begin with the longest there is', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 6 }), (a, b, minWords) => {
        const passages = sharedPassages(a, b, minWords)
        const longest = longestCommonRun(list(a), list(b))
        assert.equal(passages[0]?.words ?? 0, longest >= minWords ? longest : 0)
        assert.ok(longestCommonRun(blotted(a, 'a', passages), blotted(b, 'b', passages)) < minWords)
      }),
      { numRuns: 400 },
    )
  })
  it('cannot be made longer by a word that is still free on both sides', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 6 }), (a, b, minWords) => {
        const passages = sharedPassages(a, b, minWords)
        const [freeA, freeB] = [blotted(a, 'a', passages), blotted(b, 'b', passages)]
        for (const passage of passages) {
          const at = (of: string, start: number) => words(of.slice(0, start)).length
          const [firstA, firstB] = [at(a, passage.a.start), at(b, passage.b.start)]
          const differ = (x: string | undefined, y: string | undefined) => x === undefined || x !== y
          assert.ok(differ(freeA[firstA - 1], freeB[firstB - 1]))
          assert.ok(differ(freeA[firstA + passage.words], freeB[firstB + passage.words]))
        }
      }),
      { numRuns: 400 },
    )
  })
  it('cover a text copied whole', () => {
    const whole = written(draft(5))
    // Two paragraphs may come to stand so that a run takes a word from the next one.
    assert.ok(passageShare(whole, sharedPassages(whole, written(reworded(draft(5), 0, 1)))) > 0.99)
    assert.equal(passageShare('', []), 0)
  })
  it('of two long and repetitive texts come in good time', () => {
    const random = seeded(9)
    const repetitive = () => Array.from({ length: 4000 }, () => (random() < 0.5 ? 'ya' : 'tidak')).join(' ')
    const started = performance.now()
    sharedPassages(repetitive(), repetitive())
    sharedPassages('ya '.repeat(4000), 'ya '.repeat(3000))
    const broken = Array.from({ length: 450 }, (_, i) => `${'ya '.repeat(8)} x${i}`).join(' ')
    assert.equal(sharedPassages('ya '.repeat(4000), broken).length, 450)
    assert.equal(sharedPassages(broken, 'ya '.repeat(4000)).length, 450)
    assert.ok(performance.now() - started < 3000, `${performance.now() - started} ms`)
  })
})
