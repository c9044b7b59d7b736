import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawCredential } from '../src/cast/credential.ts'
import { openBooth } from '../src/cast/encrypt.ts'
import { checkOpening, mayBeCast, readOpening, sayChosen, sealBallot, writeOpening } from '../src/cast/spoil.ts'
import { readBallot } from '../src/format/ballot.ts'
import { base64Hash } from '../src/hash.ts'
import { randomScalar } from '../src/random.ts'
import { inverseModulo, modulo } from '../src/scalar.ts'
import { ask, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'

const questions = [ask(3, 0, 2, 1), ask(2)]
const { text, group, election, x } = keyedElection('Ed25519', questions)
const y = group.decode(election.public_key)!
const booth = openBooth(text)
let drawn = 0
function encrypted(choices: number[][]) {
  const random = seeded(`spoil ${drawn++}`)
  return booth.encrypt(drawCredential(random), choices, random)
}
const vote = [
  [0, 1, 0, 1],
  [0, 1],
]
const ballot = encrypted(vote)
const record = sealBallot(ballot).spoil()

test('an opened ballot says what had been voted, in every group', () => {
  for (const name of ['BELENIOS-2048', 'RFC-3526-2048', 'Ed25519'] as const) {
    const small = keyedElection(name, [ask(1, 0, 1, 1)], 'opened')
    const random = seeded(`opened ${name}`)
    const sealed = sealBallot(openBooth(small.text).encrypt(drawCredential(random), [[0, 1]], random))
    const verdict = checkOpening(small.text, sealed.spoil())
    assert.deepEqual(verdict, { faults: [], trackingCode: sealed.trackingCode, choices: [[0, 1]], chosen: [['A']] })
  }
})

test('the opening is the one form of its record, and the tracking code is that of the ballot in it', () => {
  assert.equal(writeOpening(readOpening(record)), record)
  const verdict = checkOpening(text, record)
  assert.deepEqual(verdict, {
    faults: [],
    trackingCode: ballot.trackingCode,
    choices: vote,
    chosen: [['A', 'C'], ['B']],
  })
  assert.equal(base64Hash(readOpening(record).ballot), ballot.trackingCode)
})

test('in words: names with commas and an "and", blank, nobody', () => {
  const titled = { ...election, questions: election.questions.map((each, at) => ({ ...each, question: `Q${at}` })) }
  assert.deepEqual(sayChosen(titled, [['A', 'C'], ['B']], 'en'), ['Q0 – A and C', 'Q1 – B'])
  assert.deepEqual(sayChosen(titled, [['A', 'B', 'C'], []], 'id'), ['Q0 – A, B dan C', 'Q1 – Tidak memilih siapa pun'])
  assert.deepEqual(sayChosen(titled, ['blank', ['blank']], 'id'), ['Q0 – Pilihan kosong', 'Q1 – blank'])
  assert.deepEqual(sayChosen(titled, ['blank', []], 'en'), ['Q0 – Blank vote', 'Q1 – Nobody chosen'])
})

test('a ballot is cast or opened, once, and what the other way needs is gone', () => {
  const refusal = /has been cast or spoiled/
  const cast = sealBallot(encrypted(vote))
  assert.deepEqual(Object.keys(cast.cast()).toSorted(), ['commitments', 'text'])
  assert.throws(() => cast.spoil(), refusal)
  assert.throws(() => cast.cast(), refusal)
  const spoilt = sealBallot(encrypted(vote))
  assert.equal(checkOpening(text, spoilt.spoil()).faults.length, 0)
  assert.throws(() => spoilt.cast(), refusal)
  assert.throws(() => spoilt.spoil(), refusal)
})

test('a spoiled ballot may not be cast, the next one of the same voter may', () => {
  const spoiled = new Set([ballot.trackingCode])
  assert.equal(mayBeCast(ballot.text, spoiled), false)
  assert.equal(mayBeCast(encrypted(vote).text, spoiled), true)
  assert.equal(mayBeCast(ballot.text, new Set()), true)
})

type Altered = {
  version: number
  election: string
  ballot: string
  opening: { r: string; m: number }[][]
}
const faultsOf = (alter: (opening: Altered) => void): { rule: string; at: string }[] => {
  const altered: Altered = JSON.parse(record)
  alter(altered)
  const wrong = JSON.stringify(altered)
  assert.notEqual(wrong, record)
  return checkOpening(text, wrong).faults.map(({ rule, at }) => ({ rule, at }))
}

test('a booth that encrypted something else cannot open it as what the voter chose', () => {
  // The ballot holds B for question 1; the record says A, with the true r.
  assert.deepEqual(
    faultsOf(({ opening }) => {
      opening[1]![0]!.m = 1
      opening[1]![1]!.m = 0
    }),
    [
      { rule: 'ciphertext', at: 'opening[1][0]' },
      { rule: 'ciphertext', at: 'opening[1][1]' },
    ],
  )
  // Another r fits alpha or beta, never both.
  const r = randomScalar(group.order, seeded('another r')).toString()
  assert.deepEqual(
    faultsOf(({ opening }) => {
      opening[0]![2] = { r, m: 0 }
    }),
    [{ rule: 'ciphertext', at: 'opening[0][2]' }],
  )
  // The same r in a second spelling, r + q.
  assert.deepEqual(
    faultsOf(({ opening }) => {
      opening[0]![2]!.r = (BigInt(opening[0]![2]!.r) + group.order).toString()
    }),
    [{ rule: 'ciphertext', at: 'opening[0][2]' }],
  )
})

test('not even somebody who knows the secret key of the election can open a ballot as another vote', () => {
  // y^r·g^m = y^r'·g^m' with r' = r + (m − m')/x: such an r' fits beta, and alpha shows that it is false.
  const q = group.order
  const faults = faultsOf(({ opening }) => {
    for (const [choice, m] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const opened = opening[1]![choice]!
      const shift = modulo(BigInt(opened.m - m) * inverseModulo(x, q), q)
      opened.r = modulo(BigInt(opened.r) + shift, q).toString()
      opened.m = m
      const forged = group.multiply(group.power(y, BigInt(opened.r)), group.power(group.generator, BigInt(m)))
      assert.equal(group.encode(forged), readBallot(ballot.text).answers[1]!.choices[choice]!.beta)
    }
  })
  assert.deepEqual(faults, [
    { rule: 'ciphertext', at: 'opening[1][0]' },
    { rule: 'ciphertext', at: 'opening[1][1]' },
  ])
})

test('every m turned round and every r one more is refused', () => {
  for (const [question, choices] of readOpening(record).opening.entries())
    for (const choice of choices.keys()) {
      const turned = faultsOf(({ opening }) => {
        opening[question]![choice]!.m = 1 - opening[question]![choice]!.m
      })
      assert.notDeepEqual(turned, [])
      const more = faultsOf(({ opening }) => {
        opening[question]![choice]!.r = ((BigInt(opening[question]![choice]!.r) + 1n) % group.order).toString()
      })
      assert.deepEqual(more, [{ rule: 'ciphertext', at: `opening[${question}][${choice}]` }])
    }
})

test('choices that the questions do not allow, missing and superfluous ones are named', () => {
  const choices = [{ rule: 'choices', at: 'opening' }]
  assert.deepEqual(
    faultsOf(({ opening }) => opening.pop()),
    choices,
  )
  assert.deepEqual(
    faultsOf(({ opening }) => opening[0]!.pop()),
    choices,
  )
  assert.deepEqual(
    faultsOf(({ opening }) => opening.push(opening[1]!)),
    choices,
  )
  assert.deepEqual(
    faultsOf(({ opening }) => {
      opening[0]![0]!.m = 1
    }),
    choices,
  )
})

test('another version, another election, a member too many, white space and other numbers are not this form', () => {
  assert.deepEqual(
    faultsOf((opening) => {
      opening.election = opening.election.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    }),
    [{ rule: 'election', at: 'election' }],
  )
  const form = (at: string, alter: (opening: Altered) => void) =>
    assert.deepEqual(faultsOf(alter), [{ rule: 'form', at }])
  form('version', (opening) => {
    opening.version = 2
  })
  form('note', (opening) => Object.assign(opening, { note: 'hello' }))
  form('opening[0][1].m', ({ opening }) => {
    opening[0]![1]!.m = 2
  })
  form('opening[0][1].r', ({ opening }) => {
    opening[0]![1]!.r = `0${opening[0]![1]!.r}`
  })
  for (const wrong of [`${record}\n`, record.replace(',', ', '), '', '[]', 'null'])
    assert.deepEqual(
      checkOpening(text, wrong).faults.map(({ rule }) => rule),
      ['form'],
    )
})

test('an opening for another election is refused, though all in it fits together', () => {
  const other = keyedElection('Ed25519', questions, 'another election')
  const random = seeded('other')
  const foreign = sealBallot(openBooth(other.text).encrypt(drawCredential(random), vote, random)).spoil()
  assert.deepEqual(checkOpening(other.text, foreign).faults, [])
  const faults = checkOpening(text, foreign).faults.map(({ rule, at }) => `${rule} ${at}`)
  assert.deepEqual(faults.slice(0, 3), [
    'election election',
    'ballot ballot.election_uuid',
    'ballot ballot.election_hash',
  ])
})

test('a ballot whose proofs or signature do not hold is refused, though its ciphertexts open', () => {
  const altered = (alter: (ballot: ReturnType<typeof parse>) => void) =>
    faultsOf((opening) => {
      const inner = parse(opening.ballot)
      alter(inner)
      opening.ballot = JSON.stringify(inner)
    })
  const parse = (
    source: string,
  ): { answers: { overall_proof: object[]; choices: object[] }[]; signature: { hash: string } } => JSON.parse(source)
  assert.deepEqual(
    altered(({ answers }) => answers[0]!.overall_proof.reverse()),
    [
      { rule: 'ballot', at: 'ballot.answers[0].overall_proof' },
      { rule: 'ballot', at: 'ballot.signature.hash' },
    ],
  )
  assert.deepEqual(
    altered((inner) => {
      inner.signature.hash = inner.signature.hash.toLowerCase()
    }),
    [{ rule: 'ballot', at: 'ballot.signature.hash' }],
  )
  // With a choice missing it is no ballot of this election, and nothing in it is compared.
  assert.deepEqual(
    altered(({ answers }) => answers[1]!.choices.pop()),
    [
      { rule: 'ballot', at: 'ballot.answers[1]' },
      { rule: 'ballot', at: 'ballot.signature.hash' },
    ],
  )
})
