import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { comparedText, stretches } from './compared-text.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rules = shippedRounds().find(({ year }) => year === 2017)!

describe('competition: the text that is compared', () => {
  it('joins the long answers in the order of the form and leaves names and telephones out', () => {
    const { text, parts } = comparedText(rules, 'umum', {
      masalah: ' Jauh dari puskesmas. ',
      ringkasan: 'Obat diantar.',
      'inovator-nama': 'Nama',
      kebaruan: '  ',
    })
    assert.equal(text, 'Obat diantar.\n\nJauh dari puskesmas.')
    assert.deepEqual(
      parts.map(({ question, start, end }) => [question, text.slice(start, end)]),
      [
        ['ringkasan', 'Obat diantar.'],
        ['masalah', 'Jauh dari puskesmas.'],
      ],
    )
    assert.equal(comparedText(rules, 'tidak-ada', { a: 'satu', b: 'dua' }).text, 'satu\n\ndua')
  })

  it('loses no letter when it is cut at passages, wherever they run', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz'
    const cuts = fc
      .uniqueArray(fc.nat(26), { maxLength: 8 })
      .map((points) => points.sort((a, b) => a - b))
      .map((points) =>
        Array.from({ length: Math.floor(points.length / 2) }, (_, i) => ({
          start: points[2 * i]!,
          end: points[2 * i + 1]!,
          number: i + 1,
        })),
      )
    fc.assert(
      fc.property(cuts, fc.nat(13), fc.integer({ min: 13, max: 26 }), (passages, start, end) => {
        const part = { question: 'x', label: { id: 'x', en: 'x' }, start, end }
        const cut = stretches({ text }, part, passages)
        assert.equal(cut.map((each) => each.text).join(''), text.slice(start, end))
        for (const each of cut) assert.notEqual(each.text, '')
      }),
    )
  })
})
