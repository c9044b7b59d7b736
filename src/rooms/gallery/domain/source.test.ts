import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readSource } from './source.ts'

describe('gallery: the source of an award', () => {
  it('leads to the very page where the note names it by a number or a path', () => {
    const exact = (source: string) => readSource(source).map(({ href, exact }) => exact && href)
    assert.deepEqual(exact('biroorganisasi.sulbarprov.go.id p=10261 (May 2025)'), [
      'https://biroorganisasi.sulbarprov.go.id/?p=10261',
    ])
    assert.deepEqual(exact('jatim.antaranews.com 204127 pakde-karwo-borong-tiga-penghargaan'), [
      'https://jatim.antaranews.com/berita/204127/pakde-karwo-borong-tiga-penghargaan',
    ])
    assert.deepEqual(exact('antaranews.com 1859268 yasonna; kumparan Kemenkumham 25 Nov 2020'), [
      'https://www.antaranews.com/berita/1859268/yasonna',
      undefined,
    ])
    assert.deepEqual(exact('github pujisubarkah/Jippnas (LAN prototype carrying JIPPNas records)'), [
      'https://github.com/pujisubarkah/Jippnas',
    ])
    assert.deepEqual(exact('scribd 561189913 Memahami Penilaian'), ['https://www.scribd.com/document/561189913'])
    assert.deepEqual(exact('https://contoh.go.id/berita/1?x=2 (2024)'), ['https://contoh.go.id/berita/1?x=2'])
  })

  it('leads to the site alone where only a headline is known, and nowhere where no site is', () => {
    assert.deepEqual(readSource('menpan.go.id surabaya-raih-dua (2021); seed 003'), [
      { text: 'menpan.go.id', href: 'https://menpan.go.id/', exact: false, rest: ' surabaya-raih-dua (2021)' },
      { text: 'seed 003', rest: '' },
    ])
    assert.deepEqual(readSource('github code find: Kota Probolinggo awards table')[0]!.href, undefined)
    assert.deepEqual(readSource('javascript:alert(1)')[0]!.href, undefined)
  })

  it('loses nothing of the note, whatever it says, and never leads to anything but a web page', () => {
    const note = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.tuple(fc.domain(), fc.string()).map((two) => two.join(' ')),
    )
    fc.assert(
      fc.property(note, (source) => {
        const parts = readSource(source)
        assert.equal(parts.map(({ text, rest }) => text + rest).join('; '), source.split(/;\s*/).join('; '))
        for (const { href } of parts) if (href) assert.match(href, /^https?:\/\//)
      }),
    )
  })
})
