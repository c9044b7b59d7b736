// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how XLSForm names a question
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { fromXlsForm, toXlsForm } from './xlsform.ts'
import { toFeel, toXPath } from './xpath.ts'

describe('services: XLSForm', () => {
  for (const name of ['laskar-penjaja-sayur', 'garda-ampuh'])
    it(`takes every form of ${name} there and back without losing anything`, () => {
      for (const form of packageOf(filesOf(name)).forms) {
        const read = fromXlsForm(toXlsForm(form))
        assert.deepEqual(read.problems, [])
        assert.deepEqual(read.ok && read.value, form)
      }
    })

  it('writes what other programs read: types, labels by language, lists, required, relevant, constraint', () => {
    const form = packageOf(filesOf('laskar-penjaja-sayur')).forms.find(({ id }) => id === 'pendaftaran')!
    const { survey, choices, settings } = toXlsForm(form)
    const head = survey[0]!
    const row = (name: string) =>
      Object.fromEntries(survey.find((cells) => cells[1] === name)!.map((cell, i) => [head[i], cell]))
    assert.deepEqual(
      [
        row('tinggi').type,
        row('tinggi')['label::Bahasa Indonesia (id)'],
        row('tinggi').required,
        row('tinggi').constraint,
      ],
      ['integer', 'Tinggi badan (cm)', 'yes', '. >= 100 and . <= 200'],
    )
    assert.equal(row('lama_kawin').relevant, '${hamil_ke} = 1')
    assert.equal(row('riwayat').type, 'select_multiple riwayat')
    assert.deepEqual(choices.find((cells) => cells[1] === 'sesar')!.slice(0, 4), [
      'riwayat',
      'sesar',
      '10 Pernah operasi sesar',
      '10 Caesarean',
    ])
    assert.deepEqual(settings[1]!.slice(0, 2), ['Pendaftaran oleh bidan', 'pendaftaran'])
  })

  it('reads a form that was written elsewhere', () => {
    const read = fromXlsForm({
      survey: [
        ['type', 'name', 'label', 'hint', 'required', 'relevant', 'constraint', 'calculation'],
        ['start', 'start', '', '', '', '', '', ''],
        ['text', 'Nama', 'Nama ibu', 'Seperti di KTP', 'yes', '', '', ''],
        ['integer', 'umur', 'Umur', '', 'yes', '', '. >= 10 and . <= 55', ''],
        ['note', 'n1', 'Terima kasih', '', '', '', '', ''],
        ['select_multiple tanda', 'tanda', 'Tanda', '', '', '${umur} >= 35', '', ''],
        ['begin repeat', 'anak', 'Anak', '', '', '', '', ''],
        ['date', 'lahir', 'Tanggal lahir', '', '', '', '', ''],
        ['end repeat', '', '', '', '', '', '', ''],
        ['image', 'ttd', 'Tanda tangan', '', '', "selected(${tanda}, 'pucat')", '', ''],
        ['calculate', 'sisa', '', '', '', '', '', '50 - ${umur}'],
      ],
      choices: [
        ['list_name', 'name', 'label'],
        ['tanda', 'pucat', 'Pucat'],
        ['tanda', 'bengkak', 'Bengkak'],
      ],
      settings: [
        ['form_title', 'form_id'],
        ['Kunjungan Ibu', 'kunjungan-ibu'],
      ],
    })
    assert.deepEqual(
      read.problems.map(({ rule, at, level }) => [rule, at, level]),
      [['xlsform-left-out', 'survey[5]', 'warning']],
    )
    assert.ok(read.ok)
    assert.deepEqual([read.value.id, read.value.names], ['kunjungan_ibu', { id: 'Kunjungan Ibu' }])
    assert.deepEqual(
      read.value.fields.map(({ id, type, required, when }) => [id, type, required, when]),
      [
        ['nama', 'text', true, undefined],
        ['umur', 'int', true, undefined],
        ['tanda', 'multi', false, 'umur >= 35'],
        ['anak', 'group', false, undefined],
        ['ttd', 'photo', false, 'list contains(tanda, "pucat")'],
        ['sisa', 'calculated', false, undefined],
      ],
    )
  })

  it('takes what somebody has changed in the sheet', () => {
    const form = packageOf(filesOf('laskar-penjaja-sayur')).forms.find(({ id }) => id === 'pendaftaran')!
    const sheets = toXlsForm(form)
    const column = (name: string) => sheets.survey[0]!.indexOf(name)
    const row = (name: string) => sheets.survey.find((cells) => cells[1] === name)!
    row('tinggi')[column('constraint')] = '. >= 120'
    row('nik')[column('required')] = 'yes'
    row('hb')[column('relevant')] = '${tinggi} > 100'
    row('lama_kawin')[column('relevant')] = ''
    row('nama')[column('label::English (en)')] = 'Her name'
    const read = fromXlsForm(sheets)
    assert.ok(read.ok, JSON.stringify(read.problems))
    const field = (name: string) => read.value.fields.find(({ id }) => id === name) as Record<string, unknown>
    assert.deepEqual([field('tinggi').min, field('tinggi').max], [120, undefined])
    assert.equal(field('nik').required, true)
    assert.equal(field('hb').when, 'tinggi > 100')
    assert.equal(field('lama_kawin').when, undefined)
    assert.deepEqual(field('nama').label, { id: 'Nama lengkap', en: 'Her name' })
    // Nothing else has changed.
    const changed = new Set(['tinggi', 'nik', 'hb', 'lama_kawin', 'nama'])
    const rest = (fields: readonly { id: string }[]) => fields.filter(({ id }) => !changed.has(id))
    assert.deepEqual(rest(read.value.fields), rest(form.fields))
  })

  it('says with its row what it cannot turn, and drops nothing in silence', () => {
    const survey = [
      ['type', 'name', 'label', 'relevant', 'constraint'],
      ['barcode', 'kode', 'Kode', '', ''],
      ['text', 'nama', 'Nama', 'pulldata("x", "y")', ''],
      ['text', 'rt', 'RT', '', "regex(., '[0-9]+')"],
    ]
    const read = fromXlsForm({ survey, choices: [], settings: [] })
    assert.equal(read.ok, false)
    assert.deepEqual(
      read.problems.map(({ rule, at }) => [rule, at]),
      [
        ['xlsform-type', 'survey[2]'],
        ['xlsform-expression', 'survey[3]'],
        ['xlsform-expression', 'survey[4]'],
      ],
    )
  })

  it('turns conditions both ways, and leaves alone what only one language can say', () => {
    const fields = new Set(['umur', 'tanda', 'nama'])
    const pairs = [
      ['umur >= 35 and list contains(tanda, "tua")', "${umur} >= 35 and selected(${tanda}, 'tua')"],
      ['not(umur = 1) or nama = null', "not(${umur} = 1) or ${nama} = ''"],
      ['umur / 2 > 1.5 and (nama != "x" or umur < 3)', "${umur} div 2 > 1.5 and (${nama} != 'x' or ${umur} < 3)"],
    ]
    for (const [feel, xpath] of pairs) {
      assert.equal(toXPath(feel!, fields), xpath)
      assert.equal(toFeel(xpath!), feel)
    }
    for (const feel of ['setting.x > 1', 'today - duration("P1D") > umur', 'some a in tanda satisfies a = "x"'])
      assert.equal(toXPath(feel, fields), undefined)
    assert.equal(toFeel('count(${anak}) > 2'), undefined)
  })
})
