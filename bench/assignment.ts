import loader from 'highs'
import {
  type AssignmentProblem,
  assign,
  highestFloor,
  verifyAssignment,
} from '../src/rooms/judging/domain/assignment.ts'
import { writeModel } from '../src/rooms/judging/domain/assignment-model.ts'
import { type SampleShape, sampleProblem } from '../src/rooms/judging/domain/assignment-sample.ts'

export type BenchRow = { name: string; value: number; unit: string; note: string }

const rules: readonly [name: string, shape: Pick<SampleShape, 'universities' | 'bridge'>][] = [
  ['loads and conflicts', { universities: 'none', bridge: 0 }],
  ['+ universities', { universities: 'crossing', bridge: 0 }],
  ['+ universities in teams, bridge', { universities: 'nested', bridge: 1 }],
  ['+ universities across teams, bridge', { universities: 'crossing', bridge: 1 }],
]

/**
 * A KIPP-sized round (3,000 proposals x 150 evaluators x 3), twice and four times that, under each set of rules, and
 * the same optimum asked of HiGHS. CPU seconds of this process; memory is its highest resident size so far, so the
 * first rows are the telling ones.
 */
export async function benchAssignment(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [{ name: 'process before any work', value: peakMegabytes(), unit: 'MB', note: 'peak' }]
  const add = (name: string, value: number, unit: string, note = '') => rows.push({ name, value, unit, note })
  const seconds = new Map<string, number>()
  for (const scale of [1, 2, 4]) {
    for (const [name, shape] of rules) {
      const size = `${3000 * scale} x ${150 * scale}`
      const problem = sampleProblem({ proposals: 3000 * scale, evaluators: 150 * scale, seed: 1, ...shape })
      const { result, cpu } = timed(() => assign(problem))
      if (result.outcome !== 'assigned') throw new Error(`${size} ${name}: ${result.outcome}`)
      const broken = verifyAssignment(problem, result).length
      seconds.set(`${name} ${scale}`, cpu)
      add(`${size}, ${name}`, cpu, 'CPU s', `total ${result.total}, bound ${result.bound}, ${broken} rules broken`)
      const before = seconds.get(`${name} ${scale / 2}`)
      if (before) add(`${size}, ${name}: growth`, cpu / before, 'x', 'for twice the proposals and twice the evaluators')
    }
    add(`${3000 * scale} x ${150 * scale}`, peakMegabytes(), 'MB', 'peak, the sample and its conflict list included')
  }
  for (const [name, shape] of rules) await compare(name, shape, add)
  hardCases(add)
  explain(add)
  return rows
}

/** HiGHS on the best 20 candidates of each proposal; the bound of our result holds on the full matrix. */
async function compare(
  name: string,
  shape: Pick<SampleShape, 'universities' | 'bridge'>,
  add: (name: string, value: number, unit: string, note?: string) => void,
) {
  // The package's types describe its CommonJS form, where the loader is one level deeper than in the module we load.
  const highs = await (loader as unknown as typeof loader.default)()
  const problem = sampleProblem({ proposals: 3000, evaluators: 150, seed: 1, ...shape })
  const ours = timed(() => assign(problem))
  if (ours.result.outcome !== 'assigned') throw new Error(ours.result.outcome)
  const integer = shape.universities === 'crossing' && shape.bridge > 0
  const model = writeModel(problem, { integer, candidates: 20 })
  const theirs = timed(() => highs.solve(model, { output_flag: false, mip_rel_gap: 0 }))
  const optimum = theirs.result.ObjectiveValue
  add(`HiGHS, ${name}`, theirs.cpu, 'CPU s', `best 20, ${integer ? 'whole numbers' : 'linear'}, total ${optimum}`)
  add(`ours / HiGHS, ${name}: total`, ours.result.total / optimum, '', '1 = the same optimum')
  add(`HiGHS / ours, ${name}: CPU`, theirs.cpu / ours.cpu, 'x', 'ours on the full matrix')
}

/** What is unlike the sample: everybody's favourites are the same, or few universities cross many teams. */
function hardCases(add: (name: string, value: number, unit: string, note?: string) => void) {
  const sample = sampleProblem({ proposals: 3000, evaluators: 150, seed: 1, universities: 'crossing', bridge: 1 })
  const { evaluators: E } = sample
  const alike = Int32Array.from({ length: 3000 * E }, (_, i) => 1000 - (i % E) * 6 + ((i * 7919) % 13))
  const exact = new Int32Array(E).fill(60)
  const cases: [string, AssignmentProblem][] = [
    ['all agree who is best', { ...sample, affinity: alike }],
    ['every load exactly 60', { ...sample, minLoad: exact, maxLoad: exact }],
    ['4 universities across 10 teams', { ...sample, university: Int32Array.from(sample.university!, (u) => u % 4) }],
  ]
  for (const [name, problem] of cases) {
    const { result, cpu } = timed(() => assign(problem))
    if (result.outcome !== 'assigned') throw new Error(`${name}: ${result.outcome}`)
    const proof = result.optimal ? 'proven optimal' : `at most ${result.bound - result.total} below the optimum`
    add(`3000 x 150, ${name}`, cpu, 'CPU s', `total ${result.total}, ${proof}`)
  }
}

/** The highest floor that all reviews can reach, and the time until one just above it is explained. */
function explain(add: (name: string, value: number, unit: string, note?: string) => void) {
  const problem = sampleProblem({ proposals: 3000, evaluators: 150, seed: 1, universities: 'nested', bridge: 1 })
  const { result: floor, cpu: search } = timed(() => highestFloor(problem))
  if (floor === undefined) throw new Error('no floor')
  add('3000 x 150, highest floor', search, 'CPU s', `every review can reach ${floor}`)
  for (const advise of [false, true]) {
    const { result, cpu } = timed(() => assign({ ...problem, floor: floor + 5 }, { advise }))
    if (result.outcome !== 'impossible') throw new Error(`floor: ${result.outcome}`)
    const note = `${result.short} reviews short, ${result.blocks.length} reasons, ${result.advice.length} remedies proven`
    add(`3000 x 150, floor 5 higher: explained${advise ? ' with advice' : ''}`, cpu, 'CPU s', note)
  }
}

function timed<Result>(work: () => Result) {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  return { result, cpu: (user + system) / 1e6 }
}

function peakMegabytes() {
  return process.resourceUsage().maxRSS / 1024
}

if (import.meta.main) {
  for (const { name, value, unit, note } of await benchAssignment()) {
    const figure = unit === '' ? value.toFixed(9) : value.toFixed(2)
    console.log(`${name.padEnd(62)} ${figure.padStart(12)} ${unit.padEnd(6)} ${note}`)
  }
}
