import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { readTrustees, type Trustee, writeTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { platformRandom } from '../src/random.ts'
import { inverseModulo, modulo } from '../src/scalar.ts'
import { electionKey } from '../src/trustee/election-key.ts'
import { evaluate } from '../src/trustee/pedersen/coefficients.ts'
import { beginCeremony, coordinate } from '../src/trustee/pedersen.ts'
import { combine, lagrange } from '../src/trustee/result.ts'
import { secretOf } from '../src/trustee/single.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { decryptionsOf, resultOf, single, talliedElection, withTally } from './tallied-election.ts'

const curve = openGroup('Ed25519')

const oneTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

/** All choices of `size` out of 1 … n. */
function subsets(n: number, size: number, from = 1): number[][] {
  if (size === 0) return [[]]
  return Array.from({ length: Math.max(n - from + 1, 0) }, (_, at) => from + at).flatMap((first) =>
    subsets(n, size - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

for (const size of [1, 2, 3, 4, 5])
  test(`of ${size}, every t trustees for every t come to the same result, and t - 1 to none`, () => {
    for (let threshold = 1; threshold <= size; threshold++) {
      const { trustee, secrets } = holdCeremony(curve, { size, threshold }, platformRandom)
      const small = talliedElection(curve, [trustee], [1], [{ choices: [[1]] }, { choices: [[1]], weight: 3n }])
      const all = decryptionsOf(curve, small, secrets)
      // Of one only: all hold the same share, and the first entry of the record stands for all.
      deepEqual([...all.keys()], threshold === 1 ? [1] : oneTo(size))
      const of = (owner: number) => all.get(threshold === 1 ? 1 : owner)!
      const combined = (owners: number[]) => combine(curve, small.board, new Map(owners.map((o) => [o, of(o)])))
      for (const owners of [...subsets(size, threshold), oneTo(size)])
        deepEqual(combined(owners), { state: 'result', result: [[4n]] }, `${threshold} of ${size}: ${owners}`)
      for (const owners of subsets(size, threshold - 1)) {
        const from = oneTo(size).filter((owner) => !owners.includes(owner))
        deepEqual(combined(owners), { state: 'missing', missing: [{ needed: 1, from }] })
      }
    }
  })

test('the decryption of 1 of 3 goes with every result: for each there is one factor of another trustee that leads to it', () => {
  const [size, threshold] = [3, 2]
  const q = curve.order
  const { trustee, secrets } = holdCeremony(curve, { size, threshold }, platformRandom)
  const small = talliedElection(curve, [trustee], [1], [{ choices: [[1]] }, { choices: [[1]] }, { choices: [[0]] }])
  const known = secrets.slice(0, threshold - 1)
  const indices = oneTo(threshold)
  const honest = decryptionsOf(curve, small, known)
  const missing = secrets[threshold - 1]!
  const [{ alpha, beta }] = small.tallied.tally[0] as [{ alpha: string; beta: string }]

  for (let claimed = 0n; claimed <= 3n; claimed++) {
    // In the exponent: the last factor must be (beta / g^claimed / product of the known ones)^(1 / λ).
    const F = [...honest].reduce(
      (rest, [owner, { decryption_factors }]) =>
        curve.multiply(
          rest,
          curve.inverse(curve.power(curve.decode(decryption_factors[0]![0]!)!, lagrange(owner, indices, q))),
        ),
      curve.multiply(curve.decode(beta)!, curve.inverse(curve.power(curve.generator, claimed))),
    )
    const wanted = curve.power(F, inverseModulo(lagrange(threshold, indices, q), q))
    const real = curve.power(curve.decode(alpha)!, missing.exponent)
    equal(curve.equal(wanted, real), claimed === 2n, 'only the true result goes with the true share')
  }
})

test('t - 1 decryptions and a share that fits are a sound proof of any result: they alone say nothing of it', () => {
  const q = curve.order
  const { trustee, secrets } = holdCeremony(curve, { size: 3, threshold: 2 }, platformRandom)
  if (trustee[0] !== 'Pedersen') throw new Error('no threshold key')
  // One ballot whose randomness r is known here, so that the other share can be written down: alpha = g^r.
  const r = 123_456n
  const base = talliedElection(curve, [trustee], [1], [])
  const y = curve.decode(base.election.public_key)!
  const tally = [[{ alpha: power(r), beta: curve.encode(curve.multiply(curve.power(y, r), curve.decode(power(1n))!)) }]]
  const lambda = lagrange(2, [1, 2], q)
  for (const claimed of [0n, 1n, 2n, 3n]) {
    // x' = x + (1 - claimed) / r gives beta / alpha^x' = g^claimed; trustee 2 would hold S_2 + (x' - x) / λ_2.
    const shift = modulo((1n - claimed) * inverseModulo(modulo(r * lambda, q), q), q)
    const share = secretOf(curve, 'Pedersen', modulo(secrets[1]!.exponent + shift, q))
    const keys = trustee[1].verification_keys.map((key, at) =>
      at === 1 ? { ...key, public_key: share.publicKey } : key,
    )
    const small = talliedElectionWith([['Pedersen', { ...trustee[1], verification_keys: keys }]])
    equal(resultOf(curve, small, [secrets[0]!, share])[0]![0], Number(claimed))
  }

  function talliedElectionWith(trustees: Trustee[]) {
    const empty = talliedElection(curve, trustees, [1], [])
    const { tallied, order, board } = empty
    return {
      ...empty,
      tallied: { ...tallied, tally },
      board: { ...board, tally, totalWeight: 3n },
      order: withTally(order, tally),
    }
  }
})

test('in a small field: whatever the secret is, t - 1 shares take every value equally often', () => {
  const q = 7n
  const numbers = Array.from({ length: Number(q) }, (_, at) => BigInt(at))
  for (const [threshold, holders] of [
    [2, [[1], [2], [3]]],
    [
      3,
      [
        [1, 2],
        [1, 4],
        [2, 3],
      ],
    ],
  ] as const)
    for (const points of holders) {
      const seen = numbers.map((secret) => {
        const counts = new Map<string, number>()
        const rest = threshold === 2 ? numbers.map((a) => [a]) : numbers.flatMap((a) => numbers.map((b) => [a, b]))
        for (const coefficients of rest) {
          const shares = points.map((x) => evaluate([secret, ...coefficients], BigInt(x), q)).join()
          counts.set(shares, (counts.get(shares) ?? 0) + 1)
        }
        return [...counts].sort()
      })
      equal(seen[0]!.length, Number(q) ** (threshold - 1))
      for (const distribution of seen) deepEqual(distribution, seen[0])
    }
})

for (const name of ['Ed25519', 'BELENIOS-2048'] as const)
  test(`${name}: single keys and several threshold keys in one record decrypt together, and the record is in canonical form`, () => {
    const group = openGroup(name)
    const [province, village] = [single(group), single(group)]
    const witnesses = holdCeremony(group, { size: 3, threshold: 2 }, platformRandom)
    const officers = holdCeremony(group, { size: 1, threshold: 1 }, platformRandom)
    const trustees = [province.trustee, witnesses.trustee, village.trustee, officers.trustee]
    deepEqual(readTrustees(writeTrustees(trustees)), trustees)
    const small = talliedElection(group, trustees, [2], [{ choices: [[0, 1]] }, { choices: [[0, 1]] }])
    const secrets = [
      officers.secrets[0]!,
      village.secret,
      witnesses.secrets[2]!,
      province.secret,
      witnesses.secrets[0]!,
    ]
    deepEqual([...decryptionsOf(group, small, secrets).keys()], [6, 5, 4, 1, 2])
    deepEqual(resultOf(group, small, secrets), [[0, 2]])
    const product = [province, village]
      .map(({ secret }) => secret.exponent)
      .concat(officers.secrets[0]!.exponent)
      .concat(
        sharedSecret(
          witnesses.secrets.map(({ exponent }) => exponent),
          group.order,
        ),
      )
      .reduce((sum, exponent) => modulo(sum + exponent, group.order))
    equal(electionKey(group, trustees), group.encode(group.power(group.generator, product)))
  })

test('a threshold of none, of more than there are, or a place outside is a mistake of the caller', () => {
  for (const plan of [
    { size: 3, threshold: 0 },
    { size: 3, threshold: 4 },
    { size: 0, threshold: 0 },
    { size: 2.5, threshold: 1 },
  ]) {
    throws(() => coordinate(plan), RangeError)
    throws(() => beginCeremony(curve, plan, 1, platformRandom), RangeError)
  }
  for (const index of [0, 4, 1.5])
    throws(() => beginCeremony(curve, { size: 3, threshold: 2 }, index, platformRandom), RangeError)
})

/** What nobody ever computes: f(0), here from the first two shares. */
function sharedSecret([first, second]: bigint[], order: bigint): bigint {
  return modulo(lagrange(1, [1, 2], order) * first! + lagrange(2, [1, 2], order) * second!, order)
}

function power(exponent: bigint): string {
  return curve.encode(curve.power(curve.generator, exponent))
}
