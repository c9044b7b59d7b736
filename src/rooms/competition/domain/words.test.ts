import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { wordCount } from './words.ts'

describe('counting words', () => {
  const table: [string, number][] = [
    ['', 0],
    ['  \n\t ', 0],
    ['anak-anak', 1],
    ['Anak-anak bermain di taman.', 4],
    ['ibu hamil – risiko tinggi', 4],
    ['• satu\n• dua', 2],
    ['rumah—sakit', 2],
    ['turun 12,5% (dari 3.054)', 4],
    ['dan/atau', 1],
    ['keluarga\u00a0miskin', 2],
    ['satu\u200bdua', 2],
    ['- … !', 0],
  ]
  for (const [text, words] of table)
    it(`finds ${words} in ${JSON.stringify(text)}`, () => assert.equal(wordCount(text), words))

  const word = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8})?$/)
  it('counts each word once, whatever the space between', () => {
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(' ', '  ', '\n', ' \t'), (words, space) =>
        assert.equal(wordCount(words.join(space)), words.length),
      ),
    )
  })
  it('adds up over texts that are set side by side', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => wordCount(`${a} ${b}`) === wordCount(a) + wordCount(b)))
  })
  it('does not count lone punctuation', () => {
    fc.assert(fc.property(fc.array(word), (words) => wordCount(words.join(' - ')) === words.length))
  })
})
