import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { awardsIn, identityOf, languageOf, provinceCode } from './register.ts'

describe('competition: reading the register of past winners', () => {
  it('takes two awards in one level apart, each with the year it names', () => {
    assert.deepEqual(awardsIn('Top 45; Top 15 Kelompok Khusus 2021', 2019), [
      { level: 'Top 45', year: 2019 },
      { level: 'Top 15 Kelompok Khusus', year: 2021 },
    ])
    assert.deepEqual(awardsIn('Top 99 (again Top 99 2021)', 2019), [
      { level: 'Top 99', year: 2019 },
      { level: 'Top 99', year: 2021 },
    ])
    assert.deepEqual(awardsIn('Top 45; UNPSA 2021 nominee', 2020), [
      { level: 'Top 45', year: 2020 },
      { level: 'UNPSA 2021 nominee', year: 2021 },
    ])
  })

  it('leaves a level that tells of one award word for word', () => {
    for (const level of ['Top 99 or Top 40 (source does not say which)', 'Finalis (Top 99/15)', 'JIPPNas record'])
      assert.deepEqual(awardsIn(level, null), [{ level, year: null }])
  })

  it('knows provinces by today’s names and the short ones, and national as none of them', () => {
    assert.equal(provinceCode('DI Yogyakarta'), '34')
    assert.equal(provinceCode('D.I. Yogyakarta'), '34')
    assert.equal(provinceCode('Provinsi Papua Barat Daya'), '96')
    assert.equal(provinceCode('DKI Jakarta'), '31')
    assert.equal(provinceCode('Nasional'), null)
    assert.equal(provinceCode('Jawa'), undefined)
    assert.equal(provinceCode('constructor'), undefined)
  })

  it('takes an innovation for the same however it is spaced and capitalised, but not at another agency', () => {
    const once = identityOf('PSC 119 Satria', 'Dinas Kesehatan Kabupaten Banyumas')
    assert.equal(identityOf(' psc  119 SATRIA ', 'Dinas kesehatan  Kabupaten Banyumas'), once)
    assert.notEqual(identityOf('PSC 119 Satria', 'Dinas Kesehatan Kabupaten Gresik'), once)
  })

  it('tells the language of a text by its smallest words', () => {
    assert.equal(languageOf('One online window for the licences of a city.'), 'en')
    assert.equal(languageOf('Layanan bagi warga yang tinggal di pulau.'), 'id')
    assert.equal(languageOf('123'), 'id')
  })
})
