import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { canBeTold, type Line, nextQuestion, step, type Talk } from './conversation.ts'
import { nationalHolidays } from './holidays.ts'
import { open } from './moving.ts'

const now = Date.parse('2026-03-02T10:00:00+07:00')
const regions = [
  { code: '35.10.20.2001', kind: 'village', name: 'Jambewangi', within: 'Sempu' },
  { code: '35.10.20.2002', kind: 'village', name: 'Karangsari', within: 'Sempu' },
  { code: '35.10.07.2005', kind: 'village', name: 'Karangsari', within: 'Genteng' },
]

function lineOf(name: string, formId: string): Line {
  const pkg = packageOf(filesOf(name))
  return {
    pkg,
    form: pkg.forms.find(({ id }) => id === formId)!,
    here: { place: { zone: 'WIB', holidays: nationalHolidays() }, settings: {}, language: 'id', allowSynthetic: true },
    regions,
    now,
    phone: '+6281234567890',
  }
}
const garda = lineOf('garda-ampuh', 'laporan')
const laskar = lineOf('laskar-penjaja-sayur', 'laporan')

/** A conversation played to where it stands after these messages. */
function played(line: Line, messages: readonly string[]) {
  let talk: Talk | null = null
  let last = step(line, talk, '')
  for (const message of messages) {
    last = step(line, talk, message)
    talk = last.talk
  }
  return last
}

describe('services: a form answered by message', () => {
  it('asks the consents of the form with their text, and what is covered only when it was given', () => {
    const before = played(laskar, ['LAPOR', 'YA', 'jambewangi', '003'])
    assert.equal(nextQuestion(laskar, before.talk!)!.id, 'izin_ibu')
    assert.ok(JSON.stringify(before.say).includes('Bolehkah saya memberi tahu bidan'))
    const asked = (answer: string) =>
      nextQuestion(laskar, played(laskar, ['LAPOR', 'YA', 'jambewangi', '003', answer]).talk!)!.id
    assert.equal(asked('2'), 'nama_panggilan')
    assert.equal(asked('tidak'), 'sudah_periksa')
  })

  it('opens what the page would open, with several choices by number and a warning that is explained', () => {
    const messages = [
      'LAPOR',
      'YA',
      'Jambewangi',
      '003',
      '2',
      'Sari',
      'INI',
      'LEWAT',
      '17',
      'LEWAT',
      '2',
      '9, 10',
      '1',
      'LEWAT',
    ]
    const warned = played(laskar, messages)
    assert.equal(warned.talk?.stage, 'warning')
    const sent = played(laskar, [...messages, 'Umurnya dari KTP', 'YA'])
    assert.deepEqual(sent.open?.answers, {
      desa: '3510202001',
      rt: '003',
      izin_ibu: 'ya_data_saja',
      nama_panggilan: 'Sari',
      hp: '+6281234567890',
      kira_umur: 17,
      sudah_periksa: 'tidak',
      tanda: ['bengkak', 'pucat'],
      tanda_bahaya: ['tidak_ada'],
    })
    assert.deepEqual(sent.open?.despite, { muda_tidak_dicentang: 'Umurnya dari KTP' })
    const changed = played(laskar, [...messages, 'UBAH'])
    assert.equal(nextQuestion(laskar, changed.talk!)!.id, 'tanda')
  })

  it('offers regions of one name by number', () => {
    const offered = played(garda, ['LAPOR', 'YA', 'desa karangsari'])
    assert.deepEqual(offered.say, [{ word: 'talkOffer', with: { list: '1 Karangsari, Sempu\n2 Karangsari, Genteng' } }])
    assert.equal(played(garda, ['LAPOR', 'YA', 'desa karangsari', '2']).talk!.answers.desa, '3510072005')
  })

  it('does not take forms that need a camera, a place or a table', () => {
    assert.equal(canBeTold(garda.form), true)
    assert.equal(canBeTold(laskar.form), true)
    const needsPhoto = laskar.form.fields.map((field) => (field.id === 'foto' ? { ...field, required: true } : field))
    assert.equal(canBeTold({ ...laskar.form, fields: needsPhoto }), false)
  })

  const message = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        'YA',
        'LEWAT',
        'Jambewangi',
        '003',
        '2',
        '1',
        '1 3',
        '14',
        'INI',
        'Sari rahasia',
        'TIDAK',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('BATAL', 'BANTUAN', 'STOP', 'UBAH', 'LAPOR', '__proto__', '9910205203890001'),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
  )

  it('whatever is written: says something or opens, never says an answer back, and opens only what the engine takes', () => {
    fc.assert(
      fc.property(fc.constantFrom(garda, laskar), fc.array(message, { maxLength: 25 }), (line, messages) => {
        let talk: Talk | null = null
        for (const text of ['LAPOR', 'YA', ...messages]) {
          const next = step(line, talk, text)
          assert.deepEqual(step(line, talk, text), next)
          assert.ok(next.say.length > 0 || next.open || next.status)
          assert.ok(!JSON.stringify(next.say).includes('rahasia'))
          if (next.did === 'stopped' || next.did === 'cancelled' || next.did === 'refused')
            assert.equal(next.talk, null)
          if (next.open) {
            const { id, roles } = line.pkg.flows
              .find((flow) => flow.id === line.pkg.manifest.main)!
              .moves.find(({ from, form }) => from === 'new' && form === line.form.id)!
            const act = { move: id, role: roles[0]!, ...next.open }
            const outcome = open(line.pkg, line.here, 'X-1', line.pkg.manifest.main, act, line.now)
            assert.ok(outcome.ok, JSON.stringify(outcome))
          }
          talk = next.talk
        }
      }),
      { numRuns: 150 },
    )
  })
})
