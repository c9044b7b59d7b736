import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import * as format from '../src/format/index.ts'
import { FormatError } from '../src/format/shape.ts'

const proof = { challenge: 1n, response: 0n }
const pair = { alpha: '4', beta: '5' }
const question: format.Question = {
  answers: ['1. Ani', '2. Budi'],
  blank: true,
  min: 1,
  max: 1,
  question: 'Kepala Desa?',
}
const key: format.TrusteeKey = { pok: proof, public_key: '9' }
const signed: format.Signed = { message: '{"verification":"4","encryption":"5"}', signature: proof }
const election: format.Election = {
  version: 1,
  description: 'baris\nkedua "é" / 😀',
  name: 'Pemilihan',
  group: 'Ed25519',
  public_key: '00',
  questions: [question, { answers: ['A'], min: 0, max: 1, question: '?' }],
  uuid: 'aBcdefghijkmn1',
}
const ballot: format.Ballot = {
  election_uuid: election.uuid,
  election_hash: 'h',
  credential: '7',
  answers: [
    { choices: [pair, pair], individual_proofs: [[proof, proof]], overall_proof: [proof], blank_proof: [proof, proof] },
  ],
  signature: { hash: 'x', proof },
}
const threshold: format.Pedersen = {
  threshold: 1,
  certs: [signed],
  coefexps: [signed],
  signatures: [proof],
  verification_keys: [{ ...key, signature: proof }],
}

/** Each object with its reader and writer: one with every optional member, one with none. */
const texts: [string, (text: string) => unknown, string][] = [
  [
    'election',
    format.readElection,
    format.writeElection({ ...election, administrator: 'a', credential_authority: 'b', language: 'id' }),
  ],
  ['election, least', format.readElection, format.writeElection(election)],
  [
    'trustees',
    format.readTrustees,
    format.writeTrustees([
      ['Single', { ...key, name: 'n' }],
      ['Pedersen', threshold],
    ]),
  ],
  [
    'credentials',
    format.readCredentials,
    format.writeCredentials([
      { element: 'ab', weight: 1n },
      { element: '12', weight: 3n },
    ]),
  ],
  ['ballot', format.readBallot, format.writeBallot(ballot)],
  ['encrypted tally', format.readEncryptedTally, format.writeEncryptedTally([[pair], [pair, pair]])],
  [
    'sized tally',
    format.readSizedTally,
    format.writeSizedTally({ num_tallied: 1, total_weight: 5n, encrypted_tally: 'h' }),
  ],
  [
    'partial decryption',
    format.readPartialDecryption,
    format.writePartialDecryption({ decryption_factors: [['1']], decryption_proofs: [[proof]] }),
  ],
  ['result', format.readResult, format.writeResult([[0n, 1n], [7n]])],
  [
    'certificate',
    format.readCertificate,
    format.writeCertificate({
      context: { group: 'Ed25519', size: 3, threshold: 2, index: 1 },
      verification: '4',
      encryption: '5',
    }),
  ],
  ['coefficients', format.readCoefficients, format.writeCoefficients(['4', '5'])],
]

test('what is written is read back equal, and writing it again gives the same text', () => {
  deepEqual(format.readElection(format.writeElection(election)), election)
  deepEqual(format.readBallot(format.writeBallot(ballot)), ballot)
  deepEqual(format.readTrustees(format.writeTrustees([['Pedersen', threshold]])), [['Pedersen', threshold]])
  equal(format.writeBallot(format.readBallot(format.writeBallot(ballot))), format.writeBallot(ballot))
})

/** Every way to spell the same JSON otherwise that costs one edit, and every edit of its structure. */
function* edits(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) for (const other of edits(entry)) yield value.with(index, other)
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    yield Object.fromEntries([...entries, ['note', 'hello']])
    if (entries.length > 1) yield Object.fromEntries([...entries].reverse())
    for (const [index, [name, entry]] of entries.entries()) {
      yield Object.fromEntries(entries.with(index, [name, null]))
      for (const other of edits(entry)) yield Object.fromEntries(entries.with(index, [name, other]))
    }
  }
}

for (const [name, read, text] of texts) {
  test(`${name}: another order, a foreign member, a null or white space is refused, at every depth`, () => {
    read(text)
    for (const edit of edits(JSON.parse(text))) {
      const altered = JSON.stringify(edit)
      throws(() => read(altered), FormatError, altered)
    }
    for (const altered of [
      `${text} `,
      ` ${text}`,
      text.replace(':', ': '),
      text.replace(',', ',\n'),
      `${text}\n`,
      text.slice(0, -1),
      `${text}]`,
      '',
    ])
      if (altered !== text) throws(() => read(altered), FormatError, altered)
  })
}

test('a member that stands twice is refused, also when both say the same', () => {
  throws(() => format.readResult('{"result":[[1]],"result":[[1]]}'), FormatError)
  throws(() => format.readResult('{"result":[[2]],"result":[[1]]}'), FormatError)
})

test('a second spelling of a letter is refused, but U+007F stands as Belenios writes it', () => {
  const text = format.writeElection({ ...election, name: 'A' })
  throws(() => format.readElection(text.replace('"name":"A"', '"name":"\\u0041"')), FormatError)
  equal(format.readElection(text.replace('"name":"A"', '"name":"\\u007f"')).name, '\x7f')
  throws(() => format.readElection(text.replace('/', '\\/')), FormatError)
})

test('numbers of Z_q have one spelling', () => {
  const text = (response: string) => format.writeBallot(ballot).replaceAll('"response":"0"', `"response":${response}`)
  equal(format.readBallot(text('"12"')).signature.proof.response, 12n)
  for (const wrong of [
    '"012"',
    '"+1"',
    '"-1"',
    '"0x1"',
    '"1_0"',
    '" 1"',
    '""',
    '1',
    '"1e3"',
    '"１"',
    `"${'1'.repeat(618)}"`,
  ])
    throws(() => format.readBallot(text(wrong)), FormatError, wrong)
})

test('a weight is a JSON number up to 2^30 - 1 and a text of digits above, never the other way', () => {
  const border = 1_073_741_823n
  equal(format.writeResult([[border, border + 1n]]), '{"result":[[1073741823,"1073741824"]]}')
  deepEqual(format.readResult('{"result":[[1073741823,"1073741824"]]}'), [[border, border + 1n]])
  for (const wrong of ['1073741824', '"1073741823"', '"5"', '-1', '1.5', '-0', '1e3', 'null'])
    throws(() => format.readResult(`{"result":[[${wrong}]]}`), FormatError, wrong)
})

test('a public credential carries a weight after a comma, else it weighs 1', () => {
  deepEqual(format.readCredentials('["ab","12,0","13,40"]'), [
    { element: 'ab', weight: 1n },
    { element: '12', weight: 0n },
    { element: '13', weight: 40n },
  ])
  for (const wrong of ['["ab,"]', '["ab,01"]', '["ab,1,voter"]', '["AB"]', '[""]', '[5]', '["ab,-1"]'])
    throws(() => format.readCredentials(wrong), FormatError, wrong)
  deepEqual(format.readCredentials('[]'), [])
})

test('an election of another version, group or kind of question is refused where it says so', () => {
  const text = format.writeElection(election)
  const at = (altered: string) => {
    try {
      format.readElection(altered)
    } catch (error) {
      return (error as FormatError).at
    }
    return 'accepted'
  }
  equal(at(text.replace('"version":1', '"version":2')), 'version')
  equal(at(text.replace('Ed25519', 'Ed448')), 'group')
  equal(at(text.replace(election.uuid, 'short')), 'uuid')
  equal(at(text.replace(election.uuid, 'OOOOOOOOOOOOOO')), 'uuid')
  equal(
    at(
      text.replace('"questions":[', '"questions":[{"type":"NonHomomorphic","value":{"answers":["A"],"question":"?"}},'),
    ),
    'questions[0].answers',
  )
})

test('the owners of partial decryptions are numbered through all keys', () => {
  const named = (name: string) => ({ ...key, name })
  deepEqual(
    format
      .keysOf([
        ['Single', named('a')],
        ['Pedersen', { ...threshold, verification_keys: [named('b'), named('c')] }],
        ['Single', named('d')],
      ])
      .map(({ name }) => name),
    ['a', 'b', 'c', 'd'],
  )
})

test('bytes that are no UTF-8, or begin with a byte order mark, are no text', () => {
  throws(() => format.decodeText(Uint8Array.of(0xff)), FormatError)
  throws(() => format.decodeText(Uint8Array.of(0xed, 0xa0, 0x80)), FormatError)
  equal(format.decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa')
})
