import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainGroup, respellNumber } from '../src/reference/groups.ts'
import { type ReferenceReport, verifyReference } from '../src/reference/index.ts'
import { type Archive, archives } from './archives/list.ts'
import { readFixture } from './archives/read.ts'

/** A report in the words of `list.ts`. */
const found = ({ stage, counts, result, verdict }: ReferenceReport) => ({
  verdict,
  stage,
  ballots: counts.ballots,
  counted: counts.counted,
  weight: Number(counts.weight),
  ...(result ? { result: result.map((row) => row.map(Number)) } : {}),
})

const reports = new Map<string, ReferenceReport>()
const reportOf = (name: string) => {
  const report = reports.get(name) ?? verifyReference(readFixture(name))
  reports.set(name, report)
  return report
}

for (const archive of archives.filter(({ expected }) => !expected.unsupported)) {
  const { name, expected } = archive
  test(`${name}: sound, at the stage and with the votes that were cast`, () => {
    const report = reportOf(name)
    assert.deepEqual(report.faults, [])
    assert.deepEqual(report.notCanonical, [])
    assert.deepEqual(found(report), { verdict: 'sound', ...expected })
    assert.deepEqual(report.counts, { ...report.counts, ...countsOf(archive) })
  })
}

/** What there is to be checked in an election, added up from its description. */
function countsOf({ tool, expected, election }: Archive) {
  const { single, pedersen = { threshold: 0, of: 0 } } = election.trustees
  const { threshold: t, of: n } = pedersen
  let [perBallot, elements, choices] = [0, 1, 0]
  for (const question of election.questions) {
    if ('type' in question) continue
    const width = question.answers.length + (question.blank ? 1 : 0)
    perBallot += width + (question.blank ? 2 : 1)
    elements += 2 * width
    choices += width
  }
  const stages = ['decrypting', 'decrypted']
  // Once there is an encrypted tally.
  const tallied = ['tallied', ...stages].includes(election.stage) ? 2 * choices : 0
  const decryptions = stages.includes(election.stage) ? (election.owners?.length ?? single + n) : 0
  return {
    voters: election.weights.length,
    proofs: expected.ballots * perBallot + single + n + decryptions * choices,
    // A certificate has two keys; a polynomial t coefficients; and the key that comes of it.
    memberships:
      election.weights.length +
      single +
      n * (2 + t + 1) +
      expected.ballots * elements +
      tallied +
      decryptions * choices,
    // Of a certificate and a polynomial; from 3.0 on of all certificates together and of the key.
    signatures: expected.ballots + (tool === '2.0' ? 2 : 4) * n,
  }
}

test('what was looked at in some archives, in numbers written by hand', () => {
  const looked = (name: string) => {
    const { records, proofs, memberships, signatures } = reportOf(name).counts
    return { records, proofs, memberships, signatures }
  }
  // Three ballots of 3 + 1 proofs, the trustee's knowledge, three decrypted choices. Four credentials, one key, 3 · 7, 6 in the tally, 3.
  assert.deepEqual(looked('2.0-single'), { records: 21, proofs: 16, memberships: 35, signatures: 3 })
  assert.deepEqual(looked('3.0-single'), { records: 21, proofs: 16, memberships: 35, signatures: 3 })
  // No ballot at all.
  assert.deepEqual(looked('2.0-no-ballots'), { records: 15, proofs: 4, memberships: 12, signatures: 0 })
  // 2 of 3 in the form of 2.0: a certificate and a polynomial signed by each; in that of 3.x two signatures more.
  assert.deepEqual(looked('2.0-pedersen'), { records: 27, proofs: 25, memberships: 56, signatures: 9 })
  assert.deepEqual(looked('3.0-pedersen'), { records: 27, proofs: 25, memberships: 56, signatures: 15 })
})

test('a question whose answers are not added up is not judged, and the report says so', () => {
  const report = reportOf('2.0-other-question')
  assert.equal(report.verdict, 'unsupported')
  assert.deepEqual(report.unsupported, ['question 0: type "NonHomomorphic"'])
  assert.deepEqual(report.faults, [])
})

test('elements of small order, of another curve point, in another spelling or beyond the prime are no members', () => {
  const ed = plainGroup('Ed25519')!
  assert.equal(ed.read(ed.g.text)?.text, ed.g.text)
  assert.equal(ed.read(`${'0'.repeat(63)}1`)?.text, ed.one.text)
  for (const text of [
    // The points of order 2 (y = -1) and 4 (y = 0); y = 2 is on no point; g plus the point of order 2.
    '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec',
    '0'.repeat(64),
    `${'0'.repeat(63)}2`,
    '9999999999999999999999999999999999999999999999999999999999999995',
    // y = p + 1, the neutral element spelt again; its sign bit set; upper case; 63 and 65 digits.
    '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee',
    `8${'0'.repeat(62)}1`,
    ed.g.power(2n).text.toUpperCase(),
    ed.g.text.slice(1),
    `0${ed.g.text}`,
    '',
  ])
    assert.equal(ed.read(text), undefined, text)

  for (const name of ['BELENIOS-2048', 'RFC-3526-2048']) {
    const group = plainGroup(name)!
    assert.equal(group.read(group.g.text)?.text, group.g.text)
    assert.equal(group.read('1')?.text, '1')
    assert.equal(group.g.power(group.q).text, '1')
    for (const text of ['0', '', '-1', '01', `0${group.g.text}`, '3'.repeat(618)])
      assert.equal(group.read(text), undefined)
  }
  // p - 1 has order 2.
  const rfc = plainGroup('RFC-3526-2048')!
  assert.equal(rfc.read((2n * rfc.q).toString()), undefined)
  assert.equal(rfc.read((2n * rfc.q + 2n).toString()), undefined)
})

test('numbers are read in every spelling that Belenios reads, and in no other', () => {
  for (const text of ['10', '+10', '0010', '1_0', '1__0_', '0xA', '0Xa', '+0x0a', '0o12', '0O12', '0b1010', '0B1_010'])
    assert.equal(respellNumber(text), 10n, text)
  for (const text of [
    '',
    '+',
    '-10',
    '_10',
    '0x',
    '0x_a',
    '0o8',
    '0b2',
    '0d10',
    '0u10',
    ' 10',
    '10 ',
    '1.0',
    '1e1',
    '10n',
    '１０',
  ])
    assert.equal(respellNumber(text), undefined, text)
  const ed = plainGroup('Ed25519')!
  assert.equal(ed.respell(ed.g.text.toUpperCase()), ed.g.text)
  const residues = plainGroup('BELENIOS-2048')!
  assert.equal(residues.respell(`0x${BigInt(residues.g.text).toString(16)}`), residues.g.text)
})
