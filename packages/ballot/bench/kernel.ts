import { curveGroup } from '../src/group/curve.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { type Machine, pairBytes, startMachine } from '../src/kernel/machine.ts'
import { platformRandom, randomScalar } from '../src/random.ts'
import { pointSum } from './point-sum.ts'

/**
 * `node bench/kernel.ts`: what the Ed25519 kernel costs. CPU time of this thread, the best of several rounds in which
 * all rows take their turn; the machine may be shared, so differences below a fifth mean nothing.
 */
const rounds = Number(process.env.ROUNDS ?? 7)

type Row = { name: string; unit: 'ns' | 'µs' | 'ms'; each: number; run: () => unknown; best: number }
const rows: Row[] = []
/** `run` does what is counted `each` times. */
const measure = (name: string, unit: Row['unit'], each: number, run: () => unknown) =>
  rows.push({ name, unit, each, run, best: Number.POSITIVE_INFINITY })

const scale = { ns: 1e3, µs: 1, ms: 1e-3 } as const

function fieldRows(label: string, { run, point }: Machine) {
  const [a, b] = [point(0), point(0) + pairBytes]
  run.setNeutral(point(2))
  run.setNeutral(point(4))
  const many = 20_000
  const repeat = (act: () => void) => () => {
    for (let i = 0; i < many; i++) act()
  }
  const row = (name: string, act: () => void) => measure(`${label}: ${name}`, 'ns', many, repeat(act))
  row('two field products', () => run.multiply(a, a, b))
  row('two squares', () => run.square(a, a))
  row('addition of a cached point', () => run.addCached(point(2), point(2), point(4)))
  row('doubling', () => run.double(point(2), point(2)))
}

/** The sum alone, of `long` multiples by 253 bits and `short` ones by 128. */
function sumRow(label: string, machine: Machine, long: number, short: number, unit: 'µs' | 'ms', each: number) {
  measure(label, unit, each, pointSum(machine, long, short))
}

const fused = await openEdwardsKernel()
const plain = await openEdwardsKernel(platformRandom, 'plain')
const q = fused.order
for (const [label, kernel] of [
  [fused.fused ? 'fused' : 'best', fused],
  ['plain', plain],
] as const) {
  const machine = await startMachine(label === 'plain' ? 'plain' : 'best')
  fieldRows(label, machine)
  for (const points of [1024, 16_384]) {
    sumRow(`${label}: sum of ${points} multiples of 128 bits, each`, machine, 0, points, 'µs', points)
    sumRow(`${label}: sum of ${points} multiples of 253 bits, each`, machine, points, 0, 'µs', points)
  }

  const exponents = Array.from({ length: 128 }, () => randomScalar(q, platformRandom))
  const points = exponents.map((exponent) => kernel.power(kernel.generator, exponent))
  const texts = kernel.encodeAll(points)
  const table = kernel.table(kernel.generator)
  measure(`${label}: decode, alone`, 'µs', 128, () => texts.map((text) => kernel.decode(text)))
  const many = Array.from({ length: 64 }, () => texts).flat()
  measure(`${label}: decode, ${many.length} together`, 'µs', many.length, () => kernel.decodeAll(many))
  measure(`${label}: encode, 128 together`, 'µs', 128, () => kernel.encodeAll(points))
  measure(`${label}: power`, 'µs', 128, () => points.map((point, i) => kernel.power(point, exponents[i]!)))
  measure(`${label}: power by a table`, 'µs', 128, () => exponents.map((exponent) => table.power(exponent)))
  measure(`${label}: combine`, 'µs', 128, () =>
    points.map((point, i) => table.combine(exponents[i]!, point, exponents[127 - i]!)),
  )
  measure(`${label}: one 3-candidate ballot, straight`, 'ms', 1, () => {
    kernel.decodeAll(texts.slice(0, 7))
    kernel.encodeAll(points.slice(0, 15).map((point, i) => table.combine(exponents[i]!, point, exponents[127 - i]!)))
  })

  const ballot = ballotOf(kernel)
  for (const ballots of [10, 100, 1000]) {
    const batch = kernel.batch(kernel.generator, ballots * 22)
    const fill = () => {
      batch.clear()
      for (let i = 0; i < ballots; i++) ballot(batch)
    }
    measure(`${label}: batch of ${ballots} ballots, per ballot`, 'ms', ballots, () => {
      fill()
      if (!batch.holds(platformRandom)) throw new Error('The batch does not hold.')
    })
    measure(`${label}:   of which taking points and claims in`, 'ms', ballots, fill)
  }
  sumRow(`${label}:   the sum of 1000 ballots' points alone`, machine, 7000, 15_000, 'ms', 1000)
}

{
  const points = Array.from({ length: 15 }, () =>
    curveGroup.power(curveGroup.generator, randomScalar(q, platformRandom)),
  )
  const exponents = points.map(() => randomScalar(q, platformRandom))
  const texts = curveGroup.encodeAll(points)
  const table = curveGroup.table(curveGroup.generator)
  measure('@noble/curves: decode', 'µs', 7, () => curveGroup.decodeAll(texts.slice(0, 7)))
  measure('@noble/curves: one 3-candidate ballot, straight', 'ms', 1, () => {
    curveGroup.decodeAll(texts.slice(0, 7))
    curveGroup.encodeAll(points.map((point, i) => table.combine(exponents[i]!, point, exponents[14 - i]!)))
  })
}

/** 7 elements, 15 commitments and 15 claims: 14 of one element, as for 3 candidates, and one of three. */
function ballotOf(kernel: typeof fused) {
  const secret = () => randomScalar(q, platformRandom)
  const powers = Array.from({ length: 7 }, secret)
  const elements = powers.map((power) => kernel.power(kernel.generator, power))
  const texts = kernel.encodeAll(elements)
  const hints = elements.map((element) => kernel.hints.writeElement(element))
  const claims = Array.from({ length: 15 }, (_, i) => {
    const of = i === 14 ? [0, 2, 4] : [i % 7]
    const [response, challenge, shift] = [secret(), secret(), i % 4 === 3 ? secret() : 0n]
    const total = of.reduce((sum, at) => sum + powers[at]!, 0n)
    const commitment = kernel.power(kernel.generator, response + total * challenge + shift)
    return {
      of,
      base: i % 2 ? ('y' as const) : ('g' as const),
      response,
      challenge,
      shift,
      hint: kernel.hints.writeCommitment(commitment),
    }
  })
  return (batch: ReturnType<typeof kernel.batch>) => {
    const numbers = texts.map((text, i) => batch.element(text, hints[i]!)!)
    for (const { of, hint, ...claim } of claims)
      batch.claim({ ...claim, commitment: batch.commitment(hint)!.number, elements: of.map((at) => numbers[at]!) })
  }
}

/** CPU time of one run in µs. It is counted in ticks of some milliseconds, so a row runs until it has had 100. */
function turn({ run }: Row): number {
  const before = process.threadCpuUsage()
  for (let times = 1; ; times++) {
    run()
    const { user, system } = process.threadCpuUsage(before)
    if (user + system >= 100_000) return (user + system) / times
  }
}

for (let round = 0; round < rounds; round++) for (const row of rows) row.best = Math.min(row.best, turn(row))
for (const { name, unit, each, best } of rows)
  console.log(`${name.padEnd(62)} ${((best / each) * scale[unit]).toFixed(3).padStart(10)} ${unit}`)
