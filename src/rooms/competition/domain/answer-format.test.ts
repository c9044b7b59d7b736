import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hasFormat } from './answer-format.ts'

const digits = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((each) => each.join(''))
const between = fc.constantFrom('', ' ', '-', '.')
const letters = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), { minLength: 1, maxLength: 12 })
const word = letters.map((each) => each.join(''))

describe('the form of an e-mail address and of a telephone number', () => {
  it('takes a mobile number with +62, 62 or 0, with spaces, dots or dashes', () => {
    const number = fc.tuple(
      fc.constantFrom('+62', '+62 ', '+62-', '62', '0', '+62 0'),
      digits(2, 2),
      between,
      digits(4, 4),
    )
    fc.assert(
      fc.property(number, between, digits(3, 4), ([start, operator, gap, middle], other, end) =>
        assert.equal(hasFormat('telephone', `${start}8${operator}${gap}${middle}${other}${end}`), true),
      ),
    )
  })

  it('takes a landline with its area code, in brackets or not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('21', '22', '274', '361', '411', '967'),
        between,
        digits(5, 8),
        fc.boolean(),
        (area, gap, number, brackets) =>
          assert.equal(hasFormat('telephone', `${brackets ? `(0${area}) ` : `0${area}${gap}`}${number}`), true),
      ),
    )
    for (const number of [' (021) 3456-789 ', '+62 (21) 345 6789', '+62 (0)21 3456789', '021-3456789 ext. 12'])
      assert.equal(hasFormat('telephone', number), true, number)
  })

  it('takes an e-mail address of any Indonesian domain', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom('go.id', 'co.id', 'com', 'sch.id'), (name, domain, end) =>
        assert.equal(hasFormat('email', `${name}.1@${domain}.${end}`), true),
      ),
    )
  })

  it('takes no prose, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 8 }), (words) => {
        assert.equal(hasFormat('email', words.join(' ')), false)
        assert.equal(hasFormat('telephone', words.join(' ')), false)
      }),
    )
    for (const text of [
      '',
      'Hubungi kami di 081234567890 pada jam kerja.',
      'belum ada',
      '12345',
      '08',
      '081234567890123456',
      '+1 202 555 0100',
      'sri@contoh.go.id',
    ])
      assert.equal(hasFormat('telephone', text), false, text)
    for (const text of [
      '',
      'Surel saya sri@contoh.go.id',
      'sri@contoh',
      'sri@@contoh.go.id',
      'sri contoh@go.id',
      '081234567890',
    ])
      assert.equal(hasFormat('email', text), false, text)
  })

  it('is decided at once for the longest text an answer may hold', () => {
    for (const text of ['a'.repeat(20_000), `a@${'a-'.repeat(10_000)}`, `0${'8 '.repeat(10_000)}`])
      for (const format of ['email', 'telephone'] as const) assert.equal(hasFormat(format, text), false)
  })
})
