import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Trustee } from '../src/format/trustees.ts'
import { groupNames } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { platformRandom } from '../src/random.ts'
import { encryptedTally, lastOfEach, openTally, publicPower } from '../src/tally.ts'
import { electionKey } from '../src/trustee/election-key.ts'
import { largestTotal, openLogarithms } from '../src/trustee/logarithm.ts'
import { combine, decryptionFaults, lagrange, missingDecryptions } from '../src/trustee/result.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { decryptionsOf, encrypted, resultOf, single, talliedElection, type Vote } from './tallied-election.ts'

const curve = openGroup('Ed25519')

for (const name of groupNames) {
  const group = openGroup(name)
  const { trustee, secret } = single(group)

  test(`${name}: no ballots, all blank and ballots of different weights are decrypted to what was voted`, () => {
    const result = (shape: number[], votes: Vote[]) =>
      resultOf(group, talliedElection(group, [trustee], shape, votes), [secret])
    deepEqual(result([3], []), [[0, 0, 0]])
    const blank = { choices: [[1, 0, 0]] }
    deepEqual(result([3], [blank, blank]), [[2, 0, 0]])
    const weighed = [
      { choices: [[0, 1], [1]], weight: 1000n },
      { choices: [[1, 1], [0]], weight: 0n },
      { choices: [[1, 0], [1]], weight: 1n },
    ]
    deepEqual(result([2, 1], weighed), [[1, 1000], [1001]])
  })
}

test('whatever is voted, the decrypted sum is the plain sum of the weights, question by question', () => {
  const { trustee, secret } = single(curve)
  const shape = [2, 1, 3]
  const vote = fc.record({
    choices: fc.tuple(...shape.map((size) => fc.array(fc.nat(1), { minLength: size, maxLength: size }))),
    weight: fc.bigInt({ min: 0n, max: 50n }),
  })
  fc.assert(
    fc.property(fc.array(vote, { maxLength: 4 }), (votes) => {
      const plain = shape.map((size, question) =>
        Array.from({ length: size }, (_, choice) =>
          votes.reduce((sum, { choices, weight }) => sum + choices[question]![choice]! * Number(weight), 0),
        ),
      )
      deepEqual(resultOf(curve, talliedElection(curve, [trustee], shape, votes), [secret]), plain)
    }),
    { numRuns: 6 },
  )
})

test('a tally is the same in whatever parts and order its ballots are added', () => {
  const y = generatorPower(77n)
  const ballots = Array.from({ length: 5 }, (_, at) => ({
    answers: [{ choices: [encrypted(curve, y, BigInt(at % 2))] }],
    weight: BigInt(at),
  }))
  const election = { questions: [{ answers: ['Setuju'], min: 0, max: 1, question: '?' }] }
  const whole = encryptedTally(curve, election, ballots)
  const parts = openTally(curve, election)
  for (const each of [ballots.slice(3), [], ballots.slice(0, 1), ballots.slice(1, 3)]) parts.add(each)
  deepEqual(parts.result(), whole)
  deepEqual([whole.numTallied, whole.totalWeight], [5, 10n])
})

test('what is no ballot of the election is not added, and the tally names where it stands', () => {
  const good = encrypted(curve, curve.generator, 1n)
  const election = { questions: [{ answers: ['A', 'B'], min: 0, max: 1, question: '?' }] }
  const add = (choices: { alpha: string; beta: string }[], weight = 1n) => {
    const tallying = openTally(curve, election)
    tallying.add([{ answers: [{ choices: [good, good] }], weight: 1n }])
    tallying.add([{ answers: [{ choices }], weight }])
  }
  throws(() => add([good]), /ballot 1: not as many/)
  throws(() => add([good, good, good]), /ballot 1: not as many/)
  throws(
    () => add([good, { ...good, beta: 'ff'.repeat(32) }]),
    /ballot 1, answers\[0\]\.choices\[1\]\.beta: not an element/,
  )
  throws(() => add([{ ...good, alpha: good.alpha.toUpperCase() }, good]), /ballot 1, answers\[0\]\.choices\[0\]\.alpha/)
  throws(() => add([good, good], -1n), /ballot 1: a weight below zero/)
  const answer = { choices: [good, good] }
  const tallying = openTally(curve, election)
  throws(() => tallying.add([{ answers: [answer, answer], weight: 1n }]), /ballot 0: not as many/)
  throws(() => tallying.add([{ answers: [], weight: 1n }]), /ballot 0: not as many/)
})

test('of each credential the last ballot counts', () => {
  deepEqual([...lastOfEach(['a', 'b', 'a', 'c', 'b', 'a'])], [3, 4, 5])
  deepEqual([...lastOfEach(['a'])], [0])
  deepEqual([...lastOfEach([])], [])
})

test('a small public power is the power', () => {
  for (const exponent of [0n, 1n, 2n, 3n, 255n, 2n ** 40n])
    equal(curve.equal(publicPower(curve, curve.generator, exponent), generatorPower(exponent)), true)
})

test('Lagrange: every t points of a polynomial of degree below t give its value at 0', () => {
  const order = curve.order
  const coefficient = fc.bigInt({ min: 0n, max: order - 1n })
  fc.assert(
    fc.property(
      fc.array(coefficient, { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 5 }),
      (coefficients, points) => {
        const indices = points.slice(0, coefficients.length)
        const at = (x: bigint) => coefficients.reduceRight((sum, a) => (sum * x + a) % order, 0n)
        const sum = indices.reduce((s, x) => (s + lagrange(x, indices, order) * at(BigInt(x))) % order, 0n)
        equal(sum, coefficients[0])
      },
    ),
  )
})

for (const name of ['Ed25519', 'BELENIOS-2048'] as const) {
  const group = openGroup(name)
  test(`${name}: every logarithm up to the limit is found, none above`, () => {
    for (const [limit, count] of [
      [0, 1],
      [1, 1],
      [2, 3],
      [30, 1],
      [31, 0],
      [30, 100],
    ] as const) {
      const logarithm = openLogarithms(group, BigInt(limit), count)
      for (let n = 0; n <= limit; n++)
        equal(logarithm(group.power(group.generator, BigInt(n))), BigInt(n), `${n} of ${limit}`)
      for (const n of [BigInt(limit) + 1n, BigInt(limit) + 2n, group.order - 1n])
        equal(logarithm(group.power(group.generator, n)), undefined)
    }
  })
}

test('logarithms are found also when elements share the digits they are looked up by', () => {
  for (const keyOf of [() => 0, (text: string) => text.charCodeAt(63) % 2]) {
    const logarithm = openLogarithms(curve, 40n, 1, keyOf)
    for (let n = 0n; n <= 40n; n++) equal(logarithm(generatorPower(n)), n)
    equal(logarithm(generatorPower(41n)), undefined)
  }
})

test('50,000 votes, and the largest and smallest of 2^30, are found; beyond 2^40 nothing is tried', () => {
  const thousands = openLogarithms(curve, 50_000n, 3)
  for (const n of [0n, 1n, 223n, 224n, 49_999n, 50_000n]) equal(thousands(generatorPower(n)), n)
  const weighed = openLogarithms(curve, 2n ** 30n, 1)
  for (const n of [0n, 2n ** 30n - 1n, 2n ** 30n]) equal(weighed(generatorPower(n)), n)
  throws(() => openLogarithms(curve, largestTotal + 1n, 1), RangeError)
  throws(() => openLogarithms(curve, -1n, 1), RangeError)
})

test('what is missing is told by owner: a single key, and how many of those who share one', () => {
  const shared = holdCeremony(curve, { size: 3, threshold: 2 }, platformRandom)
  const [first, last] = [single(curve), single(curve)]
  const trustees: Trustee[] = [first.trustee, shared.trustee, last.trustee]
  const small = talliedElection(curve, trustees, [2], [{ choices: [[0, 1]] }])
  const all = decryptionsOf(curve, small, [first.secret, ...shared.secrets, last.secret])
  deepEqual([...all.keys()], [1, 2, 3, 4, 5])
  const missing = (...owners: number[]) => missingDecryptions(trustees, new Set(owners))
  deepEqual(missing(), [
    { needed: 1, from: [1] },
    { needed: 2, from: [2, 3, 4] },
    { needed: 1, from: [5] },
  ])
  deepEqual(missing(1, 3), [
    { needed: 1, from: [2, 4] },
    { needed: 1, from: [5] },
  ])
  deepEqual(missing(1, 2, 4, 5), [])
  const some = (...owners: number[]) => combine(curve, small.board, new Map(owners.map((o) => [o, all.get(o)!])))
  deepEqual(some(1, 2, 5), { state: 'missing', missing: [{ needed: 1, from: [3, 4] }] })
  deepEqual(some(5, 3, 2, 4, 1), { state: 'result', result: [[0n, 1n]] })
  deepEqual(some(4, 5, 3, 1), { state: 'result', result: [[0n, 1n]] })
})

test('a decryption that is altered anywhere is refused, with its owner and its place', () => {
  const [a, b] = [single(curve), single(curve)]
  const small = talliedElection(curve, [a.trustee, b.trustee], [1, 2], [{ choices: [[1], [0, 1]] }])
  const sound = decryptionsOf(curve, small, [a.secret, b.secret])
  const { decryption_factors: factors, decryption_proofs: proofs } = sound.get(2)!
  const faults = (change: Partial<{ decryption_factors: typeof factors; decryption_proofs: typeof proofs }>) => {
    const altered = { decryption_factors: factors, decryption_proofs: proofs, ...change }
    const combined = combine(curve, small.board, new Map([...sound, [2, altered]]))
    if (combined.state !== 'refused') throw new Error(combined.state)
    deepEqual(combined.faults, decryptionFaults(curve, small.board, 2, altered))
    return combined.faults.map(({ rule, trustee, at }) => [rule, trustee, at])
  }
  const g = curve.encode(curve.generator)
  const [[f0], [f1, f2]] = factors as [[string], [string, string]]
  const [[p0], [p1, p2]] = proofs as [[(typeof proofs)[0][0]], [(typeof proofs)[0][0], (typeof proofs)[0][0]]]
  deepEqual(faults({ decryption_factors: [[g], [f1, f2]] }), [['decryption.proof', 2, 'decryption_proofs[0][0]']])
  deepEqual(faults({ decryption_factors: [[f0], [f2, f1]] }), [
    ['decryption.proof', 2, 'decryption_proofs[1][0]'],
    ['decryption.proof', 2, 'decryption_proofs[1][1]'],
  ])
  deepEqual(faults({ decryption_factors: [[f0], [f1, 'ff'.repeat(32)]] }), [
    ['decryption.element', 2, 'decryption_factors[1][1]'],
  ])
  const late = { ...p2!, response: (p2!.response + 1n) % curve.order }
  deepEqual(faults({ decryption_proofs: [[p0], [p1, late]] }), [['decryption.proof', 2, 'decryption_proofs[1][1]']])
  deepEqual(faults({ decryption_factors: [[f0], [f1]] }), [['decryption.shape', 2, 'decryption_factors']])
  deepEqual(faults({ decryption_factors: [[f0, f1], [f2]] }), [['decryption.shape', 2, 'decryption_factors']])
  deepEqual(faults({ decryption_proofs: [[p0]] }), [['decryption.shape', 2, 'decryption_proofs']])

  const swapped = combine(
    curve,
    small.board,
    new Map([
      [1, sound.get(2)!],
      [2, sound.get(1)!],
    ]),
  )
  equal(swapped.state === 'refused' && swapped.faults.length, 6)
  const stranger = combine(curve, small.board, new Map([...sound, [3, sound.get(2)!]]))
  deepEqual(stranger, { state: 'refused', faults: [{ rule: 'decryption.owner', trustee: 3, at: 'owner' }] })
})

test('a tally of more votes than announced has no result, and the choice is named', () => {
  const { trustee, secret } = single(curve)
  const small = talliedElection(curve, [trustee], [2], [{ choices: [[0, 1]], weight: 5n }])
  const board = { ...small.board, totalWeight: 4n }
  deepEqual(combine(curve, board, decryptionsOf(curve, small, [secret])), {
    state: 'refused',
    faults: [{ rule: 'decryption.logarithm', at: 'tally[0][1]' }],
  })
})

test('an election without trustees has no key, and one of a foreign group is not read', () => {
  throws(() => electionKey(curve, []), RangeError)
  throws(() => electionKey(curve, [single(openGroup('BELENIOS-2048')).trustee]), /not an element of Ed25519/)
})

function generatorPower(exponent: bigint) {
  return curve.power(curve.generator, exponent)
}
