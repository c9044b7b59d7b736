import { deepEqual, equal, notDeepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { readBallot } from '../src/format/ballot.ts'
import { readElection } from '../src/format/election.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { belenios2048 } from '../src/group/parameters.ts'
import type { Batch, BatchKernel } from '../src/kernel/batch.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { openResidueKernel } from '../src/kernel/residues.ts'
import { batchJudge } from '../src/verify/batch-judge.ts'
import { plainJudge } from '../src/verify/plain-judge.ts'
import {
  ballotsOf,
  bothVerdicts,
  forgeAll,
  groundOf,
  type Hinted,
  hintAll,
  hintMaker,
  honestHints,
  joinRecords,
  type Kit,
  madeBallots,
  recordOf,
  resign,
  task,
  textOf,
} from './hinted.ts'
import { ask } from './keyed-election.ts'
import { seeded } from './seeded.ts'
import { slowKernel } from './slow-batch.ts'

/** The kernel, and how often its batches were asked. */
type Counted = Kit<unknown> & { readonly work: { asked: number } }

function counting<E>(group: Group<E>, kernel: BatchKernel<E>): Counted {
  const work = { asked: 0 }
  const batch = (y: E, capacity: number): Batch => {
    const inner = kernel.batch(y, capacity)
    return {
      clear: () => inner.clear(),
      element: (text, hint) => inner.element(text, hint),
      commitment: (hint) => inner.commitment(hint),
      claim: (claim) => inner.claim(claim),
      products: (lists) => inner.products(lists),
      holds(random) {
        work.asked++
        return inner.holds(random)
      },
    }
  }
  return { group, kernel: { hints: kernel.hints, batch }, work } as Counted
}

/** Without kernels: every claim computed and compared. */
const slow = (name: GroupName): Counted => counting(openGroup(name), slowKernel(name))
const edwards = await openEdwardsKernel(seeded('kernel'))
const curve = counting(edwards, edwards)
const residues = await openResidueKernel('BELENIOS-2048', seeded('kernel'))
const kitOf = (name: GroupName) =>
  name === 'Ed25519' ? counting(edwards, edwards) : name === 'BELENIOS-2048' ? counting(residues, residues) : slow(name)

const real = ['3.0-single', '3.0-questions', '3.0-blank', '3.0-all-blank', '3.0-one-candidate', '3.0-ten-candidates']
for (const name of [...real, '3.0-revotes', '3.0-no-ballots', '2.0-single', '2.0-blank', '2.0-questions'])
  test(`${name}: with honest hints the batch alone judges, and says what the plain judge says`, async () => {
    const ballots = await ballotsOf(name)
    const kit = kitOf(readElection(ballots.context.election).group)
    const { use, batched, plain } = bothVerdicts(kit, ballots, honestHints(kit, ballots))
    deepEqual(batched, plain)
    equal(plain.counts.ballots, ballots.tasks.length)
    deepEqual(use, { batched: ballots.tasks.length, plain: 0, missing: 0, false: 0 })
    equal(kit.work.asked, ballots.tasks.length === 0 ? 0 : 1)
  })

test('The slow batch, which computes every claim, says the same of real ballots and of forged ones', async () => {
  const kit = slow('Ed25519')
  for (const name of ['3.0-questions', '3.0-blank']) {
    const ballots = await ballotsOf(name)
    const { use, batched, plain } = bothVerdicts(kit, ballots, honestHints(kit, ballots))
    deepEqual(batched, plain)
    equal(use.batched, ballots.tasks.length)
  }
  const ballots = madeBallots(kit, [ask(2)], 5)
  const forged = forgeAll(kit, ballots)
  const mixed = hintAll(kit, ballots).map((each, k) => (k === 3 ? forged[k]! : each))
  const tasks = mixed.map((each) => each.task)
  const { use, batched, plain } = bothVerdicts(kit, { context: ballots.context, tasks }, hintsOf(mixed))
  deepEqual(batched, plain)
  deepEqual(use, { batched: 4, plain: 1, missing: 0, false: 0 })
})

/** Three candidates, made by our booth; what dishonest hints are tried on. */
const made = madeBallots(curve, [ask(3)], 6)
const honest = hintAll(curve, made)
const layout = hintMaker(curve, made.context).layout
const hintsOf = (list: readonly Hinted[]) => joinRecords(list.map(({ record }) => record))
const expected = plainJudge(made.context, () => curve.group)(made.tasks)

/** Judges the six sound ballots with these hints: the verdict must be the plain one. */
function useOf(hints: Uint8Array) {
  const { hints: use, ...batched } = batchJudge(groundOf(curve, made.context))(made.tasks, hints)
  deepEqual(batched, expected)
  return use
}

test('Without hints every ballot is judged the plain way', () => {
  deepEqual(useOf(new Uint8Array(0)), { batched: 0, plain: 6, missing: 6, false: 0 })
})

test('With a file cut in the fourth record the first three ballots are batched', () => {
  const hints = hintsOf(honest).subarray(0, Math.floor(3.9 * layout.record))
  deepEqual(useOf(hints), { batched: 3, plain: 3, missing: 3, false: 0 })
})

test('Records swapped, with and without their hashes, are no hints for those two ballots', () => {
  const swapped = [honest[1]!, honest[0]!, ...honest.slice(2)]
  deepEqual(useOf(hintsOf(swapped)), { batched: 4, plain: 2, missing: 2, false: 0 })
  const renamed = swapped.map(({ task, record }, k) => {
    const own = record.slice()
    own.set(hexToBytes(made.tasks[k]!.hash))
    return { task, record: own }
  })
  deepEqual(useOf(hintsOf(renamed)), { batched: 4, plain: 2, missing: 0, false: 2 })
})

test('Hints of the same voters for another election help nobody and harm nobody', () => {
  const other = hintAll(curve, madeBallots(curve, [ask(3)], 6, 'another'))
  deepEqual(useOf(hintsOf(other)), { batched: 0, plain: 6, missing: 6, false: 0 })
})

test('Random bytes behind the right hashes are false hints, and noticed', () => {
  const random = seeded('noise')
  const noise = honest.map(({ record }) => Uint8Array.from([...record.subarray(0, 32), ...random(layout.record - 32)]))
  deepEqual(useOf(joinRecords(noise)), { batched: 0, plain: 6, missing: 0, false: 6 })
})

test('A byte changed in any one hint of a ballot costs that ballot the batch, and no other', () => {
  const lengths = [
    ...Array<number>(layout.elements).fill(layout.elementLength),
    ...Array<number>(layout.commitments).fill(layout.commitmentLength),
  ]
  let at = 32
  for (const [k, length] of lengths.entries()) {
    const hints = hintsOf(honest)
    hints[2 * layout.record + at + (k % length)]! ^= 1
    deepEqual(useOf(hints), { batched: 5, plain: 1, missing: 0, false: 1 })
    at += length
  }
  equal(at, layout.record)
})

test('Hints swapped within a ballot are false', () => {
  const hints = hintsOf(honest)
  const start = 32 + layout.elements * layout.elementLength
  const record = recordOf(layout, hints, 5)
  const [a, b] = [0, 1].map((k) =>
    record.slice(start + k * layout.commitmentLength, start + (k + 1) * layout.commitmentLength),
  )
  record.set(b!, start)
  record.set(a!, start + layout.commitmentLength)
  deepEqual(useOf(hints), { batched: 5, plain: 1, missing: 0, false: 1 })
})

test('A product that is not the product fits no ballot, though its text is a member of the group', () => {
  const hints = hintsOf(honest)
  const product = 32 + layout.elements * layout.elementLength + 12 * layout.commitmentLength
  const generator = curve.kernel.hints.writeCommitment(curve.group.generator)
  recordOf(layout, hints, 0).set(generator, product)
  deepEqual(useOf(hints), { batched: 5, plain: 1, missing: 0, false: 1 })
})

test('Commitments out of the blue, signed and fitting their hash, are found by the batch and refused by the plain judge', () => {
  const forged = forgeAll(curve, made)
  const mixed = honest.map((each, k) => (k === 1 || k === 4 ? forged[k]! : each))
  const tasks = mixed.map((each) => each.task)
  const { use, batched, plain } = bothVerdicts(curve, { context: made.context, tasks }, hintsOf(mixed))
  deepEqual(batched, plain)
  deepEqual(
    batched.findings.map(({ rule, place }) => [rule, place.ballot, place.path]),
    [
      ['ballot.individual-proof', 2, 'answers[0].individual_proofs[0]'],
      ['ballot.individual-proof', 5, 'answers[0].individual_proofs[0]'],
    ],
  )
  deepEqual(use, { batched: 4, plain: 2, missing: 0, false: 0 })
})

/** Points of order 2, 4 and 8. */
const small = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
].map((hex) => ed25519.Point.fromHex(hex))

test('A signature whose commitment is off by a point of small order is refused, though its equation holds but for that point', () => {
  deepEqual(
    small.map((point) => [2, 4, 8].find((order) => point.multiplyUnsafe(BigInt(order)).is0())),
    [4, 2, 8],
  )
  for (const [k, point] of small.entries()) {
    const off = (text: string) =>
      bytesToHex(ed25519.Point.fromBytes(hexToBytes(text).reverse()).add(point).toBytes().reverse())
    const { group } = curve
    let shifted = ''
    const text = resign(group, readBallot(textOf(made.tasks[k]!)), made.secrets[k]!, (a) => {
      shifted = off(group.encode(a))
      return shifted
    })
    const guilty = task(text, k + 1)
    const tasks = made.tasks.map((each, i) => (i === k ? guilty : each))
    const hints = hintsOf(hintAll(curve, { context: made.context, tasks }))
    // The hint that the dishonest voter would give: x and encoding of the point that was hashed.
    const last = recordOf(layout, hints, k).subarray(layout.record - layout.commitmentLength)
    const honestLast = last.slice()
    const encoding = hexToBytes(shifted).reverse()
    const { x } = ed25519.Point.fromBytes(encoding).toAffine()
    last.set(hexToBytes(x.toString(16).padStart(64, '0')).reverse())
    last.set(encoding, 32)
    notDeepEqual(last, honestLast)
    const { use, batched, plain } = bothVerdicts(curve, { context: made.context, tasks }, hints)
    deepEqual(batched, plain)
    deepEqual(
      batched.findings.map(({ rule, place }) => [rule, place.ballot]),
      [['ballot.signature', k + 1]],
    )
    deepEqual(use, { batched: 5, plain: 1, missing: 0, false: 0 })
  }
})

test('A signature whose commitment has the wrong sign modulo p is refused: -1 is no member of the group', () => {
  const { p } = belenios2048
  const kit = counting(residues, residues)
  const ballots = madeBallots(kit, [ask(1)], 3, 'sign')
  let honestText = ''
  const negated = (text: string) => (p - BigInt(text)).toString()
  const text = resign(residues, readBallot(textOf(ballots.tasks[1]!)), ballots.secrets[1]!, (a) => {
    honestText = residues.encode(a)
    return negated(honestText)
  })
  const tasks = ballots.tasks.map((each, k) => (k === 1 ? task(text, 2) : each))
  const hints = hintsOf(hintAll(kit, { context: ballots.context, tasks }))
  const bytes = (value: bigint) => hexToBytes(value.toString(16).padStart(512, '0'))
  deepEqual(bytes(BigInt(honestText)), residues.hints.writeCommitment(residues.decode(honestText)!))
  const last = recordOf(hintMaker(kit, ballots.context).layout, hints, 1).subarray(-256)
  // The hint of an honest verifier is one of the two roots; the dishonest voter gives the one that was hashed.
  equal([BigInt(honestText), p - BigInt(honestText)].map((each) => bytes(each).join()).includes(last.join()), true)
  last.set(bytes(p - BigInt(honestText)))
  const { use, batched, plain } = bothVerdicts(kit, { context: ballots.context, tasks }, hints)
  deepEqual(batched, plain)
  deepEqual(
    batched.findings.map(({ rule, place }) => [rule, place.ballot]),
    [['ballot.signature', 2]],
  )
  deepEqual(use, { batched: 2, plain: 1, missing: 0, false: 0 })
})

test('What is wrong without any arithmetic is said in the words of the plain judge', () => {
  const first = textOf(made.tasks[0]!)
  const altered = [
    first.replace('"answers"', ' "answers"'),
    first.replace(/"response":"\d+"/, '"response":"1"'),
    first.replace(/"hash":"./, '"hash":"_'),
    `${first} `,
    '{}',
    '',
    '\xff',
  ]
  const tasks = altered.map((text, k) => task(text, k + 1))
  const { use, batched, plain } = bothVerdicts(
    curve,
    { context: made.context, tasks },
    honestHints(curve, { context: made.context, tasks }),
  )
  deepEqual(batched, plain)
  equal(new Set(batched.findings.map(({ place }) => place.ballot)).size, altered.length)
  deepEqual({ ...use, missing: 0 }, { batched: 0, plain: 7, missing: 0, false: 0 })
})

test('Forty ballots, any of them guilty: exactly these are refused, and the others batched', () => {
  const forty = madeBallots(curve, [ask(1, 0)], 40, 'forty')
  const [good, bad] = [hintAll(curve, forty), forgeAll(curve, forty)]
  const kit = kitOf('Ed25519')
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(39), { maxLength: 40 }), (guilty) => {
      const mixed = good.map((each, k) => (guilty.includes(k) ? bad[k]! : each))
      const tasks = mixed.map((each) => each.task)
      const before = kit.work.asked
      const judged = batchJudge(groundOf(kit, forty.context))(tasks, hintsOf(mixed))
      deepEqual(
        judged.findings.map(({ place }) => place.ballot! - 1),
        guilty.toSorted((a, b) => a - b),
      )
      deepEqual(judged.hints, { batched: 40 - guilty.length, plain: guilty.length, missing: 0, false: 0 })
      // Halving: 1 question when nobody is guilty, at most 2·⌈log2 40⌉ + 1 for one, never more than two for each ballot.
      const asked = kit.work.asked - before
      const most = guilty.length === 0 ? 1 : guilty.length === 1 ? 13 : 80
      equal(asked <= most, true, `${guilty.length} guilty: asked ${asked} times`)
    }),
    { numRuns: 25, seed: 9, examples: [[[]], [[0]], [[39]], [[17]], [Array.from({ length: 40 }, (_, k) => k)]] },
  )
})

test('One hundred ballots in batches of 1, 3 and 100 give the same verdict', () => {
  const hundred = madeBallots(curve, [ask(1, 0)], 100, 'hundred')
  const hints = honestHints(curve, hundred)
  const plain = plainJudge(hundred.context, () => curve.group)(hundred.tasks)
  const { record } = hintMaker(curve, hundred.context).layout
  for (const size of [1, 3, 100]) {
    const kit = kitOf('Ed25519')
    const judge = batchJudge({ ...groundOf(kit, hundred.context), capacity: size })
    const { hints: use, ...batched } = judge(hundred.tasks, hints)
    deepEqual(batched, plain)
    deepEqual(use, { batched: 100, plain: 0, missing: 0, false: 0 })
    equal(kit.work.asked, Math.ceil(100 / size))
  }
  equal(hints.length, 100 * record)
})

test('Weights go into the product, and a ballot that was replaced does not', () => {
  const weights = [1n, 0n, 3_000_000_000n, 3_000_000_000n, 2n, 0n]
  const tasks = made.tasks.map((each, k) => ({ ...each, weight: weights[k]! }))
  const { use, batched, plain } = bothVerdicts(curve, { context: made.context, tasks }, hintsOf(honest))
  deepEqual(batched, plain)
  equal(use.batched, 6)
  notDeepEqual(batched.product, expected.product)
})

test('With the profile, the alphas of batched and of plain ballots are said', () => {
  const context = { ...made.context, alphas: true }
  const hints = hintsOf(honest).subarray(0, 4 * layout.record)
  const { use, batched, plain } = bothVerdicts(curve, { context, tasks: made.tasks }, hints)
  equal(use.batched, 4)
  equal(plain.alphas?.length, 6)
  deepEqual(batched, plain)
})

test('Blank, several questions and both groups: a forged ballot is found among sound ones', () => {
  for (const name of ['Ed25519', 'BELENIOS-2048'] as const) {
    const kit = kitOf(name)
    const ballots = madeBallots(kit, [ask(2, 0, 2), ask(1, 1, 1, 1)], 3, 'both')
    const mixed = hintAll(kit, ballots).map((each, k) => (k === 1 ? forgeAll(kit, ballots)[1]! : each))
    const tasks = mixed.map((each) => each.task)
    const { use, batched, plain } = bothVerdicts(kit, { context: ballots.context, tasks }, hintsOf(mixed))
    deepEqual(batched, plain)
    deepEqual(use, { batched: 2, plain: 1, missing: 0, false: 0 })
    deepEqual(
      batched.findings.map(({ rule, place }) => [rule, place.ballot]),
      [['ballot.individual-proof', 2]],
    )
  }
})
