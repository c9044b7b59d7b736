import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareTitles, normaliseTitle, titleHints, titleParts, trigramSimilarity, trigrams } from './title.ts'

const kakekku = 'Kakekku Datang (Kartu Keluargaku Data Ulang)'
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`)

describe('the trigrams of pg_trgm', () => {
  it('pad every word with two spaces before and one behind, as the manual shows', () => {
    assert.deepEqual([...trigrams('cat')].sort(), ['  c', ' ca', 'at ', 'cat'])
    assert.deepEqual([...trigrams('foo|bar')].sort(), ['  b', '  f', ' ba', ' fo', 'ar ', 'bar', 'foo', 'oo '].sort())
  })
  // The first from the manual; the others as PostgreSQL 18.4 returned them.
  const vectors: [string, string, number][] = [
    ['word', 'two words', 0.36363637],
    ['kakekku datang', 'kakekku datang kartu keluargaku data ulang', 0.45454547],
    ['gerakan masyarakat peduli sampah desa', 'gerakan masyarakat peduli sampah', 0.8611111],
    ['si pintar', 'sipintar', 0.5833333],
    ['ñandú désa', 'nandu desa', 0.15789473],
    ['119', '119 gawat darurat', 0.23529412],
    ['ya ya ya', 'ya', 1],
    ['', '', 0],
    ['', 'a', 0],
    ['a', 'a', 1],
    ['Kartu', 'KARTU', 1],
  ]
  for (const [a, b, expected] of vectors)
    it(`give "${a}" and "${b}" the similarity ${expected}`, () => near(trigramSimilarity(a, b), expected))
  it('give a similarity that is symmetric, from 0 to 1, and a `real`', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const similarity = trigramSimilarity(a, b)
        assert.equal(similarity, trigramSimilarity(b, a))
        assert.equal(similarity, Math.fround(similarity))
        assert.ok(similarity >= 0 && similarity <= 1)
        if (trigrams(a).size > 0) assert.equal(trigramSimilarity(a, a), 1)
      }),
    )
  })
})

describe('a normalised title', () => {
  const table: [string, string][] = [
    ['  SI-PINTAR: “Sistem”  Informasi! ', 'si pintar sistem informasi'],
    ['Jum’at Bersih', 'jumat bersih'],
    ['Péduli', 'peduli'],
    ['…', ''],
  ]
  for (const [title, expected] of table) it(`"${title}"`, () => assert.equal(normaliseTitle(title), expected))
  it('stays as it is when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) =>
        assert.equal(normaliseTitle(normaliseTitle(title)), normaliseTitle(title)),
      ),
    )
  })
})

describe('the parts of a title', () => {
  const expanded: [string, string, string][] = [
    [kakekku, 'kakekku datang', 'kartu keluargaku data ulang'],
    ['Kartu Keluargaku Data Ulang (Kakekku Datang)', 'kakekku datang', 'kartu keluargaku data ulang'],
    ['(SSW) Surabaya Single Window', 'ssw', 'surabaya single window'],
    ['SIGAP: Sistem Informasi Gawat Darurat Pasien', 'sigap', 'sistem informasi gawat darurat pasien'],
    ['SIGAP – Sistem Informasi Gawat Darurat Pasien', 'sigap', 'sistem informasi gawat darurat pasien'],
    ['SIGAP [Sistem Informasi Gawat Darurat Pasien', 'sigap', 'sistem informasi gawat darurat pasien'],
    ['SIGAP adalah Sistem Informasi Gawat Darurat Pasien', 'sigap', 'sistem informasi gawat darurat pasien'],
  ]
  for (const [title, name, expansion] of expanded)
    it(`of "${title}"`, () => assert.deepEqual(titleParts(title), { name, expansion, aside: undefined }))
  const others: [string, string, string | undefined][] = [
    ['Layanan Keliling (Kabupaten Gresik)', 'layanan keliling', 'kabupaten gresik'],
    ['Sistem EDAT (Early Diagnosis and Treatment) Malaria', 'sistem edat malaria', 'early diagnosis and treatment'],
    ['Sekolah Perempuan: Dari Desa', 'sekolah perempuan dari desa', undefined],
    ['e-voting', 'e voting', undefined],
    ['(Sekolah)', 'sekolah', undefined],
    ['Sekolah ()', 'sekolah', undefined],
    ['', '', undefined],
  ]
  for (const [title, name, aside] of others)
    it(`of "${title}"`, () => assert.deepEqual(titleParts(title), { name, expansion: undefined, aside }))
})

describe('two titles', () => {
  const table: [string, string, string][] = [
    [kakekku, 'KAKEKKU DATANG (kartu keluargaku, data ulang)', 'same'],
    ['Si Pintar', 'SIPINTAR', 'same'],
    [kakekku, 'Kakekku Datang', 'same-name'],
    [kakekku, 'Kartu Keluargaku Data Ulang', 'same-expansion'],
    [kakekku, 'Kartu Keluargaku Data Ulang (KAKEKKU DATANG)', 'same-expansion'],
    ['SIGAP (Sistem Informasi Gawat Darurat Pasien)', 'SIGAP (Siaga Antar Pasien ke Rumah)', 'different'],
    ['SIGAP (Sistem Informasi Gawat Darurat Pasien)', 'SIGAP (Sistem Informasi Kegawatdaruratan Pasien)', 'same-name'],
    ['Gerakan Masyarakat Peduli Sampah Desa', 'Gerakan Masyarakat Peduli Sampah', 'near'],
    ['Layanan Keliling (Kabupaten Gresik)', 'Sekolah Perempuan (Kabupaten Gresik)', 'different'],
    ['Rompi KPK (Kelas Pencegahan Korupsi)', 'Rompi KPK', 'same-name'],
    ['Rompi KPK (Kelas Pencegahan Korupsi)', 'Rompi KPK (Kain Perca Kita)', 'different'],
    ['', '', 'different'],
    ['?', '!', 'different'],
  ]
  for (const [a, b, rule] of table)
    it(`"${a}" and "${b}" are ${rule}`, () => {
      assert.equal(compareTitles(a, b).rule, rule)
      assert.deepEqual(compareTitles(b, a), compareTitles(a, b))
    })
  it('compare alike from either side, whatever they are', () => {
    const title = fc.array(fc.constantFrom('si', 'Kartu', '(', ')', 'k', ': ', ' – ', 'desa'), { maxLength: 8 })
    fc.assert(
      fc.property(title, title, (a, b) => {
        const [x, y] = [a.join(' '), b.join(' ')]
        assert.deepEqual(compareTitles(x, y), compareTitles(y, x))
        if (normaliseTitle(x) !== '') assert.equal(compareTitles(x, x).rule, 'same')
      }),
      { numRuns: 500 },
    )
  })
})

describe('the hints for a title', () => {
  const table: [string, string[]][] = [
    [kakekku, []],
    ['DPMPTSP 119', []],
    ['Bank Sampah 3R', []],
    ['10000 Jamban', []],
    ['4', ['few-letters', 'placeholder']],
    ['???', ['few-letters']],
    ['Aaaaplikasi', ['repeated-characters']],
    ['hahaha', ['repeated-characters']],
    ['desa desa desa', ['repeated-word']],
    ['asdfgh', ['keyboard-run']],
    ['Tes 123', ['placeholder']],
    ['Layanan Bangsat', ['coarse-word']],
  ]
  for (const [title, hints] of table) it(`"${title}"`, () => assert.deepEqual(titleHints(title), hints))
  it('take the words of the round', () => assert.deepEqual(titleHints('Si Anu', new Set(['anu'])), ['coarse-word']))
})
