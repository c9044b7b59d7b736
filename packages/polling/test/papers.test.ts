import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Counts,
  hashOf,
  noCounts,
  reconcile,
  resultKind,
  shortHash,
  sign,
  type TpsResult,
} from '../src/format/index.ts'
import { fromBase45, toBase45 } from '../src/print/documents/parts.ts'
import { voterMillimetres } from '../src/print/documents/stock.ts'
import {
  codesSheet,
  consumables,
  escPos,
  hourlyHead,
  incidentReport,
  joinParts,
  minutes,
  numberInWords,
  openingSheet,
  type Paper,
  type Place,
  planoSheet,
  qrParts,
  receipt,
  reconciliationSheet,
  refusalSlip,
  resultSheet,
  rollsForBooth,
  selfTest,
  sheetPdf,
  slip,
  stampStrip,
  verificationReport,
  wholeHash,
  zeroReport,
} from '../src/print/index.ts'
import { strips, stripText } from '../src/print/strip.ts'
import { makeTps } from './village.ts'

const made = makeTps({ voters: 20, reserve: 5, number: 3 })
const photo = readFileSync(new URL('fixtures/jpeg/progressive.jpg', import.meta.url)).toString('base64')
const content = {
  ...made.package,
  candidates: made.package.candidates.map((each) => ({ ...each, photo, photoHash: hashOf(`photo ${each.number}`) })),
}
const text = JSON.stringify(content)
const at = (lang: 'id' | 'en'): Place => ({ package: content, text, lang })
const words = (paper: Paper) =>
  stripText(strips(Buffer.concat(escPos(paper))))
    .replaceAll(/\.{3,}/g, ' ')
    .replaceAll(/\s+/g, ' ')
const signers = content.officers.map(({ role, name }) => [role, name] as const)
const counts: Counts = {
  ...noCounts,
  present: 12,
  issued: 13,
  returned: 1,
  used: 13,
  cast: 12,
  void: 1,
  slips: 12,
  slipsVoid: 1,
  reprints: 2,
}
const result: TpsResult = {
  format: 'melayani-result/1',
  mode: 'real',
  election: content.election.id,
  tps: content.tps.id,
  package: hashOf(text),
  version: 1,
  roll: 20,
  present: 12,
  votes: [5, 4, 2],
  blank: 1,
  counts,
  source: 'tally',
  archive: hashOf('archive'),
  reconciled: true,
  differences: [],
}
const resultText = JSON.stringify(result)
const page = 'https://desa.example/pilkades/tps/3'
const head = {
  software: hashOf('software'),
  stationKey: made.centre.key,
  devices: [{ name: 'Bilik 1', key: made.committee.key }],
  counts: noCounts,
  step: '2026-11-22T06:45',
  signers,
}

test('every paper of officers names election, polling place, date and the short hash of the package, in both languages', async () => {
  for (const lang of ['id', 'en'] as const) {
    const place = at(lang)
    const laws = reconcile(counts, { pool: 25, roll: 20, unused: 12, voidSlips: 1, replaced: 2 })
    const verified = {
      archive: hashOf('a'),
      sound: true,
      ballots: 12,
      checked: 120,
      required: 120,
      faults: [],
      signers,
    }
    const papers = [
      zeroReport(place, head),
      hourlyHead(place, { step: head.step, counts, commitment: hashOf('box'), chain: hashOf('log'), signers }),
      incidentReport(place, {
        step: head.step,
        device: 'Bilik 1',
        what: 'Kertas macet',
        note: 'Dibersihkan.',
        signers,
      }),
      reconciliationSheet(place, { counts, laws, differences: [], signers }),
      verificationReport(place, verified),
      resultSheet(place, { result, text: resultText, page, signers }),
      planoSheet(place, { result, text: resultText, page, signers }),
      minutes(place, { title: 'Pembukaan', paragraphs: ['Kotak audit kosong.'], present: signers }),
      consumables(place),
    ]
    for (const paper of papers) {
      const said = words(paper)
      for (const part of [
        content.election.name,
        content.tps.place,
        lang === 'id' ? 'Minggu, 22 November 2026' : 'Sunday',
        shortHash(hashOf(text)),
      ])
        assert.ok(said.includes(part), `${paper.kind}: ${part}`)
      assert.equal(paper.lang, lang)
      const pdf = (await sheetPdf(paper)).toString('latin1')
      for (const part of ['/Marked true', `/Lang (${lang === 'id' ? 'id-ID' : 'en-GB'})`, '/S /H1', '/S /TD'])
        assert.ok(pdf.includes(part), `${paper.kind}: ${part}`)
      assert.equal(pdf.split('/S /Figure').length, pdf.split('/Alt (').length, 'every figure has words')
    }
  }
})

test('R37, R33: the zero report has number, name and hash of the photograph of each candidate, the roll and the tokens', () => {
  const said = words(zeroReport(at('id'), head))
  for (const { number, name, photoHash } of content.candidates)
    assert.ok(said.includes(`${number} ${name} ${shortHash(photoHash!)}`), name)
  for (const hash of [content.roll.hash, content.pool.hash, hashOf(text), head.software, head.stationKey])
    assert.ok(said.replaceAll(' ', '').includes(wholeHash(hash).replaceAll(' ', '')))
  assert.ok(said.includes('Pemilih dalam DPT 20'))
  assert.ok(said.includes('Token tersegel 25'))
})

test('R14: all copies of a result are one PDF to the last byte, and its hash stands on it whole', async () => {
  const given = { result, text: resultText, page, signers }
  const [one, two] = [await sheetPdf(resultSheet(at('id'), given)), await sheetPdf(resultSheet(at('id'), given))]
  assert.ok(one.equals(two))
  const said = words(resultSheet(at('id'), given))
  assert.ok(said.replaceAll(' ', '').includes(hashOf(resultText).toUpperCase()))
  assert.ok(said.includes('1 Sari Wulandari 5 lima'))
  assert.ok(said.includes('Pilihan kosong 1 satu'))
  assert.ok(said.includes('Jumlah suara sah 11 Jumlah dengan pilihan kosong 12'))
  for (const who of content.rules.copies) assert.ok(said.includes(who), who)
})

test('R1: certificate and wall sheet say how many votes are valid, in both languages', () => {
  for (const sheet of [resultSheet, planoSheet]) {
    const given = { result, text: resultText, page, signers }
    assert.match(words(sheet(at('id'), given)), /Jumlah suara sah 11 /)
    assert.match(words(sheet(at('en'), given)), /Valid votes 11 /)
  }
})

test('R49: a result with numbers that cannot be is not printed', () => {
  const refused = (change: Partial<TpsResult>) => {
    const changed = { ...result, ...change }
    for (const sheet of [resultSheet, planoSheet])
      assert.throws(() => sheet(at('id'), { result: changed, text: JSON.stringify(changed), signers }), RangeError)
  }
  refused({ votes: [617, 4, 2] })
  refused({ votes: [5, 4] })
  refused({ votes: [5, 4, -2] })
  refused({ present: 21 })
  refused({ roll: 21, present: 21 })
  refused({ blank: 1.5 })
  // More than have come is a difference, and is printed with its explanation; more than the roll is never one (R49, R64).
  const more = { votes: [5, 4, 3], reconciled: false }
  refused(more)
  refused({ ...more, votes: [13, 4, 3], differences: ['issued: Meja 1 hilang.'] })
  const explained = { ...result, ...more, differences: ['issued: Meja 1 hilang.'] }
  for (const sheet of [resultSheet, planoSheet])
    assert.ok(sheet(at('id'), { result: explained, text: JSON.stringify(explained), signers }))
  refused({ package: hashOf('another') })
})

test('R48: a correction names the version before and why', () => {
  const corrected: TpsResult = { ...result, version: 2, corrects: { hash: hashOf(resultText), reason: 'Salah salin' } }
  const said = words(resultSheet(at('id'), { result: corrected, text: JSON.stringify(corrected), signers }))
  assert.ok(said.includes('Versi 2'))
  assert.ok(said.includes('Salah salin'))
  assert.ok(said.replaceAll(' ', '').includes(hashOf(resultText).toUpperCase()))
})

test('R64: a law that does not hold stands out on the reconciliation sheet, with both its sides', () => {
  const good = reconcile(counts, { pool: 25, roll: 20, unused: 12, voidSlips: 1, replaced: 2 })
  assert.ok(good.every(({ holds }) => holds))
  assert.ok(words(reconciliationSheet(at('id'), { counts, laws: good, differences: [], signers })).includes('cocok.'))
  const short = { ...counts, slips: 11 }
  const laws = reconcile(short, { pool: 25, roll: 20, unused: 12, voidSlips: 1, replaced: 2 })
  const said = words(
    reconciliationSheet(at('id'), { counts: short, laws, differences: ['Satu struk sobek.'], signers }),
  )
  assert.match(said, /suara elektronik = struk sah 12 11 TIDAK/)
  assert.ok(said.includes('Hasil belum sah'))
  assert.ok(said.includes('Satu struk sobek.'))
})

test('T11: a verification that checked fewer proofs than there are is not printed as sound', () => {
  const given = { archive: hashOf('a'), sound: true, ballots: 12, checked: 120, required: 120, faults: [], signers }
  assert.ok(words(verificationReport(at('id'), given)).includes('SAH: setiap bukti'))
  for (const change of [{ checked: 119 }, { sound: false }, { faults: ['ballot 3: signature'] }])
    assert.ok(words(verificationReport(at('id'), { ...given, ...change })).includes('TIDAK SAH'))
})

test('R62: an opening on paper comes back whole from its codes, whatever the order, and a lost one is named', () => {
  const record = JSON.stringify({ opening: Array.from({ length: 300 }, (_, each) => hashOf(`${each}`)) })
  const sheet = openingSheet({ package: content, code: 'k'.repeat(43), record, chosen: 'Budi Santoso' })
  const codes = sheet.blocks.flatMap((block) => ('qr' in block ? [block.qr] : []))
  assert.ok(codes.length > 3)
  assert.ok(escPos(sheet).length > codes.length, 'each fits the roll')
  const shuffled = codes.toReversed()
  assert.deepEqual(joinParts([...shuffled, shuffled[0]!]), { ok: true, kind: 'UJI', text: record })
  assert.deepEqual(joinParts(codes.filter((_, each) => each !== 1)), { ok: false, missing: [2] })
  const damaged = codes.map((code, each) =>
    each === 2 ? `${code.slice(0, 50)}${code[50] === '0' ? '1' : '0'}${code.slice(51)}` : code,
  )
  assert.deepEqual(joinParts(damaged), { ok: false, wrong: 'damaged' })
  assert.deepEqual(joinParts([codes[0]!, qrParts('UJI', 'other')[0]!]), { ok: false, wrong: 'mixed' })
  assert.deepEqual(joinParts(['https://desa.example']), { ok: false, wrong: 'form' })
  assert.deepEqual(joinParts([]), { ok: false, wrong: 'form' })
})

test('any text goes through codes and back; any bytes through base45', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (any) => {
      const joined = joinParts(qrParts('HASIL', any))
      assert.deepEqual(joined, { ok: true, kind: 'HASIL', text: any })
    }),
    { numRuns: 100 },
  )
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(fromBase45(toBase45(bytes)), bytes)
    }),
  )
  assert.equal(toBase45(Buffer.from('Hello!!')), '%69 VD92EX0', 'the example of RFC 9285')
  assert.equal(fromBase45('GGW'), undefined)
  assert.equal(fromBase45('a'), undefined)
})

test('numbers in words, as they are read aloud', () => {
  const cases: [number, string, string][] = [
    [0, 'nol', 'zero'],
    [11, 'sebelas', 'eleven'],
    [16, 'enam belas', 'sixteen'],
    [45, 'empat puluh lima', 'forty-five'],
    [100, 'seratus', 'one hundred'],
    [117, 'seratus tujuh belas', 'one hundred and seventeen'],
    [923, 'sembilan ratus dua puluh tiga', 'nine hundred and twenty-three'],
    [1000, 'seribu', 'one thousand'],
    [2015, 'dua ribu lima belas', 'two thousand and fifteen'],
    [10374, 'sepuluh ribu tiga ratus tujuh puluh empat', 'ten thousand three hundred and seventy-four'],
    [1_100_001, 'satu juta seratus ribu satu', 'one million one hundred thousand and one'],
  ]
  for (const [value, id, en] of cases)
    assert.deepEqual([numberInWords('id', value), numberInWords('en', value)], [id, en])
})

test('a refusal, a stamp and a paper test say nothing of a voter', () => {
  const refusal = refusalSlip({ package: content, desk: 1, reason: 'Anda terdaftar di TPS 2.', next: ['Ke TPS 2.'] })
  assert.ok(words(refusal).includes('Anda terdaftar di TPS 2.'))
  for (const paper of [refusal, stampStrip({ package: content, text: `S.1.1.${'a'.repeat(86)}` }), selfTest(content)])
    for (const { name } of made.roll.voters) assert.ok(!words(paper).includes(name))
  const practice = { ...content, mode: 'practice' as const }
  assert.ok(words(refusalSlip({ package: practice, desk: 1, reason: '.', next: [] })).includes('LATIHAN'))
  for (const paper of [zeroReport({ ...at('id'), package: practice }, head), selfTest(practice)])
    assert.ok(words(paper).includes('LATIHAN'), paper.kind)
})

test('R42: the roll that is reckoned for a voter is longer than what is printed for one', () => {
  const papers = [
    receipt({ package: content, code: 'k'.repeat(43), address: page }),
    slip({ package: content, choice: 2 }),
  ]
  const dots = papers
    .flatMap((paper) => strips(Buffer.concat(escPos(paper))))
    // The knife stands some 15 mm above the head.
    .reduce((sum, each) => sum + ('cut' in each ? 120 : 'bitmap' in each ? each.bitmap.height : 30 * each.size), 0)
  assert.ok(dots / 8 < voterMillimetres, `${dots / 8} mm`)
  assert.ok(dots / 8 > voterMillimetres * 0.7, 'and not much longer')
  assert.equal(rollsForBooth(500, 1), 2)
  assert.equal(rollsForBooth(3000, 5), 3)
})

test('what a result is signed for is what is printed', () => {
  const signature = sign(resultKind, resultText, { role: 'chair', signer: 'Ketua' }, made.officers[0]!.secret)
  assert.equal(signature.key, content.officers[0]!.key)
  assert.ok(
    words(resultSheet(at('id'), { result, text: resultText, signers })).includes(
      wholeHash(hashOf(resultText)).slice(0, 39),
    ),
  )
})

test('R61, T12, T15: the list for the wall has each code once, in an order that is not that of voting', async () => {
  const codes = ['zeta', 'alpha', 'Mitte'].map((each) => each.padEnd(43, 'x'))
  const sheet = codesSheet(at('id'), { cast: codes, opened: ['opened'.padEnd(43, 'y')] })
  assert.deepEqual(codesSheet(at('id'), { cast: codes.toReversed(), opened: ['opened'.padEnd(43, 'y')] }), sheet)
  const lines = stripText(strips(Buffer.concat(escPos(sheet)))).split('\n')
  for (const code of codes) assert.equal(lines.filter((line) => line === code).length, 1)
  assert.ok(lines.includes('Surat suara yang dihitung: 3'))
  assert.ok((await sheetPdf(sheet)).length > 1000)
})
