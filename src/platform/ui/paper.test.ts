import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readPdf } from '../../../test/pdf-text.ts'
import { openPaper, type PaperHead } from './paper.ts'

const head: PaperHead = {
  lang: 'id',
  title: 'Umpan balik: “Laskar” Tukang Sayur – ke‑2',
  number: 'KIPP-2017-0001/UB',
  at: new Date('2017-06-02T03:00:00Z'),
  demo: false,
}

describe('platform: papers', () => {
  it('draw every name and sign as it is written, in the fonts of the house', async () => {
    const names = [
      'Cut Nyak Meutia, Teuku Dēwantara, Ni Wayan Ayuʼ, Dr. H. I Gusti Ngurah Rai, S.H., M.Si., Ph.D.',
      'Ma’ruf Ja‘far Mu’min É. Sĕmar Çelik Nuñez Łukasz Đặng Thị Öz Ærø Ștefan Žižek',
      '“Sakina” – Stop … 1.234,5 % ≥ ≤ ± × ÷ → € ° ² ½ • § © ™ — efisien, fleksibel, difoto',
    ]
    const paper = openPaper(head)
    for (const name of names) paper.paragraph(name)
    const read = readPdf(await paper.close())
    for (const name of names.map((n) => n.replace('ʼ', '’')))
      assert.ok(read.text.includes(name), `${name}\n${read.text}`)
    assert.equal(read.missing, 0)
  })

  it('put a box, never a wrong letter, where the sign is of another script, and leave out signs without a width', async () => {
    const paper = openPaper(head)
    paper.paragraph('Aksara ꦲ日ж🙂 dan pe\u00ADnyam\u200Bbung ✓')
    const read = readPdf(await paper.close())
    assert.match(read.text, /Aksara □□□□ dan penyambung √/)
    assert.equal(read.missing, 0)
  })

  it('say their title and language, are tagged, and count their pages', async () => {
    const paper = openPaper({ ...head, lang: 'en', to: 'Dinas Kesehatan' })
    paper.heading('Points')
    const rows = Array.from({ length: 90 }, (_, i) => [`Criterion ${i + 1}`, `${i}.00`])
    paper.table(
      [
        { head: 'Criterion', share: 3 },
        { head: 'Mean', share: 1, number: true },
      ],
      rows,
    )
    paper.check('https://example.go.id/x/1', 'Check it here.')
    const read = readPdf(await paper.close())
    assert.equal(read.title, head.title)
    assert.equal(read.lang, 'en-GB')
    assert.deepEqual(
      [read.tags.H1, read.tags.H2, read.tags.Table, read.tags.TR, read.tags.TH, read.tags.TD, read.tags.Figure],
      [1, 1, 1, 91, 2, 180, 1],
    )
    const { length } = read.pages
    assert.ok(length > 1)
    for (const [i, lines] of read.pages.entries()) {
      assert.deepEqual(lines.slice(-2), ['KIPP-2017-0001/UB', `${i + 1}/${length}`])
      if (i < length - 1 || lines.some((line) => line.startsWith('Criterion ')))
        assert.equal(lines.filter((line) => line === 'Mean').length, 1, 'each page of a table has its head')
    }
    for (const [name] of rows) assert.equal(read.pages.flat().filter((line) => line === name).length, 1)
    assert.match(read.text, /https:\/\/example\.go\.id\/x\/1/)
  })

  it('are the same bytes each time, and say when they are of the demo', async () => {
    const draw = async (demo: boolean) => {
      const paper = openPaper({ ...head, demo })
      paper.paragraph('Isi')
      return Buffer.from(await paper.close())
    }
    assert.deepEqual(await draw(false), await draw(false))
    assert.doesNotMatch(readPdf(await draw(false)).text, /Peragaan/)
    assert.match(readPdf(await draw(true)).text, /Peragaan: bukan surat resmi/)
  })
})
