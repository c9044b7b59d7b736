import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { openGroup, openKernel, platformRandom } from '@melayani/ballot'
import { decrypt } from '@melayani/ballot/trustee'
import fc from 'fast-check'
import { type OpenCard, proveStronger, strongerFaults } from '../../src/card/index.ts'
import { opensWithout, TallyOpening } from '../../src/ceremony/index.ts'
import { electionFingerprint } from '../../src/format/index.ts'
import { tallied } from '../tallied.ts'
import { type MadeTps, makeTps } from '../village.ts'

const group = openGroup('Ed25519')

/** A card that decrypts whatever it is asked to, with this secret: what a FileCard would refuse does not matter here. */
const cardOf = (made: MadeTps, owner: number): OpenCard => {
  const secret = made.trusteeSecrets[owner - 1]!
  return {
    id: `${owner}`,
    name: `${owner}`,
    role: 'witness',
    key: '',
    sign: () => {
      throw new Error('not asked')
    },
    unseal: () => undefined,
    decrypt: (order) => {
      const done = decrypt(group, secret, order, [], platformRandom, { sharedKey: true })
      if (!done.ok) return done
      const board = { fingerprint: electionFingerprint(order.election), tally: JSON.parse(order.tally) }
      const { owner, decryption } = done.value
      return { ok: true, value: { owner, decryption, stronger: proveStronger(group, secret, board, decryption) } }
    },
  }
}
const textsOf = (made: MadeTps, votes: readonly number[]) => {
  const { order } = tallied(made, votes)
  return { election: order.election, trustees: order.trustees, tally: order.tally, ballots: votes.length }
}
const subsets = (all: readonly number[]): number[][] => {
  const [first, ...rest] = all
  if (first === undefined) return [[]]
  const without = subsets(rest)
  return [...without, ...without.map((set) => [first, ...set])]
}

test('R59, R71: for every t of up to five, exactly the sets with the outside trustee and at least t others open', async () => {
  const quick = await openKernel('Ed25519', platformRandom)
  // With t = 1 of several all hold one and the same key: no sharing.
  const thresholds = [1, 2, 3, 4, 5].flatMap((of) =>
    Array.from({ length: of }, (_, at) => ({ needed: at + 1, of })).filter(({ needed }) => needed > 1 || of === 1),
  )
  for (const { needed, of } of thresholds) {
    const made = makeTps({ voters: 4, reserve: 0, threshold: { needed, of }, candidates: ['Ani', 'Budi'] })
    const texts = textsOf(made, [1, 2, 2, 0])
    const all = Array.from({ length: of + 1 }, (_, at) => at + 1)
    const everyone = new TallyOpening(texts, [], quick)
    for (const owner of all) deepEqual(everyone.present(cardOf(made, owner)), { owner })
    for (const set of subsets(all)) {
      const enough = set.includes(1) && set.length - 1 >= needed
      const lost = all.filter((owner) => !set.includes(owner))
      const which = `${set} with ${needed} of ${of}`
      deepEqual(opensWithout(texts.trustees, lost).length === 0, enough, which)
      const taken = everyone.taken.filter(({ owner }) => set.includes(owner))
      const result = new TallyOpening(texts, taken, quick).result()
      if (enough) deepEqual(result, { state: 'result', votes: [1, 2], blank: 1, text: '{"result":[[1,1,2]]}' }, which)
      else equal(result.state, 'missing', which)
    }
  }
})

test('with fewer than t there is no result, who is still needed is said, and a restart keeps what was given', () => {
  const made = makeTps({ voters: 3, reserve: 0, candidates: ['Ani', 'Budi'] })
  const opening = new TallyOpening(textsOf(made, [1, 1, 2]))
  opening.present(cardOf(made, 1))
  opening.present(cardOf(made, 3))
  deepEqual(opening.result(), { state: 'missing', missing: [{ needed: 1, from: [2, 4] }] })
  // A restart keeps what was taken.
  const again = new TallyOpening({ ...openingTexts(opening), ballots: 3 }, opening.taken)
  again.present(cardOf(made, 2))
  equal(again.result().state, 'result')
})
const openingTexts = ({ order }: TallyOpening) => ({
  election: order.election,
  trustees: order.trustees,
  tally: order.tally,
})

test('a decryption of another tally, another owner, with another byte or without the stronger proof is not taken', () => {
  const made = makeTps({ voters: 3, reserve: 0 })
  const opening = new TallyOpening(textsOf(made, [1, 2, 3]))
  deepEqual(opening.present(cardOf(made, 1)), { owner: 1 })
  const [good] = opening.taken
  const rules = (given: typeof good) =>
    new TallyOpening({ ...openingTexts(opening), ballots: 3 }).take(given!).map(({ rule, at }) => `${rule} ${at}`)
  deepEqual(rules(good), [])
  const other = new TallyOpening(textsOf(made, [1, 1, 1]))
  other.present(cardOf(made, 1))
  equal(rules(other.taken[0])[0], 'decryption.proof decryption_proofs[0][0]')
  deepEqual(rules({ ...good!, stronger: other.taken[0]!.stronger }), ['stronger.tally tally'])
  equal(rules({ ...good!, owner: 2 })[0], 'decryption.proof decryption_proofs[0][0]')
  deepEqual(rules({ ...good!, stronger: '{}' }), ['stronger.unreadable '])
  deepEqual(rules({ ...good!, stronger: ` ${good!.stronger}` }), ['stronger.unreadable '])
  deepEqual(rules({ ...good!, decryption: '{}' }), ['decryption.unreadable decryption'])
  const swapped = JSON.parse(good!.stronger)
  swapped.proofs[0].reverse()
  deepEqual(
    rules({ ...good!, stronger: JSON.stringify(swapped) }),
    [0, 1, 2, 3].map((at) => `stronger.proof proofs[0][${at}]`),
  )
})

test('property: the stronger proof of any tally holds, and with any digit of a number changed it does not', () => {
  const made = makeTps({ voters: 5, reserve: 0, candidates: ['Ani', 'Budi'] })
  const secret = made.trusteeSecrets[0]!
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.nat(9),
      (votes, place, digit) => {
        const { order, board } = tallied(made, votes)
        const done = decrypt(group, secret, order, [], platformRandom)
        ok(done.ok)
        const text = proveStronger(group, secret, board, done.value.decryption)
        deepEqual(strongerFaults(group, board, 1, done.value.decryption, text), [])
        const digits = [...text.matchAll(/(?<="(?:challenge|response)":"\d*)\d/g)].map(({ index }) => index)
        const at = digits[place % digits.length]!
        fc.pre(text[at] !== String(digit))
        const altered = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`
        equal(strongerFaults(group, board, 1, done.value.decryption, altered).length > 0, true)
      },
    ),
    { numRuns: 6 },
  )
})

test('a factor that is not alpha^x gets no stronger proof, and none of the proofs of another place fits', () => {
  const made = makeTps({ voters: 2, reserve: 0, candidates: ['Ani', 'Budi'] })
  const { order, board } = tallied(made, [1, 2])
  const secret = made.trusteeSecrets[1]!
  const done = decrypt(group, secret, order, [], platformRandom)
  ok(done.ok)
  const { decryption } = done.value
  const shifted = {
    ...decryption,
    decryption_factors: [
      decryption.decryption_factors[0]!.map((factor) =>
        group.encode(group.multiply(group.decode(factor)!, group.generator)),
      ),
    ],
  }
  let refused = ''
  try {
    proveStronger(group, secret, board, shifted)
  } catch (error) {
    refused = (error as Error).message
  }
  equal(refused, 'the factor of [0][0] is not alpha^x')
  const honest = proveStronger(group, secret, board, decryption)
  deepEqual(
    strongerFaults(group, board, 2, shifted, honest).map(({ rule, at }) => `${rule} ${at}`),
    [0, 1, 2].map((at) => `stronger.proof proofs[0][${at}]`),
  )
})
