import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { Bars, Days, IndonesiaMap } from './chart.tsx'

const common = { lang: 'id' as const, caption: 'Diajukan', labelHead: 'Provinsi', valueHead: 'Jumlah' }
const numbers = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, n]) => Number(n))

describe('platform: charts', () => {
  it('writes the words of bars as text of the page, whole, with bars in proportion to the greatest', () => {
    const long = 'Perlindungan dan pelestarian lingkungan hidup bagi generasi mendatang'
    const items = [
      { label: long, value: 1200, href: '/x' },
      { label: 'Kesehatan', value: 300 },
      { label: 'Nol', value: 0 },
    ]
    const html = render(h(Bars, { ...common, items }))
    assert.ok(html.includes(`<a href="/x" tabindex="-1">${long}</a>`))
    assert.match(html, /<span class="value">1\.200<\/span>/)
    assert.doesNotMatch(html, /<text/)
    assert.deepEqual(numbers(html, /class="bar" width="([\d.]+)"/g), [100, 25, 0])
    // For the pointer alone, with links in it; the table behind it has the same links for everybody.
    assert.match(html, /<div class="bars" aria-hidden="true">/)
    assert.match(html, new RegExp(`<th scope="row"><a href="/x">${long}</a>`))
    assert.match(render(h(Bars, { ...common, items: items.slice(1) })), /role="img" aria-label="Diajukan"/)
  })

  it('counts days in whole numbers', () => {
    const html = render(h(Days, { ...common, items: [0, 1, 2].map((value) => ({ label: `${value} Mei`, value })) }))
    assert.deepEqual(numbers(html, /dominant-baseline="middle">([^<]+)</g), [0, 1, 2])
    assert.match(render(h(Days, { ...common, items: [] })), /<svg/)
  })

  it('says which numbers each shade of the map stands for', () => {
    const legend = (values: number[]) => {
      const items = ['Aceh', 'Bali', 'Riau'].flatMap((label, i) =>
        values[i] === undefined ? [] : [{ label, value: values[i] }],
      )
      const html = render(h(IndonesiaMap, { ...common, items }))
      return [...html.matchAll(/class="(band-\d)" width="1" height="1"><\/rect><\/svg>([^<]+)/g)].map(
        ([, band, of]) => `${band} ${of}`,
      )
    }
    assert.deepEqual(legend([8, 3, 1]), ['band-0 0', 'band-1 1–2', 'band-2 3–4', 'band-3 5–6', 'band-4 7–8'])
    assert.deepEqual(legend([1]), ['band-0 0', 'band-4 1'])
    assert.deepEqual(legend([]), ['band-0 0', 'band-4 1'])
  })

  it('shades each province as the legend says', () => {
    for (const most of [1, 2, 3, 4, 5, 7, 8, 13, 100]) {
      for (const value of [1, Math.ceil(most / 4), Math.ceil(most / 2), most]) {
        const html = render(
          h(IndonesiaMap, {
            ...common,
            items: [
              { label: 'Aceh', value: most },
              { label: 'Bali', value },
            ],
          }),
        )
        const band = /class="shape (band-\d)"[^>]*><title>Bali/.exec(html)![1]!
        const [from, to = from] = new RegExp(`class="${band}" width="1" height="1"></rect></svg>([^<]+)`)
          .exec(html)![1]!
          .split('–')
          .map(Number) as [number, number?]
        assert.ok(from <= value && value <= to, `${value} of ${most}: ${band} is ${from}–${to}`)
      }
    }
  })
})
