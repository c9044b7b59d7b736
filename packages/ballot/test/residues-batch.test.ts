import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { belenios2048, rfc3526 } from '../src/group/parameters.ts'
import type { Claim } from '../src/kernel/batch.ts'
import { openResidueKernel, type Residue } from '../src/kernel/residues.ts'
import type { ResidueBatch } from '../src/kernel/residues-batch.ts'
import { kernelGroup } from '../src/kernel/residues-group.ts'
import { startMachine } from '../src/kernel/residues-machine.ts'
import { areMembers } from '../src/kernel/residues-membership.ts'
import { randomScalar } from '../src/random.ts'
import { modulo, powerModulo } from '../src/scalar.ts'
import { seeded } from './seeded.ts'
import { elementsOfSmallOrder } from './small-order.ts'

const none = new Uint8Array()
const bytesOf = (value: bigint) => Uint8Array.from(Buffer.from(value.toString(16).padStart(512, '0'), 'hex'))

/** A claim with its numbers in the open; `commitment` is what makes it true. */
type Open = Omit<Claim, 'commitment' | 'elements'> & { commitment: bigint; elements: bigint[] }

const kernels = [
  [belenios2048, await openResidueKernel('BELENIOS-2048', seeded('kernel'))],
  [rfc3526, await openResidueKernel('RFC-3526-2048', seeded('kernel'))],
] as const

for (const [group, kernel] of kernels) {
  const { name, p, q, g } = group
  const y = powerModulo(g, 31_415_926n, p)
  // A power by BigInt takes 8 ms.
  const isLong = name === 'RFC-3526-2048'
  const random = seeded(`${name} batch`)
  const scalar = () => randomScalar(q, random)
  const element = (log: bigint) => powerModulo(g, log, p)

  /** True claims, as verifying ballots makes them: on g and y, on one element or on a product, with shift and without. */
  const claims = (count: number): Open[] =>
    Array.from({ length: count }, (_, i) => {
      const elements = [...Array(1 + (i % 3)).keys()].map((k) => element(BigInt(1000 * i + k + 2)))
      if (i % 4 === 3) elements.push(elements[0]!)
      return truth({
        base: i % 2 ? 'y' : 'g',
        response: scalar(),
        challenge: i === 4 ? 0n : scalar(),
        elements,
        shift: i % 2 ? scalar() : 0n,
      })
    })

  function truth(claim: Omit<Open, 'commitment'>): Open {
    const { base, response, challenge, elements, shift } = claim
    const product = elements.reduce((all, one) => (all * one) % p, 1n)
    const powers = [
      powerModulo(base === 'g' ? g : y, response, p),
      powerModulo(product, challenge, p),
      powerModulo(g, shift, p),
    ]
    return { ...claim, commitment: powers.reduce((all, one) => (all * one) % p, 1n) }
  }

  const batch = kernel.batch(kernel.decode(y.toString())!, 200) as ResidueBatch
  function fill(open: readonly Open[], extra: readonly bigint[] = []): void {
    batch.clear()
    for (const { commitment, elements, ...claim } of open)
      batch.claim({
        ...claim,
        elements: elements.map((one) => batch.element(one.toString(), none)!),
        commitment: batch.commitment(bytesOf(commitment))!.number,
      })
    for (const one of extra) batch.element(one.toString(), none)
  }
  const judge = (open: readonly Open[], extra: readonly bigint[] = []) => {
    fill(open, extra)
    return batch.holds(random)
  }

  const counts = isLong ? [0, 3] : [0, 1, 2, 3, 12, 3]
  test(`${name}: ${counts.join(', ')} true claims hold, each time after others were forgotten`, () => {
    for (const count of counts) equal(judge(claims(count)), true)
  })

  test(`${name}: one false number, of whichever kind, in one of five claims and the batch does not hold`, () => {
    const true5 = claims(5)
    const changes: ((claim: Open) => Open)[] = [
      (claim) => ({ ...claim, commitment: (claim.commitment * g) % p }),
      (claim) => ({ ...claim, commitment: 1n }),
      (claim) => ({ ...claim, response: modulo(claim.response + 1n, q) }),
      (claim) => ({ ...claim, challenge: modulo(claim.challenge + 1n, q) }),
      (claim) => ({ ...claim, shift: modulo(claim.shift - 1n, q) }),
      (claim) => ({ ...claim, base: claim.base === 'g' ? 'y' : 'g' }),
      (claim) => ({ ...claim, elements: claim.elements.map((one) => (one * g) % p) }),
      (claim) => ({ ...claim, elements: [...claim.elements, element(7n)] }),
    ]
    equal(judge(true5), true)
    for (const change of changes)
      for (const at of isLong ? [3] : [0, 3])
        equal(judge(true5.map((claim, i) => (i === at ? change(claim) : claim))), false, `${change}, claim ${at}`)
  })

  test(`${name}: two false claims whose errors cancel do not hold, nor do two commitments exchanged`, () => {
    const [first, second, ...rest] = claims(5)
    const inverse = powerModulo(g, q - 1n, p)
    const off = { ...first!, commitment: (first!.commitment * g) % p }
    const back = { ...second!, commitment: (second!.commitment * inverse) % p }
    equal(judge([off, back, ...rest]), false)
    const exchanged = [
      { ...first!, commitment: second!.commitment },
      { ...second!, commitment: first!.commitment },
    ]
    equal(judge([...exchanged, ...rest]), false)
  })

  test(`${name}: claims may share a commitment, and a point of no claim must be a member all the same`, () => {
    const [one, other] = claims(2)
    fill([one!])
    const { number } = batch.commitment(bytesOf(one!.commitment))!
    const elements = one!.elements.map((each) => batch.element(each.toString(), none)!)
    batch.claim({ ...one!, elements, commitment: number })
    batch.claim({ ...one!, elements, commitment: number })
    equal(batch.holds(random), true)
    batch.claim({ ...other!, elements, commitment: number })
    equal(batch.holds(random), false)
    equal(judge([one!], [g, y]), true)
    equal(judge([one!], [g, p - 1n]), false)
    fill([one!])
    batch.commitment(bytesOf(p - 1n))
    equal(batch.holds(random), false)
  })

  const small = [...elementsOfSmallOrder(group)]
  for (const [order, factor] of small)
    test(`${name}: commitments off by an element of order ${order} fail by their membership; the equations alone let some pass`, () => {
      const true5 = claims(5)
      const tries = isLong ? 12 : 24
      let passed = 0
      for (let i = 0; i < tries; i++) {
        // Alone, or two that would cancel one another under equal exponents.
        const guilty = i % 2 ? [1] : [1, 3]
        fill(
          true5.map((claim, at) =>
            guilty.includes(at) ? { ...claim, commitment: (claim.commitment * factor) % p } : claim,
          ),
        )
        const { members, claims } = batch.verdict(random)
        equal(members, false)
        passed += Number(claims)
      }
      // By chance 1/order of them: 0 or all of 24 would mean that the test shows something else.
      equal(passed > 0 && passed < tries, true)
    })

  test(`${name}: elements off by one of small order fail by their membership, whatever their exponents are`, () => {
    for (const [order, factor] of small) {
      // A prover who takes a multiple of the order as challenge has a true equation with a false element.
      const challenge = BigInt(6 * order)
      const honest = truth({ base: 'g', response: scalar(), challenge, elements: [element(5n)], shift: 0n })
      const false1 = { ...honest, elements: [(element(5n) * factor) % p] }
      fill([...claims(2), false1])
      deepEqual(batch.verdict(random).members, false)
      fill([honest])
      deepEqual(batch.verdict(random), { members: true, claims: true })
    }
  })

  test(`${name}: texts and bytes that are no canonical residue have no number`, () => {
    batch.clear()
    for (const text of [
      '',
      '0',
      '01',
      '-1',
      '+5',
      ' 5',
      '5\n',
      '0x5',
      p.toString(),
      (p + 1n).toString(),
      '9'.repeat(618),
    ])
      equal(batch.element(text, none), undefined, text)
    equal(batch.element('5', new Uint8Array(1)), undefined)
    for (const value of [0n, p, p + 1n, (1n << 2048n) - 1n]) equal(batch.commitment(bytesOf(value)), undefined)
    for (const length of [0, 255, 257]) equal(batch.commitment(new Uint8Array(length).fill(1)), undefined)
    deepEqual(batch.commitment(bytesOf(p - 1n)), { number: 0, text: (p - 1n).toString() })
    equal(batch.element('1', none), 1)
  })

  test(`${name}: products of elements have the text that BigInt gives, for the tally`, () => {
    batch.clear()
    const values = [2n, 3n, p - 1n, element(77n)]
    const numbers = values.map((value) => batch.element(value.toString(), none)!)
    const product = values.reduce((all, one) => (all * one) % p, 1n)
    const [first, second] = numbers as [number, number]
    const texts = batch.products([[], [first], [first, first, second], numbers])
    deepEqual(texts, ['1', '2', '12', product.toString()])
    const commitment = batch.commitment(bytesOf(2n))!.number
    for (const wrong of [commitment, -1, 5, 0.5, Number.NaN]) throws(() => batch.products([[first, wrong]]), RangeError)
  })

  test(`${name}: a claim on a number of the wrong kind, or one point too many, is an error of the caller`, () => {
    const [one] = claims(1)
    fill([one!])
    const elements = [batch.element('1', none)!]
    const { number } = batch.commitment(bytesOf(g))!
    throws(() => batch.claim({ ...one!, commitment: elements[0]!, elements }), RangeError)
    throws(() => batch.claim({ ...one!, commitment: number, elements: [number] }), RangeError)
    throws(() => batch.claim({ ...one!, commitment: 1000, elements }), RangeError)
    equal(batch.holds(random), true)
    const tiny = kernel.batch(kernel.generator, 1)
    equal(tiny.element('2', none), 0)
    throws(() => tiny.element('3', none), RangeError)
    tiny.clear()
    equal(tiny.element('3', none), 0)
    for (const capacity of [-1, 0.5, 2 ** 21]) throws(() => kernel.batch(kernel.generator, capacity), RangeError)
    throws(() => batch.holds(() => new Uint8Array(1)), RangeError)
  })

  test(`${name}: hints hold nothing of an element, and a commitment's 256 bytes`, () => {
    const { hints } = kernel
    deepEqual([hints.elementLength, hints.commitmentLength], [0, 256])
    deepEqual(hints.writeElement(kernel.generator), none)
    for (const log of [0n, 1n, 5n]) {
      const bytes = hints.writeCommitment(kernel.power(kernel.generator, log))
      deepEqual(bytes, bytesOf(element(log)))
      batch.clear()
      equal(batch.commitment(bytes)!.text, element(log).toString())
    }
  })
}

test('BELENIOS-2048: a batch keeps its points while the kernel works for others and its memory grows', async () => {
  const { p, g } = belenios2048
  const kernel = await openResidueKernel('BELENIOS-2048', seeded('busy'))
  const [five, six] = [5n, 6n].map((e) => powerModulo(g, e, p)) as [bigint, bigint]
  const fill = (commitment: bigint) => {
    const batch = kernel.batch(kernel.generator, 10)
    const { number } = batch.commitment(bytesOf(commitment))!
    const element = batch.element(g.toString(), none)!
    batch.claim({ commitment: number, base: 'y', response: 2n, challenge: 3n, elements: [element], shift: 0n })
    return batch
  }
  const [first, second] = [fill(five), fill(six)]
  equal(second.holds(seeded('second')), false)
  // Two megabytes of points are more than the kernel has at first.
  const many = new Array<Residue>(6000).fill(kernel.generator)
  const powers = kernel.powers(many, new Array<bigint>(6000).fill(1n))
  equal(kernel.encode(powers), powerModulo(g, 6000n, p).toString())
  equal(first.holds(seeded('first')), true)
  deepEqual(first.products([[1, 1]]), [((g * g) % p).toString()])
  equal(second.holds(seeded('second')), false)
})

test('BELENIOS-2048: each of the 128 random bits of a point decides alone whether a false one is caught', () => {
  const [{ p, g }, kernel] = kernels[0]
  const batch = kernel.batch(kernel.generator, 10) as ResidueBatch
  // g^5 = g^5, and an element of no claim; either is taken negative, which is no member.
  const fill = (commitment: bigint, element: bigint) => {
    batch.clear()
    const { number } = batch.commitment(bytesOf(commitment))!
    batch.element(element.toString(), none)
    batch.claim({ commitment: number, base: 'g', response: 5n, challenge: 0n, elements: [], shift: 0n })
  }
  const drawn = (bit: number) => (length: number) => {
    equal(length, 32)
    return Uint8Array.from({ length }, (_, at) => (at === bit >> 3 ? 1 << (bit & 7) : 0))
  }
  const five = powerModulo(g, 5n, p)
  fill(five, g)
  deepEqual(batch.verdict(drawn(200)), { members: true, claims: true })
  const caught = (first: number) =>
    Array.from({ length: 128 }, (_, bit) => first + bit).filter((bit) => !batch.verdict(drawn(bit)).members).length
  fill(p - five, g)
  equal(caught(0), 128)
  // One choice of 2^128, and with it all goes through: the bound that is claimed is the true one.
  equal(batch.holds(drawn(-1)), true)
  fill(five, p - g)
  equal(caught(128), 128)
  equal(batch.holds(drawn(-1)), true)
})

test('BELENIOS-2048: elements decoded together rest on 128 random bits each, and every one counts', async () => {
  const { p, g } = belenios2048
  const machine = await startMachine(belenios2048)
  const { generator, read } = kernelGroup(machine, seeded('unused'))
  const residues = new Array<Residue>(12).fill(generator)
  equal(areMembers(machine, residues, seeded('members')), true)
  residues[10] = read((p - g).toString())!
  equal(areMembers(machine, residues, seeded('members')), false)
  // Only the false one draws a bit.
  const judged = (bit: number) =>
    areMembers(machine, residues, (length) =>
      Uint8Array.from({ length }, (_, at) => (at === 160 + (bit >> 3) ? 1 << (bit & 7) : 0)),
    )
  for (let bit = 0; bit < 128; bit++) equal(judged(bit), false)
  for (const bit of [-1, 128]) equal(judged(bit), true)
})
