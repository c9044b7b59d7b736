import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bytesSource } from '../src/archive/index.ts'
import { normaliseElement, readAnswersLeniently, readNumber } from '../src/verify/lenient.ts'
import { verify } from '../src/verify/verify.ts'
import { forge } from './forge.ts'
import { quickGroup } from './quick-group.ts'

const election = forge()
const withBlank = forge({ questions: [{ answers: ['Setuju'], blank: true, min: 1, max: 1, question: 'Setuju?' }] })
const honest = election.ballot(0, [1])

/** Verdict and findings of an archive whose voter wrote the answers so and signed them. */
async function judged(
  from: string | RegExp,
  to: string | ((match: string, ...parts: string[]) => string),
  of = election,
) {
  const text = of === election ? honest : of.ballot(0, [0, 1])
  const ballot = of.resign(text, 0, (unsigned) => {
    const changed = unsigned.replace(from, to as string)
    assert.notEqual(changed, unsigned)
    return changed
  })
  const { verdict, findings } = await verify(bytesSource(of.open(ballot)), { openGroup: quickGroup })
  return [verdict, ...findings.map(({ rule, place }) => `${rule} ${place.path ?? ''}`.trim())]
}

const response = /(?<="individual_proofs":\[\[\{"challenge":"\d+","response":)"(\d+)"/
const spelt = (write: (number: bigint) => string) => (_: string, number: string) => `"${write(BigInt(number))}"`
const here = 'answers[0].individual_proofs[0][0].response'

const accepted: [what: string, from: RegExp | string, to: Parameters<typeof judged>[1], path: string][] = [
  ['a number with leading zeros', response, spelt((n) => `00${n}`), here],
  ['a number with a sign', response, spelt((n) => `+${n}`), here],
  ['a number with underscores', response, spelt((n) => `${n}`.replace(/(..)(?=.)/g, '$1_')), here],
  ['a number in base 16', response, spelt((n) => `0x${n.toString(16)}`), here],
  ['a number in base 8', response, spelt((n) => `0o${n.toString(8)}`), here],
  ['a number in base 2', response, spelt((n) => `0b${n.toString(2)}`), here],
  ['an element in capitals', /(?<="beta":)"[0-9a-f]+"/, (text) => text.toUpperCase(), 'answers[0].choices[0].beta'],
  ['a field that is none, with a message in it', '"choices":', '"note":"untuk Budi","choices":', 'answers[0].choices'],
  ['fields in another order', /"alpha":("\w+"),"beta":("\w+")/, '"beta":$2,"alpha":$1', 'answers[0].choices[0].alpha'],
  ['a proof of blank that is null', /(?<="overall_proof":\[[^\]]*\])/, ',"blank_proof":null', 'answers[0].blank_proof'],
]
for (const [what, from, to, path] of accepted)
  test(`Belenios accepts, and we report as another spelling: ${what}`, async () => {
    assert.deepEqual(await judged(from, to), ['not-canonical', `ballot.answers-canonical ${path}`])
  })

test('two other spellings are two findings', async () => {
  const capitals = (text: string) => text.toUpperCase().replace('ALPHA', 'alpha').replace('BETA', 'beta')
  assert.deepEqual(await judged(/"alpha":"\w+","beta":"\w+"/, capitals), [
    'not-canonical',
    'ballot.answers-canonical answers[0].choices[0].alpha',
    'ballot.answers-canonical answers[0].choices[0].beta',
  ])
})

test('a member that stands twice, of which the last one counts', async () => {
  assert.deepEqual(await judged('"choices":', '"choices":0,"choices":'), [
    'not-canonical',
    'ballot.answers-canonical answers',
  ])
})

test('a number as the name of a member, which JSON.parse puts first', async () => {
  assert.deepEqual(await judged('"overall_proof":', '"1":{"2":[3,null]},"overall_proof":'), [
    'not-canonical',
    'ballot.answers-canonical answers[0].choices',
  ])
})

const missing = ['count.proofs', 'count.memberships', 'count.signatures']
const refused: [what: string, from: RegExp | string, to: Parameters<typeof judged>[1], findings: string[]][] = [
  ['a negative number', response, spelt((n) => `-${n}`), [`ballot.form ${here}`, ...missing]],
  ['a number without quotation marks', response, '1', [`ballot.form ${here}`, ...missing]],
  ['a number too long to be read', response, `"${'0'.repeat(5000)}"`, [`ballot.form ${here}`, ...missing]],
  ['choices that are no list', /"choices":\[[^\]]*\]/, '"choices":{}', ['ballot.form answers[0].choices', ...missing]],
  ['an alpha that is a number', /(?<="alpha":)"\w+"/, '7', ['ballot.form answers[0].choices[0]', ...missing]],
  [
    'another spelling of another number',
    response,
    spelt((n) => `0${n + 1n}`),
    [`ballot.answers-canonical ${here}`, 'ballot.individual-proof answers[0].individual_proofs[0]'],
  ],
  [
    'an element with a zero before it, which Belenios does not accept on the curve either',
    '"alpha":"',
    '"alpha":"0',
    ['ballot.membership answers[0].choices[0].alpha', 'count.proofs', 'count.signatures'],
  ],
  [
    'another spelling of no element',
    /(?<="alpha":)"\w+"/,
    `"${'AB'.repeat(32)}"`,
    ['ballot.membership answers[0].choices[0].alpha', 'count.proofs', 'count.signatures'],
  ],
]
for (const [what, from, to, findings] of refused)
  test(`no other spelling, but wrong: ${what}`, async () => {
    assert.deepEqual(await judged(from, to), ['refused', ...findings])
  })

test('a proof of blank that is null where one is asked for is missing', async () => {
  const [verdict, ...findings] = await judged(/"blank_proof":\[.*?\]/, '"blank_proof":null', withBlank)
  assert.deepEqual(
    [verdict, findings.slice(0, 2)],
    ['refused', ['ballot.answers-canonical answers[0].blank_proof', 'ballot.shape answers[0]']],
  )
})

test('every number is read from each of its spellings, and from nothing else', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 2048n }), fc.nat(3), (n, zeros) => {
      const spellings = [
        `${n}`,
        `+${n}`,
        `0x${n.toString(16)}`,
        `0X${n.toString(16).toUpperCase()}`,
        `0b${n.toString(2)}`,
      ]
      for (const text of spellings) assert.equal(readNumber(text), n)
      assert.equal(readNumber(`${'0'.repeat(zeros)}${n}`), n)
    }),
    { numRuns: 50 },
  )
  for (const text of ['', '-1', ' 1', '1 ', '1.0', '1e3', '0x', '0b2', '0o8', '_1', '0x_1', 'x1', '+', '++1', '１'])
    assert.equal(readNumber(text), undefined)
})

test('an element has one normal spelling, whatever stands there', () => {
  assert.equal(normaliseElement('Ed25519', 'AB'.repeat(32)), 'ab'.repeat(32))
  // Belenios demands all digits and no more (observed).
  for (const text of ['', 'AB', `0${'f'.repeat(64)}`, 'g'.repeat(64)])
    assert.equal(normaliseElement('Ed25519', text), undefined)
  assert.equal(normaliseElement('BELENIOS-2048', '0x10'), '16')
  assert.equal(normaliseElement('RFC-3526-2048', '0016'), '16')
  assert.equal(normaliseElement('BELENIOS-2048', 'ab'), undefined)
})

test('what the strict reader takes, the lenient one reads alike', () => {
  const { answers } = JSON.parse(honest)
  const [answer] = readAnswersLeniently(answers)
  assert.deepEqual(answer?.choices, answers[0].choices)
  assert.equal(answer?.overall_proof[0]?.challenge, BigInt(answers[0].overall_proof[0].challenge))
})
